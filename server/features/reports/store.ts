import { sql } from 'kysely'
import type { AmendedHow } from '../../../shared/amendments.ts'
import { metresBetween } from '../../../shared/distance.ts'
import type { ReportLine } from '../../../shared/reports.ts'
import { photoId } from '../../../shared/photos.ts'
import { searchable, wideRows } from '../../platform/database/dialect.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { ReportRow } from './tables.ts'

export const findReport = (tx: Tx, id: string): Promise<ReportRow | undefined> => tx.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()

export const findReports = async (tx: Tx, ids: readonly string[]): Promise<Map<string, ReportRow>> =>
  new Map((await tx.selectFrom('reports').selectAll().where('id', 'in', [...ids]).execute()).map((row) => [row.id, row]))

export const findStation = (tx: Tx, code: string) => tx.selectFrom('stations').selectAll().where('code', '=', code).executeTakeFirst()

export async function tablesOf(tx: Tx, station: string): Promise<string[]> {
  return (await tx.selectFrom('stationTables').select('code').where('station', '=', station).execute()).map((row) => row.code)
}

/** The words by which a report is found. What is new has none yet: the index would be walked for nothing. */
export async function keepWords(tx: Tx, { number, id }: { number: number; id: string }, words: string, { isNew = false } = {}): Promise<void> {
  if (!isNew) await tx.deleteFrom('reportWords').where('rowid', '=', number).execute()
  await tx.insertInto('reportWords').values({ rowid: number, report: id, words: searchable(words) }).execute()
}

export const findChange = (tx: Tx, id: string) => tx.selectFrom('reportChanges').selectAll().where('id', '=', id).executeTakeFirst()

export async function keepChange(tx: Tx, change: { id: string; report: string; content: string }): Promise<void> {
  await tx.insertInto('reportChanges').values(change).execute()
}

/** The journal's number of the last fact about a report. */
const version = sql<number>`(select max(number) from journal_subjects where type = 'report' and id = reports.id)`.as('version')

type Places = { latitude: number | null; longitude: number | null; stationLatitude: number | null; stationLongitude: number | null }
function metresApart({ latitude, longitude, stationLatitude, stationLongitude }: Places): number | null {
  if (latitude === null || longitude === null || stationLatitude === null || stationLongitude === null) return null
  return Math.round(metresBetween({ latitude: stationLatitude, longitude: stationLongitude }, { latitude, longitude }))
}

const texts = ['id', 'number', 'category', 'severity', 'status', 'station', 'tableCode', 'department', 'words', 'author', 'observedAt', 'receivedAt', 'seenAt', 'claimedBy', 'claimedUntil', 'awaitsSecond', 'photoCount', 'signed', 'quarantined', 'channel', 'amendedHow', 'amendedAt'] as const
const doubles = ['latitude', 'longitude', 'stationLatitude', 'stationLongitude'] as const
const ofReport = ([...texts, 'latitude', 'longitude'] as const).map((column) => `reports.${column}` as const)

/** Reports as lines, in the order of the ids; ids that name nothing are left out. */
export async function linesOf(tx: Tx, ids: readonly string[]): Promise<ReportLine[]> {
  if (ids.length === 0) return []
  const query = tx.selectFrom('reports')
    .innerJoin('people as author', 'author.id', 'reports.author')
    .leftJoin('people as claimer', 'claimer.id', 'reports.claimedBy')
    .leftJoin('stations as station', 'station.code', 'reports.station')
    .select(ofReport)
    .select([version, 'author.name as authorName', 'author.number as authorNumber', 'author.organisation as authorOrganisation', 'claimer.name as claimerName', 'station.name as stationName', 'station.municipality as stationMunicipality'])
    .select(['station.department as stationDepartment', 'station.latitude as stationLatitude', 'station.longitude as stationLongitude'])
    .select((eb) => [
      eb.selectFrom('photos').select((count) => count.fn.countAll<number>().as('count')).whereRef('photos.report', '=', 'reports.id').where('photos.receivedAt', 'is not', null).as('photosReceived'),
      eb.selectFrom('photos').select('photos.sha256').whereRef('photos.report', '=', 'reports.id').where((or) => or.or([or('photos.previewAt', 'is not', null), or('photos.state', '=', 'ready')])).orderBy('photos.place').limit(1).as('picture'),
      eb.selectFrom('releases').select((count) => count.fn.countAll<number>().as('count')).whereRef('releases.report', '=', 'reports.id').where('releases.retractedAt', 'is', null).as('releaseCount'),
      eb.selectFrom('verdicts').select((count) => count.fn.countAll<number>().as('count')).whereRef('verdicts.report', '=', 'reports.id').whereRef('verdicts.round', '=', 'reports.round').as('verdictCount'),
      eb.selectFrom('notes').select((count) => count.fn.countAll<number>().as('count')).whereRef('notes.report', '=', 'reports.id').where('notes.struckAt', 'is', null).as('noteCount'),
    ])
    .where('reports.id', 'in', [...ids])
  const rows = await wideRows(tx, query, [...texts, 'version', 'authorName', 'authorNumber', 'authorOrganisation', 'claimerName', 'stationName', 'stationMunicipality', 'stationDepartment', 'photosReceived', 'picture', 'releaseCount', 'verdictCount', 'noteCount'], doubles)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const placedBy = row.stationLatitude !== null ? 'station' : row.latitude !== null ? 'phone' : 'none'
    return [{
      id: row.id, number: row.number, version: Number(row.version ?? 0), category: row.category, severity: row.severity as ReportLine['severity'], status: row.status as ReportLine['status'],
      station: row.station, stationName: row.stationName, table: row.tableCode, department: row.stationDepartment ?? row.department, municipality: row.stationMunicipality,
      placedBy, latitude: row.stationLatitude ?? row.latitude, longitude: row.stationLongitude ?? row.longitude, distanceMetres: metresApart(row), words: row.words,
      author: { id: row.author, name: row.authorName, number: row.authorNumber, organisation: row.authorOrganisation ?? '-' },
      observedAt: row.observedAt, receivedAt: row.receivedAt, seenAt: row.seenAt,
      claim: row.claimedBy && row.claimedUntil ? { by: row.claimedBy, name: row.claimerName ?? '', until: row.claimedUntil } : null,
      awaitsSecond: row.awaitsSecond === 1, awaitsThird: row.awaitsSecond === 1 && Number(row.verdictCount ?? 0) > 1, photoCount: row.photoCount, photosReceived: Number(row.photosReceived ?? 0), picture: row.picture ? photoId(row.id, row.picture) : null, releases: Number(row.releaseCount ?? 0), signed: row.signed as ReportLine['signed'], quarantined: row.quarantined === 1, channel: row.channel as ReportLine['channel'],
      amended: row.amendedHow === null || row.amendedAt === null ? null : { how: row.amendedHow as AmendedHow, at: row.amendedAt },
      notes: Number(row.noteCount ?? 0),
    }]
  })
}

export const reportsOf = (tx: Tx, author: string, most: number) => tx.selectFrom('reports').selectAll().where('author', '=', author).orderBy('receivedAt', 'desc').limit(most).execute()

export const ownReports = (tx: Tx, author: string, ids: readonly string[]) => tx.selectFrom('reports').select(['id', 'statement', 'channel']).where('author', '=', author).where('id', 'in', [...ids]).execute()

/** What authors said of these reports later, in the order in which it came. */
export const amendmentsOf = (tx: Tx, reports: readonly string[]) =>
  reports.length === 0 ? Promise.resolve([]) : tx.selectFrom('amendments').selectAll().where('report', 'in', [...reports]).orderBy('receivedAt').orderBy('id').execute()

export const photosOf = (tx: Tx, reports: readonly string[]) =>
  reports.length === 0 ? Promise.resolve([]) : tx.selectFrom('photos').selectAll().where('report', 'in', [...reports]).orderBy('report').orderBy('place').execute()

/** The facts about a report, oldest first, with their bodies. */
export const factsOf = (tx: Tx, report: string) =>
  tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').innerJoin('journalBodies', 'journalBodies.number', 'journal.number')
    .select(['journal.number', 'journal.kind', 'journal.at', 'journalBodies.body']).where('journalSubjects.type', '=', 'report').where('journalSubjects.id', '=', report).orderBy('journal.number').limit(2000).execute()

/** The last fact of the journal at a moment; 0 where there was none yet. */
export async function numberAt(tx: Tx, at: string): Promise<number> {
  const row = await tx.selectFrom('journal').select('number').where('at', '<=', at).orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row?.number ?? 0
}

/** Which kinds of facts there are about each report in (since, until], and the last of each: found by their numbers, and not among all facts about reports. */
export const kindsBetween = (tx: Tx, since: number, until: number) =>
  tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').select((eb) => ['id', 'kind', eb.fn.max('journal.number').as('last')])
    .where('journalSubjects.number', '>', since).where('journalSubjects.number', '<=', until).where(sql`coalesce(type, '')`, '=', 'report').groupBy(['id', 'kind']).execute()

/** How many reports await another verdict: a second one, or a third because two differ. */
export async function countAwaiting(tx: Tx): Promise<{ second: number; third: number }> {
  const rows = await tx.selectFrom('reports').leftJoin('verdicts', (on) => on.onRef('verdicts.report', '=', 'reports.id').onRef('verdicts.round', '=', 'reports.round'))
    .select((eb) => eb.fn.count<number>('verdicts.id').as('verdicts')).where('awaitsSecond', '=', 1).groupBy('reports.id').execute()
  const third = rows.filter(({ verdicts }) => Number(verdicts) > 1).length
  return { second: rows.length - third, third }
}

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  return new Map((await tx.selectFrom('people').select(['id', 'name']).where('id', 'in', [...ids]).execute()).map((row) => [row.id, row.name]))
}

/** The next reports by their numbers, each with what it is searched by. */
export async function searchedAfter(tx: Tx, number: number, limit: number) {
  const rows = await tx.selectFrom('reports').leftJoin('stations', 'stations.code', 'reports.station').select(['number', 'id', 'words', 'category', 'tableCode', 'station', 'stations.name', 'stations.municipality', 'stations.department'])
    .where('number', '>', number).orderBy('number').limit(limit).execute()
  return rows.map(({ station, name, municipality, department, ...report }) => ({ report, station: station === null || name === null || municipality === null || department === null ? null : { code: station, name, municipality, department } }))
}

/** The kept words of the numbers after one, up to another or to the end. More than there are reports somebody made up. */
export const wordsBetween = (tx: Tx, after: number, last: number | null, most: number) =>
  tx.selectFrom('reportWords').select(['rowid', 'report', 'words']).where('rowid', '>', after).$if(last !== null, (query) => query.where('rowid', '<=', last)).limit(most).execute()

/** How often a register was imported: the words of earlier reports hold the names that their stations had then. */
export const countImports = async (tx: Tx): Promise<number> => Number((await tx.selectFrom('journalSubjects').select((eb) => eb.fn.countAll<number>().as('count')).where('type', '=', 'register').executeTakeFirstOrThrow()).count)
