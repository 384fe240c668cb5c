import type { FileSays, PhotoSize, StatedPhoto } from '../../../shared/photos.ts'
import type { Problem } from '../../../shared/problem.ts'
import { refuse } from '../../../shared/problem.ts'
import type { FindingRow, PhotoRow } from './tables.ts'

/** The rows of pictures that a statement names and that have not come yet, after so many that the report has. */
export const awaited = (report: string, photos: readonly StatedPhoto[], after = 0): PhotoRow[] => photos.map((photo, at) => ({
  report, sha256: photo.sha256, place: after + at, sizeBytes: photo.sizeBytes, how: photo.how,
  latitude: photo.position?.latitude ?? null, longitude: photo.position?.longitude ?? null, accuracyMetres: photo.position?.accuracyMetres ?? null, ageSeconds: photo.position?.ageSeconds ?? null,
  capturedAt: photo.capturedAt, state: 'awaited', previewSha256: null, previewAt: null, receivedAt: null, type: null, width: null, height: null, dhash: null,
}))

/** Which kept file a desk's rendition is made from: what can be decoded of the original once it was looked into, the phone's small copy until then; null when there is nothing to show. */
export function shownFile(photo: Pick<PhotoRow, 'state' | 'sha256' | 'previewSha256'> & { copySha256: string | null }): string | null {
  return photo.state === 'ready' ? (photo.copySha256 ?? photo.sha256) : photo.previewSha256
}

/** Types that a phone's small copy may have, and a decoded one. */
export const isDecoded = (type: string | null): boolean => type === 'jpeg' || type === 'png' || type === 'webp'

/** Original and small copy are at full size what they are; the smaller sizes are made once. */
export const isSmall = (size: PhotoSize): size is 'thumb' | 'screen' => size !== 'full'

/** The rows of the sizes that are made once of a file. */
export const renditionsOf = <Made>(parent: string, made: Record<'thumb' | 'screen', Made>) => (['thumb', 'screen'] as const).map((size) => ({ parent, size, ...made[size] }))

/** Whether an original of this size is kept already. */
export const isHere = (photo: Pick<PhotoRow, 'receivedAt' | 'sizeBytes'>, sizeBytes: number): boolean => photo.receivedAt !== null && photo.sizeBytes === sizeBytes

/** How many of two fingerprints' 64 bits differ. */
export function bitsApart(one: string, other: string): number {
  let apart = 0
  for (const at of [0, 8]) {
    let bits = Number.parseInt(one.slice(at, at + 8), 16) ^ Number.parseInt(other.slice(at, at + 8), 16)
    for (; bits !== 0; bits &= bits - 1) apart += 1
  }
  return apart
}

/** How far the phone's small copy is from its original; null where there is none that opens. */
export const distanceOf = (dhash: string, preview: string | undefined): number | null => (preview === undefined ? null : bitsApart(dhash, preview))

/** Measured on drawn scenes: a small copy, made small and coded badly, is at most 10 bits from its original; pictures of other scenes are 12 to 40 from each other. */
const previewBits = 16
export const isPreviewUnlike = (distance: number | null): boolean => distance !== null && distance > previewBits

/** Measured likewise: coded again at most 8 bits, cut by a twentieth at most 10 in 34 of 36. More would find every sheet of results alike, since they are one form. */
const alikeBits = 10
/** Next to nothing to see, as a hand before the lens: such pictures are all alike, and that says nothing. */
const fewestBits = 6

type Seen = { report: string; sha256: string; dhash: string }

/** Pictures of other reports that are the same file or look alike, nearest first. */
export function alikeTo(photo: Seen, seen: Iterable<Seen>): (Seen & { distance: number })[] {
  const ones = bitsApart(photo.dhash, '0'.repeat(16))
  const isTelling = ones >= fewestBits && ones <= 64 - fewestBits
  const found: (Seen & { distance: number })[] = []
  for (const other of seen) {
    if (other.report === photo.report) continue
    const distance = bitsApart(photo.dhash, other.dhash)
    if (other.sha256 === photo.sha256 || (isTelling && distance <= alikeBits)) found.push({ ...other, distance })
  }
  return found.sort((one, other) => one.distance - other.distance).slice(0, mostAlike)
}

export const mostAlike = 20

/** What a file says of itself, as its row holds it and back. */
export const saysRow = ({ takenAt, utcOffset, position, device, software }: FileSays) => ({ takenAt, utcOffset, latitude: position?.latitude ?? null, longitude: position?.longitude ?? null, device, software })
export const nothingSaid: FileSays = { takenAt: null, utcOffset: null, position: null, device: null, software: null }
export function saidIn({ takenAt, utcOffset, latitude, longitude, device, software }: FindingRow): FileSays {
  return { takenAt, utcOffset, position: latitude === null || longitude === null ? null : { latitude, longitude }, device, software }
}

/** A decoded copy is for a HEIC that we cannot open, and comes from somebody else than who filed it: pixels are evidence. */
export function whyNotCopy(photo: Pick<PhotoRow, 'state' | 'type'> & { author: string; filedBy: string }, actor: { id: string }): Problem | null {
  if (photo.author === actor.id || photo.filedBy === actor.id) return refuse('id', 'own_report', 'not_allowed')
  return photo.type === 'heic' && photo.state === 'unreadable' ? null : refuse('id', 'wrong_kind', 'conflict')
}

/** The hour of the mission's night in which every kept file is read. */
export const isNightHour = (now: string, zone: string): boolean => new Intl.DateTimeFormat('en', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(new Date(now)) === '03'
