import { CircleCheck, CloudOff, RefreshCw } from 'lucide-preact'
import { usePresent } from '../clock.ts'
import { cx } from '../look/cx.ts'
import { type Icon, stroke } from '../look/icon.ts'
import type { Live } from '../live.ts'
import { number } from '../numbers.ts'
import { clock, clockSeconds } from '../times.ts'
import { desk } from '../words/desk.ts'
import { longLost } from './lost.ts'
import styles from './complete.module.css'

/** Up to which moment the screen holds all that the journal holds, always in sight, in words. `counted`: what it holds, in words; `why` says more of that number. */
export function Completeness({ live, count, counted, why }: { live: Live | null; count: number; counted: string; why?: string }) {
  const { icon: Drawn, tone, text, short, title } = told(live, usePresent())
  return (
    <p class={cx(styles['complete'], styles[tone])} data-state={live?.state.value ?? 'connecting'} data-tone={tone} data-count={live ? count : undefined} title={title}>
      <Drawn {...stroke} />
      <b class="numbers"><span class={styles['whole']}>{text}</span><span class={styles['brief']} aria-hidden="true">{short}</span></b>
      {live && <span class={styles['counted']} title={why}>{counted}</span>}
      {live && <span class={styles['brief']} aria-hidden="true">{number(count)}</span>}
    </p>
  )
}

type Told = { icon: Icon; tone: 'good' | 'stale' | 'quiet'; text: string; short: string; title?: string }

function told(live: Live | null, now: Date): Told {
  const words = desk()
  const upTo = live?.completeUpTo.value
  if (!live || !upTo) return { icon: RefreshCw, tone: 'quiet', text: words.connecting, short: '' }
  const at = clockSeconds(upTo)
  const state = live.state.value
  if (state === 'live') return { icon: CircleCheck, tone: 'good', text: words.complete(at), short: at }
  if (state === 'polling') return { icon: RefreshCw, tone: 'good', text: words.polling(at), short: at, title: words.pollingWhy }
  const since = longLost(live, now) ?? (state === 'ended' ? live.lostSince.value : null)
  if (since) return { icon: CloudOff, tone: 'stale', text: words.offline(clock(since), at), short: at }
  return { icon: RefreshCw, tone: 'stale', text: words.catchingUp(at), short: at }
}
