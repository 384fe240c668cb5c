import { CircleCheck, CloudOff, RefreshCw } from 'lucide-preact'
import { usePresent } from '../../kit/clock.ts'
import { cx } from '../../kit/look/cx.ts'
import { type Icon, stroke } from '../../kit/look/icon.ts'
import { number } from '../../kit/numbers.ts'
import { clock, clockSeconds } from '../../kit/times.ts'
import { live, wall } from '../store.ts'
import { pressWords } from '../words/press.ts'
import { longLost } from './lost.ts'
import styles from './shell.module.css'

/** Up to which moment the wall holds all that stands released, always in sight, in words. */
export function Completeness() {
  const words = pressWords()
  const { icon: Drawn, tone, text, short, why } = told(words, usePresent())
  const { all } = wall.value
  return (
    <p class={cx(styles['complete'], styles[tone])} data-state={live.value?.state.value ?? 'connecting'} data-count={live.value ? all : undefined} title={why}>
      <Drawn {...stroke} />
      <b class="numbers"><span class={styles['whole']}>{text}</span><span class={styles['brief']} aria-hidden="true">{short}</span></b>
      {live.value && <span class={styles['counted']}>{words.pictures(all)}</span>}
      {live.value && <span class={styles['brief']} aria-hidden="true">{number(all)}</span>}
    </p>
  )
}

type Told = { icon: Icon; tone: 'good' | 'stale' | 'quiet'; text: string; short: string; why?: string }

function told(words: ReturnType<typeof pressWords>, now: Date): Told {
  const upTo = live.value?.completeUpTo.value
  const state = live.value?.state.value
  if (!upTo) return { icon: RefreshCw, tone: 'quiet', text: words.connecting, short: '' }
  const at = clockSeconds(upTo)
  if (state === 'live') return { icon: CircleCheck, tone: 'good', text: words.complete(at), short: at }
  if (state === 'polling') return { icon: RefreshCw, tone: 'good', text: words.polling(at), short: at, why: words.pollingWhy }
  const since = longLost(now)
  if (since || state === 'ended') return { icon: CloudOff, tone: 'stale', text: words.offline(clock(since ?? now), at), short: at }
  return { icon: RefreshCw, tone: 'stale', text: words.catchingUp(at), short: at }
}
