import type { ComponentChildren } from 'preact'
import { usePresent } from '../../kit/clock.ts'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { duration } from '../../kit/times.ts'
import { sendsInBackground } from '../outbox/background-sync.ts'
import { chooseOriginals, heldOriginals, holdsOriginals, isOnWifi } from '../outbox/originals.ts'
import { dangerNow, roomFor } from '../outbox/space.ts'
import { restOf } from '../outbox/rest.ts'
import { isWorthSaying, minutesFor, toGo } from '../outbox/to-go.ts'
import { answers, mine, rate, refused, send, sending, signedOut, tooOld, waitsAsTold } from '../state.ts'
import { delivering } from '../words/delivery.ts'
import { said } from './Delivery.tsx'
import { Hints } from './Hints.tsx'
import { SaveFile } from './SaveFile.tsx'
import styles from './advice.module.css'

/** What its owner can do for what waits here, or has to know of the phone's room; nothing when there is nothing to do. */
export function Advice() {
  // What waits grows old while nothing else changes.
  usePresent(60)
  const words = delivering()
  const room = roomFor(mine.value)
  const danger = dangerNow(mine.value, Date.now())
  return (
    <>
      <div class={styles['advice']}>
        <Rest />
        {room !== null && <Line name="room" warns>{words.little(room)}</Line>}
        {room === null && danger && <Line name={danger} warns act={<SaveFile filed={mine.value} />}>{danger === 'seven_days' ? words.sevenDays : words.mayBeCleared}</Line>}
        <OnTheWay />
      </div>
      <Hints />
    </>
  )
}

/** What becomes of all else, while the sentence above is about what does not get through. */
function Rest() {
  const line = { signedOut: signedOut.value, tooOld: tooOld.value, online: true, answers: answers.value, waits: waitsAsTold.value, sending: sending.value }
  const state = restOf(mine.value, refused.value, line)
  return state && <Line name="rest">{said(state)}</Line>
}

/** How much is to go and how long it takes, while headquarters answers; or what waits for its owner's word. */
function OnTheWay() {
  const words = delivering()
  if (signedOut.value || tooOld.value || answers.value === false) return null
  const { reports, photos, bytes } = toGo(mine.value, !holdsOriginals.value)
  const held = holdsOriginals.value ? heldOriginals(mine.value) : 0
  if (held > 0 && reports + photos === 0) {
    const now = () => chooseOriginals('now').then(send)
    return <Line name="held" act={<Button onClick={() => void now()}>{words.sendNow}</Button>}>{words.held(held, isOnWifi.value !== null)}</Line>
  }
  if (!isWorthSaying({ bytes }, rate.value)) return null
  const minutes = minutesFor({ bytes }, rate.value)
  const say = sendsInBackground() ? words.goesOn : words.keepOpen
  return <Line name="to_go">{say(reports, photos, minutes === null ? null : duration(minutes * 60_000))}</Line>
}

function Line({ name, warns = false, act, children }: { name: string; warns?: boolean; act?: ComponentChildren; children: string }) {
  return <div class={cx(styles['line'], warns && styles['warning'])} data-advice={name}><p role={warns ? 'status' : undefined}>{children}</p>{act}</div>
}
