import { CircleCheck, CloudOff, RefreshCw } from 'lucide-preact'
import { usePresent } from '../../kit/clock.ts'
import { type Icon, stroke } from '../../kit/look/icon.ts'
import { cx } from '../../kit/look/cx.ts'
import { number } from '../../kit/numbers.ts'
import { clock, clockSeconds } from '../../kit/times.ts'
import { live, lostSince } from '../live.ts'
import { inMission } from '../store.ts'
import { roomWords } from '../words/room.ts'
import styles from './shell.module.css'

/** For this long a lost connection is only being caught up with. */
const patienceMilliseconds = 10_000

/** Up to which moment the screen holds all that the journal holds, always in sight, in words. */
export function Completeness() {
  const words = roomWords()
  const now = usePresent()
  const { icon: Drawn, tone, text, short, why } = told(words, now)
  const isKnown = live.value !== null
  return (
    <p class={cx(styles['complete'], styles[tone])} data-state={live.value?.state.value ?? 'connecting'} data-count={isKnown ? inMission.value : undefined} title={why}>
      <Drawn {...stroke} />
      <b class="numbers"><span class={styles['whole']}>{text}</span><span class={styles['brief']} aria-hidden="true">{short}</span></b>
      {isKnown && <span class={styles['counted']} title={words.inMission(inMission.value)}>{words.reports(inMission.value)}</span>}
      {isKnown && <span class={styles['brief']} aria-hidden="true">{number(inMission.value)}</span>}
    </p>
  )
}

type Told = { icon: Icon; tone: 'good' | 'stale' | 'quiet'; text: string; short: string; why?: string }

function told(words: ReturnType<typeof roomWords>, now: Date): Told {
  const following = live.value
  const upTo = following?.completeUpTo.value
  if (!following || !upTo) return { icon: RefreshCw, tone: 'quiet', text: words.connecting, short: '' }
  const at = clockSeconds(upTo)
  const state = following.state.value
  if (state === 'live') return { icon: CircleCheck, tone: 'good', text: words.complete(at), short: at }
  if (state === 'polling') return { icon: RefreshCw, tone: 'good', text: words.polling(at), short: at, why: words.pollingWhy }
  const since = lostSince.value
  const isLost = state === 'ended' || !navigator.onLine || (since !== null && now.getTime() - since.getTime() > patienceMilliseconds)
  if (isLost) return { icon: CloudOff, tone: 'stale', text: words.offline(clock(since ?? now), at), short: at }
  return { icon: RefreshCw, tone: 'stale', text: words.catchingUp(at), short: at }
}
