import { metresBetween } from '../../../shared/distance.ts'
import type { DeskPhoto } from '../../../shared/photos.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import type { Mark } from './agreement.ts'

/** What a picture's file is held against: what its phone said at the picture, else what its report says of itself. */
export type Against = 'phone' | 'report' | 'station'

/** What a picture's file says of itself, held against what was said of it. `fileAt` and `saidAt` are instants. */
export type FoundLine =
  | { what: 'time'; mark: Mark; fileAt: string | null; saidAt: string; against: Against }
  | { what: 'place'; mark: Mark; distanceMetres: number | null; hasPlace: boolean; against: Against }
  | { what: 'made'; mark: Mark; device: string | null; software: string | null }

const sameSeconds = 5 * 60
/** A picture is not always taken in the minute that its report names. */
const seenSeconds = 30 * 60
/** A phone may write a place that it knew a while before. */
const nearMetres = 300
const farMetres = 1_000
/** Programs that change pictures: cameras do not name these. */
const editors = /photoshop|lightroom|gimp|snapseed|picsart|canva|pixelmator|affinity|paint|facetune|photoroom|remini|faceapp|capture one|darktable|luminar|pixlr|photopea|stable diffusion|midjourney|dall/i

type Said = Pick<ReportPage, 'zone' | 'atStation' | 'position' | 'stationPosition'> & { line: Pick<ReportPage['line'], 'observedAt'> }

/** Nothing while the original was not looked into; the report's `zone` is read where a file names none. */
export function foundIn({ says, position, capturedAt }: Pick<DeskPhoto, 'says' | 'position' | 'capturedAt'>, report: Said): FoundLine[] {
  if (!says || !Object.values(says).some((one) => one !== null)) return []
  const fileAt = says.takenAt === null ? null : instantOf(says.takenAt, says.utcOffset, report.zone)
  const time = capturedAt === null ? { against: 'report' as const, saidAt: report.line.observedAt } : { against: 'phone' as const, saidAt: capturedAt }
  const apart = fileAt === null ? null : Math.abs(Date.parse(fileAt) - Date.parse(time.saidAt)) / 1000
  const place = placeSaid(position, report)
  const distanceMetres = says.position && place.at ? Math.round(metresBetween(says.position, place.at)) : null
  return [
    { what: 'time', mark: apart === null ? 'unknown' : apart <= (time.against === 'phone' ? sameSeconds : seenSeconds) ? 'agrees' : 'differs', fileAt, ...time },
    { what: 'place', mark: distanceMetres === null ? 'unknown' : placeMark(distanceMetres, place.doubtMetres), distanceMetres, hasPlace: says.position !== null, against: place.against },
    { what: 'made', mark: says.software !== null && editors.test(says.software) ? 'differs' : says.device === null ? 'unknown' : 'agrees', device: says.device, software: says.software },
  ]
}

/** Where the picture was taken by what was said of it: by its phone then, by the report, or at the station for an author who says that they were there. */
function placeSaid(position: DeskPhoto['position'], report: Said): { against: Against; at: Point | null; doubtMetres: number } {
  if (position) return { against: 'phone', at: position, doubtMetres: position.accuracyMetres }
  if (report.position) return { against: 'report', at: report.position, doubtMetres: report.position.accuracyMetres }
  return { against: 'station', at: report.atStation ? report.stationPosition : null, doubtMetres: 0 }
}

const placeMark = (distanceMetres: number, doubtMetres: number): Mark => (distanceMetres <= nearMetres + doubtMetres ? 'agrees' : distanceMetres > farMetres + doubtMetres ? 'differs' : 'unknown')

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

type Point = { latitude: number; longitude: number }
