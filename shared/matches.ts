import { distanceOf } from './distance.ts'
import { fold } from './pack.ts'
import { numberNamed } from './reports.ts'
import type { ReportFilter, ReportLine } from './reports.ts'

type Judged = Pick<ReportLine, 'status' | 'severity' | 'category' | 'department' | 'station' | 'observedAt' | 'photoCount' | 'signed' | 'distanceMetres'> & { author: Pick<ReportLine['author'], 'organisation'> }

/** Whether a report belongs to a filter: the server's own conditions, all but `words`, which only its search can tell. A category without a dot is a group's code. */
export function matches(filter: ReportFilter, line: Judged): boolean {
  if (filter.status.length > 0 && !filter.status.includes(line.status)) return false
  if (filter.severity.length > 0 && !filter.severity.includes(line.severity)) return false
  if (filter.category.length > 0 && !filter.category.some((code) => (code.includes('.') ? line.category === code : line.category.startsWith(`${code}.`)))) return false
  if (filter.department && line.department !== filter.department) return false
  if (filter.station && line.station !== filter.station) return false
  if (filter.organisation.length > 0 && !filter.organisation.includes(line.author.organisation)) return false
  if (filter.pictures && (filter.pictures === 'with') !== line.photoCount > 0) return false
  if (filter.signed.length > 0 && !filter.signed.includes(line.signed)) return false
  if (filter.distance.length > 0 && !filter.distance.includes(distanceOf(line.distanceMetres))) return false
  return isWithin(filter, line.observedAt)
}

/** Whether it was observed between the filter's times, both included. */
export const isWithin = ({ from, until }: Pick<ReportFilter, 'from' | 'until'>, observedAt: string): boolean => !(from && observedAt < from) && !(until && observedAt > until)

type Ordered = { id: string; observedAt: string }

/** The list's order: newest observation first, then the later id, as the server pages it. Negative when `one` stands before `other`. */
export function inOrder(one: Ordered, other: Ordered): number {
  if (one.observedAt !== other.observedAt) return one.observedAt > other.observedAt ? -1 : 1
  if (one.id === other.id) return 0
  return one.id > other.id ? -1 : 1
}

/** Whether folded words hold every word of a search, each as a beginning; or the report has the number that the search names. As the database searches, for what it does not hold any more. */
export function hasWords(searched: string, number: number, asked: string): boolean {
  const named = numberNamed(asked)
  if (named !== null) return named === number
  const held = fold(searched).match(/[\p{L}\p{N}]+/gu) ?? []
  return (fold(asked).match(/[\p{L}\p{N}]+/gu) ?? []).every((term) => held.some((word) => word.startsWith(term)))
}
