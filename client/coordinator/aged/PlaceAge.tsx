import type { ReportPage } from '../../../shared/reports.ts'
import { ago, duration } from '../../kit/times.ts'
import { roomWords } from '../words/room.ts'
import { Aged } from './Aged.tsx'
import styles from './aged.module.css'

/** How long ago a phone found where it is, told as it ages; and how old that was already when it was reported, where that says something. */
export function PlaceAge({ page: { position, finishedAt, skewSeconds }, now }: { page: Pick<ReportPage, 'position' | 'finishedAt' | 'skewSeconds'>; now: Date }) {
  if (position === null) return null
  // By our clock, whatever the phone's says.
  const since = new Date(Date.parse(finishedAt) - (skewSeconds + position.ageSeconds) * 1000).toISOString()
  return <span class={styles['place']} data-place-age><Aged since={since} now={now}><span class="numbers">{roomWords().placeAge(ago(since, now), position.ageSeconds > 60 ? duration(position.ageSeconds * 1000) : null)}</span></Aged></span>
}
