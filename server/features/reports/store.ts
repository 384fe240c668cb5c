import { sql } from 'kysely'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { AmendmentType } from '../../../shared/amendments.ts'
import { earthRadiusMetres, farMetres, metresBetween, nearMetres } from '../../../shared/distance.ts'
import type { Distance } from '../../../shared/distance.ts'
import { numberNamed } from '../../../shared/reports.ts'
import type { ReportFilter, ReportLine } from '../../../shared/reports.ts'
import { photoId } from '../../../shared/photos.ts'
import { searchable, wordsMatch } from '../../platform/database/dialect.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Schema } from '../../platform/database/schema.ts'
import type { ReportRow } from './tables.ts'

export const findReport = (tx: Tx, id: string): Promise<ReportRow | undefined> => tx.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()

export const findStation = (tx: Tx, code: string) => tx.selectFrom('stations').selectAll().where('code', '=', code).executeTakeFirst()

export async function tablesOf(tx: Tx, station: string): Promise<string[]> {
  return (await tx.selectFrom('stationTables').select('code').where('station', '=', station).execute()).map((row) => row.code)
}

export async function nextNumber(tx: Tx, name: string): Promise<{ value: number; isFirst: boolean }> {
  const row = await tx.selectFrom('counters').select('value').where('name', '=', name).executeTakeFirst()
  return { value: (row?.value ?? 0) + 1, isFirst: !row }
}

/** The words by which a report is found. What is new has none yet: the index would be walked for nothing. */
export async function keepWords(tx: Tx, report: string, words: string, { isNew = false } = {}): Promise<void> {
  if (!isNew) await tx.deleteFrom('reportWords').where('report', '=', report).execute()
  await tx.insertInto('reportWords').values({ report, words: searchable(words) }).execute()
}

export const findChange = (tx: Tx, id: string) => tx.selectFrom('reportChanges').selectAll().where('id', '=', id).executeTakeFirst()

export async function keepChange(tx: Tx, change: { id: string; report: string; content: string }): Promise<void> {
  await tx.insertInto('reportChanges').values(change).execute()
}

type Joined = Schema & { station: Schema['stations'] }

/** As `metresBetween` reckons, from a report's station to where its phone was; null where one of them is not known. */
const metres = sql<number | null>`round(2 * ${sql.lit(earthRadiusMetres)} * atan2(sqrt(${haversine()}), sqrt(abs(1 - (${haversine()})))))`
function haversine() {
  const half = (to: string, from: string) => sql`sin(radians(${sql.ref(to)} - ${sql.ref(from)}) / 2)`
  const [north, east] = [half('reports.latitude', 'station.latitude'), half('reports.longitude', 'station.longitude')]
  return sql`${north} * ${north} + cos(radians(station.latitude)) * cos(radians(reports.latitude)) * ${east} * ${east}`
}
const isAt: Record<Distance, Expression<SqlBool>> = {
  near: sql`${metres} <= ${sql.lit(nearMetres)}`,
  apart: sql`${metres} > ${sql.lit(nearMetres)} and ${metres} <= ${sql.lit(farMetres)}`,
  far: sql`${metres} > ${sql.lit(farMetres)}`,
  unknown: sql`(station.latitude is null or reports.latitude is null)`,
}
/**
 * How the database comes to the reports of a filter. `order`: through the list in its order, where many belong to it; `kinds`: these kinds alone, where few do; `these`: from what the filter names, as
 * a station, words or authors. SQLite cannot know which is the short way: it does not know how often each value occurs.
 */
export type Way = { by: 'order' } | { by: 'kinds'; kinds: { category: string[]; status: string[]; severity: string[]; signed: string[] } } | { by: 'these' }

/** The filter as conditions on `reports` joined to its station: the one meaning of it for list, count and map. */
function conditions(eb: ExpressionBuilder<Joined, 'reports'>, filter: ReportFilter, way: Way): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  // A column in an expression is looked at, and never searched by.
  const column = (name: 'id' | 'status' | 'severity' | 'category' | 'signed' | 'station' | 'author') => (way.by === 'order' ? sql<string>`coalesce(${sql.ref(`reports.${name}`)}, '')` : sql<string>`${sql.ref(`reports.${name}`)}`)
  if (way.by === 'kinds') for (const name of ['category', 'status', 'severity', 'signed'] as const) all.push(eb(`reports.${name}`, 'in', way.kinds[name]))
  else {
    if (filter.status.length) all.push(eb(column('status'), 'in', filter.status))
    if (filter.severity.length) all.push(eb(column('severity'), 'in', filter.severity))
    if (filter.signed.length) all.push(eb(column('signed'), 'in', filter.signed))
    if (filter.category.length) all.push(eb.or(filter.category.map((code) => (code.includes('.') ? eb(column('category'), '=', code) : sql<SqlBool>`substr(reports.category, 1, ${code.length + 1}) = ${`${code}.`}`))))
  }
  if (filter.department) all.push(sql<SqlBool>`coalesce(station.department, reports.department) = ${filter.department}`)
  if (filter.station) all.push(eb(column('station'), '=', filter.station))
  if (filter.from) all.push(eb('reports.observedAt', '>=', filter.from))
  if (filter.until) all.push(eb('reports.observedAt', '<=', filter.until))
  // By the author's organisation as it is now; joined in here, so that what does not ask for it does not pay for it.
  if (filter.organisation.length) all.push(eb(column('author'), 'in', eb.selectFrom('people').select('people.id').where('people.organisation', 'in', filter.organisation)))
  if (filter.pictures) all.push(eb('reports.photoCount', filter.pictures === 'with' ? '>' : '=', 0))
  if (filter.distance.length) all.push(eb.or(filter.distance.map((one) => isAt[one])))
  if (filter.words) {
    const number = numberNamed(filter.words)
    all.push(number === null ? sql<SqlBool>`${column('id')} in (select report from report_words where ${wordsMatch('words', filter.words)})` : eb('reports.number', '=', number))
  }
  return all
}

/** The journal's number of the last fact about a report. */
const version = sql<number>`(select max(number) from journal_subjects where type = 'report' and id = reports.id)`.as('version')

const inOrder: Way = { by: 'order' }

const filtered = (tx: Tx, filter: ReportFilter, way: Way) => {
  const query = tx.selectFrom('reports').leftJoin('stations as station', 'station.code', 'reports.station')
  return query.where((eb) => eb.and(conditions(eb as unknown as ExpressionBuilder<Joined, 'reports'>, filter, way)))
}

/** How many belong to a filter, counted one by one up to a number. */
export async function countUpTo(tx: Tx, filter: ReportFilter, way: Way, most: number): Promise<number> {
  const { count } = await tx.selectFrom(filtered(tx, filter, way).select(sql<number>`1`.as('one')).limit(most).as('found')).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

/** How many reports are found by what a filter names beside kinds and times, up to a number; null where it names nothing of the sort. */
export async function countNamed(tx: Tx, { station, organisation, words }: ReportFilter, most: number): Promise<number | null> {
  const counts: number[] = []
  const upTo = async (query: Expression<unknown>) => counts.push((await sql<{ count: number }>`select count(*) as count from (${query}) found`.execute(tx)).rows.map(({ count }) => Number(count))[0] ?? 0)
  if (words) await upTo(numberNamed(words) === null ? sql`select 1 from report_words where ${wordsMatch('words', words)} limit ${most}` : sql`select 1`)
  if (station) await upTo(sql`select 1 from reports where station = ${station} limit ${most}`)
  if (organisation.length > 0) await upTo(sql`select 1 from reports where author in (select id from people where organisation in (${sql.join(organisation)})) limit ${most}`)
  return counts.length === 0 ? null : Math.min(...counts)
}

export const selectPoints = (tx: Tx, filter: ReportFilter, way: Way, most: number) =>
  filtered(tx, filter, way)
    .select(['reports.id', version, 'reports.station', 'reports.category', 'reports.severity', 'reports.status', 'reports.observedAt', 'reports.receivedAt'])
    .select([sql<number | null>`coalesce(station.latitude, reports.latitude)`.as('latitude'), sql<number | null>`coalesce(station.longitude, reports.longitude)`.as('longitude')])
    .orderBy(newest(way), 'desc').orderBy('reports.id', 'desc').limit(most).execute()

const these: Way = { by: 'these' }
/** The list's order; where few are found it is made of these, and not walked through. */
const newest = (way: Way) => (way.by === 'order' ? sql<string>`reports.observed_at` : sql<string>`coalesce(reports.observed_at, '')`)

const idsAtOnce = 500

/** Which reports belong to a filter, each with its version: of all, or of these. */
export async function membersOf(tx: Tx, filter: ReportFilter, ids: readonly string[] | null, most: number): Promise<{ id: string; version: number }[]> {
  const asked = () => filtered(tx, filter, ids === null ? inOrder : these).select(['reports.id', version])
  if (ids === null) return asked().limit(most).execute()
  const found: { id: string; version: number }[] = []
  for (let start = 0; start < ids.length; start += idsAtOnce) found.push(...(await asked().where('reports.id', 'in', ids.slice(start, start + idsAtOnce)).execute()))
  return found
}

/** A page of ids, newest observation first, after (time, id). */
export async function pageOfReports(tx: Tx, filter: ReportFilter, way: Way, after: { observedAt: string; id: string } | null, limit: number): Promise<{ id: string; observedAt: string }[]> {
  let query = filtered(tx, filter, way).select(['reports.id', 'reports.observedAt'])
  // The first condition says where in the order to begin: an alternative alone would be walked to from the top.
  if (after) query = query.where('reports.observedAt', '<=', after.observedAt).where((eb) => eb.or([eb('reports.observedAt', '<', after.observedAt), eb('reports.id', '<', after.id)]))
  return query.orderBy(newest(way), 'desc').orderBy('reports.id', 'desc').limit(limit).execute()
}

type Places = { latitude: number | null; longitude: number | null; stationLatitude: number | null; stationLongitude: number | null }
function metresApart({ latitude, longitude, stationLatitude, stationLongitude }: Places): number | null {
  if (latitude === null || longitude === null || stationLatitude === null || stationLongitude === null) return null
  return Math.round(metresBetween({ latitude: stationLatitude, longitude: stationLongitude }, { latitude, longitude }))
}

/** Reports as lines, in the order of the ids; ids that name nothing are left out. */
export async function linesOf(tx: Tx, ids: readonly string[]): Promise<ReportLine[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('reports')
    .innerJoin('people as author', 'author.id', 'reports.author')
    .leftJoin('people as claimer', 'claimer.id', 'reports.claimedBy')
    .leftJoin('stations as station', 'station.code', 'reports.station')
    .selectAll('reports')
    .select([version, 'author.name as authorName', 'author.number as authorNumber', 'author.organisation as authorOrganisation', 'claimer.name as claimerName', 'station.name as stationName', 'station.municipality as stationMunicipality'])
    .select(['station.department as stationDepartment', 'station.latitude as stationLatitude', 'station.longitude as stationLongitude'])
    .select((eb) => [
      eb.selectFrom('photos').select((count) => count.fn.countAll<number>().as('count')).whereRef('photos.report', '=', 'reports.id').where('photos.receivedAt', 'is not', null).as('photosReceived'),
      eb.selectFrom('photos').select('photos.sha256').whereRef('photos.report', '=', 'reports.id').where((or) => or.or([or('photos.previewAt', 'is not', null), or('photos.state', '=', 'ready')])).orderBy('photos.place').limit(1).as('picture'),
      eb.selectFrom('releases').select((count) => count.fn.countAll<number>().as('count')).whereRef('releases.report', '=', 'reports.id').where('releases.retractedAt', 'is', null).as('releaseCount'),
      eb.selectFrom('verdicts').select((count) => count.fn.countAll<number>().as('count')).whereRef('verdicts.report', '=', 'reports.id').whereRef('verdicts.round', '=', 'reports.round').as('verdictCount'),
    ])
    .where('reports.id', 'in', [...ids]).execute()
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
      amended: row.amendedHow === null || row.amendedAt === null ? null : { how: row.amendedHow as AmendmentType, at: row.amendedAt },
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

/** Which kinds of facts there are about each report in (since, until], and the last of each. */
export const kindsBetween = (tx: Tx, since: number, until: number) =>
  tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').select((eb) => ['id', 'kind', eb.fn.max('journal.number').as('last')])
    .where('journalSubjects.number', '>', since).where('journalSubjects.number', '<=', until).where('type', '=', 'report').groupBy(['id', 'kind']).execute()

/** What waits for somebody of the desk. */
export async function countWaiting(tx: Tx): Promise<{ received: number; second: number; third: number; setAside: number }> {
  const rows = await tx.selectFrom('reports').select((eb) => [
    'status', 'awaitsSecond', eb.fn.countAll<number>().as('count'),
    eb.selectFrom('verdicts').select((count) => count.fn.countAll<number>().as('given')).whereRef('verdicts.report', '=', 'reports.id').whereRef('verdicts.round', '=', 'reports.round').as('verdicts'),
  ]).where((eb) => eb.or([eb('status', 'in', ['received', 'set_aside']), eb('awaitsSecond', '=', 1)])).groupBy(['status', 'awaitsSecond', 'verdicts']).execute()
  const sum = (fits: (row: (typeof rows)[number]) => boolean) => rows.filter(fits).reduce((before, row) => before + Number(row.count), 0)
  const isThird = (row: (typeof rows)[number]) => row.awaitsSecond === 1 && Number(row.verdicts) > 1
  return { received: sum((row) => row.status === 'received'), setAside: sum((row) => row.status === 'set_aside'), third: sum(isThird), second: sum((row) => row.awaitsSecond === 1 && !isThird(row)) }
}

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  return new Map((await tx.selectFrom('people').select(['id', 'name']).where('id', 'in', [...ids]).execute()).map((row) => [row.id, row.name]))
}
