import { type ReadonlySignal, type Signal, batch, computed, signal } from '@preact/signals'
import type { ReplyOf } from '../../shared/contract.ts'
import { openTally } from '../../shared/tally.ts'
import { type ReportFilter, type ReportLine, type listReportsCall, type reportPointsCall } from '../../shared/reports.ts'
import { noFilter } from './room/filter/filter.ts'
import { inOrder, isWithin, matches } from '../../shared/matches.ts'

/** What map, list order and counts need of a report; the filter's own are all here, lines come by page. */
export type Point = Pick<ReportLine, 'id' | 'version' | 'latitude' | 'longitude' | 'station' | 'category' | 'severity' | 'status' | 'observedAt' | 'receivedAt'>
export type PointsReply = ReplyOf<typeof reportPointsCall>
export type PageReply = Pick<ReplyOf<typeof listReportsCall>, 'number' | 'all' | 'reports'>

/** What changed among the filter's points: a new set, or some of them. */
export type PointsChange = { all: ReadonlyMap<string, Point> } | { put: readonly Point[]; drop: readonly string[] }

/** Every line that came, by id; kept right by the journal whatever the filter, so that it never has to be asked for twice. */
const lines = new Map<string, Signal<ReportLine>>()
/** Up to which number of the journal each line is known to be right: an older reply does not replace a later event. */
const rightAt = new Map<string, number>()
const linesKnown = signal(0)

/** The points of `shownFilter`, and their ids in the list's order. */
const points = new Map<string, Point>()
/** Count and digest of them, kept with each that comes or goes. */
const tally = openTally()
/** The same without the filter's times: what the timeline shows around the chosen stretch. */
const atAnyTime = new Map<string, Point>()
const version = signal(0)
const ordered = signal<readonly string[]>([])
const shown = signal<ReportFilter>(noFilter)
const highest = signal(0)

export const order: ReadonlySignal<readonly string[]> = ordered
/** The filter that `order` and the points are of; the address may already ask for another. */
export const shownFilter: ReadonlySignal<ReportFilter> = shown
/** How many reports the mission has, as far as we know: their numbers follow one another without gaps. */
export const inMission: ReadonlySignal<number> = highest

/** The lines of a moment in the past, while one is looked at; null in the present. */
const past = signal<ReadonlyMap<string, Signal<ReportLine>> | null>(null)
export const isPast = computed(() => past.value !== null)

/** Changes when a line comes that was not here. */
export const linesVersion: ReadonlySignal<number> = linesKnown
export const lineOf = (id: string): ReadonlySignal<ReportLine> | undefined => {
  void linesKnown.value
  return (past.value ?? lines).get(id)
}
export const pointOf = (id: string): Point | undefined => points.get(id)
export const allPoints = (): ReadonlyMap<string, Point> => points
export const pointsAtAnyTime = (): ReadonlyMap<string, Point> => atAnyTime
/** Changes with any point. */
export const pointsVersion: ReadonlySignal<number> = version

/** How many rows the list would show; it shows those whose lines are here. */
export const wanted = signal(100)
export const rows = computed<readonly string[]>(() => {
  void linesKnown.value
  const ids = ordered.value.slice(0, wanted.value)
  const here = past.value ?? lines
  const end = ids.findIndex((id) => !here.has(id))
  return end < 0 ? ids : ids.slice(0, end)
})

type Listener = (change: PointsChange) => void
const listeners = new Set<Listener>()
export function onPoints(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
function announce(change: PointsChange): void {
  version.value += 1
  listeners.forEach((listener) => listener(change))
}

type Arrival = (line: ReportLine) => void
const arrivals = new Set<Arrival>()
/** Hears of each report of the filter that was filed since the screen was loaded. */
export function onArrival(listener: Arrival): () => void {
  arrivals.add(listener)
  return () => void arrivals.delete(listener)
}

function putPoint(point: Point): void {
  dropPoint(point.id)
  points.set(point.id, point)
  tally.add(point.id, point.version)
}

function dropPoint(id: string): void {
  const before = points.get(id)
  if (!before) return
  points.delete(id)
  tally.drop(id, before.version)
}

/** What is shown of the filter, for headquarters to be compared with. */
export const shownTally = () => tally.told()
let newest = 0
/** The newest number of the journal that anything here was asked for at. */
export const newestNumber = (): number => newest

const pointFrom = ({ id, version, latitude, longitude, station, category, severity, status, observedAt, receivedAt }: ReportLine): Point => ({ id, version, latitude, longitude, station, category, severity, status, observedAt, receivedAt })

/** Takes lines as they stood at a number of the journal. */
export function takeLines(given: readonly ReportLine[], number: number): void {
  newest = Math.max(newest, number)
  batch(() => {
    let fresh = 0
    for (const line of given) {
      if ((rightAt.get(line.id) ?? -1) > number) continue
      rightAt.set(line.id, number)
      const known = lines.get(line.id)
      // An answer that says the same is no change: whoever asks on every change would ask for ever.
      if (known && JSON.stringify(known.peek()) !== JSON.stringify(line)) known.value = line
      if (!known) {
        lines.set(line.id, signal(line))
        fresh += 1
      }
    }
    if (fresh > 0) linesKnown.value += 1
  })
}

/** Takes a whole answer to a filter, of points at any time: they replace those shown, and what the journal told since is laid over them. */
export function takeFilter(filter: ReportFilter, reply: PointsReply, page: PageReply): void {
  batch(() => {
    takeLines(page.reports, page.number)
    highest.value = Math.max(highest.peek(), page.all)
    newest = Math.max(newest, reply.number)
    past.value = null
    points.clear()
    tally.clear()
    atAnyTime.clear()
    reply.id.forEach((id, at) => {
      const [version, station, category, severity, status, observedAt, receivedAt] = [reply.version[at], reply.station[at], reply.category[at], reply.severity[at], reply.status[at], reply.observedAt[at], reply.receivedAt[at]]
      if (version === undefined || category === undefined || !severity || !status || !observedAt || !receivedAt) return
      const point = { id, version, latitude: reply.latitude[at] ?? null, longitude: reply.longitude[at] ?? null, station: station ?? null, category, severity, status, observedAt, receivedAt }
      atAnyTime.set(id, point)
      if (isWithin(filter, observedAt)) putPoint(point)
    })
    for (const [id, number] of rightAt) {
      const line = number > reply.number && lines.get(id)?.peek()
      if (line) lay(filter, line)
    }
    shown.value = filter
    ordered.value = [...points.values()].sort(inOrder).map((point) => point.id)
  })
  announce({ all: points })
}

/** Shows what was known at a moment in the past: what comes meanwhile is kept, and shown when the present is loaded again. */
export function takePast(filter: ReportFilter, given: readonly ReportLine[], present: number): void {
  batch(() => {
    highest.value = Math.max(highest.peek(), present)
    past.value = new Map(given.map((line) => [line.id, signal(line)]))
    points.clear()
    tally.clear()
    atAnyTime.clear()
    for (const line of given) {
      putPoint(pointFrom(line))
      atAnyTime.set(line.id, pointFrom(line))
    }
    shown.value = filter
    ordered.value = given.map(({ id }) => id)
  })
  announce({ all: points })
}

/** Puts a line's point among the filter's or takes it away. Only a search can tell whether a report that is not there has the words. */
function lay(filter: ReportFilter, line: ReportLine): 'put' | 'dropped' | 'unknown' | 'not_there' {
  const { from: _from, until: _until, ...atAny } = filter
  const here = points.has(line.id)
  const known = atAnyTime.get(line.id)
  // A list that was asked for meanwhile has a later word than this event.
  if (known && known.version > line.version) return 'not_there'
  if (!matches(atAny, line)) {
    atAnyTime.delete(line.id)
    dropPoint(line.id)
    return here ? 'dropped' : 'not_there'
  }
  if (filter.words && !known) return 'unknown'
  atAnyTime.set(line.id, pointFrom(line))
  if (!isWithin(filter, line.observedAt)) return 'not_there'
  putPoint(pointFrom(line))
  return 'put'
}

/** Takes what the journal tells of reports. Returns whether only a new search can tell what belongs to the filter. */
export function takeChanges(given: readonly ReportLine[], number: number): { searchAgain: boolean } {
  const put: Point[] = []
  const drop: string[] = []
  const come: ReportLine[] = []
  let searchAgain = false
  batch(() => {
    takeLines(given, number)
    if (past.peek() !== null) {
      highest.value = Math.max(highest.peek(), ...given.map((line) => line.number))
      return
    }
    const filter = shown.peek()
    let ids = ordered.peek()
    for (const line of given) {
      const before = points.has(line.id)
      const outcome = lay(filter, line)
      if (filter.words && outcome !== 'not_there') searchAgain = true
      if (outcome === 'dropped') drop.push(line.id)
      if (outcome === 'put') {
        put.push(pointFrom(line))
        if (!before && line.number > highest.peek()) come.push(line)
      }
      highest.value = Math.max(highest.peek(), line.number)
    }
    const gone = new Set(drop)
    if (gone.size > 0) ids = ids.filter((id) => !gone.has(id))
    const listed = new Set(put.length > 20 ? ids : [])
    for (const point of put) {
      const isListed = put.length > 20 ? listed.has(point.id) : ids.includes(point.id)
      if (!isListed) ids = inserted(ids, point)
    }
    ordered.value = ids
  })
  if (put.length > 0 || drop.length > 0) announce({ put, drop })
  for (const line of come) arrivals.forEach((listener) => listener(line))
  return { searchAgain }
}

/** The ids with one more at its place, found by halving. */
function inserted(ids: readonly string[], point: Point): readonly string[] {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = points.get(ids[middle] ?? '')
    if (other && inOrder(other, point) < 0) low = middle + 1
    else high = middle
  }
  return [...ids.slice(0, low), point.id, ...ids.slice(low)]
}

/** The reports before and after one in the list, for walking from a report's own page. */
export function neighboursOf(id: string, ids: readonly string[] = ordered.value): { before: string | null; after: string | null } {
  const at = ids.indexOf(id)
  return at < 0 ? { before: null, after: ids[0] ?? null } : { before: ids[at - 1] ?? null, after: ids[at + 1] ?? null }
}
