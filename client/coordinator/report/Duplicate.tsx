import { useEffect, useState } from 'preact/hooks'
import { type ReportLine, listReportsCall, reportNumber } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { TextField } from '../../kit/look/inputs.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'
import { categoryTitle } from './told.ts'
import styles from './verdict.module.css'

export type Chosen = Pick<ReportLine, 'id' | 'number'>

const most = 6
const afterTypingMilliseconds = 200

/** Finds the report that this one repeats: those of the same station at first, any by number or words. */
export function Duplicate({ of, chosen, onChoose, problem }: { of: ReportLine; chosen: Chosen | null; onChoose: (chosen: Chosen) => void; problem: string | undefined }) {
  const words = reportWords()
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly ReportLine[] | null>(null)
  const [trouble, setTrouble] = useState<string | undefined>()
  useEffect(() => {
    const control = new AbortController()
    const look = async () => {
      const wanted = text.trim()
      const filter = wanted !== '' ? { words: wanted } : of.station !== null ? { station: of.station } : {}
      const { reports } = await call(listReportsCall, { ...filter, limit: most + 20 }, { signal: control.signal })
      // A duplicate of a duplicate leads nowhere.
      setFound(reports.filter((one) => one.id !== of.id && one.status !== 'duplicate').slice(0, most))
      setTrouble(undefined)
    }
    const timer = setTimeout(() => void look().catch((thrown: unknown) => !control.signal.aborted && setTrouble(tell(thrown))), text === '' ? 0 : afterTypingMilliseconds)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [text, of.id, of.station])
  return (
    <div class={styles['duplicate']}>
      <TextField label={words.findDuplicate} placeholder={words.findDuplicateHint} value={text} onValue={setText} problem={problem ?? trouble} autocomplete="off" />
      {found?.length === 0 && <p class={styles['note']}>{words.noDuplicates}</p>}
      <ul>
        {found?.map((one) => (
          <li key={one.id}>
            <label class={styles['candidate']}>
              <input type="radio" name="duplicate" checked={chosen?.id === one.id} onChange={() => onChoose(one)} />
              <StatusMark status={one.status} severity={one.severity} label={common().statuses[one.status]} />
              <span><b class="numbers">{reportNumber(one.number)}</b> {categoryTitle(one.category)}<small class="numbers">{[one.stationName, one.table !== null && words.table(one.table), moment(one.observedAt)].filter(Boolean).join(', ')}</small></span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  )
}
