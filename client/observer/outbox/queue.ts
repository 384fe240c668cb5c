import { type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames, openDB } from 'idb'
import type { Sha256, Uuid } from '../../../shared/basics.ts'
import type { Me } from '../../../shared/mission.ts'
import type { StatedPhoto } from '../../../shared/photos.ts'
import type { Register } from '../../../shared/stations.ts'
import type { ChosenPlace, Draft, Filed, Fix, OriginalsWhen, PhoneKey, UsedPlace } from './records.ts'

/** Single things that the phone remembers. */
export type Kept = {
  me: Me
  /** Set while the session has ended and nobody has joined again. */
  signedOut: boolean
  register: Register
  /** The draft that is on the screen; a phone that kills the page while its camera is open comes back to it. */
  openDraft: Uuid | null
  fix: Fix | null
  usedPlaces: UsedPlace[]
  /** Where its owner says that they are. */
  chosenPlace: ChosenPlace | null
  /** Categories, the last used first. */
  usedCategories: string[]
  hintsHidden: string[]
  /** When originals may leave this phone; not set: always. */
  originals: OriginalsWhen
  /** What files of unsent work are sealed to. */
  sealKey: { mission: Uuid; sealedTo: string }
  /** Room that is taken so that it can be given up, in pieces; the last of them is `reserve`. */
  reserve: Blob
  [piece: `reserve_${string}`]: Blob
}

/** The small copies of a picture: for headquarters (until the original is there) and for lists. Null: this phone cannot draw it. */
export type Smalls = { preview: Blob | null; thumb: Blob | null }

interface Schema extends DBSchema {
  drafts: { key: Uuid; value: Draft }
  filed: { key: Uuid; value: Filed }
  originals: { key: [Uuid, Sha256]; value: Blob }
  smalls: { key: [Uuid, Sha256]; value: Smalls }
  kept: { key: keyof Kept; value: Kept[keyof Kept] }
  keys: { key: Uuid; value: PhoneKey }
}

let opened: Promise<IDBPDatabase<Schema>> | null = null
let closed: () => void = () => undefined
const listeners = new Set<() => void>()
const otherTabs = new BroadcastChannel('veedor-outbox')
otherTabs.addEventListener('message', () => hear())

/** Calls when drafts or reports changed, in this tab or another. */
export function onChange(listener: () => void): void {
  listeners.add(listener)
}

/** Calls once if a newer version in another tab needs the database; nothing can be kept from then on. */
export function onClosed(listener: () => void): void {
  closed = listener
}

function hear(): void {
  for (const listener of listeners) listener()
}

export function changed(): void {
  otherTabs.postMessage('changed')
  hear()
}

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('veedor', 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('drafts', { keyPath: 'id' })
        db.createObjectStore('filed', { keyPath: 'id' })
        for (const name of ['originals', 'smalls', 'kept'] as const) db.createObjectStore(name)
      }
      if (before < 2) db.createObjectStore('keys', { keyPath: 'author' })
    },
    blocking(_current, _blocked, event) {
      ;(event.target as IDBDatabase).close()
      // Whatever is asked from now on waits for a page that is loaded anew.
      opened = new Promise(() => undefined)
      closed()
    },
    terminated() {
      opened = null
    },
  })
  return opened
}

type Act<Names extends StoreNames<Schema>[], Result> = (tx: IDBPTransaction<Schema, Names, 'readwrite'>) => Promise<Result>

/** Runs one transaction, and leaves it at that where the phone is full. */
export async function attempt<Names extends StoreNames<Schema>[], Result>(names: Names, act: Act<Names, Result>, quick: boolean): Promise<Result> {
  const tx = (await database()).transaction(names, 'readwrite', { durability: quick ? 'relaxed' : 'strict' })
  try {
    const result = await act(tx)
    await tx.done
    return result
  } catch (thrown) {
    tx.done.catch(() => undefined)
    try {
      tx.abort()
    } catch {
      // It had ended by itself already: the reason is what was thrown.
    }
    throw thrown
  }
}

export const isFull = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'QuotaExceededError'

let makeRoom = () => Promise.resolve(false)
/** Asks for room when the phone is full; `make` tells whether it made any. */
export function onFull(make: () => Promise<boolean>): void {
  makeRoom = make
}

/**
 * Runs one transaction that is on the disk when it ends, also if the battery is pulled then; `quick` leaves that to the system, for words that are being typed. Where the
 * phone is full, it is run again as long as room can be made.
 */
export async function write<Names extends StoreNames<Schema>[], Result>(names: Names, act: Act<Names, Result>, quick = false): Promise<Result> {
  for (;;) {
    try {
      return await attempt(names, act, quick)
    } catch (thrown) {
      if (!isFull(thrown) || !(await makeRoom())) throw thrown
    }
  }
}

export async function kept<Name extends keyof Kept>(name: Name): Promise<Kept[Name] | undefined> {
  return (await (await database()).get('kept', name)) as Kept[Name] | undefined
}

export async function keep<Name extends keyof Kept>(name: Name, value: Kept[Name]): Promise<void> {
  await write(['kept'], (tx) => tx.objectStore('kept').put(value, name))
}

export async function forget(...names: (keyof Kept)[]): Promise<void> {
  await write(['kept'], async (tx) => {
    for (const name of names) await tx.objectStore('kept').delete(name)
  })
}

export const phoneKey = async (author: Uuid): Promise<PhoneKey | undefined> => (await database()).get('keys', author)

/** Keeps a person's key, and gives the one that holds: of two tabs that make one at the same time the first. */
export const keepPhoneKey = (key: PhoneKey, anew = false): Promise<PhoneKey> => write(['keys'], async (tx) => {
  const known = anew ? undefined : await tx.objectStore('keys').get(key.author)
  if (!known) await tx.objectStore('keys').put(key)
  return known ?? key
})

export const dropPhoneKey = (author: Uuid): Promise<void> => write(['keys'], (tx) => tx.objectStore('keys').delete(author))

export const allDrafts = async (): Promise<Draft[]> => (await database()).getAll('drafts')
export const allFiled = async (): Promise<Filed[]> => (await database()).getAll('filed')
export const original = async (report: Uuid, sha256: Sha256): Promise<Blob | undefined> => (await database()).get('originals', [report, sha256])
export const smalls = async (report: Uuid, sha256: Sha256): Promise<Smalls | undefined> => (await database()).get('smalls', [report, sha256])

/** Writes a new draft and makes it the open one. */
export async function startDraft(draft: Draft): Promise<void> {
  await write(['drafts', 'kept'], async (tx) => {
    await tx.objectStore('drafts').put(draft)
    await tx.objectStore('kept').put(draft.id, 'openDraft')
  })
  changed()
}

/** Changes a draft as it is now; nothing if it is gone. */
export async function changeDraft(id: Uuid, change: (draft: Draft) => Draft): Promise<void> {
  await write(['drafts'], async (tx) => {
    const draft = await tx.objectStore('drafts').get(id)
    if (draft) await tx.objectStore('drafts').put(change(draft))
  }, true)
  changed()
}

/** Keeps a picture and names it in its draft, both or neither. @throws QuotaExceededError when the phone is full */
export async function addPhoto(id: Uuid, photo: StatedPhoto, bytes: Blob): Promise<'added' | 'repeated' | 'no_draft'> {
  const outcome = await write(['drafts', 'originals'], async (tx) => {
    const draft = await tx.objectStore('drafts').get(id)
    if (!draft) return 'no_draft'
    if (draft.photos.some((one) => one.sha256 === photo.sha256)) return 'repeated'
    await tx.objectStore('originals').put(bytes, [id, photo.sha256])
    await tx.objectStore('drafts').put({ ...draft, photos: [...draft.photos, photo] })
    return 'added'
  })
  changed()
  return outcome
}

export async function putSmalls(report: Uuid, sha256: Sha256, value: Smalls): Promise<void> {
  await write(['smalls'], (tx) => tx.objectStore('smalls').put(value, [report, sha256]), true)
  changed()
}

export const ofReport = (id: Uuid): IDBKeyRange => IDBKeyRange.bound([id], [id, []])

/** Throws a draft away with its pictures and, where it is a report that is being mended, with what was begun to be said of it. Only its author's own hand leads here. */
export async function dropDraft(id: Uuid): Promise<void> {
  await write(['drafts', 'originals', 'smalls'], async (tx) => {
    const drafts = tx.objectStore('drafts')
    for (const draft of await drafts.getAll()) {
      if (draft.id !== id && draft.amends?.report !== id) continue
      await drafts.delete(draft.id)
      await tx.objectStore('originals').delete(ofReport(draft.id))
      await tx.objectStore('smalls').delete(ofReport(draft.id))
    }
  })
  changed()
}

/** The draft becomes a report, in one transaction; pictures that its author took out of it go. */
export async function saveReport(filed: Filed): Promise<void> {
  await write(['drafts', 'filed', 'originals'], async (tx) => {
    const named = new Set(filed.photos.map((photo) => photo.sha256))
    const originals = tx.objectStore('originals')
    for (const key of await originals.getAllKeys(ofReport(filed.id))) if (!named.has(key[1])) await originals.delete(key)
    await tx.objectStore('filed').put(filed)
    await tx.objectStore('drafts').delete(filed.id)
  })
  changed()
}

/** Changes a report as it is now. An original whose receipt is new in it leaves the phone in the same transaction, and only so; a thumb stays for the list. */
export async function changeFiled(id: Uuid, change: (filed: Filed) => Filed): Promise<Filed | undefined> {
  const result = await write(['filed', 'originals', 'smalls'], async (tx) => {
    const before = await tx.objectStore('filed').get(id)
    if (!before) return undefined
    const filed = change(before)
    await tx.objectStore('filed').put(filed)
    for (const { sha256, receivedAt } of filed.photos) {
      if (!receivedAt || before.photos.some((one) => one.sha256 === sha256 && one.receivedAt)) continue
      await tx.objectStore('originals').delete([id, sha256])
      const small = await tx.objectStore('smalls').get([id, sha256])
      if (small) await tx.objectStore('smalls').put({ ...small, preview: null }, [id, sha256])
    }
    return filed
  })
  changed()
  return result
}

/** Lists reports that were filed elsewhere; one that is here already, or is being mended here, stays as it is. */
export async function listElsewhere(reports: readonly Filed[]): Promise<void> {
  await write(['filed', 'drafts'], async (tx) => {
    for (const filed of reports) if (!(await tx.objectStore('filed').get(filed.id)) && !(await tx.objectStore('drafts').get(filed.id))) await tx.objectStore('filed').put(filed)
  })
  changed()
}

/** Takes delivered reports off the phone, for when their author signs out; anything with something unsent stays. */
export async function dropFiled(ids: readonly Uuid[]): Promise<void> {
  await write(['filed', 'smalls'], async (tx) => {
    for (const id of ids) {
      await tx.objectStore('filed').delete(id)
      await tx.objectStore('smalls').delete(ofReport(id))
    }
  })
  changed()
}
