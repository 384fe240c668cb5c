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
