import { batch, computed, effect, signal, untracked } from '@preact/signals'
import { type LiveThing, heldReleasesCall } from '../../shared/live.ts'
import { meCall } from '../../shared/mission.ts'
import { type ReleasedPicture, listReleasesCall, mostOnWall } from '../../shared/press.ts'
import { call } from '../kit/call.ts'
import type { Covers } from '../kit/covers.ts'
import { tellFault } from '../kit/faults.ts'
import { type Live, openLive } from '../kit/live.ts'
import { takeMe } from '../kit/me.ts'
import { loadNotices, openNotices, takeNoticeThings } from '../kit/notices.ts'
import { type WallFilter, filterOf, isEmpty, keyOf } from './filter.ts'
import { openId, router } from './router.ts'
import { drawn, emptyWall, takeFirst, takeNext, takeThings, wallTally, without } from './wall-state.ts'

const pageSize = 60
const mostInOnePage = 500

export const wall = signal(emptyWall)
/** What is drawn, in order. */
export const shown = computed(() => drawn(wall.value))
/** What the address asks for. */
export const asked = signal<WallFilter>(filterOf(router.query.peek()))
/** Of which search the wall is; null: nothing was ever loaded. */
export const loadedKey = signal<string | null>(null)
export const isLoading = computed(() => loadedKey.value !== keyOf(asked.value))
/** What the last attempt to load threw; null while it is well. */
export const trouble = signal<unknown>(null)
export const live = signal<Live | null>(null)
export const isEnded = computed(() => live.value?.state.value === 'ended')
/** Whether the reader is away from the top of the wall. */
export const isAway = signal(false)
/** Pictures that this screen had and that were withdrawn; their texts only, so that they can be told from one another. */
const gone = signal<readonly ReleasedPicture[]>([])
/** Those of them of which no notice says so: who took one has to confirm it. */
export const withdrawn = computed(() => gone.value.filter(({ id }) => openNotices.value.every(({ kind, picture }) => kind !== 'kill' || picture?.id !== id)))
/** Arrived while this screen was open, and not opened since. */
export const unseen = signal<ReadonlySet<string>>(new Set())

let asking: AbortController | null = null
let retrying: ReturnType<typeof setTimeout> | undefined
const retryAfterMs = 5000

/** Loads the newest of what the address asks for. A later question takes the place of one that is under way. */
export async function load(): Promise<void> {
  asking?.abort()
  clearTimeout(retrying)
  const mine = (asking = new AbortController())
  const filter = asked.peek()
  const isNewSearch = loadedKey.peek() !== keyOf(filter)
  try {
    const page = await call(listReleasesCall, { ...filter, limit: pageSize }, { signal: mine.signal })
    if (mine.signal.aborted) return
    took(page)
    batch(() => {
      wall.value = takeFirst(wall.peek(), page, { isFiltered: !isEmpty(filter), isNewSearch, hold: isAway.peek() })
      trouble.value = null
      loadedKey.value = keyOf(filter)
      live.value ??= openLive({ since: page.number, onThings: take, covers })
    })
  } catch (thrown) {
    if (mine.signal.aborted) return
    trouble.value = thrown
    retrying = setTimeout(() => void load(), retryAfterMs)
  }
}

let soon: ReturnType<typeof setTimeout> | undefined
let isAskingSoon = false
/** Asks again after an event: only the server knows what a search finds, and counts what this screen never had. */
function loadSoon(): void {
  clearTimeout(soon)
  isAskingSoon = true
  soon = setTimeout(() => void load().finally(() => (isAskingSoon = false)), 300)
}

/** How often the wall took a page, and the newest number of the journal that one was asked for at. */
let pages = 0
let upTo = 0
function took({ number }: { number: number }): void {
  pages += 1
  upTo = Math.max(upTo, number)
}

/** The part of a search that this wall has, from its newest picture on. */
const covers: Covers = {
  ask: (since) => {
    const first = wall.peek().order.length
    return isLoading.peek() || isAskingSoon || fetchingMore || trouble.peek() !== null || first > mostOnWall ? null : call(heldReleasesCall, { since, ...asked.peek(), first })
  },
  shown: () => wallTally(wall.peek()),
  upTo: () => upTo,
  turn: () => `${pages} ${isAskingSoon} ${fetchingMore}`,
  again: () => {
    // What came after the first page may be wrong, too.
    wall.value = { ...wall.peek(), order: [], next: null }
    return load()
  },
  tellFault: (fault) => tellFault('wall', fault),
}

let fetchingMore = false
/** Brings the page after those that are here. */
export async function fetchMore(): Promise<void> {
  const { next } = wall.peek()
  if (fetchingMore || next === null || isLoading.peek()) return
  fetchingMore = true
  const filter = asked.peek()
  try {
    const page = await call(listReleasesCall, { ...filter, after: next, limit: pageSize })
    took(page)
    if (loadedKey.peek() === keyOf(filter) && wall.peek().next === next) wall.value = takeNext(wall.peek(), page)
  } catch {
    // The foot of the wall is still in sight and asks again.
    await new Promise((later) => setTimeout(later, 5000))
  } finally {
    fetchingMore = false
  }
}

/** A picture that an address names and the wall has not: among all that stands released. Undefined when it is not there. */
export async function findPicture(id: string, aborted: AbortSignal): Promise<ReleasedPicture | undefined> {
  for (let after: string | undefined; ;) {
    const page = await call(listReleasesCall, { limit: mostInOnePage, ...(after ? { after } : {}) }, { signal: aborted })
    const found = page.releases.find((picture) => picture.id === id)
    if (found && !wall.peek().gone.has(id)) wall.value = { ...wall.peek(), known: new Map(wall.peek().known).set(id, found) }
    if (found || page.next === null) return found
    after = page.next
  }
}

function take(things: readonly LiveThing[], number: number): void {
  const before = wall.peek()
  batch(() => {
    for (const thing of things) if (thing.kind === 'release_gone') withdraw(thing.id)
    wall.value = takeThings(wall.peek(), things, number, { isFiltered: !isEmpty(asked.peek()), hold: isAway.peek() })
    unseen.value = new Set([...unseen.peek(), ...wall.peek().order.filter((id) => !before.known.has(id))])
  })
  if (things.some((thing) => thing.kind === 'release' || thing.kind === 'release_gone')) loadSoon()
  takeNoticeThings(things)
  if (things.some((thing) => thing.kind === 'mission')) void call(meCall, {}).then(takeMe, () => undefined)
}

const saidOf = new Map<string, (() => void)[]>()
/** What was said of a picture in passing leaves the screen with it. */
export function leavesWith(id: string, end: () => void): void {
  if (wall.peek().gone.has(id)) end()
  else saidOf.set(id, [...(saidOf.get(id) ?? []), end])
}

/** Takes a picture off this screen at once, and says so if it was on it. */
export function withdraw(id: string): void {
  for (const end of saidOf.get(id) ?? []) end()
  saidOf.delete(id)
  const picture = wall.peek().known.get(id)
  batch(() => {
    wall.value = without(wall.peek(), id)
    if (picture) gone.value = [picture, ...gone.peek().filter((one) => one.id !== id)]
  })
}

export const dismiss = (id: string): void => void (gone.value = gone.peek().filter((one) => one.id !== id))

/** Draws what was held back. */
export const showHeld = (): void => void (wall.value = { ...wall.peek(), held: new Set() })

/** Starts following the address and the journal; once, for as long as the app is open. */
export function followWall(): () => void {
  const stops = [
    effect(() => {
      const next = filterOf(router.query.value)
      if (keyOf(next) !== keyOf(asked.peek())) asked.value = next
    }),
    effect(() => {
      void asked.value
      untracked(() => void load())
    }),
    effect(() => {
      const id = openId.value
      if (id && unseen.peek().has(id)) unseen.value = new Set([...unseen.peek()].filter((one) => one !== id))
    }),
    // A session that ended hears of no withdrawal: its pictures leave the screen.
    effect(() => {
      if (isEnded.value) wall.value = emptyWall
    }),
  ]
  void loadNotices()
  const again = () => trouble.peek() !== null && void load()
  addEventListener('online', again)
  return () => {
    for (const stop of stops) stop()
    removeEventListener('online', again)
  }
}
