import { useEffect, useState } from 'preact/hooks'
import { History, Minus, Plus, Printer } from 'lucide-preact'
import { present } from '../../../kit/clock.ts'
import { Button } from '../../../kit/look/Button.tsx'
import { Chip } from '../../../kit/look/Chip.tsx'
import { stroke } from '../../../kit/look/icon.ts'
import { TextField } from '../../../kit/look/inputs.tsx'
import { ProgressBar } from '../../../kit/look/ProgressBar.tsx'
import { signedIn } from '../../../kit/me.ts'
import { missionPlace, number } from '../../../kit/numbers.ts'
import { dated, moment } from '../../../kit/times.ts'
import { askedMoment, pastHead } from '../../live.ts'
import { router } from '../../router.ts'
import { roomWords } from '../../words/room.ts'
import { making, printNow, printSoon } from '../print.ts'
import { instantOf, localOf } from '../filter/zone.ts'
import styles from './past.module.css'

const stepMilliseconds = 15 * 60_000
const go = (to: string | undefined): void => router.ask({ asOf: to }, { push: true })
/** The last instant of its minute, so that what came in it is shown; never later than now. */
const endOf = (at: number): string => new Date(Math.min(Math.floor(at / 60_000) * 60_000 + 59_999, present().getTime())).toISOString()

/** Shows the room as it was, from now on backwards. */
export const PastChip = () => <Chip onClick={() => go(endOf(present().getTime() - stepMilliseconds))}><History {...stroke} size={15} />{roomWords().past.open}</Chip>

/** Which moment the room shows, what the journal was then, and the way back to now; on a printout the number and the chain's head. */
export function PastBar({ asked }: { asked: string }) {
  const words = roomWords().past
  const { zone } = missionPlace.value
  const found = pastHead.value
  const isHere = found !== null && found.moment === asked
  const step = (by: number) => go(endOf(Date.parse(askedMoment.peek() ?? asked) + by))
  return (
    <section class={styles['bar']} data-past={isHere ? asked : undefined} aria-label={words.title}>
      <p class={styles['title']}><History {...stroke} /><b>{words.knownAt(moment(asked))}</b></p>
      <div class={styles['does']}>
        <TextField
          type="datetime-local"
          class={styles['moment']}
          label={words.moment}
          value={localOf(asked, zone)}
          onValue={(text) => {
            const at = instantOf(text, zone)
            if (at !== null) go(endOf(Date.parse(at)))
          }}
        />
        <Button kind="filled" onClick={() => go(undefined)}>{words.back}</Button>
        <div class={styles['steps']}>
          <Button small icon={Minus} onClick={() => step(-stepMilliseconds)}>{words.quarter}</Button>
          <Button small icon={Plus} onClick={() => step(stepMilliseconds)}>{words.quarter}</Button>
          <Button small icon={Printer} onClick={printSoon}>{words.print}</Button>
        </div>
      </div>
      {making.value !== null && <Making {...making.value} />}
      <p role="status">{isHere ? (found.head ? words.told(found.all, found.total, number(found.head.number)) : words.nothingYet) : words.folding}</p>
      {isHere && found.head && <p class={styles['chain']} data-anchor>{`veedor anchor ${found.head.number} ${found.head.chain}`}</p>}
      <p class={styles['note']}>{words.names}</p>
      <p class={styles['printed']}>{signedIn().mission.name}, {dated(asked)}. {words.printedBy(signedIn().person.name, dated(present().toISOString()))}</p>
    </section>
  )
}

/** The same in one line, above a map that has the screen to itself: which moment it is, and the way back to now. */
export function PastNote({ asked }: { asked: string }) {
  const words = roomWords().past
  return (
    <section class={styles['short']} data-past-note aria-label={words.title}>
      <p class={styles['title']}><History {...stroke} /><b>{words.knownAt(moment(asked))}</b></p>
      <Button small kind="filled" onClick={() => go(undefined)}>{words.back}</Button>
    </section>
  )
}

const patienceMilliseconds = 1000

/** How far a sheet is that takes longer than a moment, and the way to have it as it is. */
function Making({ what, here, all }: NonNullable<typeof making.value>) {
  const words = roomWords().past
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong) return null
  return (
    <div class={styles['making']} data-making={`${here}/${all}`}>
      <p role="status">{words.making[what](here, all)}</p>
      <ProgressBar label={words.makingSheet} value={all === 0 ? null : here / all} />
      <Button small onClick={printNow}>{words.printNow}</Button>
    </div>
  )
}
