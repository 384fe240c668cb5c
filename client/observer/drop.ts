import type { Sha256, Uuid } from '../../shared/basics.ts'
import { changed, ofReport, write } from './outbox/queue.ts'
import type { Filed, FiledPhoto } from './outbox/records.ts'
import { isTroubled } from './outbox/steps.ts'

/** Throws a report away that headquarters did not take or breaks on, with its pictures and with what was begun to be said of it. Only its author's own hand leads here; `false`: it is not held any more. */
export async function dropHeld(id: Uuid): Promise<boolean> {
  const isDropped = await write(['filed', 'drafts', 'originals', 'smalls'], async (tx) => {
    const [filed, drafts, originals, smalls] = [tx.objectStore('filed'), tx.objectStore('drafts'), tx.objectStore('originals'), tx.objectStore('smalls')]
    const present = await filed.get(id)
    if (!present || present.receipt || !(present.hold || isTroubled(present))) return false
    const begun = (await drafts.getAll()).filter(({ amends }) => amends?.report === id)
    await filed.delete(id)
    for (const one of [id, ...begun.map((draft) => draft.id)]) {
      await drafts.delete(one)
      await originals.delete(ofReport(one))
      await smalls.delete(ofReport(one))
    }
    return true
  })
  changed()
  return isDropped
}

/** Whether headquarters did not take a picture, or breaks on it, now. */
export const mayBeLeftOut = (filed: Filed, { sha256, receivedAt, hold }: FiledPhoto): boolean => !receivedAt && (hold !== null || (isTroubled(filed) && filed.brokeOn?.sha256 === sha256))

/** Takes one picture off the phone that headquarters did not take or breaks on; its report stays, and says that it was left out. `false`: it is not held any more. */
export async function leaveOut(report: Uuid, sha256: Sha256): Promise<boolean> {
  const isLeftOut = await write(['filed', 'originals', 'smalls'], async (tx) => {
    const present = await tx.objectStore('filed').get(report)
    if (!present?.photos.some((photo) => photo.sha256 === sha256 && mayBeLeftOut(present, photo))) return false
    await tx.objectStore('originals').delete([report, sha256])
    await tx.objectStore('smalls').delete([report, sha256])
    await tx.objectStore('filed').put({ ...present, broken: 0, notBefore: 0, photos: present.photos.map((photo) => (photo.sha256 === sha256 ? { ...photo, hold: null, upload: null, isLeftOut: true } : photo)) })
    return true
  })
  changed()
  return isLeftOut
}
