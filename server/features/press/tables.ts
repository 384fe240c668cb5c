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
  embargoUntil: string | null
  embargoStatement: number
  /** Its embargo has not ended: press sees nothing of it. */
  held: number
  /** When its embargo ended; null where it had none. */
  outAt: string | null
  /** Since when press is asked to wait with it, since its report is being looked at again. */
  withheldAt: string | null
  version: number
}

/** What a corrected release said before, until when; its files are kept. */
export type ReleaseVersionRow = {
  id: string
  release: string
  version: number
  captions: string
  alternatives: string
  credit: string
  keptWords: string
  fullSha256: string
  webSha256: string
  wallSha256: string
  fullBytes: number
  webBytes: number
  madeBy: string
  until: string
}

/** Operational: the captions of a release, folded for search. */
export type ReleaseWordsRow = { release: string; words: string }
