import { Undo2 } from 'lucide-preact'
import type { ReportVersion } from '../../../shared/amendments.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Tag } from '../../kit/look/Tag.tsx'
import { moment } from '../../kit/times.ts'
import { reportWords } from '../words/report.ts'
import { Told } from './Told.tsx'
import { stationName } from './register.ts'
import { tellChange } from './told.ts'
import styles from './report.module.css'

/** That its author withdrew it, and why: what stands below is what it was. */
export function Withdrawn({ page, onTell }: { page: ReportPage; onTell: () => void }) {
  const words = reportWords().later
  const { line, versions } = page
  const said = versions.findLast(({ type, setAsideFor }) => type === 'withdrawal' && setAsideFor === null)
  if (line.status !== 'withdrawn' || !said) return null
  return <Banner tone="high" icon={Undo2} title={words.withdrawnTitle(moment(said.receivedAt))} action={<Told page={page} onTell={onTell} />}><span class={styles['reason']}>{said.words}</span> {words.withdrawnWhat}{said.told && <span class={styles['said']}>{words.told[said.told.by](said.told.to.name)}</span>}</Banner>
}

/** When its author last said something else of it, and every version: the words above are those of now. */
export function Versions({ page }: { page: ReportPage }) {
  const words = reportWords().later
  const { line, versions } = page
  if (versions.length < 2) return null
  const waiting = versions.filter(({ setAsideFor }) => setAsideFor !== null).length
  return (
    <div class={styles['later']}>
      {line.amended && <p class={styles['said']} data-amended={line.amended.how}>{words.done[line.amended.how](moment(line.amended.at))}</p>}
      {waiting > 0 && <Banner tone="critical" title={words.setAside(waiting)}>{words.setAsideWhat}</Banner>}
      <details>
        <summary>{words.versions}</summary>
        <ol class={styles['versions']}>{versions.map((one) => <Version key={one.id} version={one} page={page} />)}</ol>
      </details>
    </div>
  )
}

function Version({ version: { type, words: said, language, photos, receivedAt, signed, setAsideFor, changes, told }, page }: { version: ReportVersion; page: ReportPage }) {
  const words = reportWords().later
  const at = moment(receivedAt)
  return (
    <li data-version={type}>
      <p><b>{type === 'report' ? words.filed(at) : words.done[type](at)}</b> <Tag tone={signed === 'fails' ? 'critical' : signed === 'signed' ? 'good' : 'medium'}>{words.signed[signed]}</Tag></p>
      {said !== '' && <p class={styles['words']} lang={language}>{said}</p>}
      {changes.map((change) => {
        const { field, told: value } = tellChange({ ...change, field: change.field === 'table' ? 'tableCode' : change.field }, page, stationName)
        return <p key={change.field} class={styles['note']} data-changed={change.field}>{field}: {value}</p>
      })}
      {told && <p class={styles['note']} data-told={told.by}>{words.told[told.by](told.to.name)}</p>}
      {photos > 0 && <p class={styles['note']}>{words.pictures(photos)}</p>}
      {setAsideFor && <p class={styles['note']}>{words.whyAside[setAsideFor]}</p>}
    </li>
  )
}
