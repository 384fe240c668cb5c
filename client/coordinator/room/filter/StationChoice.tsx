import { useRef, useState } from 'preact/hooks'
import { walkFound } from '../../../kit/keys.ts'
import { HeldChip } from '../../../kit/look/Chip.tsx'
import { TextField } from '../../../kit/look/inputs.tsx'
import { roomWords } from '../../words/room.ts'
import { ask } from './FilterBar.tsx'
import { findStations, register, stationOf } from './register.ts'
import styles from './filter.module.css'

/** One station of the register, found by name, code or table. */
export function StationChoice({ code }: { code: string | undefined }) {
  const words = roomWords()
  const [typed, setTyped] = useState('')
  const place = useRef<HTMLDivElement>(null)
  const stations = register.value
  const known = stations === null || stations === 'failed' ? null : stations
  const found = known ? findStations(known, typed) : []
  const name = code && ((known && stationOf(known, code)?.name) || code)
  return (
    <div ref={place} class={styles['station']} onKeyDown={walkFound}>
      <TextField label={words.station} type="search" autocomplete="off" placeholder={words.stationFind} value={typed} onValue={setTyped} problem={stations === 'failed' ? words.stationLoad : undefined} />
      {name && <div class={styles['chips']}><HeldChip name={name} onRemove={() => ask({ station: undefined })}>{name}</HeldChip></div>}
      {found.length > 0 && (
        <ul class={styles['found']}>
          {found.map((one) => (
            <li key={one.code}>
              <button
                type="button"
                data-found
                onClick={() => {
                  ask({ station: one.code })
                  setTyped('')
                  place.current?.querySelector('input')?.focus()
                }}
              >
                <b>{one.name}</b><span>{one.code} · {one.municipality}, {one.department}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {known && typed.trim() !== '' && found.length === 0 && <p class={styles['none']} role="status">{words.stationNone}</p>}
    </div>
  )
}
