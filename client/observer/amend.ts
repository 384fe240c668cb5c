import { Amendment, type AmendmentType } from '../../shared/amendments.ts'
import { Zone, type Uuid } from '../../shared/basics.ts'
import type { Me } from '../../shared/mission.ts'
import { signedIn } from '../kit/me.ts'
import { newId } from '../kit/ids.ts'
import { language } from '../kit/words/language.ts'
import { open } from './nav.ts'
import { signed } from './outbox/phone-key.ts'
import { changeFiled, changed, ofReport, write } from './outbox/queue.ts'
import type { Amended, Draft, Filed, FiledPhoto } from './outbox/records.ts'
import { smallsOf } from './outbox/smalls.ts'
import { instant } from './outbox/statement.ts'
import { finish } from './report.ts'
import { create, myDrafts, send } from './state.ts'

/** What a report says now: a correction stands in place of all before it, an addition below it. Headquarters reads it the same. */
export function wordsNow({ stated, amendments = [] }: Filed): string {
  return amendments.reduce((before, { stated: { type, words } }) => (type === 'correction' ? words : type === 'addition' ? [before, words].filter((text) => text.trim() !== '').join('\n\n') : before), stated.words)
}

/** How it was withdrawn, here or on another phone; also before headquarters knows. */
export const withdrawalOf = (filed: Filed): Amended | undefined => filed.amendments?.findLast(({ stated }) => stated.type === 'withdrawal')
export const isWithdrawn = (filed: Filed): boolean => withdrawalOf(filed) !== undefined || filed.ladder?.status === 'withdrawn'

/** Begins to correct a report or to add to it, or goes on with what was begun. */
export function beginAmendment(filed: Filed, type: 'correction' | 'addition'): void {
  const begun = myDrafts.value.find(({ amends }) => amends?.report === filed.id && amends.type === type)
  const was = type === 'correction' ? wordsNow(filed) : ''
  const draft: Draft = begun ?? {
    id: newId(), author: filed.author, mission: filed.mission, startedAt: instant(Date.now()), place: { station: null, table: null, by: 'nothing' }, atStation: true, category: filed.stated.category, severity: filed.stated.severity,
    observedAt: null, words: was, fix: null, photos: [], faults: [], amends: { report: filed.id, type, was },
  }
  if (!begun) void create(draft)
  open({ draft: draft.id })
}

type Said = { id: Uuid; report: Uuid; type: AmendmentType; words: string; photos?: Draft['photos'] }

/** The statement of what is said if it is saved now. */
export const amendmentOf = ({ id, report, type, words, photos = [] }: Said, { person, mission }: Me): Amendment => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return Amendment.parse({
    v: 1, mission: mission.id, type, id, reportId: report, author: person.id, times: { finishedAt: instant(Date.now()), zone: Zone.safeParse(timeZone).success ? timeZone : mission.zone }, words, language: language.value, photos,
  } satisfies Record<keyof Amendment, unknown>)
}

export const saidIn = ({ id, amends, words, photos }: Draft): Said | null => (amends ? { id, report: amends.report, type: amends.type, words, photos: amends.type === 'addition' ? photos : [] } : null)

const madeOf = (stated: Amendment): Promise<Amended> => signed({ id: stated.id, statement: JSON.stringify(stated), stated, receipt: null, hold: null }, stated.author)

/** The draft becomes part of its report, its pictures with it, in one transaction; from then on it is sent as the report is. @throws when the report is gone */
export async function saveAmendment(id: Uuid): Promise<void> {
  const draft = await finish(id)
  const said = draft && saidIn(draft)
  if (!said) return
  const made = await madeOf(amendmentOf(said, signedIn()))
  const { photos } = made.stated
  const added = await write(['drafts', 'filed', 'originals', 'smalls'], async (tx) => {
    const filed = await tx.objectStore('filed').get(said.report)
    if (!filed) throw new Error('the report is gone')
    const fresh = photos.filter(({ sha256 }) => filed.photos.every((one) => one.sha256 !== sha256))
    for (const { sha256 } of fresh) {
      const [original, smalls] = [await tx.objectStore('originals').get([id, sha256]), await tx.objectStore('smalls').get([id, sha256])]
      if (original) await tx.objectStore('originals').put(original, [filed.id, sha256])
      if (smalls) await tx.objectStore('smalls').put(smalls, [filed.id, sha256])
    }
    await tx.objectStore('originals').delete(ofReport(id))
    await tx.objectStore('smalls').delete(ofReport(id))
    const named = fresh.map(({ sha256, sizeBytes }): FiledPhoto => ({ sha256, sizeBytes, preview: 'waiting', upload: null, receivedAt: null, restarts: 0, hold: null, by: made.id }))
    await tx.objectStore('filed').put({ ...filed, photos: [...filed.photos, ...named], amendments: [...(filed.amendments ?? []), made] })
    await tx.objectStore('drafts').delete(id)
    return fresh
  })
  changed()
  send()
  for (const { sha256 } of added) void smallsOf(said.report, sha256)
}

/** Says that it was the wrong thing, and why. Its words and pictures stay, here and at headquarters. */
export async function withdraw(filed: Filed, reason: string): Promise<void> {
  const made = await madeOf(amendmentOf({ id: newId(), report: filed.id, type: 'withdrawal', words: reason }, signedIn()))
  await changeFiled(filed.id, (present) => (isWithdrawn(present) ? present : { ...present, amendments: [...(present.amendments ?? []), made] }))
  send()
}

/** Takes back what headquarters did not take: with it the pictures that it would have brought. Only its author's own hand leads here. */
export async function dropAmendment(report: Uuid, id: Uuid): Promise<void> {
  await write(['filed', 'originals', 'smalls'], async (tx) => {
    const filed = await tx.objectStore('filed').get(report)
    if (!filed || !filed.amendments?.some((one) => one.id === id && one.receipt === null)) return
    for (const { sha256 } of filed.photos.filter(({ by }) => by === id)) {
      await tx.objectStore('originals').delete([report, sha256])
      await tx.objectStore('smalls').delete([report, sha256])
    }
    await tx.objectStore('filed').put({ ...filed, photos: filed.photos.filter(({ by }) => by !== id), amendments: filed.amendments.filter((one) => one.id !== id) })
  })
  changed()
}
