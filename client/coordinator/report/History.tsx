import { useEffect, useState } from 'preact/hooks'
import type { ReportPage } from '../../../shared/reports.ts'
import { moment } from '../../kit/times.ts'
import { reportWords } from '../words/report.ts'
import { loadRegister, stationName } from './register.ts'
import { folded, tellChange, tellFact } from './told.ts'
import styles from './report.module.css'

/** Every fact about a report that this person may know, newest first. */
export function History({ page }: { page: ReportPage }) {
  const words = reportWords()
  const [, refresh] = useState(0)
  const namesStations = page.history.some((line) => line.changes.some(({ field }) => field === 'station')) || page.filed.station !== page.line.station || page.versions.some(({ changes }) => changes.some(({ field }) => field === 'station'))
  // Codes of stations are shown until their names are here.
  useEffect(() => {
    if (namesStations) loadRegister().then(() => refresh((count) => count + 1), () => undefined)
  }, [namesStations])
  return (
    <section class={styles['part']}>
      <h3 class={styles['head']}>{words.history}</h3>
      <ol class={styles['history']}>
        {folded(page.history).reverse().map(({ line, how }) => (
          <li key={line.number}>
            <time class="numbers" dateTime={line.at}>{moment(line.at)}</time>
            <div>
              <p>{tellFact(line, how, page)}</p>
              {line.changes.map((change) => {
                const { field, told } = tellChange(change, page, stationName)
                return <p key={change.field} class={styles['note']}>{field}: {told}</p>
              })}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
