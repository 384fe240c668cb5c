import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Latitude, Longitude, Sha256, Uuid, nothing } from './basics.ts'
import { ReceiptCode } from './receipts.ts'
import { desk } from './roles.ts'
import { How, Position, maxPhotoBytes } from './statement.ts'

export { How, Position, StatedPhoto, maxPhotoBytes, maxPhotos, maxPreviewBytes } from './statement.ts'

/** A picture belongs to its report: `<report id>.<sha-256>`. */
export const PhotoId = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.[0-9a-f]{64}$/, 'format'))
export type PhotoId = z.infer<typeof PhotoId>
export const photoId = (reportId: Uuid, sha256: Sha256): PhotoId => `${reportId}.${sha256}`
export function partsOf(id: PhotoId): { reportId: Uuid; sha256: Sha256 } {
  return { reportId: id.slice(0, 36), sha256: id.slice(37) }
}

/** awaited: named by a report, nothing here; preview: the phone's small copy; received: the original is kept; ready: looked into; unreadable: kept, not a picture that opens. */
export const PhotoState = z.enum(['awaited', 'preview', 'received', 'ready', 'unreadable'])
export type PhotoState = z.infer<typeof PhotoState>

/**
 * What a picture's file says of itself: a second witness beside the phone, which anyone can have written. `takenAt` is the camera's own clock, in no zone; `utcOffset` is there where the camera knew it.
 */
export const FileSays = z.object({
  takenAt: z.nullable(z.string()),
  utcOffset: z.nullable(z.string()),
  position: z.nullable(z.object({ latitude: Latitude, longitude: Longitude })),
  device: z.nullable(z.string()),
  software: z.nullable(z.string()),
})
export type FileSays = z.infer<typeof FileSays>

/** A picture of another report that is the same file, or looks alike: shown together, and no verdict. */
export const AlikePhoto = z.object({ report: Uuid, number: z.number(), isSame: z.boolean() })
export type AlikePhoto = z.infer<typeof AlikePhoto>

/** A picture on the desk. `width` and `height` are those of the upright original, in pixels. */
export const DeskPhoto = z.object({
  id: PhotoId,
  sha256: Sha256,
  sizeBytes: z.number(),
  how: How,
  position: z.nullable(Position),
  capturedAt: z.nullable(Instant),
  state: PhotoState,
  type: z.nullable(z.string()),
  width: z.nullable(z.number()),
  height: z.nullable(z.number()),
  receivedAt: z.nullable(Instant),
  released: z.boolean(),
  /** There is something of it to show: the original once it was looked into, or the phone's small copy. */
  shows: z.boolean(),
  /** Null until the original was looked into. */
  says: z.nullable(FileSays),
  /** The phone's small copy looks unlike the original. */
  previewUnlike: z.boolean(),
  alike: z.array(AlikePhoto),
  /** A HEIC that we cannot decode is shown and released by the copy that somebody of the desk decoded. */
  copy: z.nullable(z.object({ by: z.string(), at: Instant })),
  mayGiveCopy: z.boolean(),
})
export type DeskPhoto = z.infer<typeof DeskPhoto>

/** What the phone is told of one picture; with `receivedAt`, and only then, the original may leave the phone. */
export const PhotoReceipt = z.object({ id: PhotoId, sha256: Sha256, receivedAt: Instant, signed: ReceiptCode })
export type PhotoReceipt = z.infer<typeof PhotoReceipt>

/** The phone's small copy (JPEG or WebP, at most 400 kB), so that the room sees something before the original is here. */
export const sendPreviewCall = contract({
  name: 'sendPreview', method: 'PUT', path: '/api/photos/:id/preview', who: ['observer'], kind: 'writes', carries: 'bytes',
  input: z.strictObject({ id: PhotoId }), reply: z.object({ id: PhotoId, previewAt: Instant }),
})

/**
 * Finishes a resumable upload (tus 1.0 at `/api/uploads`, metadata `photo` = photo id): length, hash, kind by content and pixels are checked, the file is synced, renamed and recorded.
 * Safe to repeat. `missing_part` and `hash_differs` mean: nothing was kept, send the original again.
 */
export const completePhotoCall = contract({
  name: 'completePhoto', method: 'PUT', path: '/api/photos/:id/complete', who: ['observer'], kind: 'writes', status: 201,
  input: z.strictObject({ id: PhotoId, upload: z.string().check(z.regex(/^[0-9a-f]{32}$/, 'format')) }), reply: PhotoReceipt,
})

export const PhotoSize = z.enum(['thumb', 'screen', 'full'])
export type PhotoSize = z.infer<typeof PhotoSize>

/** A rendition for the desk: 320, 1600 px or full size; upright, without metadata. */
export const photoImageCall = contract({
  name: 'photoImage', method: 'GET', path: '/api/photos/:id/image', who: desk, kind: 'reads', answers: 'file',
  input: z.strictObject({ id: PhotoId, size: PhotoSize }), reply: nothing,
})

/** A decoded copy (JPEG or PNG) of a HEIC that we cannot decode, by a person who opened the original and looked at both: kept beside it, never in its place. */
export const giveCopyCall = contract({
  name: 'giveCopy', method: 'PUT', path: '/api/photos/:id/copy', who: desk, kind: 'writes', status: 201, carries: 'file', mostBytes: maxPhotoBytes,
  input: z.strictObject({ id: PhotoId }), reply: z.object({ id: PhotoId, givenAt: Instant }),
})

/** The original's own bytes, as a file to be opened elsewhere. Taking one is a fact. */
export const takeOriginalCall = contract({
  name: 'takeOriginal', method: 'POST', path: '/api/photos/:id/original', who: desk, fresh: true, kind: 'writes', input: z.strictObject({ id: PhotoId }), reply: z.object({ address: z.string(), fileName: z.string() }),
})
export const originalFileCall = contract({
  name: 'originalFile', method: 'GET', path: '/api/originals/:ticket', who: desk, kind: 'reads', answers: 'file', input: z.strictObject({ ticket: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'format')) }), reply: nothing,
})
