import { Amendment, type AmendmentType, type Corrected, correctedIn, saidOf } from '../../shared/amendments.ts'
import { type Sha256, Zone, type Uuid } from '../../shared/basics.ts'
import type { Me } from '../../shared/mission.ts'
import { signedIn } from '../kit/me.ts'
import { newId } from '../kit/ids.ts'
import { language } from '../kit/words/language.ts'
import { signed } from './outbox/phone-key.ts'
import { isNotToSend, isOthers, isWithdrawn } from './outbox/standing.ts'
import { allFiled, changeFiled, changed, ofReport, write } from './outbox/queue.ts'
import type { Amended, Draft, Filed, FiledPhoto } from './outbox/records.ts'
import { smallsOf } from './outbox/smalls.ts'
import { restated, wordsAfter } from './outbox/said.ts'
import { instant } from './outbox/statement.ts'
import { finish, sayingOf } from './report.ts'
import { send } from './state.ts'

/** What a report says now. */
export const wordsNow = ({ stated, amendments = [] }: Filed): string => amendments.reduce((before, said) => wordsAfter(before, said.stated), stated.words)

/** A draft that says of a report what it says now, to be changed or added to. */
export function draftOf(report: Filed, type: 'correction' | 'addition'): Draft {
  const { station, table, atStation, category, severity, times } = report.stated
  const draft: Draft = {
    id: newId(), author: report.author, mission: report.mission, startedAt: instant(Date.now()), place: { station, table, by: 'person' }, atStation: atStation === true, category, severity,
    observedAt: times.observedAt, words: type === 'correction' ? wordsNow(report) : '', fix: null, photos: [], faults: [],
  }
  return { ...draft, amends: { report: report.id, type, was: sayingOf(draft) } }
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

/**
 * What a draft says of its report, over what this says now. A correction that replaces additions has their pictures, which an addition of its own brings before it. An addition of pictures that its report names already says
 * nothing: they are sent, where headquarters lacks them, and nothing else is. Null: it is of no report.
 */
export const saidIn = (draft: Draft, of: Filed | undefined): Said[] | null => {
  const { id, amends } = draft
  if (!amends) return null
  const { report, type, pictures } = amends
  const photos = draft.photos.filter(({ sha256 }) => !of || !isNamed(of, sha256))
  if (type === 'addition') return [{ id, report, type, words: draft.words, photos }].filter(isSaying)
  const now = of ? rebased(draft, of) : draft
  const added: Said[] = pictures ? [{ id: pictures, report, type: 'addition', words: '', photos }] : []
  const corrected: Said[] = added.length > 0 && sayingOf(now) === now.amends?.was ? [] : [{ id, report, type, words: now.words, corrected: correctedBy(now, of) }]
  return [...added.filter(isSaying), ...corrected]
}

type Saying = [words: string, category: Draft['category'], severity: Draft['severity'], station: Draft['place']['station'], table: Draft['place']['table'], atStation: boolean, observedAt: Draft['observedAt']]
const startOf = ({ amends }: Draft): Saying => JSON.parse(amends?.was ?? '[]') as Saying

/** A correction over what its report says now, where that is something else than when it was begun: what its author did not touch reads as it does now, and what they did stays theirs. */
export function rebased(draft: Draft, report: Filed): Draft {
  if (draft.amends?.type !== 'correction') return draft
  const now = draftOf(report, 'correction')
  const [words, category, severity, station, table, atStation, observedAt] = startOf(draft)
  const was = sayingOf(now)
  if (was === draft.amends.was) return draft
  const hasWords = draft.words.trim() !== words
  return {
    ...draft, words: hasWords ? draft.words : now.words, category: draft.category === category ? now.category : draft.category, severity: draft.severity === severity ? now.severity : draft.severity,
    place: draft.place.station === station && draft.place.table === table ? now.place : draft.place, atStation: draft.atStation === atStation ? now.atStation : draft.atStation,
    observedAt: draft.observedAt === observedAt ? now.observedAt : draft.observedAt, amends: { ...draft.amends, was, ...(hasWords && now.words.trim() !== words && { isBehind: true }) },
  }
}

/** Brings a correction that is open to what its report says by now: as the disk has it, since the screen may be behind. */
export async function catchUp(id: Uuid): Promise<void> {
  const isChanged = await write(['drafts', 'filed'], async (tx) => {
    const draft = await tx.objectStore('drafts').get(id)
    const report = draft?.amends && (await tx.objectStore('filed').get(draft.amends.report))
    const next = draft && report ? rebased(draft, report) : draft
    if (!next || next === draft) return false
    await tx.objectStore('drafts').put(next)
    return true
  }, true)
  if (isChanged) changed()
}

/** What a report has come to say since its words were begun to be corrected, while they say something else; null: nothing. */
export function meanwhile({ words, amends }: Draft, report: Filed): string | null {
  const now = wordsNow(report)
  return amends?.isBehind && now.trim() !== words.trim() ? now : null
}

/** Texts as headquarters puts one below the other. */
export const joined = (texts: readonly string[]): string => texts.filter((text) => text.trim() !== '').join('\n\n')

/** What came to headquarters by another way of what a draft was to be sent for, in one text; null: nothing. */
export function cameSince({ amends }: Draft, { amendments = [] }: Filed): string | null {
  const came = amendments.filter(({ id }) => amends?.of?.includes(id))
  return came.length === 0 ? null : joined(came.map(({ stated }) => stated.words))
}

/** Whether anything is said at all. */
const isSaying = ({ type, words, photos = [] }: Said): boolean => type !== 'addition' || words.trim() !== '' || photos.length > 0

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
  const by = made && isByHeld(report, photo) ? made.id : isOthers(report, photo) ? report.id : photo.by
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
  const of = draft?.amends?.report
  const said = of && saidIn(draft, (await allFiled()).find((one) => one.id === of))
  if (!said) return null
  const made = await Promise.all(said.map((one) => madeOf(amendmentOf(one, signedIn()))))
  const { added, revivals } = await write(['drafts', 'filed', 'originals', 'smalls'], async (tx) => {
    const present = await tx.objectStore('filed').get(of)
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
      const by = made.find(({ stated }) => stated.photos.some((one) => one.sha256 === sha256))?.id
      if (!by) throw new Error('the report is another')
      return { sha256, sizeBytes, preview: 'waiting', upload: null, receivedAt: null, restarts: 0, hold: null, by }
    })
    const missed = present.photos.filter((photo) => isMissed(present, photo) && lacking.some(({ sha256 }) => sha256 === photo.sha256))
    const photos = [...present.photos.map((photo) => (missed.includes(photo) ? revived(present, photo, made[0] ?? null) : photo)), ...named]
    await tx.objectStore('filed').put(restated({ ...present, photos, ...(made.length > 0 && { amendments: [...(present.amendments ?? []), ...made] }) }))
    await tx.objectStore('drafts').delete(id)
    return { added: lacking, revivals: missed.length }
  })
  changed()
  send()
  for (const { sha256 } of added) void smallsOf(of, sha256)
  return { revived: revivals, isSaid: made.length > 0 }
}

/** Says that it was the wrong thing, or that it was not after all, and why. Its words and pictures stay, here and at headquarters. */
export async function turn(report: Filed, type: 'withdrawal' | 'restoration', reason: string): Promise<void> {
  const made = await madeOf(amendmentOf({ id: newId(), report: report.id, type, words: reason }, signedIn()))
  await changeFiled(report.id, (present) => (isWithdrawn(present) === (type === 'withdrawal') ? present : { ...present, amendments: [...(present.amendments ?? []), made] }))
  send()
}
