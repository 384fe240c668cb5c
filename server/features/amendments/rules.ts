import type { Amendment } from '../../../shared/amendments.ts'
import { maxAmendments, maxPhotosWithAdded } from '../../../shared/amendments.ts'
import { refuse } from '../../../shared/problem.ts'
import type { Problem } from '../../../shared/problem.ts'

type Sent = { statement: Amendment; id: string; mission: string; report: { id: string; author: string; status: string }; before: number; photos: readonly string[] }

/** What keeps an amendment from being taken, beyond its shape. `before`: how many the report has; `photos`: which pictures. */
export function whyNotAmended({ statement, id, mission, report, before, photos }: Sent): Problem | null {
  if (statement.id !== id) return refuse('id', 'does_not_agree')
  if (statement.reportId !== report.id) return refuse('reportId', 'does_not_agree')
  if (statement.mission !== mission) return refuse('mission', 'does_not_agree')
  if (statement.author !== report.author) return refuse('author', 'does_not_agree', 'not_allowed')
  if (report.status === 'withdrawn') return refuse('reportId', 'ended', 'conflict')
  const hashes = new Set(statement.photos.map(({ sha256 }) => sha256))
  if (hashes.size !== statement.photos.length) return refuse('photos', 'repeated')
  if (before >= maxAmendments) return refuse('words', 'too_many')
  return new Set([...photos, ...hashes]).size > maxPhotosWithAdded ? refuse('photos', 'too_many') : null
}

/** What a report says after an amendment: a correction stands in place of all before it, an addition below it. */
export function wordsAfter(before: string, { type, words }: Pick<Amendment, 'type' | 'words'>): string {
  if (type === 'correction') return words
  return type === 'addition' ? [before, words].filter((text) => text.trim() !== '').join('\n\n') : before
}
