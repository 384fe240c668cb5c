import type { ComponentChildren } from 'preact'
import { usePresent } from '../../kit/clock.ts'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { ago, duration } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import type { Filed } from '../outbox/records.ts'
import { isWithdrawn } from '../outbox/standing.ts'
import { isTroubled, ladderSteps, needsAuthor, photosReceived, seenAfter, stepsOf } from '../outbox/steps.ts'
import { phone } from '../words/index.ts'
import styles from './steps.module.css'

/** How far a report is: five short bars and the same in words. */
export function Steps({ filed }: { filed: Filed }) {
  const reached = stepsOf(filed)
  const now = usePresent(20)
  return (
    <span class={cx(styles['steps'], styles[toneOf(filed)])}>
      <span class={styles['bars']} aria-hidden>{ladderSteps.map((step) => <i key={step} class={reached[step] ? styles['reached'] : undefined} />)}</span>
      <span>{wordsOf(filed, now)}</span>
    </span>
  )
}

/** What became of it, if anything did. */
const outcomeOf = (filed: Filed) => (isWithdrawn(filed) ? 'withdrawn' : filed.ladder?.decidedAt ? filed.ladder.status : null)

function toneOf(filed: Filed): 'trouble' | 'here' | 'verified' | 'decided' | 'going' {
  if (needsAuthor(filed) || isTroubled(filed)) return 'trouble'
  if (!filed.receipt) return 'here'
  const outcome = outcomeOf(filed)
  return outcome === null ? 'going' : outcome === 'verified' ? outcome : 'decided'
}

function wordsOf(filed: Filed, now: Date): ComponentChildren {
  const words = phone().row
  const { ladder, photos, receipt } = filed
  const outcome = outcomeOf(filed)
  const after = seenAfter(filed)
  const arrived = photosReceived(filed)
  // Only the latest news: the bars show the rest.
  const told = [needsAuthor(filed) ? words.attention : isTroubled(filed) ? words.trouble : receipt ? null : words.here]
  if (receipt && arrived < photos.length) told.push(`${words.received} ${ago(receipt.receivedAt, now)}, ${words.pictureOf(arrived, photos.length)}`)
  else if (receipt && !outcome && after === null) told.push(`${words.allReceived} ${ago(stepsOf(filed).all_photos ?? receipt.receivedAt, now)}`)
  if (!outcome && after !== null) told.push(words.seenAfter(duration(after)))
  const said = told.filter(Boolean).join(' · ')
  if (!outcome) return said
  return <>{said && `${said} · `}<span class={styles['status']}><StatusMark status={outcome} severity={filed.stated.severity} /> {common().statuses[outcome].toLowerCase()}</span> {outcome === ladder?.status && ladder.decidedAt && ago(ladder.decidedAt, now)}{ladder?.takenAt && ` · ${ladder.usedAt ? words.used : words.taken}`}</>
}
