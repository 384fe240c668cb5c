import type { ComponentChildren } from 'preact'
import type { SaidOfReport } from '../../../shared/amendments.ts'
import type { Severity } from '../../../shared/basics.ts'
import type { Register } from '../../../shared/stations.ts'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { Select, TextField } from '../../kit/look/inputs.tsx'
import { signedIn } from '../../kit/me.ts'
import { missionPlace } from '../../kit/numbers.ts'
import { common } from '../../kit/words/common.ts'
import { StationSearch } from '../report/StationSearch.tsx'
import { findStation } from '../report/register.ts'
import { inOurs } from '../report/told.ts'
import { instantOf, localOf } from '../room/filter/zone.ts'
import { fileWords } from '../words/file.ts'
import { reportWords } from '../words/report.ts'
import styles from './file.module.css'

const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]

type Part = 'category' | 'severity' | 'observedAt' | 'place'
/** `beside`: what else is said of a part. */
type Props = { values: SaidOfReport; set: (some: Partial<SaidOfReport>) => void; register: Register | null; problem: (path: string) => string | undefined; beside?: (part: Part) => ComponentChildren }

/** What was observed, how grave it is, when and where: as an observer told it. */
export function Observed({ values, set, register, problem, beside }: Props) {
  const words = fileWords()
  const report = reportWords()
  const { pack } = signedIn().mission
  const { zone } = missionPlace.value
  const groupOf = (code: string) => pack.categories.find((one) => one.code === code)?.group ?? ''
  const choose = (category: string) => set({ category, severity: pack.categories.find((one) => one.code === category)?.severity ?? 'medium' })
  const station = register && values.station !== null ? findStation(register, values.station) : null
  return (
    <>
      <div class={styles['pair']}>
        <Select label={report.group} value={groupOf(values.category)} empty={words.chooseGroup} options={pack.groups.map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={(group) => choose(pack.categories.find((one) => one.group === group)?.code ?? values.category)} />
        <Select label={report.category} value={values.category} empty={words.chooseGroup} problem={problem('category')} options={pack.categories.filter((one) => one.group === groupOf(values.category)).map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={choose} />
      </div>
      {beside?.('category')}
      <Segmented label={report.severity} segments={severities.map((value) => ({ value, label: common().severities[value] }))} value={values.severity} onValue={(severity) => set({ severity })} />
      {beside?.('severity')}
      <TextField type="datetime-local" label={words.when} hint={report.zoneNote(zone.replace(/_/g, ' '))} value={localOf(values.observedAt, zone)} problem={problem('observedAt')} onValue={(text) => set({ observedAt: instantOf(text, zone) ?? values.observedAt })} />
      {beside?.('observedAt')}
      <fieldset class={styles['place']}>
        <legend>{report.where}</legend>
        {beside?.('place')}
        {register && <StationSearch register={register} chosen={station} problem={problem('station')} onChoose={(found) => set({ station: found?.code ?? null, table: null })} />}
        {station && station.tables.length > 0 && <Select label={report.tableLabel} value={values.table ?? ''} empty={report.anyTable} problem={problem('table')} options={station.tables.map((code) => ({ value: code, label: code }))} onValue={(table) => set({ table: table || null })} />}
        <Segmented label={words.there} segments={(['yes', 'no', 'unsaid'] as const).map((value) => ({ value, label: words.thereIs[value] }))} value={values.atStation === null ? 'unsaid' : values.atStation ? 'yes' : 'no'} onValue={(value) => set({ atStation: { yes: true, no: false, unsaid: null }[value] })} />
      </fieldset>
    </>
  )
}
