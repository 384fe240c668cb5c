import type { DeskPhoto, Position } from '../../../shared/photos.ts'
import type { ReportPage } from '../../../shared/reports.ts'

/** What the facts say of each other. `unknown`: they cannot tell. */
export type Mark = 'agrees' | 'differs' | 'unknown'

export type AgreementLine =
  | { what: 'place'; mark: Mark; distanceMetres: number; accuracyMetres: number; ageSeconds: number }
  | { what: 'elsewhere' | 'unsaid'; mark: 'unknown' }
  | { what: 'noPosition'; mark: 'unknown'; channel: ReportPage['channel'] }
  | { what: 'exact'; mark: Mark }
  | { what: 'observed'; mark: Mark; afterSeconds: number }
  | { what: 'clock'; mark: Mark; skewSeconds: number }
  | { what: 'pictureTime'; mark: Mark; farthestSeconds: number; pictures: number }
  | { what: 'source'; mark: Mark; gallery: number; pictures: number; channel: ReportPage['channel'] }
  | { what: 'originals'; mark: Mark; here: number; unreadable: number; pictures: number; channel: ReportPage['channel'] }
  | { what: 'signature'; mark: Mark; signed: ReportPage['signed']; channel: ReportPage['channel'] }

/** How good a position is: the words that stand for its metres. */
export type Accuracy = 'good' | 'fair' | 'poor'
export const accuracyOf = (metres: number): Accuracy => (metres <= 25 ? 'good' : metres <= 100 ? 'fair' : 'poor')

/** A school and its yard, and how well its point in the register is known. */
const centreMetres = 150
/** An older position may be of another place. */
const freshSeconds = 15 * 60
const clockSeconds = 60
const pictureSeconds = 30 * 60
/** A phone without a network keeps a report this long without anybody wondering. */
const lateSeconds = 3 * 86_400

/** What is known of a report, held against each other; only what there is data for: where no phone of the author sent it, nothing is said of a phone. */
export function agreementOf(page: Pick<ReportPage, 'atStation' | 'position' | 'distanceMetres' | 'skewSeconds' | 'photos' | 'signed' | 'channel' | 'line'>): AgreementLine[] {
  const { photos, channel } = page
  return [
    ...placeLines(page),
    // No receiver is sure to the metre: a position of 0 m was made up, or typed in.
    ...(page.position?.accuracyMetres === 0 ? [{ what: 'exact' as const, mark: 'differs' as const }] : []),
    ...observedLines(page),
    ...(channel === 'web' ? [{ what: 'clock' as const, mark: Math.abs(page.skewSeconds) <= clockSeconds ? ('agrees' as const) : ('differs' as const), skewSeconds: page.skewSeconds }] : []),
    ...pictureTime(photos, page.line.observedAt),
    ...(photos.length === 0 ? [] : [sourceOf(photos, channel), originalsOf(photos, channel)]),
    { what: 'signature', mark: page.signed === 'signed' ? 'agrees' : page.signed === 'fails' ? 'differs' : 'unknown', signed: page.signed, channel },
  ]
}

function placeLines({ atStation, position, distanceMetres, line, channel }: Pick<ReportPage, 'atStation' | 'position' | 'distanceMetres' | 'line' | 'channel'>): AgreementLine[] {
  if (atStation === false) return [{ what: 'elsewhere', mark: 'unknown' }]
  if (line.station === null) return []
  if (position === null || distanceMetres === null) return [atStation === null ? { what: 'unsaid', mark: 'unknown' } : { what: 'noPosition', mark: 'unknown', channel }]
  const { accuracyMetres, ageSeconds } = position
  const mark = placeMark(position, distanceMetres)
  // Far from a place where nobody claims to have been contradicts nothing.
  return [{ what: 'place', mark: atStation === null && mark === 'differs' ? 'unknown' : mark, distanceMetres, accuracyMetres, ageSeconds }]
}

/** When it was seen, told by our clock: after it came, or days before. */
function observedLines({ line, skewSeconds }: Pick<ReportPage, 'line' | 'skewSeconds'>): AgreementLine[] {
  const afterSeconds = (Date.parse(line.observedAt) - Date.parse(line.receivedAt)) / 1000 - skewSeconds
  return afterSeconds > clockSeconds || afterSeconds < -lateSeconds ? [{ what: 'observed', mark: 'differs', afterSeconds }] : []
}

/** Too far even with all its doubt differs; within it, a poor or an old position says nothing. */
function placeMark({ accuracyMetres, ageSeconds }: Position, distanceMetres: number): Mark {
  if (ageSeconds > freshSeconds) return 'unknown'
  if (distanceMetres - accuracyMetres > centreMetres) return 'differs'
  return accuracyOf(accuracyMetres) === 'poor' ? 'unknown' : 'agrees'
}

function pictureTime(photos: readonly DeskPhoto[], observedAt: string): AgreementLine[] {
  const apart = photos.flatMap(({ capturedAt }) => (capturedAt === null ? [] : [Math.abs(Date.parse(capturedAt) - Date.parse(observedAt)) / 1000]))
  if (apart.length === 0) return []
  const farthestSeconds = Math.max(...apart)
  return [{ what: 'pictureTime', mark: farthestSeconds <= pictureSeconds ? 'agrees' : 'differs', farthestSeconds, pictures: apart.length }]
}

function sourceOf(photos: readonly DeskPhoto[], channel: ReportPage['channel']): AgreementLine {
  const gallery = photos.filter(({ how }) => how === 'gallery').length
  return { what: 'source', mark: gallery === 0 && channel === 'web' ? 'agrees' : 'unknown', gallery, pictures: photos.length, channel }
}

/** Only a phone that named a picture's hash before it sent the picture can agree with what is here. */
function originalsOf(photos: readonly DeskPhoto[], channel: ReportPage['channel']): AgreementLine {
  const unreadable = photos.filter(({ state }) => state === 'unreadable').length
  const here = photos.filter(({ receivedAt }) => receivedAt !== null).length
  return { what: 'originals', mark: unreadable > 0 ? 'differs' : here === photos.length && channel === 'web' ? 'agrees' : 'unknown', here, unreadable, pictures: photos.length, channel }
}
