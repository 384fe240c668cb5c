import { reportNumber } from '../../shared/reports.ts'
import type { Pack } from '../../shared/pack.ts'
import type { Statement } from '../../shared/reports.ts'
import type { Severity } from '../../shared/basics.ts'
import { searchedWords } from '../features/reports/actions.ts'
import type { FoldedRows } from '../platform/database/schema.ts'
import type { Written } from '../platform/journal/many.ts'
import type { Body } from '../platform/journal/journal.ts'
import type { Chance } from './chance.ts'
import { uuidFrom } from './chance.ts'
import type { SampleCentre } from './register.ts'
import { zone } from './plan.ts'

type ReportRow = FoldedRows['reports']
type PhotoRow = FoldedRows['photos']
type VerdictRow = FoldedRows['verdicts']

export type Cast = { mission: string; pack: Pack; centres: readonly SampleCentre[]; authors: readonly string[]; coordinators: readonly string[] }

/** Reports of one stretch of the day as facts, with the rows that these come to and the words by which each is found. */
export type Made = { facts: Written[]; rows: Body['data'] & { put: NonNullable<Body['data']['put']> }; words: { rowid: number; report: string; words: string }[] }

const subjects = ['La segunda pila de papeletas', 'El padrón impreso', 'La urna de la mesa', 'Una persona con chaleco', 'The seal of the box', 'The table president', 'El acta de apertura', 'La fila de votantes', 'A party agent', 'El material electoral'] as const
const happenings = ['está sin doblar', 'no coincide con el acta', 'llegó con una hora de retraso', 'was opened before the count', 'pide el documento dos veces', 'quedó fuera de la vista', 'was not let in', 'tiene el sello roto', 'fue retirada sin explicación', 'is signed in advance'] as const
const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']
const outcomes = ['verified', 'verified', 'verified', 'not_confirmed', 'not_confirmed', 'false'] as const

/**
 * So many reports, one at each moment: six of seven at a centre, the others where a phone was; a third with pictures that are announced and never come; a quarter looked at, a fifth judged. Enough like a day that
 * no list, filter or map has an easy time with it, and repeatable but for the salts.
 */
export function makeReports(cast: Cast, chance: Chance, { first, moments }: { first: number; moments: readonly number[] }): Made {
  const reports: ReportRow[] = []
  const photos: PhotoRow[] = []
  const verdicts: VerdictRow[] = []
  const made: Made = { facts: [], rows: { put: { reports, photos, verdicts }, set: { counters: [{ name: 'report', value: first + moments.length - 1 }] } }, words: [] }
  for (const [at, moment] of moments.entries()) {
    const number = first + at
    const filed = report(cast, chance, { number, moment })
    const subject = { type: 'report', id: filed.row.id } as const
    const counter = { name: 'report', value: number }
    const isFirst = number === 1
    made.facts.push({
      kind: 'report.filed', at: filed.row.receivedAt, actor: { kind: 'person', id: filed.row.author }, subject,
      data: { put: { reports: [{ ...filed.row }], photos: filed.photos, ...(isFirst ? { counters: [counter] } : {}) }, ...(isFirst ? {} : { set: { counters: [counter] } }) },
    })
    if (isFirst) made.rows = { put: { ...made.rows.put, counters: [{ name: 'report', value: moments.length }] } }
    if (chance.maybe(0.25)) {
      const by = chance.pick(cast.coordinators)
      const seen = { id: filed.row.id, seenAt: filed.row.receivedAt, seenBy: by }
      made.facts.push({ kind: 'report.seen', at: filed.row.receivedAt, actor: { kind: 'person', id: by }, subject, data: { set: { reports: [seen] } } })
      Object.assign(filed.row, seen)
      if (chance.maybe(0.8)) {
        const outcome = chance.pick(outcomes)
        const verdict: VerdictRow = { id: uuidFrom(chance, new Date(moment)), report: filed.row.id, round: 1, giver: by, outcome, reasons: '[]', words: '', duplicateOf: null, givenAt: filed.row.receivedAt, open: 0 }
        const decided = { id: filed.row.id, status: outcome, decidedAt: filed.row.receivedAt }
        made.facts.push({ kind: 'verdict.given', at: filed.row.receivedAt, actor: { kind: 'person', id: by }, subject, data: { put: { verdicts: [verdict] }, set: { reports: [decided] } } })
        Object.assign(filed.row, decided)
        verdicts.push(verdict)
      }
    }
    reports.push(filed.row)
    photos.push(...filed.photos)
    made.words.push({ rowid: number, report: filed.row.id, words: searchedWords(filed.row, filed.station, cast.pack) })
  }
  return made
}

function report(cast: Cast, chance: Chance, { number, moment }: { number: number; moment: number }): { row: ReportRow; photos: PhotoRow[]; station: SampleCentre | null } {
  const receivedAt = new Date(moment).toISOString()
  // Observed up to twenty minutes before, so that the order of the list is not the order of arrival.
  const observedAt = new Date(moment - chance.whole(10_000, 1_200_000)).toISOString()
  const [author, category, centre] = [chance.pick(cast.authors), chance.pick(cast.pack.categories), chance.pick(cast.centres)]
  const isAtStation = chance.maybe(6 / 7)
  const near = (degrees: number) => Number((degrees + chance.between(-0.02, 0.02)).toFixed(5))
  const position = isAtStation ? null : { latitude: near(centre.latitude), longitude: near(centre.longitude), accuracyMetres: chance.whole(4, 60), ageSeconds: chance.whole(0, 30) }
  const severity = chance.maybe(0.8) ? category.severity : chance.pick(severities)
  const id = uuidFrom(chance, new Date(moment))
  const pictures = chance.maybe(1 / 3) ? chance.whole(1, 2) : 0
  const words = `${chance.pick(subjects)} ${chance.pick(happenings)}. ${reportNumber(number)}`
  const statement: Statement = {
    v: 1, mission: cast.mission, type: 'report', id, author, category: category.code, severity, station: isAtStation ? centre.code : null, table: isAtStation ? chance.pick(centre.tables) : null, atStation: isAtStation, position,
    times: { observedAt, finishedAt: receivedAt, zone }, words, language: 'es',
    photos: Array.from({ length: pictures }, () => ({ sha256: hex(chance, 64), sizeBytes: chance.whole(2_000_000, 6_000_000), how: 'phone_camera' as const, position, capturedAt: observedAt })),
  }
  const row: ReportRow = {
    id, number, author, filedBy: author, channel: 'web', statement: JSON.stringify(statement), signature: null, category: category.code, severity, station: statement.station, tableCode: statement.table, department: null,
    atStation: isAtStation ? 1 : 0, latitude: position?.latitude ?? null, longitude: position?.longitude ?? null, accuracyMetres: position?.accuracyMetres ?? null, ageSeconds: position?.ageSeconds ?? null,
    observedAt, finishedAt: receivedAt, zone, words, language: 'es', skewSeconds: 0, receivedAt, photoCount: pictures, status: 'received', setAsideFor: null, quarantined: 0, round: 1, awaitsSecond: 0, duplicateOf: null,
    decidedAt: null, seenAt: null, seenBy: null, claimedBy: null, claimedUntil: null, signed: 'unsigned', signingKey: null, amendedHow: null, amendedAt: null,
  }
  const photos = statement.photos.map((photo, place): PhotoRow => ({
    report: id, sha256: photo.sha256, place, sizeBytes: photo.sizeBytes, how: photo.how, latitude: row.latitude, longitude: row.longitude, accuracyMetres: row.accuracyMetres, ageSeconds: row.ageSeconds, capturedAt: photo.capturedAt,
    state: 'awaited', previewSha256: null, previewAt: null, receivedAt: null, type: null, width: null, height: null, dhash: null,
  }))
  return { row, photos, station: isAtStation ? centre : null }
}

const hex = (chance: Chance, digits: number): string => Array.from({ length: digits / 8 }, () => Math.floor(chance.next() * 2 ** 32).toString(16).padStart(8, '0')).join('')
