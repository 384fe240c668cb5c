/** A report: the statement as it came, and what the mission made of it. Times are UTC text; the phone's and ours stand apart. */
export type ReportRow = {
  id: string
  number: number
  author: string
  filedBy: string
  /** `web`: by its author's phone; `phone` and `messenger`: told to a coordinator, who filed it; `api`: with a token. */
  channel: string
  statement: string
  signature: string | null
  category: string
  severity: string
  station: string | null
  tableCode: string | null
  department: string | null
  atStation: number
  latitude: number | null
  longitude: number | null
  accuracyMetres: number | null
  ageSeconds: number | null
  observedAt: string
  finishedAt: string
  zone: string
  words: string
  language: string
  skewSeconds: number
  receivedAt: string
  photoCount: number
  status: string
  /** Why it was set aside, and stays so until a coordinator takes it into work. */
  setAsideFor: string | null
  /** It came while its author was in quarantine, and stays set aside until that is lifted. */
  quarantined: number
  round: number
  awaitsSecond: number
  duplicateOf: string | null
  decidedAt: string | null
  seenAt: string | null
  seenBy: string | null
  claimedBy: string | null
  claimedUntil: string | null
  signed: string
  /** The phone's key that made the signature. */
  signingKey: string | null
  /** What its author last said of it, and when that came; null where it is as it was filed. */
  amendedHow: string | null
  amendedAt: string | null
}

/** Operational: the words of a report, folded for search, under its number. */
export type ReportWordsRow = { rowid: number; report: string; words: string }

/** Operational: ids of changes that were made already, so that they can be sent twice. */
export type ReportChangeRow = { id: string; report: string; content: string }
