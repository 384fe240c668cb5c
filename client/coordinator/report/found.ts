import type { DeskPhoto, Position } from '../../../shared/photos.ts'
import type { Mark } from './agreement.ts'

/** What a picture's file says of itself, held against what the phone said. `fileAt` and `phoneAt` are instants. */
export type FoundLine =
  | { what: 'time'; mark: Mark; fileAt: string | null; phoneAt: string | null }
  | { what: 'place'; mark: Mark; distanceMetres: number | null; hasPlace: boolean }
  | { what: 'made'; mark: Mark; device: string | null; software: string | null }

const sameSeconds = 5 * 60
/** A phone may write a place that it knew a while before. */
const nearMetres = 300
const farMetres = 1_000
/** Programs that change pictures: cameras do not name these. */
const editors = /photoshop|lightroom|gimp|snapseed|picsart|canva|pixelmator|affinity|paint|facetune|photoroom|remini|faceapp|capture one|darktable|luminar|pixlr|photopea|stable diffusion|midjourney|dall/i

/** Nothing while the original was not looked into; `zone` is that of the phone, for a file that names none. */
export function foundIn({ says, position, capturedAt }: Pick<DeskPhoto, 'says' | 'position' | 'capturedAt'>, zone: string): FoundLine[] {
  if (!says || !Object.values(says).some((one) => one !== null)) return []
  const fileAt = says.takenAt === null ? null : instantOf(says.takenAt, says.utcOffset, zone)
  const apart = fileAt === null || capturedAt === null ? null : Math.abs(Date.parse(fileAt) - Date.parse(capturedAt)) / 1000
  const distanceMetres = says.position && position ? distanceOf(says.position, position) : null
  return [
    { what: 'time', mark: apart === null ? 'unknown' : apart <= sameSeconds ? 'agrees' : 'differs', fileAt, phoneAt: capturedAt },
    { what: 'place', mark: distanceMetres === null ? 'unknown' : placeMark(distanceMetres, position), distanceMetres, hasPlace: says.position !== null },
    { what: 'made', mark: says.software !== null && editors.test(says.software) ? 'differs' : says.device === null ? 'unknown' : 'agrees', device: says.device, software: says.software },
  ]
}

function placeMark(distanceMetres: number, position: Position | null): Mark {
  const doubt = position?.accuracyMetres ?? 0
  return distanceMetres <= nearMetres + doubt ? 'agrees' : distanceMetres > farMetres + doubt ? 'differs' : 'unknown'
}

/** A camera's local time as an instant: by the offset that it names, else as the clocks of the zone go. */
export function instantOf(local: string, utcOffset: string | null, zone: string): string {
  if (utcOffset !== null) return new Date(Date.parse(`${local}${utcOffset}`)).toISOString()
  const at = Date.parse(`${local}Z`)
  return new Date(at - aheadOf(zone, at - aheadOf(zone, at))).toISOString()
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function aheadOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(new Date(at))
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - at
}

const earthMetres = 6_371_000
type Point = { latitude: number; longitude: number }

/** Along the ground. */
function distanceOf(one: Point, other: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const up = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2
  const across = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2
  return Math.round(2 * earthMetres * Math.asin(Math.sqrt(up + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * across)))
}
