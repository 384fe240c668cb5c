import { useRef, useState } from 'preact/hooks'
import type { Register } from '../../../shared/stations.ts'
import { walkFound } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { reportWords } from '../words/report.ts'
import { type Found, searchStations } from './register.ts'
import styles from './change.module.css'

const most = 5

/** Finds a station of the register by code, name, place or table; null is none. */
export function StationSearch({ register, chosen, problem, onChoose }: { register: Register; chosen: Found | null; problem: string | undefined; onChoose: (found: Found | null) => void }) {
  const words = reportWords()
  const [text, setText] = useState('')
  const place = useRef<HTMLDivElement>(null)
  const { found, all } = searchStations(register, text, most)
  const choose = (one: Found | null) => {
    setText('')
    onChoose(one)
    place.current?.querySelector('input')?.focus()
  }
  return (
    <div ref={place} class={styles['search']} onKeyDown={walkFound}>
      <div class={styles['chosen']}>
        {chosen ? <p><b>{chosen.name}</b><small>{chosen.code}, {chosen.municipality}, {chosen.department}</small></p> : <p>{words.withoutStation}</p>}
        {chosen && <Button small onClick={() => choose(null)}>{words.withoutStation}</Button>}
      </div>
      <TextField label={words.findStation} placeholder={words.findStationHint} value={text} onValue={setText} problem={problem} autocomplete="off" />
      {text.trim() !== '' && (
        <>
          <p class={styles['note']} role="status">{all === 0 ? words.noStation : words.stationCount(found.length, all)}</p>
          <ul>
            {found.map((one) => <li key={one.code}><button type="button" class={styles['found']} data-found onClick={() => choose(one)}><b>{one.name}</b><small>{one.code}, {one.municipality}, {one.department}</small></button></li>)}
          </ul>
        </>
      )}
    </div>
  )
}
