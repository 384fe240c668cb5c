// Which points of a register are probably wrong. We know no country's border: the points themselves say where the country is, and its zone on which side of the world.

export type Point = { latitude: number; longitude: number }
type Placed = Point & { station: string }

export type Unlikely<Of extends Placed> = { point: Of; reason: 'out_of_range' | 'outside_country' | 'sign_missing' | 'swapped'; column: 'latitude' | 'longitude' | null; hint: string | null }

/** Degrees from the middle within which a point is never doubted: El Salvador is 1.3 by 2.6 degrees. */
const nearDegrees = 3
/** A country's own spread allows for more: this many times the median distance from its middle. */
const timesSpread = 8
/** So many stations near each other, far from all the rest, are an island rather than a slip. */
const islandStations = 3

/** The points that cannot be where they say, with what was probably meant. `known`: places that are in the register already. */
export function findUnlikely<Of extends Placed>(points: readonly Of[], zone: string, known: readonly Point[]): Unlikely<Of>[] {
  const middle = middleOf([...known, ...points.map((point) => likeliest(point, zone))])
  if (!middle) return []
  const far = points.filter((point) => !isNear(point, middle))
  const islands = findIslands(far)
  return far.flatMap((point): Unlikely<Of>[] => {
    const meant = readings(point).find((one) => inRange(one) && isNear(one, middle))
    if (meant && Math.abs(meant.latitude) === Math.abs(point.latitude)) {
      const column = meant.longitude === point.longitude ? 'latitude' : meant.latitude === point.latitude ? 'longitude' : null
      return [{ point, reason: 'sign_missing', column, hint: column ? String(meant[column]) : pair(meant) }]
    }
    if (meant) return [{ point, reason: 'swapped', column: null, hint: pair(meant) }]
    if (!inRange(point)) return [{ point, reason: 'out_of_range', column: Math.abs(point.latitude) > 90 ? 'latitude' : 'longitude', hint: null }]
    return islands.has(cellOf(point)) ? [] : [{ point, reason: 'outside_country', column: null, hint: null }]
  })
}

type Middle = Point & { latitudeDegrees: number; longitudeDegrees: number }

function middleOf(points: readonly Point[]): Middle | null {
  if (points.length === 0) return null
  const [latitude, longitude] = [median(points.map((point) => point.latitude)), median(points.map((point) => point.longitude))]
  const spread = (distances: number[]) => Math.max(nearDegrees, timesSpread * median(distances))
  return { latitude, longitude, latitudeDegrees: spread(points.map((point) => Math.abs(point.latitude - latitude))), longitudeDegrees: spread(points.map((point) => around(point.longitude - longitude))) }
}

const isNear = (point: Point, middle: Middle): boolean =>
  Math.abs(point.latitude - middle.latitude) <= middle.latitudeDegrees && around(point.longitude - middle.longitude) <= middle.longitudeDegrees

const pair = ({ latitude, longitude }: Point): string => `${latitude}, ${longitude}`

const inRange = (point: Point): boolean => Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180

/** A point as it stands, without its sign or with one, and with its two numbers in each other's place. */
function readings({ latitude, longitude }: Point): Point[] {
  const signs = (one: Point): Point[] => [one, { ...one, longitude: -one.longitude }, { ...one, latitude: -one.latitude }, { latitude: -one.latitude, longitude: -one.longitude }]
  return [...signs({ latitude, longitude }), ...signs({ latitude: longitude, longitude: latitude })]
}

// When every line lost its sign, or has its numbers swapped, only the zone can tell: 15 degrees are an hour, and no zone is wider than this.
const zoneDegrees = 50

function likeliest(point: Point, zone: string): Point {
  const meridian = meridianOf(zone)
  const fits = (one: Point) => inRange(one) && (meridian === null || around(one.longitude - meridian) <= zoneDegrees)
  return fits(point) ? point : (readings(point).find(fits) ?? point)
}

/** Degrees the shorter way round. */
const around = (degrees: number): number => Math.abs(((((degrees + 180) % 360) + 360) % 360) - 180)

const meridians = new Map<string, number | null>()

/** Degrees east at which a zone's clock is the sun's; null for zones that name no place. */
function meridianOf(zone: string): number | null {
  const known = meridians.get(zone)
  if (known !== undefined) return known
  const meridian = zone.includes('/') && !zone.startsWith('Etc/') ? offsetHours(zone) * 15 : null
  meridians.set(zone, meridian)
  return meridian
}

function offsetHours(zone: string): number {
  // Any fixed day does: summer time moves the meridian by 15 degrees of the 50.
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(Date.UTC(2027, 0, 1))
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '') ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60)
}

function findIslands(far: readonly Placed[]): Set<string> {
  const stations = new Map<string, Set<string>>()
  for (const point of far) stations.set(cellOf(point), (stations.get(cellOf(point)) ?? new Set()).add(point.station))
  return new Set([...stations].filter(([, codes]) => codes.size >= islandStations).map(([cell]) => cell))
}

const cellOf = (point: Point): string => `${Math.floor(point.latitude)} ${Math.floor(point.longitude)}`

function median(numbers: number[]): number {
  const sorted = numbers.sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
