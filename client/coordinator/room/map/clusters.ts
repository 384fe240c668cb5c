import Supercluster from 'supercluster'
import type { Severity } from '../../../../shared/basics.ts'
import type { ReportStatus } from '../../../../shared/verification.ts'
import { apart, withReach } from './apart.ts'
import { type Box, type Mark, type Sums, isIn, nearestZoom, severities, worse } from './mark.ts'

export type MapPoint = { id: string; latitude: number | null; longitude: number | null; severity: Severity; status: ReportStatus }

/** Pixels within which places are one mark. */
const radius = 52

type Site = { latitude: number; longitude: number; points: Map<string, MapPoint> }
/** What is at a place, or in a group of places. */
export type Held = Sums & { count: number; south: number; west: number; north: number; east: number }

/** The points of the map. All reports at one place, as a voting centre, are one site; sites near to each other are clustered. */
export class Clusters {
  readonly #sites = new Map<string, Site>()
  readonly #where = new Map<string, string>()
  readonly #drawn = new Map<number, number>()
  #index: Index<{ site: string }> | null = null

  replace(points: Iterable<MapPoint>): void {
    this.#sites.clear()
    this.#where.clear()
    this.change(points, [])
  }

  change(put: Iterable<MapPoint>, drop: Iterable<string>): void {
    for (const id of drop) this.#take(id)
    for (const point of put) this.#put(point)
    this.#index = null
    this.#drawn.clear()
  }

  /** The marks in a box, at a zoom of the map with tiles of 256 px. */
  view(box: Box, zoom: number): Mark[] {
    return marksOf((this.#index ??= this.#build()), box, zoom, ({ site }, latitude, longitude) => {
      const points = this.#sites.get(site)?.points
      const only = points?.size === 1 ? [...points.values()][0] : undefined
      return only ? { kind: 'report', id: only.id, severity: only.severity, status: only.status, latitude, longitude } : 'last'
    })
  }

  /** All marks of the world at a zoom, summed: what the map says, to be held against what there is. */
  drawn(zoom: number): number {
    const index = (this.#index ??= this.#build())
    const level = Math.floor(Math.min(zoom, nearestZoom))
    const known = this.#drawn.get(level) ?? index.getClusters([-180, -90, 180, 90], level).reduce((total, { properties }) => total + properties.count, 0)
    this.#drawn.set(level, known)
    return known
  }

  /** How many reports are in a box, by where they are and not by where their mark stands. */
  inside(box: Box): number {
    let inside = 0
    for (const { latitude, longitude, points } of this.#sites.values()) if (isIn(box, latitude, longitude)) inside += points.size
    return inside
  }

  /** The box of all places; null when there are none. */
  box(): Box | null {
    let box: Box | null = null
    for (const { latitude, longitude } of this.#sites.values()) box = box ? [Math.min(box[0], latitude), Math.min(box[1], longitude), Math.max(box[2], latitude), Math.max(box[3], longitude)] : [latitude, longitude, latitude, longitude]
    return box
  }

  /** How many reports have a place, and how many have none. */
  counts(): { placed: number; without: number } {
    let placed = 0
    for (const site of this.#sites.values()) placed += site.points.size
    return { placed, without: this.#where.size - placed }
  }

  #put(point: MapPoint): void {
    const key = keyOf(point)
    if (this.#where.get(point.id) !== key) this.#take(point.id)
    this.#where.set(point.id, key)
    if (point.latitude === null || point.longitude === null) return
    const site = this.#sites.get(key) ?? { latitude: point.latitude, longitude: point.longitude, points: new Map<string, MapPoint>() }
    site.points.set(point.id, point)
    this.#sites.set(key, site)
  }

  #take(id: string): void {
    const key = this.#where.get(id)
    if (key === undefined) return
    this.#where.delete(id)
    const site = this.#sites.get(key)
    site?.points.delete(id)
    if (site?.points.size === 0) this.#sites.delete(key)
  }

  #build(): Index<{ site: string }> {
    return indexOf([...this.#sites].map(([site, { latitude, longitude, points }]) => ({ latitude, longitude, held: { site, ...heldBy({ latitude, longitude, points }) } })))
  }
}

type Index<Own> = Supercluster<Held & Own, Held>

/** Places, each with what is there, clustered for every zoom. */
export function indexOf<Own>(places: readonly { latitude: number; longitude: number; held: Held & Own }[]): Index<Own> {
  const index: Index<Own> = new Supercluster({
    radius, extent: 256, maxZoom: nearestZoom,
    map: ({ critical, high, medium, low, open, openWorst, count, south, west, north, east }) => ({ critical, high, medium, low, open, openWorst, count, south, west, north, east }),
    reduce: (into, other) => {
      for (const severity of severities) into[severity] += other[severity]
      into.count += other.count
      into.open += other.open
      into.openWorst = worse(into.openWorst, other.openWorst)
      into.south = Math.min(into.south, other.south)
      into.west = Math.min(into.west, other.west)
      into.north = Math.max(into.north, other.north)
      into.east = Math.max(into.east, other.east)
    },
  })
  return index.load(places.map(({ latitude, longitude, held }) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties: held })))
}

/** What an index shows in a box at a zoom, no two over one another. `alone`: a place that is no group with others is a mark of its own, or a group that getting nearer does or does not take apart. */
export function marksOf<Own>(index: Index<Own>, box: Box, zoom: number, alone: (held: Held & Own, latitude: number, longitude: number) => Mark | 'last' | 'opens'): Mark[] {
  const [south, west, north, east] = withReach(box, zoom)
  const marks = index.getClusters([west, south, east, north], Math.min(zoom, nearestZoom)).map((found): Mark => {
    const [longitude, latitude] = [found.geometry.coordinates[0] ?? 0, found.geometry.coordinates[1] ?? 0]
    const held = found.properties
    const what = 'cluster_id' in held ? (index.getClusterExpansionZoom(held.cluster_id) > nearestZoom ? 'last' : 'opens') : alone(held, latitude, longitude)
    if (typeof what === 'object') return what
    const { critical, high, medium, low, open, openWorst } = held
    return { kind: 'group', sums: { critical, high, medium, low, open, openWorst }, count: held.count, box: [held.south, held.west, held.north, held.east], isLast: what === 'last', latitude, longitude }
  })
  return apart(marks, zoom).filter(({ latitude, longitude }) => isIn(box, latitude, longitude))
}

const keyOf = ({ latitude, longitude }: MapPoint): string => (latitude === null || longitude === null ? '' : `${latitude},${longitude}`)

function heldBy({ latitude, longitude, points }: Site): Held {
  const held: Held = { critical: 0, high: 0, medium: 0, low: 0, open: 0, openWorst: null, count: points.size, south: latitude, west: longitude, north: latitude, east: longitude }
  for (const { severity, status } of points.values()) {
    held[severity] += 1
    if (status !== 'received') continue
    held.open += 1
    held.openWorst = worse(held.openWorst, severity)
  }
  return held
}
