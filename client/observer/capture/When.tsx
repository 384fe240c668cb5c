import { useId, useRef, useState } from 'preact/hooks'
import { ChevronDown } from 'lucide-preact'
import { signedIn } from '../../kit/me.ts'
import { clock, dayOf, dayShort, moment } from '../../kit/times.ts'
import type { Draft } from '../outbox/records.ts'
import { instant, observedAtOf, untakenTimeOf } from '../outbox/statement.ts'
import { icon } from '../parts/icon.ts'
import { onClock, timeTaken } from '../time.ts'
import { phone } from '../words/index.ts'
import { change } from './change.ts'
import { Fault, Found } from './Fault.tsx'
import styles from './capture.module.css'

/**
 * When it was seen. What a clock gives is judged at once; what is typed passes through times that nobody meant (the year 0002, half past nine in the evening), and is judged when the field is left.
 */
export function When({ draft }: { draft: Draft }) {
  const words = phone().capture
  const id = useId()
  const { zone } = signedIn().mission
  const now = Date.now()
  const observedAt = observedAtOf(draft, now)
  const untaken = untakenTimeOf(draft, now)
  // What stands in the field while somebody is in it; null: the time of the report.
  const [standing, setStanding] = useState<string | null>(null)
  const [problem, setProblem] = useState<'no_time' | 'in_the_future' | null>(null)
  // Whether it is given by keys: to be judged before anything is drawn anew, and to be drawn.
  const isTyped = useRef(false)
  const [showsKeys, setShowsKeys] = useState(false)
  const type = (does: boolean) => {
    isTyped.current = does
    setShowsKeys(does)
  }
  const judge = ({ value, validity }: HTMLInputElement) => {
    const taken = value === '' && !validity.badInput ? null : timeTaken(value, zone, Date.now())
    setProblem(typeof taken === 'string' ? taken : null)
    if (typeof taken === 'number') change(draft, 'times', { observedAt: instant(taken) })
  }
  const leave = (input: HTMLInputElement) => {
    if (standing !== null) judge(input)
    setStanding(null)
    type(false)
  }
  return (
    <div class={styles['cell']}>
      <label class={styles['over']}>
        <span class={styles['name']}>{words.time}</span>
        <span class={styles['value']} aria-hidden>{dayOf(observedAt) === dayOf(instant(now)) ? words.timeToday(clock(observedAt)) : moment(observedAt, new Date(now))}<ChevronDown {...icon} size={18} /></span>
        <input
          type="datetime-local"
          value={standing ?? onClock(Date.parse(observedAt), zone)}
          max={onClock(now, zone)}
          data-keys={showsKeys}
          aria-describedby={problem ? id : undefined}
          aria-invalid={problem ? true : undefined}
          onClick={(event) => openPicker(event.currentTarget)}
          onKeyDown={(event) => (event.key === 'Enter' ? leave(event.currentTarget) : type(true))}
          onKeyUp={(event) => event.key === 'Tab' && type(true)}
          onInput={(event) => setStanding(event.currentTarget.value)}
          onChange={(event) => !isTyped.current && judge(event.currentTarget)}
          onBlur={(event) => leave(event.currentTarget)}
        />
      </label>
      {untaken && <p class={styles['beside']}>{words.fileSays(dayShort(dayOf(untaken)))}</p>}
      {problem && <Fault id={id}>{problem === 'no_time' ? words.noTime : words.inTheFuture}</Fault>}
      <Found draft={draft} fields={['times']} />
    </div>
  )
}

/** A tap anywhere on the cell opens the phone's own clock; browsers that cannot be asked open it themselves. */
function openPicker(input: HTMLInputElement): void {
  try {
    input.showPicker()
  } catch {
    input.focus()
  }
}
