import { asksAuthor, brokenToPass, isDelivered, isNotToSend, isThere } from './standing.ts'
import type { Draft, Filed } from './records.ts'

/** The five steps of a report, each reached or not: on this phone, received, all pictures received, seen, decided. */
export const ladderSteps = ['here', 'received', 'all_photos', 'seen', 'decided'] as const
export type LadderStep = (typeof ladderSteps)[number]

/** When each step was reached, by our clock; `here` by the phone's. Null: not yet. */
export function stepsOf({ stated, receipt, photos, ladder }: Filed): Record<LadderStep, string | null> {
  const lastReceipt = photos.reduce<string>((latest, photo) => (photo.receivedAt && photo.receivedAt > latest ? photo.receivedAt : latest), receipt?.receivedAt ?? '')
  const all = receipt !== null && photos.every((photo) => photo.receivedAt !== null)
  return {
    here: stated.times.finishedAt,
    received: receipt?.receivedAt ?? null,
    all_photos: all ? lastReceipt : null,
    seen: ladder?.seenAt ?? null,
    decided: ladder?.decidedAt ?? null,
  }
}

/** Milliseconds from arrival to a coordinator's look, both by headquarters' clock. */
export function seenAfter({ receipt, ladder }: Filed): number | null {
  return receipt && ladder?.seenAt ? Math.max(0, Date.parse(ladder.seenAt) - Date.parse(receipt.receivedAt)) : null
}

/** Whether it, or what was said of it later, is still to be sent. */
export const hasWordsToGo = (filed: Filed): boolean => !isThere(filed) || filed.amendments?.some((one) => one.receipt === null) === true

export const photosReceived = (filed: Filed): number => filed.photos.filter((photo) => photo.receivedAt !== null).length

/** Whether something of it waits for its author. */
export const needsAuthor = (filed: Filed): boolean => filed.hold !== null || filed.photos.some((photo) => asksAuthor(filed, photo)) || filed.amendments?.some((one) => one.hold !== null) === true

/** Whether headquarters breaks on it again and again; it is tried by itself, and all others pass it. */
export const isTroubled = (filed: Filed): boolean => filed.broken >= brokenToPass && !isDelivered(filed)

/** What of the outbox is not at headquarters yet: reports, and pictures, also of reports that are there; with them those that were refused and are being mended. `any`: whether there is anything. */
export function unsent(all: readonly Filed[], refused: readonly Draft[] = []): { reports: number; photos: number; any: boolean } {
  const reports = all.filter(hasWordsToGo).length + refused.length
  const photos = all.reduce((sum, filed) => sum + filed.photos.filter((photo) => photo.receivedAt === null && !isNotToSend(filed, photo)).length, 0) + refused.reduce((sum, { photos, later }) => sum + photos.length + (later?.photos.length ?? 0), 0)
  return { reports, photos, any: reports + photos > 0 }
}
