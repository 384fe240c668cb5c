import type { Sha256, Uuid } from '../../shared/basics.ts'
import { maxPhotos } from '../../shared/statement.ts'
import { newId } from '../kit/ids.ts'
import { draftOf, joined } from './amend.ts'
import { open } from './nav.ts'
import { isTurn } from './outbox/standing.ts'
import { changed, write } from './outbox/queue.ts'
import type { Amended, Draft, Filed } from './outbox/records.ts'
import { restated } from './outbox/said.ts'
import { create, drafts, myDrafts } from './state.ts'

// How it begins, and what becomes of what headquarters did not take: it is mended or taken back.

/** Begins to correct a report or to add to it, or goes on with what was begun. To correct one while something of it waits for its author is to mend that: two ways to say the same would come to contradict each other. */
export async function beginAmendment(report: Filed, type: 'correction' | 'addition'): Promise<void> {
  const begun = myDrafts.value.find(({ amends }) => amends?.report === report.id && amends.type === type)
  if (!begun && type === 'correction' && refusedIn(report).length > 0) return mendLater(report.id, type)
  const draft = begun ?? draftOf(report, type)
  if (!begun) void create(draft)
  open({ draft: draft.id })
}

/** What was corrected or added and refused, and all that was since and waits for it: as much of that as one draft can hold the pictures of. */
function refusedIn({ amendments = [] }: Filed): Amended[] {
  const since = amendments.slice(amendments.findIndex((one) => one.hold !== null && !isTurn(one)))
  const waiting = since[0]?.hold ? since.filter((one) => one.receipt === null && !isTurn(one)) : []
  const tooMany = waiting.findIndex((_, at) => picturesOf(waiting.slice(0, at + 1)).length > maxPhotos)
  return tooMany > 0 ? waiting.slice(0, tooMany) : waiting
}

const picturesOf = (amendments: readonly Amended[]): Draft['photos'] => [...new Map(amendments.flatMap(({ stated }) => stated.photos.map((photo) => [photo.sha256, photo] as const))).values()]

/** The draft that stands in place of what was refused and of what waits for it. It begins with all that the report says now: an addition, while nothing but additions is among it, else a correction, with their pictures. */
export function mended(report: Filed, type: 'correction' | 'addition' = 'addition'): Draft | null {
  const refused = refusedIn(report)
  const [first] = refused
  if (!first) return null
  const before = draftOf(without(report, refused), refused.some(({ stated }) => stated.type === 'correction') ? 'correction' : type)
  const { id, amends } = before
  if (!amends) return null
  const photos = picturesOf(refused)
  const more = { photos, faults: first.hold?.fields ?? [], refused: true as const }
  if (amends.type === 'addition') return { ...before, ...more, amends: { ...amends, of: refused.map((one) => one.id) }, words: joined(refused.map(({ stated }) => stated.words)) }
  return { ...draftOf(report, 'correction'), id, ...more, amends: { ...amends, ...(photos.length > 0 && { pictures: newId() }) } }
}

/** What headquarters did not take becomes a draft again with its pictures, in one transaction, to be mended. */
export async function mendLater(id: Uuid, type?: 'correction'): Promise<void> {
  const draft = await write(['drafts', 'filed', 'originals', 'smalls', 'kept'], async (tx) => {
    const present = await tx.objectStore('filed').get(id)
    // Another window may have sent it, or taken it back.
    const made = present ? mended(present, type) : null
    if (!present || !made) return null
    const [originals, smalls] = [tx.objectStore('originals'), tx.objectStore('smalls')]
    for (const { sha256 } of made.photos) {
      const [original, small] = [await originals.get([id, sha256]), await smalls.get([id, sha256])]
      if (original) await originals.put(original, [made.id, sha256])
      if (small) await smalls.put(small, [made.id, sha256])
    }
    await takeOut(present, refusedIn(present), { filed: tx.objectStore('filed'), originals, smalls })
    await tx.objectStore('drafts').put(made)
    await tx.objectStore('kept').put(made.id, 'openDraft')
    return made
  })
  if (!draft) return
  // Its screen opens at once, not when the disk has been read again.
  drafts.value = [...drafts.value, draft]
  changed()
  open({ draft: draft.id })
}

/** Takes back what headquarters did not take: with it the pictures that it would have brought. Only its author's own hand leads here. */
export async function dropAmendment(report: Uuid, id: Uuid): Promise<void> {
  await write(['filed', 'originals', 'smalls'], async (tx) => {
    const present = await tx.objectStore('filed').get(report)
    const dropped = present?.amendments?.find((one) => one.id === id && one.receipt === null)
    if (present && dropped) await takeOut(present, [dropped], { filed: tx.objectStore('filed'), originals: tx.objectStore('originals'), smalls: tx.objectStore('smalls') })
  })
  changed()
}

/** The report without some of what was said, and without the pictures that nothing else names. */
function without(report: Filed, dropped: readonly Amended[]): Filed {
  const isDropped = (id: Uuid | undefined) => dropped.some((one) => one.id === id)
  const amendments = (report.amendments ?? []).filter(({ id }) => !isDropped(id))
  const photos = report.photos.flatMap((photo) => {
    const heir = isDropped(photo.by) ? amendments.find(({ stated }) => stated.photos.some(({ sha256 }) => sha256 === photo.sha256)) : undefined
    return !isDropped(photo.by) ? [photo] : heir ? [{ ...photo, by: heir.id }] : []
  })
  return restated({ ...report, broken: 0, notBefore: 0, photos, amendments })
}

type Shelf = { delete: (key: [Uuid, Sha256]) => Promise<void> }

/** Takes what was said out of its report, and the pictures that it alone brought off the phone. */
async function takeOut(report: Filed, dropped: readonly Amended[], { filed: reports, originals, smalls }: { filed: { put: (report: Filed) => Promise<unknown> }; originals: Shelf; smalls: Shelf }): Promise<void> {
  const left = without(report, dropped)
  for (const { sha256 } of report.photos.filter((photo) => left.photos.every((one) => one.sha256 !== photo.sha256))) {
    await originals.delete([report.id, sha256])
    await smalls.delete([report.id, sha256])
  }
  await reports.put(left)
}
