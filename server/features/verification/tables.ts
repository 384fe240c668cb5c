/** A verdict in its round. `open`: a first verdict whose second is awaited; known to its giver alone. */
export type VerdictRow = {
  id: string
  report: string
  round: number
  giver: string
  outcome: string
  reasons: string
  words: string
  duplicateOf: string | null
  givenAt: string
  open: number
}
