import { Amendment, type AmendmentType, type Corrected, correctedIn, saidOf } from '../../shared/amendments.ts'
import { type Sha256, Zone, type Uuid } from '../../shared/basics.ts'
import type { Me } from '../../shared/mission.ts'
import { signedIn } from '../kit/me.ts'
import { newId } from '../kit/ids.ts'
import { language } from '../kit/words/language.ts'
import { open } from './nav.ts'
import { signed } from './outbox/phone-key.ts'
import { isNotToSend } from './outbox/next.ts'
import { changeFiled, changed, ofReport, write } from './outbox/queue.ts'
import type { Amended, Draft, Filed, FiledPhoto } from './outbox/records.ts'
import { smallsOf } from './outbox/smalls.ts'
import { restated, wordsAfter } from './outbox/said.ts'
import { instant } from './outbox/statement.ts'
import { isWithdrawn } from './outbox/steps.ts'
import { finish, sayingOf } from './report.ts'
import { create, drafts, filed, myDrafts, send } from './state.ts'

/** What a report says now. */
export const wordsNow = ({ stated, amendments = [] }: Filed): string => amendments.reduce((before, said) => wordsAfter(before, said.stated), stated.words)

/** A draft that says of a report what it says now, to be changed or added to. */
function draftOf(report: Filed, type: 'correction' | 'addition'): Draft {
  const { station, table, atStation, category, severity, times } = report.stated
  const draft: Draft = {
    id: newId(), author: report.author, mission: report.mission, startedAt: instant(Date.now()), place: { station, table, by: 'person' }, atStation: atStation === true, category, severity,
    observedAt: times.observedAt, words: type === 'correction' ? wordsNow(report) : '', fix: null, photos: [], faults: [],
  }
  return { ...draft, amends: { report: report.id, type, was: sayingOf(draft) } }
}

/** Begins to correct a report or to add to it, or goes on with what was begun. */
export function beginAmendment(report: Filed, type: 'correction' | 'addition'): void {
  const begun = myDrafts.value.find(({ amends }) => amends?.report === report.id && amends.type === type)
  const draft = begun ?? draftOf(report, type)
  if (!begun) void create(draft)
  open({ draft: draft.id })
}

/** A correction or an addition that headquarters did not take becomes a draft again with its pictures, in one transaction, to be mended. */
export async function mendLater(report: Filed, { id, stated, hold }: Amended, type: 'correction' | 'addition'): Promise<void> {
  const { place, atStation, category, severity, observedAt } = draftOf(report, type)
  const said = { words: stated.words, photos: stated.photos, faults: hold?.fields ?? [], refused: true as const }
  const draft = { ...draftOf(without(report, id), type), ...(type === 'correction' ? { place, atStation, category, severity, observedAt } : {}), ...said }
  const isMoved = await write(['drafts', 'filed', 'originals', 'smalls', 'kept'], async (tx) => {
    const present = await tx.objectStore('filed').get(report.id)
    if (!isHere(present, id)) return false
    const [originals, smalls] = [tx.objectStore('originals'), tx.objectStore('smalls')]
    for (const { sha256 } of stated.photos) {
      const [original, small] = [await originals.get([report.id, sha256]), await smalls.get([report.id, sha256])]
      if (original) await originals.put(original, [draft.id, sha256])
      if (small) await smalls.put(small, [draft.id, sha256])
    }
    await takeOut(present, id, { filed: tx.objectStore('filed'), originals, smalls })
    await tx.objectStore('drafts').put(draft)
    await tx.objectStore('kept').put(draft.id, 'openDraft')
    return true
  })
  if (!isMoved) return
  // Its screen opens at once, not when the disk has been read again.
  drafts.value = [...drafts.value, draft]
  changed()
  open({ draft: draft.id })
}

type Said = { id: Uuid; report: Uuid; type: AmendmentType; words: string; photos?: Draft['photos']; corrected?: Corrected | undefined }

/** The statement of what is said if it is saved now. */
export const amendmentOf = ({ id, report, type, words, photos = [], corrected }: Said, { person, mission }: Me): Amendment => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return Amendment.parse({
    v: 1, mission: mission.id, type, id, reportId: report, author: person.id, times: { finishedAt: instant(Date.now()), zone: Zone.safeParse(timeZone).success ? timeZone : mission.zone }, words, language: language.value, photos,
    ...(corrected && { corrected }),
  } satisfies Record<Exclude<keyof Amendment, 'corrected'>, unknown>)
}

export const saidIn = (draft: Draft): Said | null => {
  const { id, amends, words, photos } = draft
  if (!amends) return null
  const of = filed.value.find((one) => one.id === amends.report)
  if (amends.type === 'addition') return { id, report: amends.report, type: amends.type, words, photos: photos.filter(({ sha256 }) => !of || !isNamed(of, sha256)) }
  return { id, report: amends.report, type: amends.type, words, corrected: correctedBy(draft, of) }
}

/** Whether anything is said at all. An addition of pictures that its report names already says nothing: they are sent, where headquarters lacks them, and nothing else is. */
export const isSaying = ({ type, words, photos = [] }: Said): boolean => type !== 'addition' || words.trim() !== '' || photos.length > 0

/** Whether a picture is named already: by the report, or by what was said of it and is at headquarters. What is not there yet may be taken back, and its pictures with it. */
const isNamed = ({ photos, amendments = [] }: Filed, sha256: Sha256): boolean => photos.some((photo) => photo.sha256 === sha256 && !amendments.some(({ id, receipt }) => id === photo.by && receipt === null))

/** Whether a picture is the report's, but headquarters lacks it and nothing here sends it: it is held or was left out, it is another phone's to send, or what brought it was not taken. */
const isMissed = (report: Filed, photo: FiledPhoto): boolean => photo.receivedAt === null && (photo.hold !== null || isNotToSend(report, photo) || isByHeld(report, photo))

const isByHeld = ({ amendments = [] }: Filed, { by }: FiledPhoto): boolean => amendments.some(({ id, hold }) => id === by && hold !== null)

/** Which of a draft's pictures would be sent for their report, which has them, once it is saved; and whether all the others are there already, or on their way. */
export function missedIn({ photos }: Draft, report: Filed): { missed: number; isAllKnown: boolean } {
  const known = photos.map(({ sha256 }) => report.photos.find((one) => one.sha256 === sha256))
  return { missed: known.filter((photo) => photo && isMissed(report, photo)).length, isAllKnown: photos.length > 0 && known.every((photo) => photo && !isMissed(report, photo)) }
}

/** The picture as one that is still to be sent, since its original is here again. Which other phone was to send it no longer matters: `by` the report itself it is this one's. */
function revived(report: Filed, photo: FiledPhoto, made: Amended | null): FiledPhoto {
  const { isLeftOut: _isLeftOut, ...rest } = photo
  const by = made && isByHeld(report, photo) ? made.id : report.elsewhere && photo.by === undefined ? report.id : photo.by
  return { ...rest, hold: null, restarts: 0, preview: photo.preview === 'sent' ? 'sent' : 'waiting', ...(by !== undefined && { by }) }
}

/** What a draft says otherwise than its report does now, beside the words. */
function correctedBy({ category, severity, place: { station, table }, atStation, observedAt }: Draft, of: Filed | undefined): Corrected | undefined {
  if (!of) return undefined
  const before = saidOf(of.stated)
  // A switch shows "not there" where nobody said: only one that was turned says something.
  return correctedIn(before, { category: category ?? before.category, severity: severity ?? before.severity, station, table, atStation: atStation === (before.atStation === true) ? before.atStation : atStation, observedAt: observedAt ?? before.observedAt })
}

const madeOf = (stated: Amendment): Promise<Amended> => signed({ id: stated.id, statement: JSON.stringify(stated), stated, receipt: null, hold: null }, stated.author)

/**
 * The draft becomes part of its report, its pictures with it, in one transaction; from then on it is sent as the report is. A picture that the report names, and that headquarters lacks, is sent again from here: how many those
 * are, and whether anything else was said. @throws when the report is gone, or another than it was
 */
export async function saveAmendment(id: Uuid): Promise<{ revived: number; isSaid: boolean } | null> {
  const draft = await finish(id)
  const said = draft && saidIn(draft)
  if (!said) return null
  const made = isSaying(said) ? await madeOf(amendmentOf(said, signedIn())) : null
  const { added, revivals } = await write(['drafts', 'filed', 'originals', 'smalls'], async (tx) => {
    const present = await tx.objectStore('filed').get(said.report)
    if (!present) throw new Error('the report is gone')
    const [originals, smalls] = [tx.objectStore('originals'), tx.objectStore('smalls')]
    const lacking = draft.photos.filter(({ sha256 }) => present.photos.every((one) => one.sha256 !== sha256 || one.receivedAt === null))
    for (const { sha256 } of lacking) {
      const [original, small] = [await originals.get([id, sha256]), await smalls.get([id, sha256])]
      if (original) await originals.put(original, [present.id, sha256])
      // What was kept of it may be the thumb alone, or nothing: where there is no better one it is made anew.
      await (small ? smalls.put(small, [present.id, sha256]) : smalls.delete([present.id, sha256]))
    }
    await originals.delete(ofReport(id))
    await smalls.delete(ofReport(id))
    const fresh = lacking.filter(({ sha256 }) => present.photos.every((one) => one.sha256 !== sha256))
    const named = fresh.map(({ sha256, sizeBytes }): FiledPhoto => {
      // It was the report's when this was signed, and somebody took it out since.
      if (!made?.stated.photos.some((one) => one.sha256 === sha256)) throw new Error('the report is another')
      return { sha256, sizeBytes, preview: 'waiting', upload: null, receivedAt: null, restarts: 0, hold: null, by: made.id }
    })
    const missed = present.photos.filter((photo) => isMissed(present, photo) && lacking.some(({ sha256 }) => sha256 === photo.sha256))
    const photos = [...present.photos.map((photo) => (missed.includes(photo) ? revived(present, photo, made) : photo)), ...named]
    await tx.objectStore('filed').put(restated({ ...present, photos, ...(made && { amendments: [...(present.amendments ?? []), made] }) }))
    await tx.objectStore('drafts').delete(id)
    return { added: lacking, revivals: missed.length }
  })
  changed()
  send()
  for (const { sha256 } of added) void smallsOf(said.report, sha256)
  return { revived: revivals, isSaid: made !== null }
}

/** Says that it was the wrong thing, or that it was not after all, and why. Its words and pictures stay, here and at headquarters. */
export async function turn(report: Filed, type: 'withdrawal' | 'restoration', reason: string): Promise<void> {
  const made = await madeOf(amendmentOf({ id: newId(), report: report.id, type, words: reason }, signedIn()))
  await changeFiled(report.id, (present) => (isWithdrawn(present) === (type === 'withdrawal') ? present : { ...present, amendments: [...(present.amendments ?? []), made] }))
  send()
}

/** Takes back what headquarters did not take: with it the pictures that it would have brought. Only its author's own hand leads here. */
export async function dropAmendment(report: Uuid, id: Uuid): Promise<void> {
  await write(['filed', 'originals', 'smalls'], async (tx) => {
    const present = await tx.objectStore('filed').get(report)
    if (isHere(present, id)) await takeOut(present, id, { filed: tx.objectStore('filed'), originals: tx.objectStore('originals'), smalls: tx.objectStore('smalls') })
  })
  changed()
}

const isHere = (report: Filed | undefined, id: Uuid): report is Filed => report?.amendments?.some((one) => one.id === id && one.receipt === null) === true

/** The report without what was said, and without the pictures that nothing else names. */
function without(report: Filed, id: Uuid): Filed {
  const amendments = (report.amendments ?? []).filter((one) => one.id !== id)
  const photos = report.photos.flatMap((photo) => {
    const heir = photo.by === id ? amendments.find(({ stated }) => stated.photos.some(({ sha256 }) => sha256 === photo.sha256)) : undefined
    return photo.by !== id ? [photo] : heir ? [{ ...photo, by: heir.id }] : []
  })
  return restated({ ...report, broken: 0, notBefore: 0, photos, amendments })
}

type Shelf = { delete: (key: [Uuid, Sha256]) => Promise<void> }

/** Takes what was said out of its report, and the pictures that it alone brought off the phone. */
async function takeOut(report: Filed, id: Uuid, { filed: reports, originals, smalls }: { filed: { put: (report: Filed) => Promise<unknown> }; originals: Shelf; smalls: Shelf }): Promise<void> {
  const left = without(report, id)
  for (const { sha256 } of report.photos.filter((photo) => left.photos.every((one) => one.sha256 !== photo.sha256))) {
    await originals.delete([report.id, sha256])
    await smalls.delete([report.id, sha256])
  }
  await reports.put(left)
}
