import { useState } from 'preact/hooks'
import { present } from '../../kit/clock.ts'
import { Chip } from '../../kit/look/Chip.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { missionPlace } from '../../kit/numbers.ts'
import { instantOf, localOf, midnightOf } from '../room/filter/zone.ts'
import { awayWords } from '../words/away.ts'
import { awaySince, hoursAgo, lookSince } from './since.ts'
import styles from './away.module.css'

/** Since when the panel tells: for who was away, and for a screen on a wall, which never is. */
export function SinceChoice({ since }: { since: string | null }) {
  const words = awayWords()
  const { zone } = missionPlace.value
  const [isToCome, setToCome] = useState(false)
  const looked = awaySince.value
  const ways: [string, string][] = [
    ...(looked === null ? [] : [[words.lookedThen, looked] as [string, string]]),
    [words.lastHour, hoursAgo(1)], [words.lastThree, hoursAgo(3)], [words.today, midnightOf(present().toISOString(), zone)],
  ]
  const choose = (at: string) => {
    const isRight = Date.parse(at) < present().getTime()
    setToCome(!isRight)
    if (isRight) lookSince(at)
  }
  return (
    <div class={styles['choice']} role="group" aria-label={words.sinceWhen}>
      <div class={styles['ways']}>{ways.map(([name, at]) => <Chip key={name} selected={at === since} onClick={() => choose(at)}>{name}</Chip>)}</div>
      <TextField
        type="datetime-local"
        label={words.ownTime(zone.replace(/_/g, ' '))}
        value={since === null ? '' : localOf(since, zone)}
        problem={isToCome ? words.toCome : undefined}
        onValue={(text) => {
          const at = instantOf(text, zone)
          if (at !== null) choose(at)
        }}
      />
    </div>
  )
}
