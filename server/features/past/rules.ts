import { PastBody, PastNote, PastPhoto, PastRelease, PastReport, PastVerdict } from '../../../shared/past.ts'
import { metresBetween } from '../../../shared/distance.ts'
import { photoId } from '../../../shared/photos.ts'
import type { PointColumns, ReportLine } from '../../../shared/reports.ts'

const tables = { reports: ['id'], photos: ['report', 'sha256'], verdicts: ['id'], releases: ['id'], notes: ['id'] } as const
type Table = keyof typeof tables

/** What is asked of today's tables for a report of then. */
export type Names = { person: (id: string) => { name: string; number: number | null; organisation: string | null } | undefined; station: (code: string) => { name: string; department: string; municipality: string; latitude: number; longitude: number } | undefined }

export type Past = { take: (body: string) => void; reports: (ids: readonly string[]) => PastReport[]; line: (report: PastReport, version: number, names: Names) => ReportLine }

/** Folds facts in their order, as far as the room's lines are made of them. A fact may speak of others, too, whose beginning was not asked for: they are left out. */
export function beginPast(): Past {
  const held: Record<Table, Map<string, Record<string, unknown>>> = { reports: new Map(), photos: new Map(), verdicts: new Map(), releases: new Map(), notes: new Map() }
  const keyOf = (table: Table, row: Record<string, unknown>) => tables[table].map((column) => String(row[column])).join(' ')
  const all = <Row>(table: Table, shape: { parse: (row: unknown) => Row }): Row[] => [...held[table].values()].map((row) => shape.parse(row))
  let sorted: { photos: Map<string, PastPhoto[]>; verdicts: Map<string, PastVerdict[]>; releases: Map<string, PastRelease[]>; notes: Map<string, PastNote[]> } | null = null
  const byReport = () => (sorted ??= { photos: grouped(all('photos', PastPhoto)), verdicts: grouped(all('verdicts', PastVerdict)), releases: grouped(all('releases', PastRelease)), notes: grouped(all('notes', PastNote)) })

  return {
    take: (text) => {
      sorted = null
      const { data } = PastBody.parse(JSON.parse(text))
      for (const table of Object.keys(tables) as Table[]) {
        for (const row of data.put?.[table] ?? []) held[table].set(keyOf(table, row), row)
        for (const row of data.set?.[table] ?? []) {
          const before = held[table].get(keyOf(table, row))
          if (before) held[table].set(keyOf(table, row), { ...before, ...row })
        }
      }
    },
    reports: (ids) => ids.flatMap((id) => {
      const row = held.reports.get(id)
      return row ? [PastReport.parse(row)] : []
    }),
    line: (report, version, names) => {
      const { photos, verdicts, releases, notes } = byReport()
      const pictures = (photos.get(report.id) ?? []).sort((one, other) => one.place - other.place)
      const given = (verdicts.get(report.id) ?? []).filter(({ round }) => round === report.round).length
      const standing = { releases: (releases.get(report.id) ?? []).filter(({ retractedAt }) => retractedAt === null).length, notes: (notes.get(report.id) ?? []).filter(({ struckAt }) => struckAt === null).length }
      return lineOf(report, version, names, { pictures, given, ...standing })
    },
  }
}

function grouped<Row extends { report: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.report, [...(found.get(row.report) ?? []), row])
  return found
}

type Beside = { pictures: PastPhoto[]; given: number; releases: number; notes: number }

function lineOf(report: PastReport, version: number, names: Names, { pictures, given, releases, notes }: Beside): ReportLine {
  const { id, number, category, severity, status, words, observedAt, receivedAt, seenAt, photoCount, signed, channel } = report
  const station = report.station === null ? undefined : names.station(report.station)
  const author = names.person(report.author)
  const shown = pictures.find(({ previewAt, state }) => previewAt !== null || state === 'ready')
  return {
    id, number, version, category, severity, status, words, observedAt, receivedAt, seenAt, photoCount, signed, channel, releases, notes, quarantined: report.quarantined === 1, amended: report.amendedHow === null || report.amendedAt === null ? null : { how: report.amendedHow, at: report.amendedAt },
    station: report.station, stationName: station?.name ?? null, table: report.tableCode, department: station?.department ?? report.department, municipality: station?.municipality ?? null,
    placedBy: station ? 'station' : report.latitude !== null ? 'phone' : 'none', latitude: station?.latitude ?? report.latitude, longitude: station?.longitude ?? report.longitude,
    distanceMetres: station && report.latitude !== null && report.longitude !== null ? Math.round(metresBetween(station, { latitude: report.latitude, longitude: report.longitude })) : null,
    author: { id: report.author, name: author?.name ?? '', number: author?.number ?? null, organisation: author?.organisation ?? '-' },
    claim: report.claimedBy !== null && report.claimedUntil !== null ? { by: report.claimedBy, name: names.person(report.claimedBy)?.name ?? '', until: report.claimedUntil } : null,
    awaitsSecond: report.awaitsSecond === 1, awaitsThird: report.awaitsSecond === 1 && given > 1,
    photosReceived: pictures.filter((picture) => picture.receivedAt !== null).length, picture: shown ? photoId(id, shown.sha256) : null,
  }
}

/** What the map and the order of the list need of a line. */
export type PastPoint = Pick<ReportLine, 'id' | 'version' | 'latitude' | 'longitude' | 'station' | 'category' | 'severity' | 'status' | 'observedAt' | 'receivedAt'>
export const pointOf = ({ id, version, latitude, longitude, station, category, severity, status, observedAt, receivedAt }: ReportLine): PastPoint => ({ id, version, latitude, longitude, station, category, severity, status, observedAt, receivedAt })

type Columns = { [Name in keyof PastPoint]: (Name extends 'version' ? number | null : Name extends 'severity' | 'status' ? string : PastPoint[Name])[] }

/** The rows of columns, as the database gives them. */
export function pointsFrom(columns: Columns): PastPoint[] {
  return columns.id.map((id, at) => ({
    id, version: Number(columns.version[at] ?? 0), latitude: columns.latitude[at] ?? null, longitude: columns.longitude[at] ?? null, station: columns.station[at] ?? null, category: columns.category[at] ?? '',
    severity: columns.severity[at] as PastPoint['severity'], status: columns.status[at] as PastPoint['status'], observedAt: columns.observedAt[at] ?? '', receivedAt: columns.receivedAt[at] ?? '',
  }))
}

export function columnsOf(points: readonly PastPoint[]): PointColumns {
  const column = <Name extends keyof PastPoint>(name: Name): PastPoint[Name][] => points.map((point) => point[name])
  return {
    id: column('id'), version: column('version'), latitude: column('latitude'), longitude: column('longitude'), station: column('station'), category: column('category'), severity: column('severity'), status: column('status'),
    observedAt: column('observedAt'), receivedAt: column('receivedAt'),
  }
}
