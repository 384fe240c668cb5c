import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReportPage } from '../../../shared/reports.ts'
import { changeReportCall } from '../../../shared/reports.ts'
import type { Register } from '../../../shared/stations.ts'
import type { Severity } from '../../../shared/basics.ts'
import { call } from '../../kit/call.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { Dialog } from '../../kit/look/Dialog.tsx'
import { Select } from '../../kit/look/inputs.tsx'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { beside, tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'
import { StationSearch } from './StationSearch.tsx'
import { departmentsOf, findStation, loadRegister, stationName } from './register.ts'
import { categoryTitle, inOurs } from './told.ts'
import styles from './change.module.css'

const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]

/** Category, severity and place made anew by a coordinator; what the observer said stands beside each that differs. */
export function Change({ page, onClose, onDone }: { page: ReportPage; onClose: () => void; onDone: () => Promise<void> }) {
  const words = reportWords()
  const { line, filed } = page
  const { pack } = signedIn().mission
  const groupOf = (code: string) => pack.categories.find((one) => one.code === code)?.group ?? ''
  const [values, setValues] = useState({ group: groupOf(line.category), category: line.category, severity: line.severity, station: line.station, table: line.table, department: line.station === null ? line.department : null })
  const [register, setRegister] = useState<Register | null>(null)
  const [noRegister, setNoRegister] = useState(false)
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const change = useRef(newId())
  useEffect(() => {
    loadRegister().then(setRegister, () => setNoRegister(true))
  }, [])
  const set = (some: Partial<typeof values>) => {
    // Other content is another change.
    change.current = newId()
    setValues((before) => ({ ...before, ...some }))
  }

  const given = {
    ...(values.category === line.category ? {} : { category: values.category }),
    ...(values.severity === line.severity ? {} : { severity: values.severity }),
    ...(values.station === line.station ? {} : { station: values.station }),
    ...(values.table === line.table ? {} : { table: values.table }),
    ...(values.station !== null || (line.station === null && values.department === line.department) ? {} : { department: values.department }),
  }
  const isSame = Object.keys(given).length === 0
  const save = async () => {
    setBusy(true)
    setThrown(null)
    try {
      await call(changeReportCall, { id: line.id, change: change.current, ...given })
      await onDone()
      toast(words.changeSaved)
      onClose()
    } catch (refused) {
      setThrown(refused)
      setBusy(false)
    }
  }
  const said = (differs: boolean, what: string) => (differs ? words.observerSaid(what) : undefined)
  const station = register && values.station !== null ? findStation(register, values.station) : null
  const filedPlace = [filed.station === null ? words.noPlace : stationName(filed.station), filed.table !== null && words.table(filed.table)].filter(Boolean).join(', ')
  return (
    <Dialog
      title={words.changeTitle}
      wide
      busy={busy}
      onClose={onClose}
      actions={<><Button onClick={onClose} disabled={busy}>{common().buttons.cancel}</Button><Button kind="filled" disabled={isSame} busy={busy} onClick={() => void save()}>{words.saveChange}</Button></>}
    >
      <p class={styles['note']}>{words.changeWhat}</p>
      <div class={styles['pair']}>
        <Select label={words.group} value={values.group} options={pack.groups.map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={(group) => set({ group, category: pack.categories.find((one) => one.group === group)?.code ?? values.category })} />
        <Select label={words.category} value={values.category} problem={beside(thrown, 'category')} hint={said(filed.category !== values.category, categoryTitle(filed.category))} options={pack.categories.filter((one) => one.group === values.group).map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={(category) => set({ category })} />
      </div>
      <div>
        <Segmented label={words.severity} segments={severities.map((value) => ({ value, label: common().severities[value] }))} value={values.severity} onValue={(severity) => set({ severity })} />
        {filed.severity !== values.severity && <p class={styles['note']}>{words.observerSaid(common().severities[filed.severity].toLocaleLowerCase())}</p>}
      </div>
      <fieldset class={styles['place']}>
        <legend>{words.where}</legend>
        {(filed.station !== values.station || filed.table !== values.table) && <p class={styles['note']}>{words.observerSaid(filedPlace)}</p>}
        {noRegister && <Banner tone="high">{words.registerFailed}</Banner>}
        {register && <StationSearch register={register} chosen={station} problem={beside(thrown, 'station')} onChoose={(found) => set({ station: found?.code ?? null, table: null, department: null })} />}
        {station && station.tables.length > 0 && <Select label={words.tableLabel} value={values.table ?? ''} empty={words.anyTable} problem={beside(thrown, 'table')} options={station.tables.map((code) => ({ value: code, label: code }))} onValue={(table) => set({ table: table || null })} />}
        {register && values.station === null && <Select label={words.department} value={values.department ?? ''} empty={words.noDepartment} hint={words.departmentWhat} problem={beside(thrown, 'department')} options={departmentsOf(register).map((name) => ({ value: name, label: name }))} onValue={(department) => set({ department: department || null })} />}
      </fieldset>
      {thrown !== null && !['category', 'station', 'table', 'department'].some((path) => beside(thrown, path)) && <p class={styles['problem']} role="alert">{tell(thrown)}</p>}
    </Dialog>
  )
}
