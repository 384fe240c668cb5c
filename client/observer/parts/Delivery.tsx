import { useEffect, useState } from 'preact/hooks'
import { CircleAlert, CircleCheck, CloudOff, CloudUpload, Info } from 'lucide-preact'
import { cx } from '../../kit/look/cx.ts'
import { type Delivery as State, deliveryOf } from '../outbox/delivery.ts'
import { answers, mine, refused, sending, signedOut, tooOld, waitsAsTold } from '../state.ts'
import { isTroubled, needsAuthor } from '../outbox/steps.ts'
import { open } from '../nav.ts'
import { lookForUpdate } from '../update.ts'
import { phone } from '../words/index.ts'
import { icon } from './icon.ts'
import styles from './delivery.module.css'

const signs = { ended: CircleAlert, too_old: CircleAlert, offline: CloudOff, silent: CloudOff, waits: CloudOff, sending: CloudUpload, saved: CloudUpload, attention: CircleAlert, trouble: CircleAlert, delivered: CircleCheck, ready: Info } as const
const tones = { ended: 'trouble', too_old: 'trouble', offline: 'waits', silent: 'waits', waits: 'waits', sending: 'going', saved: 'going', attention: 'trouble', trouble: 'waits', delivered: 'good', ready: 'calm' } as const

/** What is delivered and what is not, in one sentence that is read out when it changes. */
export function Delivery() {
  const online = useOnline()
  const state = deliveryOf(mine.value, refused.value, { signedOut: signedOut.value, tooOld: tooOld.value, online, answers: answers.value, waits: waitsAsTold.value, sending: sending.value })
  const Sign = signs[state.kind]
  const words = phone().delivery
  const first = firstOf(state)
  return (
    <div class={cx(styles['delivery'], styles[tones[state.kind]])}>
      <Sign {...icon} />
      <div class={styles['words']}>
        <p role="status" aria-live="polite" data-delivery={state.kind}>{first ? <button type="button" class={styles['do']} onClick={() => open(first)}>{said(state)}</button> : said(state)}</p>
        {state.kind === 'ended' && <button type="button" class={styles['do']} onClick={() => open({ at: 'join' })}>{words.joinAgain}</button>}
        {state.kind === 'too_old' && <button type="button" class={styles['do']} onClick={() => void lookForUpdate()}>{words.update}</button>}
      </div>
    </div>
  )
}

/** The page of what the sentence is about, where it is about one thing before all others. */
function firstOf({ kind }: State): { report: string } | { draft: string } | null {
  const found = kind === 'attention' ? mine.value.find(needsAuthor) : kind === 'trouble' ? mine.value.find(isTroubled) : undefined
  if (found) return { report: found.id }
  const [draft] = kind === 'attention' ? refused.value : []
  return draft ? { draft: draft.id } : null
}

export function said({ kind, reports, photos }: State): string {
  const words = phone().delivery
  const left = reports + photos > 0 ? words.unsent(reports, photos) : null
  switch (kind) {
    case 'ended': return words.ended(left)
    case 'too_old': return words.tooOld(left)
    case 'offline': return left ? words.offline(left) : words.offlineNothing
    case 'silent': return left ? words.silent(left) : words.silentNothing
    case 'waits': return words.waits(left ?? '')
    case 'sending': return words.sending(left ?? '')
    case 'saved': return words.saved(left ?? '')
    case 'attention': return words.attention(reports)
    case 'trouble': return words.trouble(reports)
    case 'delivered': return words.delivered
    case 'ready': return words.ready
  }
}

/** What the phone says of its network; only for words, since it may be wrong about a server that is near. */
function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    // It may have changed since this was first drawn.
    look()
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return online
}
