/** A released picture. Captions, covers, answers, precision and quote are JSON, frozen at release. */
export type ReleaseRow = {
  id: string
  report: string
  sha256: string
  covers: string
  answers: string
  captions: string
  alternatives: string
  credit: string
  quote: string
  precision: string
  place: string
  day: string
  keptWords: string
  width: number
  height: number
  fullSha256: string
  webSha256: string
  wallSha256: string
  fullBytes: number
  webBytes: number
  releasedBy: string
  releasedAt: string
  retractedBy: string | null
  retractedAt: string | null
  retractedReason: string | null
  content: string
}

/** Operational: the captions of a release, folded for search. */
export type ReleaseWordsRow = { release: string; words: string }
