/** Something told to those who relied on a thing: of which report or release, in whose words. */
export type NoticeRow = {
  id: string
  kind: string
  report: string | null
  release: string | null
  reason: string | null
  wrong: string | null
  rightWords: string | null
  /** Of a report that was opened again or withdrawn: that its author said so, and in which way. */
  amended: string | null
  /** That its author, or who was told, took its withdrawal back. */
  restored: number
  madeBy: string | null
  madeAt: string
}

/** That it was told to a person, and when they confirmed it. */
export type NoticeCopyRow = { notice: string; person: string; confirmedAt: string | null }
