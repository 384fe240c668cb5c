import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReportPage } from '../../../shared/reports.ts'
import { Problem } from '../../../shared/problem.ts'
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
import { Meanwhile } from './Meanwhile.tsx'
import { chosen, merged } from './meanwhile.ts'
import { categoryTitle, inOurs } from './told.ts'
import styles from './change.module.css'

const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]

/** What a coordinator may make anew. A table is one of its station, so that a place is one thing; `department` is of a report without a station. */
type Fields = { category: string; severity: Severity; place: { station: string | null; table: string | null; department: string | null } }

const standingIn = ({ category, severity, station, table, department }: ReportPage['line']): Fields => ({ category, severity, place: { station, table, department: station === null ? department : null } })

/** Some of the fields as the call names them. */
const sentOf = ({ category, severity, place: { station, table, department } }: Fields, names: readonly (keyof Fields)[]) => ({
  ...(names.includes('category') && { category }),
  ...(names.includes('severity') && { severity }),
  ...(names.includes('place') && { station, table, ...(station === null && { department }) }),
})

/** Category, severity and place made anew by a coordinator; what the observer said stands beside each that differs, and so does what somebody else changed meanwhile. */
export function Change({ page, onClose, onDone }: { page: ReportPage; onClose: () => void; onDone: () => Promise<void> }) {
  const words = reportWords()
  const { line, filed } = page
  const { pack } = signedIn().mission
  const groupOf = (code: string) => pack.categories.find((one) => one.code === code)?.group ?? ''
  const stands = standingIn(line)
  const [stood] = useState(stands)
  const [mine, setMine] = useState<Partial<Fields>>({})
  const form = merged(stood, stands, mine)
  const { category, severity, place } = form.values
  const [register, setRegister] = useState<Register | null>(null)
  const [noRegister, setNoRegister] = useState(false)
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const change = useRef(newId())
  useEffect(() => {
    loadRegister().then(setRegister, () => setNoRegister(true))
  }, [])
  const set = (some: Partial<Fields>) => {
    // Other content is another change.
    change.current = newId()
    setMine((before) => chosen(stands, before, some))
  }
  const setPlace = (some: Partial<Fields['place']>) => set({ place: { ...place, ...some } })
  const isSame = form.changed.length === 0
  const isOver = line.status === 'withdrawn'
  const save = async () => {
    setBusy(true)
    setThrown(null)
    try {
      await call(changeReportCall, { id: line.id, change: change.current, ...sentOf(form.values, form.changed), was: sentOf(stands, form.changed) })
      await onDone()
      toast(words.changeSaved)
      onClose()
    } catch (refused) {
      // What changed in the meantime is said beside its field.
      if (refused instanceof Problem && (refused.code === 'conflict' || refused.code === 'not_allowed')) await onDone()
      setThrown(refused)
      setBusy(false)
    }
  }
  const said = (differs: boolean, what: string) => (differs ? words.observerSaid(what) : undefined)
  const station = register && place.station !== null ? findStation(register, place.station) : null
  const tellPlace = (one: Omit<Fields['place'], 'department'> & { department?: string | null }) => [one.station === null ? one.department ?? words.noPlace : stationName(one.station), one.table !== null && words.table(one.table)].filter(Boolean).join(', ')
  const tellSeverity = (one: Severity) => common().severities[one]
  return (
    <Dialog
      title={words.changeTitle}
      wide
      busy={busy}
      onClose={onClose}
      actions={<><Button onClick={onClose} disabled={busy}>{common().buttons.cancel}</Button><Button kind="filled" disabled={isSame || isOver} busy={busy} onClick={() => void save()}>{words.saveChange}</Button></>}
    >
      <p class={styles['note']}>{words.changeWhat}</p>
      <div class={styles['pair']}>
        <Select label={words.group} value={groupOf(category)} options={pack.groups.map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={(group) => set({ category: pack.categories.find((one) => one.group === group)?.code ?? category })} />
        <Select label={words.category} value={category} problem={beside(thrown, 'category')} hint={said(filed.category !== category, categoryTitle(filed.category))} options={pack.categories.filter((one) => one.group === groupOf(category)).map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={(code) => set({ category: code })} />
      </div>
      <Meanwhile of={form} field="category" tell={categoryTitle} />
      <div>
        <Segmented label={words.severity} segments={severities.map((value) => ({ value, label: tellSeverity(value) }))} value={severity} onValue={(value) => set({ severity: value })} />
        {filed.severity !== severity && <p class={styles['note']}>{words.observerSaid(tellSeverity(filed.severity).toLocaleLowerCase())}</p>}
        <Meanwhile of={form} field="severity" tell={tellSeverity} />
      </div>
      <fieldset class={styles['place']}>
        <legend>{words.where}</legend>
        {(filed.station !== place.station || filed.table !== place.table) && <p class={styles['note']}>{words.observerSaid(tellPlace(filed))}</p>}
        <Meanwhile of={form} field="place" tell={tellPlace} />
        {noRegister && <Banner tone="high">{words.registerFailed}</Banner>}
        {register && <StationSearch register={register} chosen={station} problem={beside(thrown, 'station')} onChoose={(found) => set({ place: { station: found?.code ?? null, table: null, department: null } })} />}
        {station && station.tables.length > 0 && <Select label={words.tableLabel} value={place.table ?? ''} empty={words.anyTable} problem={beside(thrown, 'table')} options={station.tables.map((code) => ({ value: code, label: code }))} onValue={(table) => setPlace({ table: table || null })} />}
        {register && place.station === null && <Select label={words.department} value={place.department ?? ''} empty={words.noDepartment} hint={words.departmentWhat} problem={beside(thrown, 'department')} options={departmentsOf(register).map((name) => ({ value: name, label: name }))} onValue={(department) => setPlace({ department: department || null })} />}
      </fieldset>
      {isOver && <Banner tone="medium" alert>{words.meanwhile.withdrawn}</Banner>}
      {thrown !== null && !isOver && !['category', 'station', 'table', 'department'].some((path) => beside(thrown, path)) && <p class={styles['problem']} role="alert">{beside(thrown, 'was') ? words.meanwhile.again : tell(thrown)}</p>}
    </Dialog>
  )
}
