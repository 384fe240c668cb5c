import type { ComponentChildren } from 'preact'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { duration } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { reportNumber } from '../../../shared/reports.ts'
import type { Filed } from '../outbox/records.ts'
import { ladderSteps, needsAuthor, photosReceived, seenAfter, stepsOf } from '../outbox/steps.ts'
import { phone } from '../words/index.ts'
import styles from './steps.module.css'

/** How far a report is: five short bars and the same in words. */
export function Steps({ filed }: { filed: Filed }) {
  const reached = stepsOf(filed)
  return (
    <span class={cx(styles['steps'], styles[toneOf(filed)])}>
      <span class={styles['bars']} aria-hidden>{ladderSteps.map((step) => <i key={step} class={reached[step] ? styles['reached'] : undefined} />)}</span>
      <span>{wordsOf(filed)}</span>
    </span>
  )
}

function toneOf(filed: Filed): 'trouble' | 'here' | 'verified' | 'decided' | 'going' {
  if (needsAuthor(filed)) return 'trouble'
  if (!filed.receipt) return 'here'
  if (!filed.ladder?.decidedAt) return 'going'
  return filed.ladder.status === 'verified' ? 'verified' : 'decided'
}

function wordsOf(filed: Filed): ComponentChildren {
  const words = phone().row
  if (!filed.receipt) return needsAuthor(filed) ? words.attention : words.here
  const { ladder, photos, receipt } = filed
  const after = seenAfter(filed)
  const told = [needsAuthor(filed) ? words.attention : null, reportNumber(receipt.number)]
  if (!ladder?.decidedAt) told.push(words.received)
  if (photos.length > 0 && !ladder?.decidedAt) told.push(photosReceived(filed) < photos.length ? words.pictureOf(photosReceived(filed), photos.length) : words.allPictures)
  if (after !== null && !ladder?.decidedAt) told.push(words.seenAfter(duration(after)))
  const said = told.filter(Boolean).join(' · ')
  if (!ladder?.decidedAt) return said
  return <>{said} · <span class={styles['status']}><StatusMark status={ladder.status} severity={filed.stated.severity} /> {common().statuses[ladder.status].toLowerCase()}</span></>
}
