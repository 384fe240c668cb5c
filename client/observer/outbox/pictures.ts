import type { Uuid } from '../../../shared/basics.ts'
import { type How, maxPhotoBytes, maxPhotos } from '../../../shared/statement.ts'
import { hex } from '../../kit/ids.ts'
import { pictureKind } from './kind.ts'
import { addPhoto, allDrafts, isFull } from './queue.ts'
import type { Fix } from './records.ts'
import { instant, positionOf } from './statement.ts'

/** What came of adding a picture. All but the first two leave the draft as it was, and its author is told why. */
export type Added = 'added' | 'repeated' | 'too_large' | 'empty' | 'wrong_type' | 'too_many' | 'unreadable' | 'phone_full' | 'no_draft'

/** A camera's file is as old as the picture in it; one that claims to be younger than now is not believed. */
const capturedAtOf = (file: File, how: How, now: number) => (how === 'gallery' ? (file.lastModified > 0 && file.lastModified < now ? instant(file.lastModified) : null) : instant(now))

/**
 * Keeps a picture as it came, under the SHA-256 of its bytes, before anything else is done with it. Reading and hashing happen off the main thread; what is stored
 * is what was hashed, whatever becomes of the file.
 */
export async function addPicture(draft: Uuid, file: File, how: How, fix: Fix | null, now: number): Promise<Added> {
  if (file.size > maxPhotoBytes) return 'too_large'
  if (file.size === 0) return 'empty'
  if (((await allDrafts()).find((one) => one.id === draft)?.photos.length ?? 0) >= maxPhotos) return 'too_many'
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return 'unreadable'
  }
  const type = pictureKind(new Uint8Array(bytes, 0, Math.min(32, bytes.byteLength)))
  if (!type) return 'wrong_type'
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  const photo = { sha256, sizeBytes: bytes.byteLength, how, position: positionOf(fix, now), capturedAt: capturedAtOf(file, how, now) }
  try {
    return await addPhoto(draft, photo, new Blob([bytes], { type }))
  } catch (thrown) {
    if (isFull(thrown)) return 'phone_full'
    throw thrown
  }
}
