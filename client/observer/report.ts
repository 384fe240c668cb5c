import { signal } from '@preact/signals'
import type { Uuid } from '../../shared/basics.ts'
import type { Me } from '../../shared/mission.ts'
import type { How } from '../../shared/photos.ts'
import { me, signedIn } from '../kit/me.ts'
import { language } from '../kit/words/language.ts'
import { newId } from '../kit/ids.ts'
import { type Added, addPicture } from './outbox/pictures.ts'
import { allDrafts, dropDraft, keep, kept, saveReport } from './outbox/queue.ts'
import type { Draft, Filed, Place } from './outbox/records.ts'
import { fileDraft, instant } from './outbox/statement.ts'
import { smallsOf } from './outbox/smalls.ts'
import { fix, isRefused } from './place/fix.ts'
import { chosenAfter, chosenNow, learned, presentPlace, usedAfter } from './place/suggest.ts'
import { chosenPlace, create, edit, register, send, usedCategories, usedPlaces } from './state.ts'

/** How many pictures are being hashed and kept right now. */
export const adding = signal(0)
let added: Promise<unknown> = Promise.resolve()

export const placeNow = (): Place => presentPlace(register.value, fix.value, usedPlaces.value, chosenPlace.value, Date.now())

/** Begins a report. Its draft is on its way to the disk before a camera can open, since a phone may kill this page meanwhile. */
export function beginReport(): Uuid {
  const { person, mission } = signedIn()
  const draft: Draft = {
    id: newId(), author: person.id, mission: mission.id, startedAt: instant(Date.now()), place: placeNow(), atStation: true, category: null, severity: null, observedAt: null, words: '', fix: null, photos: [], faults: [],
  }
  void create(draft)
  return draft.id
}

/** Keeps the pictures that a camera or a gallery gave, one after the other; tells what came of each that could not be kept. */
export function addPictures(draft: Uuid, files: readonly File[], how: How, tell: (file: string, outcome: Exclude<Added, 'added'>) => void): Promise<void> {
  const work = async () => {
    for (const file of files) {
      const outcome = await addPicture(draft, file, how, fix.value, Date.now()).catch((): Added => 'unreadable')
      adding.value -= 1
      if (outcome !== 'added') tell(file.name, outcome)
    }
  }
  adding.value += files.length
  const done = added.then(work)
  added = done
  return done
}

/** Takes what the phone has learned of where it is into a report. */
export function noteWhere(draft: Draft): void {
  const learn = (present: Draft) => learned(present, register.value, fix.value, placeNow(), Date.now())
  if (learn(draft) !== draft) void edit(draft.id, learn)
}

let savedHere: Uuid | null = null
/** Whether it is this tab that saves a draft: its screen then closes by itself. */
export const isSavedHere = (id: Uuid): boolean => savedHere === id

/** A draft as it is when it is saved: with every picture that was chosen, and nothing that may not leave. From then on it is this tab that saves it. */
export async function finish(id: Uuid): Promise<Draft | null> {
  await added
  const found = (await allDrafts()).find((one) => one.id === id)
  savedHere = id
  return found ? asAllowed(found) : null
}

/** Saves the draft as a report and starts sending it. Waits for nothing but the phone's own disk, and for that no longer than the report needs: its form is closed before it could be left by hand. */
export async function saveDraft(id: Uuid): Promise<void> {
  const draft = await finish(id)
  const owner = me.value
  if (!draft || !owner) return
  const filed = await withSignature(reportOf(draft, owner))
  await saveReport(filed)
  send()
  // What is suggested next time holds nobody up, and fails without a word.
  remember(filed, draft).catch(() => undefined)
  for (const photo of filed.photos) void smallsOf(filed.id, photo.sha256)
}

/** The report that a draft is if it is saved now. */
export const reportOf = (draft: Draft, owner: Me): Filed =>
  fileDraft({ ...draft, fix: draft.fix ?? fix.value }, { me: owner, now: Date.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: language.value })

/** What signs comes after the first paint. Where it never came, a report without a signature is worth more than none. */
const withSignature = (filed: Filed): Promise<Filed> => import('./outbox/phone-key.ts').then(({ signed }) => signed(filed, filed.author), () => filed)

/** What of a draft may leave: after a refusal no position does, also none that the phone knew before. */
export const asAllowed = async (draft: Draft): Promise<Draft> => ((await isRefused()) ? withoutPosition(draft) : draft)

const withoutPosition = (draft: Draft): Draft => ({ ...draft, fix: null, photos: draft.photos.map((photo) => ({ ...photo, position: null })) })

async function remember({ stated }: Filed, draft: Draft): Promise<void> {
  usedCategories.value = [stated.category, ...usedCategories.value.filter((code) => code !== stated.category)].slice(0, 8)
  await keep('usedCategories', [...usedCategories.value])
  usedPlaces.value = usedAfter(usedPlaces.value, stated, Date.now())
  await keep('usedPlaces', [...usedPlaces.value])
  chosenPlace.value = chosenAfter(chosenPlace.value, draft)
  await keep('chosenPlace', chosenPlace.value)
}

/** Remembers where its owner says that they are. */
export async function choosePlace(place: Place): Promise<void> {
  chosenPlace.value = chosenNow(register.value, place, fix.value, Date.now())
  await keep('chosenPlace', chosenPlace.value)
}

/** What a draft says beside its pictures, in one line. */
export const sayingOf = ({ words, category, severity, place: { station, table }, atStation, observedAt }: Draft): string => JSON.stringify([words.trim(), category, severity, station, table, atStation, observedAt])

/** Whether nothing was put into a draft yet. */
export const isEmpty = (draft: Draft): boolean => draft.photos.length === 0 && (draft.amends ? sayingOf(draft) === draft.amends.was : draft.category === null && draft.words.trim() === '')

/** Leaves the draft's screen: it stays in the list, unless nothing is in it. */
export async function leaveDraft(id: Uuid): Promise<void> {
  await added
  if ((await kept('openDraft')) === id) await keep('openDraft', null)
  // The disk knows of a picture that came a moment ago, the screen perhaps not yet.
  const draft = (await allDrafts()).find((one) => one.id === id)
  if (draft && isEmpty(draft)) await dropDraft(id)
}

export const removePicture = (id: Uuid, sha256: string): Promise<void> => edit(id, (draft) => ({ ...draft, photos: draft.photos.filter((photo) => photo.sha256 !== sha256) }))

/** Puts a removed picture back where it was. */
export const putBack = (id: Uuid, photo: Draft['photos'][number], at: number): Promise<void> => edit(id, (draft) => ({ ...draft, photos: draft.photos.toSpliced(at, 0, photo) }))
