/** A picture of a report; its bytes are kept once by hash. */
export type PhotoRow = {
  report: string
  sha256: string
  place: number
  sizeBytes: number
  how: string
  latitude: number | null
  longitude: number | null
  accuracyMetres: number | null
  ageSeconds: number | null
  capturedAt: string | null
  state: string
  previewSha256: string | null
  previewAt: string | null
  receivedAt: string | null
  type: string | null
  width: number | null
  height: number | null
  dhash: string | null
}

/** Operational: an upload that is under way, and whose it is. */
export type UploadRow = { id: string; person: string; report: string; sha256: string; sizeBytes: number; createdAt: string }

/** Operational: what the picture child made of a file. */
export type RenditionRow = { parent: string; size: string; sha256: string; width: number; height: number; sizeBytes: number }

/** What the server found in an original: what its file says of itself, and how far the phone's small copy is from it (bits of 64 that differ). Evidence that verdicts rest on, so it is a fact and folded. */
export type FindingRow = {
  report: string
  sha256: string
  previewDistance: number | null
  takenAt: string | null
  utcOffset: string | null
  latitude: number | null
  longitude: number | null
  device: string | null
  software: string | null
}

/** The decoded copy of an original that we cannot decode: what is shown and released in its place. */
export type DecodedCopyRow = { report: string; sha256: string; copySha256: string; sizeBytes: number; givenBy: string; givenAt: string }

/** Operational: a picture and one of an earlier report that is the same or looks alike. */
export type AlikePhotoRow = { report: string; sha256: string; otherReport: string; otherSha256: string; distance: number }
