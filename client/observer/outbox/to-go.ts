import { isNotToSend } from './standing.ts'
import type { Filed } from './records.ts'
import { hasWordsToGo, isTroubled } from './steps.ts'

/** A small copy is about this large, and no larger than its picture; how large a text is hardly matters. */
const previewBytes = 100_000
const textBytes = 2000

export type ToGo = { reports: number; photos: number; bytes: number }

/** What is still to be sent without its author's doing, and how many bytes that is. `originals`: whether these may go. */
export function toGo(mine: readonly Filed[], originals: boolean): ToGo {
  const left: ToGo = { reports: 0, photos: 0, bytes: 0 }
  for (const filed of mine) {
    if (filed.hold || isTroubled(filed)) continue
    if (hasWordsToGo(filed)) {
      left.reports += 1
      left.bytes += textBytes
    }
    for (const photo of filed.photos) {
      const { receivedAt, hold, preview, sizeBytes, upload } = photo
      if (receivedAt || hold || isNotToSend(filed, photo) || (!originals && preview !== 'waiting')) continue
      left.photos += 1
      left.bytes += (preview === 'waiting' ? Math.min(previewBytes, sizeBytes) : 0) + (originals ? sizeBytes - (upload?.offset ?? 0) : 0)
    }
  }
  return left
}

/** What is there within half a minute needs no words: they would come and go. */
const shortSeconds = 30
const shortBytes = 1_000_000
export const isWorthSaying = ({ bytes }: Pick<ToGo, 'bytes'>, rate: number | null): boolean => (rate === null ? bytes > shortBytes : bytes > rate * shortSeconds)

/** How long that takes as the line carries bytes now; null while nobody knows. A minute is the least that is worth saying. */
export const minutesFor = ({ bytes }: Pick<ToGo, 'bytes'>, rate: number | null): number | null => (rate === null || rate <= 0 ? null : Math.max(1, Math.round(bytes / rate / 60)))

