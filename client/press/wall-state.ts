import type { ReplyOf } from '../../shared/contract.ts'
import type { LiveThing } from '../../shared/live.ts'
import { type ReleasedPicture, type listReleasesCall, versionOnWall } from '../../shared/press.ts'
import { type Covered, openTally } from '../../shared/tally.ts'

export type WallPage = ReplyOf<typeof listReleasesCall>

/** What this screen knows of the wall. */
export type WallState = {
  known: ReadonlyMap<string, ReleasedPicture>
  /** What the present search found so far, newest release first. */
  order: readonly string[]
  /** Arrived while the reader was further down: not drawn until they come up or ask, so that nothing moves under their eyes. */
  held: ReadonlySet<string>
  /** Heard of live, with the journal's number: an older page does not lose them. */
  came: ReadonlyMap<string, number>
  /** Withdrawn: whatever comes late does not bring them back. */
  gone: ReadonlySet<string>
  total: number
  all: number
  next: string | null
  places: readonly string[]
  days: readonly string[]
}

export const emptyWall: WallState = { known: new Map(), order: [], held: new Set(), came: new Map(), gone: new Set(), total: 0, all: 0, next: null, places: [], days: [] }

/** What is drawn. */
export const drawn = ({ order, held }: WallState): readonly string[] => (held.size === 0 ? order : order.filter((id) => !held.has(id)))

/** How many pictures the search has, and the digest of those that are here. */
export function wallTally({ order, known, total }: WallState): Covered {
  const tally = openTally()
  for (const id of order) {
    const picture = known.get(id)
    if (picture) tally.add(id, versionOnWall(picture))
  }
  return { count: total, digest: tally.told().digest }
}

/** Newest release first; the server's own order. */
const isBefore = (one: ReleasedPicture, other: ReleasedPicture): boolean => (one.releasedAt === other.releasedAt ? one.id > other.id : one.releasedAt > other.releasedAt)

type FirstPage = { isFiltered: boolean; isNewSearch: boolean; hold: boolean }

/** The first page of a search. Asked again, it brings what is new and right counts, and leaves the pages that came after it. */
export function takeFirst(state: WallState, page: WallPage, { isFiltered, isNewSearch, hold }: FirstPage): WallState {
  const releases = page.releases.filter(({ id }) => !state.gone.has(id))
  const known = withPictures(state.known, releases)
  const ids = releases.map(({ id }) => id)
  const late = isFiltered ? [] : state.order.filter((id) => (state.came.get(id) ?? 0) > page.number && !ids.includes(id))
  const last = releases.at(-1)
  const rest = isNewSearch || page.next === null || !last ? [] : state.order.filter((id) => isAfter(known, last, id))
  const order = [...late, ...ids, ...rest]
  return {
    ...state, known, order, held: heldAmong(state, order, hold && !isNewSearch),
    total: page.total + late.length, all: page.all + late.length, next: rest.length > 0 ? state.next : page.next, places: page.places, days: page.days,
  }
}

function isAfter(known: WallState['known'], last: ReleasedPicture, id: string): boolean {
  const picture = known.get(id)
  return picture !== undefined && isBefore(last, picture)
}

/** The page that follows. */
export function takeNext(state: WallState, page: WallPage): WallState {
  const releases = page.releases.filter(({ id }) => !state.gone.has(id))
  const order = [...state.order, ...releases.map(({ id }) => id).filter((id) => !state.order.includes(id))]
  return { ...state, known: withPictures(state.known, releases), order, next: page.next, total: page.total, all: page.all }
}

/** What was released or withdrawn just now. A search is the server's to answer: what is new goes in at once only where nothing is searched. */
export function takeThings(state: WallState, things: readonly LiveThing[], number: number, { isFiltered, hold }: { isFiltered: boolean; hold: boolean }): WallState {
  return things.reduce((before, thing) => {
    if (thing.kind === 'release_gone') return without(before, thing.id)
    return thing.kind === 'release' ? withRelease(before, thing.thing, number, { isFiltered, hold }) : before
  }, state)
}

function withRelease(state: WallState, picture: ReleasedPicture, number: number, { isFiltered, hold }: { isFiltered: boolean; hold: boolean }): WallState {
  const { id } = picture
  if (state.gone.has(id)) return state
  const known = withPictures(state.known, [picture])
  if (state.known.has(id)) return { ...state, known }
  const came = new Map(state.came).set(id, number)
  if (isFiltered) return { ...state, known, came, all: state.all + 1 }
  const order = [id, ...state.order]
  return { ...state, known, came, order, held: heldAmong(state, order, hold), total: state.total + 1, all: state.all + 1 }
}

/** A withdrawn picture leaves everything that is known here. */
export function without(state: WallState, id: string): WallState {
  if (state.gone.has(id)) return state
  const known = new Map(state.known)
  const wasKnown = known.delete(id)
  const order = state.order.filter((one) => one !== id)
  const gone = new Set(state.gone).add(id)
  const held = new Set([...state.held].filter((one) => one !== id))
  return { ...state, known, order, gone, held, total: state.total - (state.order.length - order.length), all: state.all - Number(wasKnown) }
}

function withPictures(known: WallState['known'], pictures: readonly ReleasedPicture[]): WallState['known'] {
  return pictures.length === 0 ? known : new Map([...known, ...pictures.map((picture) => [picture.id, picture] as const)])
}

/** Held back are those that stand above what the reader already had; what is further down moves nothing. */
function heldAmong(state: WallState, order: readonly string[], hold: boolean): ReadonlySet<string> {
  const before = new Set(state.order)
  const top = order.findIndex((id) => before.has(id))
  return new Set(order.filter((id, at) => state.held.has(id) || (hold && at < top && !before.has(id))))
}
