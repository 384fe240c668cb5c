import { CircleCheck, CloudOff, History, RefreshCw } from 'lucide-preact'
import { usePresent } from '../clock.ts'
import { cx } from '../look/cx.ts'
import { type Icon, stroke } from '../look/icon.ts'
import type { Live } from '../live.ts'
import { clock, clockSeconds } from '../times.ts'
import { desk } from '../words/desk.ts'
import { longLost } from './lost.ts'
import styles from './complete.module.css'

/** Up to which moment the screen holds all that the journal holds, always in sight, in words. `counted`: what it holds, in words; `why` says more of that number. `past`: what it says instead where the screen shows an earlier moment, which no news completes. */
export function Completeness({ live, count, counted, why, past }: { live: Live | null; count: number; counted: string; why?: string; past?: string | undefined }) {
  const { icon: Drawn, tone, text, title } = past === undefined ? told(live, usePresent()) : { icon: History, tone: 'stale' as const, text: past, title: undefined }
  return (
    <p class={cx(styles['complete'], styles[tone])} data-state={live?.state.value ?? 'connecting'} data-tone={tone} data-count={live ? count : undefined} title={title}>
      <Drawn {...stroke} />
      <span class={styles['words']}>
        <b class="numbers">{text}</b>
        {live && <span class={styles['counted']} title={why}>{counted}</span>}
      </span>
    </p>
  )
}

type Told = { icon: Icon; tone: 'good' | 'stale' | 'quiet'; text: string; title?: string }

function told(live: Live | null, now: Date): Told {
  const words = desk()
  const upTo = live?.completeUpTo.value
  if (!live || !upTo) return { icon: RefreshCw, tone: 'quiet', text: words.connecting }
  const at = clockSeconds(upTo)
  const state = live.state.value
  if (state === 'live') return { icon: CircleCheck, tone: 'good', text: words.complete(at) }
  if (state === 'checking') return { icon: RefreshCw, tone: 'stale', text: words.checking(at), title: words.checkingWhy }
  if (state === 'polling') return { icon: RefreshCw, tone: 'good', text: words.polling(at), title: words.pollingWhy }
  const since = longLost(live, now) ?? (state === 'ended' ? live.lostSince.value : null)
  if (since) return { icon: CloudOff, tone: 'stale', text: words.offline(clock(since), at) }
  return { icon: RefreshCw, tone: 'stale', text: words.catchingUp(at) }
}
