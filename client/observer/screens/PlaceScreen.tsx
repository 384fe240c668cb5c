import { useEffect, useMemo, useState } from 'preact/hooks'
import { Check, LocateFixed, MapPinPlus, Search } from 'lucide-preact'
import type { Register } from '../../../shared/stations.ts'
import { usePresent } from '../../kit/clock.ts'
import { cx } from '../../kit/look/cx.ts'
import { number } from '../../kit/numbers.ts'
import { ago } from '../../kit/times.ts'
import { close } from '../nav.ts'
import type { Draft, Place } from '../outbox/records.ts'
import { instant } from '../outbox/statement.ts'
import { icon } from '../parts/icon.ts'
import { Refused } from '../parts/Refused.tsx'
import { Screen } from '../parts/Screen.tsx'
import { fix, fixState, followPosition, look } from '../place/fix.ts'
import { type Found, nearest, searcher } from '../place/nearest.ts'
import { accuracyOf, freshFix, tooFar } from '../place/suggest.ts'
import { distance, rowOf } from '../place/words.ts'
import { choosePlace, placeNow } from '../report.ts'
import { edit, register } from '../state.ts'
import { phone } from '../words/index.ts'
import styles from './place.module.css'

const shownNear = 8
const shownFound = 40

/** Chooses the place of a draft, or, without one, says where the phone's owner is. */
export default function PlaceScreen({ draft }: { draft: Draft | null }) {
  const words = phone().place
  const [chosen, setChosen] = useState<Place>(draft?.place ?? placeNow())
  const [typed, setTyped] = useState('')
  useEffect(followPosition, [])
  // A position ages while nothing else changes.
  usePresent(30)
  const use = async () => {
    const place: Place = { ...chosen, by: 'person' }
    if (draft) await edit(draft.id, (present) => ({ ...present, place, faults: present.faults.filter(({ path }) => path !== 'station' && path !== 'table') }))
    else await choosePlace(place)
    close(draft ? { draft: draft.id } : {})
  }
  const isEmpty = register.value?.code.length === 0
  const far = draft ? null : tooFar(register.value, chosen.station, fixState.value === 'known' ? freshFix(fix.value, Date.now()) : null)
  const isOther = chosen.station === null && chosen.by === 'person'
  const names = chosen.station !== null ? (chosen.table ? words.useTable(chosen.table) : words.useCentre) : isOther ? words.useOther : null
  return (
    <Screen
      title={words.title}
      onLeave={() => close(draft ? { draft: draft.id } : {})}
      foot={(
        <>
          {far !== null && <p class={styles['far']} role="alert">{words.farFromHere(distance(far))}</p>}
          <button type="button" class={styles['use']} disabled={names === null} onClick={() => void use()}>{names ?? (isEmpty ? words.pickOther : words.pick)}</button>
        </>
      )}
    >
      <div class={styles['top']}>
        {!isEmpty && <label class={styles['search']}>
          <Search {...icon} />
          <input type="search" aria-label={words.search} placeholder={words.search} value={typed} autocomplete="off" enterkeyhint="search" onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>}
        <PositionIs />
      </div>
      {isEmpty || !register.value ? <p class={styles['note']} role="status">{isEmpty ? words.noStations : words.noRegister}</p> : <Stations register={register.value} typed={typed} chosen={chosen} onChoose={setChosen} />}
      {draft && (
        <label class={cx(styles['station'], styles['other'], isOther && styles['chosen'])}>
          <input type="radio" name="station" class="visually-hidden" checked={isOther} onChange={() => setChosen({ station: null, table: null, by: 'person' })} />
          <MapPinPlus {...icon} />
          <span class={styles['grow']}><b>{words.other}</b><span class={styles['more']}>{words.otherHint}</span>{(isOther || isEmpty) && <span class={styles['more']}>{words.describe}</span>}</span>
          {isOther && <Check {...icon} />}
        </label>
      )}
    </Screen>
  )
}

function PositionIs() {
  const words = phone().place
  if (fixState.value === 'refused') return <Refused />
  const known = fixState.value === 'known' ? fix.value : null
  const fresh = freshFix(known, Date.now())
  const accuracy = accuracyOf(fresh)
  return (
    <div class={cx(styles['position'], styles[accuracy])}>
      <LocateFixed {...icon} />
      <p class={styles['grow']} role="status">{fixState.value === 'looking' ? words.looking : known && !fresh ? words.positionFrom(ago(instant(known.at), new Date())) : words.positionIs[accuracy]}</p>
      <button type="button" class={styles['refresh']} onClick={look}>{words.refresh}</button>
    </div>
  )
}

function Stations({ register: stations, typed, chosen, onChoose }: { register: Register; typed: string; chosen: Place; onChoose: (place: Place) => void }) {
  const words = phone().place
  const search = useMemo(() => searcher(stations), [stations])
  // The list keeps its order while the phone moves a little: only what is typed, and the first fix, make it anew.
  const known = fix.value !== null && fixState.value === 'known'
  const { found, of } = useMemo(() => listed(stations, search, typed, known), [stations, search, typed, known])
  return (
    <fieldset class={styles['stations']}>
      <legend class={styles['legend']}>{typed.trim() ? words.found : known ? words.nearest : words.allStations}</legend>
      {found.length === 0 && <p class={styles['note']} role="status">{words.notFound(typed.trim())}</p>}
      {withChosen(stations, found, typed, chosen).map((one) => <Station key={one.row} register={stations} found={one} chosen={chosen} onChoose={onChoose} />)}
      {found.length < of && <p class={styles['note']}>{words.shownOf(number(found.length), number(of))}</p>}
    </fieldset>
  )
}

/** What is listed, and of how many. */
function listed(stations: Register, search: ReturnType<typeof searcher>, typed: string, known: boolean): { found: Found[]; of: number } {
  const from = known ? fix.value : null
  if (typed.trim() === '' && from) return { found: nearest(stations, from, shownNear), of: stations.code.length }
  const found = search(typed, from, Number.POSITIVE_INFINITY)
  return { found: found.slice(0, shownFound), of: found.length }
}

/** What is chosen stands in the list, also where it is far away. */
function withChosen(stations: Register, found: Found[], typed: string, chosen: Place): Found[] {
  const row = rowOf(stations, chosen.station)
  if (typed.trim() !== '' || row < 0 || found.some((one) => one.row === row)) return found
  return [{ row, metres: null, table: null }, ...found]
}

function Station({ register: stations, found: { row, metres, table: foundTable }, chosen, onChoose }: { register: Register; found: Found; chosen: Place; onChoose: (place: Place) => void }) {
  const words = phone().place
  const station = stations.code[row] ?? ''
  const isChosen = chosen.station === station
  const choose = (table: string | null) => onChoose({ station, table, by: 'person' })
  return (
    <div class={cx(styles['one'], isChosen && styles['chosen'])}>
      <label class={styles['station']} data-station={station}>
        <input type="radio" name="station" checked={isChosen} onChange={() => choose(foundTable)} />
        <span class={styles['grow']}>
          <span class={styles['name']}>{stations.name[row]}</span>
          <span class={styles['more']}>{stations.municipality[row]} · {station}</span>
        </span>
        {metres !== null && <span class={styles['metres']}>{distance(metres)}</span>}
      </label>
      {isChosen && (
        <fieldset class={styles['tables']}>
          <legend>{words.table}</legend>
          <div class={styles['chips']}>
            {(stations.tables[row] ?? []).map((table) => <TableChip key={table} name={table} on={chosen.table === table} onTake={() => choose(table)} />)}
            <TableChip isWhole name={words.wholeCentre} on={chosen.table === null} onTake={() => choose(null)} />
          </div>
        </fieldset>
      )}
    </div>
  )
}

function TableChip({ name, on, onTake, isWhole = false }: { name: string; on: boolean; onTake: () => void; isWhole?: boolean }) {
  return (
    <label class={cx(styles['chip'], isWhole && styles['whole'])}>
      <input type="radio" name="table" class="visually-hidden" checked={on} onChange={onTake} />
      {on && <Check {...icon} size={18} />}{name}
    </label>
  )
}
