import { present } from '../../../kit/clock.ts'
import { Chip } from '../../../kit/look/Chip.tsx'
import { FieldGroup } from '../../../kit/look/Field.tsx'
import { TextField } from '../../../kit/look/inputs.tsx'
import { missionPlace } from '../../../kit/numbers.ts'
import { router } from '../../router.ts'
import { roomWords } from '../../words/room.ts'
import { ask } from './FilterBar.tsx'
import { isReversed, timesOf } from './filter.ts'
import { instantOf, localOf, midnightOf } from './zone.ts'
import styles from './filter.module.css'

const before = (hours: number) => new Date(Math.floor(present().getTime() / 60_000) * 60_000 - hours * 3_600_000).toISOString()

/** From and until as the address has them, in the mission's zone; `until` is the last instant of its minute. */
export function TimeChoice() {
  const words = roomWords()
  const times = timesOf(router.query.value)
  const problem = isReversed(times) ? words.reversed : undefined
  const { zone } = missionPlace.value
  const local = (instant: string | undefined) => (instant ? localOf(instant, zone) : '')
  const endOfMinute = (text: string) => instantOf(text, zone)?.replace(/00\.000Z$/, '59.999Z')
  return (
    <FieldGroup label={words.time} hint={words.timesIn(zone.replace(/_/g, ' '))}>
      <div class={styles['chips']}>
        <Chip onClick={() => ask({ from: before(1), until: undefined })}>{words.lastHour}</Chip>
        <Chip onClick={() => ask({ from: before(3), until: undefined })}>{words.lastThree}</Chip>
        <Chip onClick={() => ask({ from: midnightOf(present().toISOString(), zone), until: undefined })}>{words.wholeDay}</Chip>
        <Chip selected={!times.from && !times.until} onClick={() => ask({ from: undefined, until: undefined })}>{words.anyTime}</Chip>
      </div>
      <div class={styles['pair']}>
        <TextField type="datetime-local" label={words.from} value={local(times.from)} onValue={(text) => ask({ from: instantOf(text, zone) ?? undefined })} />
        <TextField type="datetime-local" label={words.until} value={local(times.until)} problem={problem} onValue={(text) => ask({ until: endOfMinute(text) })} />
      </div>
    </FieldGroup>
  )
}
