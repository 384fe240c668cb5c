import type { ComponentChildren } from 'preact'
import { usePresent } from '../../kit/clock.ts'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { ago, duration } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import type { Filed } from '../outbox/records.ts'
import { ladderSteps, needsAuthor, photosReceived, seenAfter, stepsOf } from '../outbox/steps.ts'
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

function toneOf(filed: Filed): 'trouble' | 'here' | 'verified' | 'decided' | 'going' {
  if (needsAuthor(filed)) return 'trouble'
  if (!filed.receipt) return 'here'
  if (!filed.ladder?.decidedAt) return 'going'
  return filed.ladder.status === 'verified' ? 'verified' : 'decided'
}

function wordsOf(filed: Filed, now: Date): ComponentChildren {
  const words = phone().row
  if (!filed.receipt) return needsAuthor(filed) ? words.attention : words.here
  const { ladder, photos } = filed
  const after = seenAfter(filed)
  const arrived = photosReceived(filed)
  // Only the latest news: the bars show the rest.
  const told = [needsAuthor(filed) ? words.attention : null]
  const { all_photos: allAt } = stepsOf(filed)
  if (arrived < photos.length) told.push(`${words.received} ${ago(filed.receipt.receivedAt, now)}, ${words.pictureOf(arrived, photos.length)}`)
  else if (!ladder?.decidedAt && after === null) told.push(`${words.allReceived}${allAt ? ` ${ago(allAt, now)}` : ''}`)
  if (!ladder?.decidedAt && after !== null) told.push(words.seenAfter(duration(after)))
  const said = told.filter(Boolean).join(' · ')
  if (!ladder?.decidedAt && ladder?.status !== 'withdrawn') return said
  return <>{said && `${said} · `}<span class={styles['status']}><StatusMark status={ladder.status} severity={filed.stated.severity} /> {common().statuses[ladder.status].toLowerCase()}</span> {ladder.decidedAt && ago(ladder.decidedAt, now)}{ladder.takenAt && ` · ${ladder.usedAt ? words.used : words.taken}`}</>
}
