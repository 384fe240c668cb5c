import Supercluster from 'supercluster'
import type { Severity } from '../../../../shared/basics.ts'
import type { ReportStatus } from '../../../../shared/verification.ts'

export type MapPoint = { id: string; latitude: number | null; longitude: number | null; severity: Severity; status: ReportStatus }

/** South, west, north, east, in degrees. */
export type Box = readonly [number, number, number, number]

/** What is inside a mark: how many of each severity, how many nobody has looked at and of which severity the worst of those is. */
export type Sums = Record<Severity, number> & { open: number; openWorst: Severity | null }

/** One thing on the map. A group is of one place or of several that are too near to each other at this zoom; `isLast`: getting nearer does not take it apart. */
export type Mark =
  | { kind: 'report'; id: string; severity: Severity; status: ReportStatus; latitude: number; longitude: number }
  | { kind: 'group'; sums: Sums; count: number; box: Box; isLast: boolean; latitude: number; longitude: number }

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']
export const nearestZoom = 18
/** Pixels within which places are one mark. */
const radius = 52

type Site = { latitude: number; longitude: number; points: Map<string, MapPoint> }
type Held = Sums & { count: number; south: number; west: number; north: number; east: number }

export const countOf = (mark: Mark): number => (mark.kind === 'report' ? 1 : mark.count)

const worse = (one: Severity | null, other: Severity | null): Severity | null => severities.find((severity) => severity === one || severity === other) ?? null

/** The points of the map. All reports at one place, as a voting centre, are one site; sites near to each other are clustered. */
export class Clusters {
  readonly #sites = new Map<string, Site>()
  readonly #where = new Map<string, string>()
  readonly #drawn = new Map<number, number>()
  #index: Supercluster<Held & { site: string }, Held> | null = null

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
  view([south, west, north, east]: Box, zoom: number): Mark[] {
    const index = (this.#index ??= this.#build())
    return index.getClusters([west, south, east, north], Math.min(zoom, nearestZoom)).flatMap((found): Mark[] => {
      const [longitude, latitude] = [found.geometry.coordinates[0] ?? 0, found.geometry.coordinates[1] ?? 0]
      const held = found.properties
      const isCluster = 'cluster_id' in held
      const site = isCluster ? undefined : this.#sites.get(held.site)
      const only = site?.points.size === 1 ? [...site.points.values()][0] : undefined
      if (only) return [{ kind: 'report', id: only.id, severity: only.severity, status: only.status, latitude, longitude }]
      const isLast = !isCluster || index.getClusterExpansionZoom(held.cluster_id) > nearestZoom
      const { critical, high, medium, low, open, openWorst } = held
      return [{ kind: 'group', sums: { critical, high, medium, low, open, openWorst }, count: held.count, box: [held.south, held.west, held.north, held.east], isLast, latitude, longitude }]
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

  #build(): Supercluster<Held & { site: string }, Held> {
    const index = new Supercluster<Held & { site: string }, Held>({
      radius, extent: 256, maxZoom: nearestZoom,
      map: ({ site: _site, ...held }) => ({ ...held }),
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
    return index.load([...this.#sites].map(([key, site]) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [site.longitude, site.latitude] }, properties: { site: key, ...heldBy(site) } })))
  }
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
