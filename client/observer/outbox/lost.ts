import type { Uuid } from '../../../shared/basics.ts'
import { type Ladder, myStatementsCall } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { isNotToSend } from './standing.ts'
import { registerKey } from './phone-key.ts'
import { changed, write } from './queue.ts'
import type { Filed, FiledPhoto } from './records.ts'

// Headquarters that was restored from a backup lacks what it signed for after that. This phone has the words and the signature still, so it sends them again, and whatever pictures it has.

/** What headquarters signed for of a report, in one line. */
const signedFor = ({ receipt, photos, amendments = [] }: Filed): string =>
  JSON.stringify([receipt?.number, receipt?.receivedAt, photos.map(({ receivedAt }) => receivedAt), amendments.map((one) => one.receipt?.receivedAt)])

const isTheSame = ({ receipt }: Filed, ladder: Ladder): boolean => receipt?.number === ladder.number && receipt.receivedAt === ladder.receivedAt
const hasPhoto = (ladder: Ladder | undefined, { sha256 }: FiledPhoto): boolean => ladder?.photos.some((photo) => photo.sha256 === sha256 && photo.receivedAt !== null) === true

/** Whether this phone holds a receipt that headquarters, by its list of what it has, cannot have signed. */
export function isLost(filed: Filed, ladder: Ladder | undefined): boolean {
  if (filed.receipt === null) return false
  if (!ladder) return true
  if (filed.elsewhere !== true && !isTheSame(filed, ladder)) return true
  return filed.photos.some((photo) => photo.receivedAt !== null && !isNotToSend(filed, photo) && !hasPhoto(ladder, photo))
    || filed.amendments?.some(({ id, receipt, elsewhere }) => receipt !== null && !elsewhere && !ladder.amendments.includes(id)) === true
}

/** The report with nothing counted as received that headquarters does not have. `kept`: the originals of its pictures that are still here. Pure. */
export function toSendAgain(filed: Filed, ladder: Ladder | undefined, kept: ReadonlySet<string>): Filed {
  const { receipt, lostReceipt, brokeOn: _brokeOn, ...rest } = filed
  const stays = ladder !== undefined && (filed.elsewhere === true || isTheSame(filed, ladder))
  const before = stays || filed.elsewhere ? lostReceipt : (receipt ?? lostReceipt)
  return {
    ...rest, receipt: stays ? receipt : null, ladder: ladder ?? null, broken: 0, notBefore: 0, ...(before && { lostReceipt: before }),
    photos: filed.photos.map((photo) => photoToSend(filed, photo, ladder, kept.has(photo.sha256))),
    ...(filed.amendments && {
      amendments: filed.amendments.map((one) => (one.elsewhere || ladder?.amendments.includes(one.id) ? one : { ...one, receipt: null, hold: one.hold?.code === 'not_found' ? null : one.hold })),
    }),
  }
}

function photoToSend(filed: Filed, photo: FiledPhoto, ladder: Ladder | undefined, isKept: boolean): FiledPhoto {
  if (isNotToSend(filed, photo)) return ladder ? photo : { ...photo, receivedAt: null }
  if (hasPhoto(ladder, photo) || (ladder && photo.receivedAt === null)) return photo
  const { signed: _signed, ...rest } = photo
  const hold = isKept ? null : photo.receivedAt !== null ? { code: 'let_go' as const, fields: [], reference: null, limit: null } : photo.hold
  return { ...rest, receivedAt: null, upload: null, restarts: 0, preview: 'waiting', hold }
}

/** What was asked about already, each report as it was signed for then: an answer that was wrong once makes nobody send for ever. */
const asked = new Map<Uuid, string>()
const mostAsked = 50

/**
 * Of `held`, which this phone held before it asked for these ladders, whatever headquarters lacks is to be sent again. Whether it did. What the ladders leave out is asked for by its name: they end somewhere. @throws Problem,
 * NoAnswer when it has to be looked at again
 */
export async function sendLostAgain(held: readonly Filed[], ladders: readonly Ladder[], person: Uuid): Promise<boolean> {
  const ladderOf = new Map(ladders.map((ladder) => [ladder.id, ladder]))
  const doubted = held.filter((filed) => isLost(filed, ladderOf.get(filed.id)) && asked.get(filed.id) !== signedFor(filed)).slice(0, mostAsked)
  const absent = doubted.filter(({ id }) => !ladderOf.has(id)).map(({ id }) => id)
  const there = new Set(absent.length === 0 ? [] : (await call(myStatementsCall, { ids: absent })).reports.map(({ id }) => id))
  const lost = doubted.filter(({ id }) => !there.has(id))
  // It may lack this phone's key as well: what an unknown one signed would be set aside.
  if (lost.length > 0) await registerKey(person)
  for (const filed of lost) await letSendAgain(filed, ladderOf.get(filed.id))
  for (const filed of doubted) asked.set(filed.id, signedFor(filed))
  if (lost.length > 0) changed()
  return lost.length > 0
}

const letSendAgain = (held: Filed, ladder: Ladder | undefined): Promise<void> => write(['filed', 'originals'], async (tx) => {
  const present = await tx.objectStore('filed').get(held.id)
  // Something was received since: the next look knows more.
  if (!present || signedFor(present) !== signedFor(held)) return
  const kept = new Set<string>()
  for (const { sha256 } of present.photos) if (await tx.objectStore('originals').getKey([held.id, sha256])) kept.add(sha256)
  await tx.objectStore('filed').put(toSendAgain(present, ladder, kept))
})
