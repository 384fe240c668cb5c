/** What an author said of a report that was sent: the statement as it came. `setAsideFor`: why it changed nothing. */
export type AmendmentRow = {
  id: string
  report: string
  type: string
  author: string
  statement: string
  signature: string | null
  signed: string
  signingKey: string | null
  words: string
  language: string
  photoCount: number
  finishedAt: string
  skewSeconds: number
  receivedAt: string
  setAsideFor: string | null
  /** `web`: by its author's phone; `phone` and `messenger`: told to a coordinator, who wrote it down. */
  channel: string
  /** The coordinator to whom it was told; null where nobody stood between. */
  filedBy: string | null
}
