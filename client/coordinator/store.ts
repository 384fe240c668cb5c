import { type ReadonlySignal, type Signal, batch, computed, signal } from '@preact/signals'
import type { ReplyOf } from '../../shared/contract.ts'
import type { roomCountsCall } from '../../shared/counts.ts'
import type { MapWindow } from '../../shared/map.ts'
import { openTally } from '../../shared/tally.ts'
import { type PointColumns, type ReportFilter, type ReportLine, type asOfCall, type listReportsCall, type reportPointsCall } from '../../shared/reports.ts'
import { comparedSince } from './compared.ts'
import { noFilter } from './room/filter/filter.ts'
import { inOrder, isWithin, matches } from '../../shared/matches.ts'

/** What map, list order and counts need of a report; the filter's own are all here, lines come by page. */
export type Point = Pick<ReportLine, 'id' | 'version' | 'latitude' | 'longitude' | 'station' | 'category' | 'severity' | 'status' | 'observedAt' | 'receivedAt'>
export type PointsReply = ReplyOf<typeof reportPointsCall>
export type RoomCounts = ReplyOf<typeof roomCountsCall>
/** What headquarters counts of a filter of which a screen is sent a part: on the map, and of what waits and when. */
export type Told = { cells: MapWindow; counts: RoomCounts }
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
/** Count and digest of those that are compared, kept with each that comes or goes. */
const tally = openTally()
/** Since when the points are compared with headquarters'; null: all of them. */
let comparedFrom: string | null = null
/** The same without the filter's times: what the timeline shows around the chosen stretch. */
const atAnyTime = new Map<string, Point>()
/** What headquarters counted on the map, while the filter's points are not here, or not all of them. */
const counted = signal<MapWindow | null>(null)
/** What headquarters counted of all, while the filter's points are not all here. */
const wholeCounts = signal<RoomCounts | null>(null)
const cut = signal(false)
const version = signal(0)
const ordered = signal<readonly string[]>([])
const shown = signal<ReportFilter>(noFilter)
const highest = signal(0)

export const order: ReadonlySignal<readonly string[]> = ordered
/** The filter that `order` and the points are of; the address may already ask for another. */
export const shownFilter: ReadonlySignal<ReportFilter> = shown
/** How many reports the mission has, as far as we know: their numbers follow one another without gaps. */
export const inMission: ReadonlySignal<number> = highest

/** A moment in the past, while one is looked at, and its lines that are here; null in the present. */
const past = signal<{ moment: string; lines: ReadonlyMap<string, Signal<ReportLine>> } | null>(null)
export const isPast = computed(() => past.value !== null)
export const pastMoment = computed(() => past.value?.moment ?? null)

/** Changes when a line comes that was not here. */
export const linesVersion: ReadonlySignal<number> = linesKnown
export const lineOf = (id: string): ReadonlySignal<ReportLine> | undefined => {
  void linesKnown.value
  return (past.value?.lines ?? lines).get(id)
}
/** What is known of a report now, also while a moment in the past is looked at. */
export const knownLine = (id: string): ReportLine | undefined => lines.get(id)?.peek()
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
  const here = past.value?.lines ?? lines
  const end = ids.findIndex((id) => !here.has(id))
  return end < 0 ? ids : ids.slice(0, end)
})

export const cells: ReadonlySignal<MapWindow | null> = counted
export const toldCounts: ReadonlySignal<RoomCounts | null> = wholeCounts
/** Whether the filter has more reports than a screen is sent: the points are the newest of them. */
export const isCut: ReadonlySignal<boolean> = cut
/** How many belong to the filter, as far as it is known. */
export const total = computed(() => (cut.value ? (counted.value?.total ?? ordered.value.length) : ordered.value.length))

/** Takes what is counted on the whole map before the first points are here. */
export function takeCells(told: MapWindow): void {
  counted.value = told
}

/** Takes what is counted anew, where the points are not all. */
export function takeTold({ cells, counts }: Told): void {
  batch(() => {
    counted.value = cells
    wholeCounts.value = counts
  })
}

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
  if (isCompared(point)) tally.add(point.id, point.version)
}

function dropPoint(id: string): void {
  const before = points.get(id)
  if (!before) return
  points.delete(id)
  if (isCompared(before)) tally.drop(id, before.version)
}

const isCompared = ({ observedAt }: Point): boolean => comparedFrom === null || observedAt >= comparedFrom

/** What is shown of the filter, for headquarters to be compared with; and what to ask of: where there is more than a screen holds, only those since a moment are all here. */
export const shownTally = () => tally.told()
export function comparedFilter(): ReportFilter {
  const filter = shown.peek()
  return comparedFrom === null || (filter.from && filter.from > comparedFrom) ? filter : { ...filter, from: comparedFrom }
}

/** Headquarters compares no more than a screen holds: fewer of those that are here. */
export function compareFewer(): void {
  const compared = ordered.peek().flatMap((id) => points.get(id) ?? []).filter(isCompared)
  comparedFrom = comparedSince(compared.slice(0, Math.ceil(compared.length / 2)).map(({ observedAt }) => observedAt)) ?? comparedFrom
  tally.clear()
  for (const point of compared) if (isCompared(point)) tally.add(point.id, point.version)
}
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

function pointsFrom(columns: PointColumns): Point[] {
  return columns.id.flatMap((id, at) => {
    const [version, station, category, severity, status, observedAt, receivedAt] = [columns.version[at], columns.station[at], columns.category[at], columns.severity[at], columns.status[at], columns.observedAt[at], columns.receivedAt[at]]
    if (version === undefined || category === undefined || !severity || !status || !observedAt || !receivedAt) return []
    return [{ id, version, latitude: columns.latitude[at] ?? null, longitude: columns.longitude[at] ?? null, station: station ?? null, category, severity, status, observedAt, receivedAt }]
  })
}

/** Takes a whole answer to a filter, of points at any time: they replace those shown, and what the journal told since is laid over them. `told`: what is counted, where they are not all. */
export function takeFilter(filter: ReportFilter, reply: PointsReply, page: PageReply, told: Told | null = null): void {
  batch(() => {
    takeLines(page.reports, page.number)
    highest.value = Math.max(highest.peek(), page.all)
    newest = Math.max(newest, reply.number)
    past.value = null
    cut.value = reply.isMore
    counted.value = told?.cells ?? null
    wholeCounts.value = told?.counts ?? null
    points.clear()
    tally.clear()
    atAnyTime.clear()
    comparedFrom = reply.isMore ? comparedSince(reply.observedAt) : null
    for (const point of pointsFrom(reply)) {
      atAnyTime.set(point.id, point)
      if (isWithin(filter, point.observedAt)) putPoint(point)
    }
    for (const [id, number] of rightAt) {
      const line = number > reply.number && lines.get(id)?.peek()
      if (line) lay(filter, line)
    }
    shown.value = filter
    ordered.value = [...points.values()].sort(inOrder).map((point) => point.id)
  })
  announce({ all: points })
}

/** Shows what was known at a moment in the past, of the first of it with its lines: what comes meanwhile is kept, and shown when the present is loaded again. */
export function takePast(moment: string, filter: ReportFilter, { points: columns, reports, present, total }: Pick<ReplyOf<typeof asOfCall>, 'points' | 'reports' | 'present' | 'total'>): void {
  batch(() => {
    highest.value = Math.max(highest.peek(), present)
    cut.value = total > columns.id.length
    counted.value = null
    wholeCounts.value = null
    past.value = { moment, lines: new Map(reports.map((line) => [line.id, signal(line)])) }
    points.clear()
    tally.clear()
    atAnyTime.clear()
    comparedFrom = null
    for (const point of pointsFrom(columns)) {
      putPoint(point)
      atAnyTime.set(point.id, point)
    }
    shown.value = filter
    ordered.value = columns.id
  })
  announce({ all: points })
}

/** Takes more lines of a moment, if it is still the one that is shown. */
export function takePastLines(moment: string, given: readonly ReportLine[]): void {
  const before = past.peek()
  if (before?.moment !== moment || given.length === 0) return
  batch(() => {
    past.value = { moment, lines: new Map([...before.lines, ...given.map((line) => [line.id, signal(line)] as const)]) }
    linesKnown.value += 1
  })
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
  const moved = new Set<string>()
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
      const before = points.get(line.id)
      const outcome = lay(filter, line)
      if (filter.words && outcome !== 'not_there') searchAgain = true
      if (outcome === 'dropped') drop.push(line.id)
      if (outcome === 'put') {
        put.push(pointFrom(line))
        // Its author said another time: it has another place in the list.
        if (before && before.observedAt !== line.observedAt) moved.add(line.id)
        if (!before && line.number > highest.peek()) come.push(line)
      }
      highest.value = Math.max(highest.peek(), line.number)
    }
    const gone = new Set([...drop, ...moved])
    if (gone.size > 0) ids = ids.filter((id) => !gone.has(id))
    const listed = new Set(put.length > 20 ? ids : [])
    for (const point of put) {
      const isListed = put.length > 20 ? listed.has(point.id) : ids.includes(point.id)
      if (!isListed) ids = inserted(ids, point)
    }
    ordered.value = ids
  })
  // Of what is not here something may have changed, too.
  if (put.length > 0 || drop.length > 0 || (cut.peek() && past.peek() === null)) announce({ put, drop })
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
