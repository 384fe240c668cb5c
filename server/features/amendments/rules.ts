import type { Amendment, AmendmentType } from '../../../shared/amendments.ts'
import { maxAmendments, maxPhotosWithAdded } from '../../../shared/amendments.ts'
import type { Pack } from '../../../shared/pack.ts'
import { refuse } from '../../../shared/problem.ts'
import type { Problem } from '../../../shared/problem.ts'

type Sent = { statement: Amendment; id: string; mission: { id: string; pack: Pack }; report: { id: string; author: string; status: string }; before: number; photos: readonly string[]; station: { tables: readonly string[] } | null }

/** What keeps an amendment from being taken, beyond its shape. `before`: how many the report has; `photos`: which pictures; `station`: the one that it names, if there is such a one. */
export function whyNotAmended({ statement, id, mission, report, before, photos, station }: Sent): Problem | null {
  if (statement.id !== id) return refuse('id', 'does_not_agree')
  if (statement.reportId !== report.id) return refuse('reportId', 'does_not_agree')
  if (statement.mission !== mission.id) return refuse('mission', 'does_not_agree')
  if (statement.author !== report.author) return refuse('author', 'does_not_agree', 'not_allowed')
  if (statement.type === 'restoration' ? report.status !== 'withdrawn' : report.status === 'withdrawn') return refuse('reportId', statement.type === 'restoration' ? 'not_yet' : 'ended', 'conflict')
  const hashes = new Set(statement.photos.map(({ sha256 }) => sha256))
  if (hashes.size !== statement.photos.length) return refuse('photos', 'repeated')
  if (before >= maxAmendments) return refuse('words', 'too_many')
  if (new Set([...photos, ...hashes]).size > maxPhotosWithAdded) return refuse('photos', 'too_many')
  return whyNotCorrected(statement, mission.pack, station)
}

function whyNotCorrected({ corrected }: Amendment, pack: Pack, station: Sent['station']): Problem | null {
  const { category, place } = corrected ?? {}
  if (category !== undefined && !pack.categories.some(({ code }) => code === category)) return refuse('category', 'not_in_list')
  if (place && place.station !== null && station === null) return refuse('station', 'not_in_list')
  return place && place.table !== null && !station?.tables.includes(place.table) ? refuse('table', 'not_in_list') : null
}

/** What a report says after an amendment: a correction stands in place of all before it, an addition below it. */
export function wordsAfter(before: string, { type, words }: Pick<Amendment, 'type' | 'words'>): string {
  if (type === 'correction') return words
  return type === 'addition' ? [before, words].filter((text) => text.trim() !== '').join('\n\n') : before
}

/** What a correction makes of the mission's own view of a report: what it says otherwise than its author said before stands, and nothing else, so that what the desk found besides stays. */
export function rowAfter({ corrected }: Amendment): Partial<Record<'category' | 'severity' | 'observedAt', string>> & Partial<Record<'station' | 'tableCode' | 'department', string | null>> & { atStation?: number } {
  const { category, severity, observedAt, place } = corrected ?? {}
  return {
    ...(category !== undefined && { category }), ...(severity !== undefined && { severity }), ...(observedAt !== undefined && { observedAt }),
    ...(place && { station: place.station, tableCode: place.table, atStation: place.atStation ? 1 : 0, ...(place.station !== null && { department: null }) }),
  }
}

/** Where a report stands again whose withdrawal is taken back. `isJudged`: somebody judged it in the round in which it was withdrawn; `isAside`: it was set aside before, and nobody had taken it into work. */
export function restored({ round, isJudged, isAside }: { round: number; isJudged: boolean; isAside: boolean }): { status: string; round: number } {
  if (isAside) return { status: 'set_aside', round }
  return isJudged ? { status: 'in_review', round: round + 1 } : { status: round > 1 ? 'in_review' : 'received', round }
}

type Before = { type: AmendmentType; receivedAt: string; setAsideFor: string | null }
/** How a report reads otherwise than it was filed, and since when, leaving out that it was withdrawn and no longer is. */
export function amendedBefore(amendments: readonly Before[]): { amendedHow: 'correction' | 'addition' | null; amendedAt: string | null } {
  for (const { type, receivedAt, setAsideFor } of amendments.toReversed()) if (setAsideFor === null && (type === 'correction' || type === 'addition')) return { amendedHow: type, amendedAt: receivedAt }
  return { amendedHow: null, amendedAt: null }
}
