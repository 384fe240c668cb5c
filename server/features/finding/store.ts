import { expressionBuilder, sql } from 'kysely'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { numberNamed } from '../../../shared/reports.ts'
import type { ReportFilter } from '../../../shared/reports.ts'
import { columnsOf, wordsHeld, wordsMatch, wordsSeen } from '../../platform/database/dialect.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Schema } from '../../platform/database/schema.ts'

/**
 * How the database comes to the reports of a filter. `order`: through the list in its order, where many belong to it; `kinds`: these kinds alone, where few do; `these`: from what the filter names, as a station, words,
 * authors, or reports themselves. SQLite cannot know which is the short way: it does not know how often each value occurs.
 */
export type Way = { by: 'order' } | { by: 'kinds'; kinds: Kinds } | { by: 'these'; of: 'station' | 'organisation' | 'words' | 'reports' }
export type Kinds = { distance: string[]; signed: string[]; status: string[]; category: string[]; severity: string[] }
export type Place = { observedAt: string; id: string }

type Traits = Schema['reportTraits']

const inOrder: Way = { by: 'order' }

const peopleOf = (organisation: readonly string[]) => sql`(select id from people where organisation in (${sql.join(organisation)}))`
const numbersBy = (words: string) => sql`(select rowid from report_words where ${wordsMatch('words', words)})`

/** The filter as conditions on traits: the one meaning of it for list, count and map. */
function conditions(eb: ExpressionBuilder<Schema, 'reportTraits'>, filter: ReportFilter, way: Way): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  // A column in an expression is looked at, and never searched by.
  const column = (name: keyof Traits, isSearchedBy: boolean) => (isSearchedBy ? sql<string>`${sql.ref(`reportTraits.${name}`)}` : sql<string>`coalesce(${sql.ref(`reportTraits.${name}`)}, '')`)
  const number = (isSearchedBy: boolean) => (isSearchedBy ? sql<number>`report_traits.number` : sql<number>`coalesce(report_traits.number, 0)`)
  const of = way.by === 'these' ? way.of : null
  if (way.by === 'kinds') for (const name of ['distance', 'signed', 'status', 'category', 'severity'] as const) all.push(eb(name, 'in', way.kinds[name]))
  else {
    if (filter.status.length) all.push(eb('status', 'in', filter.status))
    if (filter.severity.length) all.push(eb('severity', 'in', filter.severity))
    if (filter.signed.length) all.push(eb('signed', 'in', filter.signed))
    if (filter.category.length) all.push(eb.or(filter.category.map((code) => (code.includes('.') ? eb('category', '=', code) : eb.and([eb('category', '>=', `${code}.`), eb('category', '<', `${code}/`)])))))
    if (filter.distance.length) all.push(eb(column('distance', false), 'in', filter.distance))
  }
  if (filter.department) all.push(eb('department', '=', filter.department))
  if (filter.pictures) all.push(eb('pictures', '=', filter.pictures === 'with' ? 1 : 0))
  if (filter.station) all.push(eb(column('station', of === 'station'), '=', filter.station))
  const observedAt = column('observedAt', way.by === 'order' || of === 'station')
  if (filter.from) all.push(eb(observedAt, '>=', filter.from))
  if (filter.until) all.push(eb(observedAt, '<=', filter.until))
  // By the author's organisation as it is now.
  if (filter.organisation.length) all.push(of === 'organisation' ? sql<SqlBool>`${number(true)} in (select number from reports where author in ${peopleOf(filter.organisation)})` : sql<SqlBool>`report_traits.author in ${peopleOf(filter.organisation)}`)
  if (filter.words) {
    const named = numberNamed(filter.words)
    all.push(named === null ? sql<SqlBool>`${number(of === 'words')} in ${numbersBy(filter.words)}` : eb(number(of === 'words'), '=', named))
  }
  return all
}

const filtered = (tx: Tx, filter: ReportFilter, way: Way) => tx.selectFrom('reportTraits').where((eb) => eb.and(conditions(eb, filter, way)))

/** The list's order; where few are found it is made of these, and not walked through. */
const newest = (way: Way) => (way.by === 'order' || (way.by === 'these' && way.of === 'station') ? sql<string>`report_traits.observed_at` : sql<string>`coalesce(report_traits.observed_at, '')`)

/** How many belong to a filter, counted one by one up to a number. */
export async function countUpTo(tx: Tx, filter: ReportFilter, way: Way, most: number): Promise<number> {
  return countIn(tx, filtered(tx, filter, way).select(sql<number>`1`.as('one')).limit(most))
}

async function countIn(tx: Tx, query: Expression<unknown>): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`select count(*) as count from (${query}) found`.execute(tx)
  return Number(found?.count ?? 0)
}

export const countOfStation = (tx: Tx, station: string, most: number): Promise<number> => countIn(tx, sql`select 1 from report_traits where station = ${station} limit ${most}`)
export const countOfOrganisations = (tx: Tx, organisation: readonly string[], most: number): Promise<number> => countIn(tx, sql`select 1 from reports where author in ${peopleOf(organisation)} limit ${most}`)

/** Words that many hold are known to be many by those who hold them as they stand; only of others all that begin with them are gathered. */
export async function countOfWords(tx: Tx, words: string, most: number): Promise<number> {
  const named = numberNamed(words)
  if (named !== null) return countIn(tx, sql`select 1 from report_traits where number = ${named}`)
  const held = await countIn(tx, sql`select 1 from report_words where ${wordsHeld('words', words)} limit ${most}`)
  return held >= most ? held : countIn(tx, sql`select 1 from report_words where ${wordsMatch('words', words)} limit ${most}`)
}

/** How many of a filter's reports hold its words as they stand, among the first so many who do: no more than belong to it, and soon known to be many. */
export function countHeld(tx: Tx, { words = '', ...filter }: ReportFilter, { among, most }: { among: number; most: number }): Promise<number> {
  const rest = expressionBuilder<Schema, 'reportTraits'>().and(conditions(expressionBuilder<Schema, 'reportTraits'>(), filter, { by: 'these', of: 'reports' }))
  return countIn(tx, sql`select 1 from (select rowid as number from report_words where ${wordsHeld('words', words)} limit ${among}) held cross join report_traits where report_traits.number = held.number and ${rest} limit ${most}`)
}

/** The journal's number of the last fact about a report. */
const version = sql<number>`(select max(number) from journal_subjects where type = 'report' and id = report_traits.report)`.as('version')

/** The reports of a filter column by column, in the list's order. */
export function selectPoints(tx: Tx, filter: ReportFilter, way: Way, most: number) {
  const query = filtered(tx, filter, way).select(['report as id', version, 'station', 'category', 'severity', 'status', 'observedAt', 'receivedAt', 'latitude', 'longitude']).orderBy(newest(way), 'desc').orderBy('report', 'desc').limit(most)
  return columnsOf(tx, query, ['id', 'version', 'station', 'category', 'severity', 'status', 'observedAt', 'receivedAt'], ['latitude', 'longitude'])
}

/** The same of reports whose numbers are within a stretch, in no order. */
export function pointsBetween(tx: Tx, filter: ReportFilter, first: number, last: number) {
  const query = filtered(tx, filter, inOrder).select(['report as id', version, 'station', 'category', 'severity', 'status', 'observedAt', 'receivedAt', 'latitude', 'longitude']).where('number', '>=', first).where('number', '<=', last)
  return columnsOf(tx, query, ['id', 'version', 'station', 'category', 'severity', 'status', 'observedAt', 'receivedAt'], ['latitude', 'longitude'])
}

export async function sumPlaced(tx: Tx, filter: ReportFilter, way: Way): Promise<{ total: number; placed: number }> {
  const { total, placed } = await filtered(tx, filter, way).select((eb) => [eb.fn.countAll<number>().as('total'), eb.fn.count<number>('latitude').as('placed')]).executeTakeFirstOrThrow()
  return { total: Number(total), placed: Number(placed) }
}

const sumOf = (severity: string, open: boolean) => sql<number>`sum(case when severity = ${severity} ${open ? sql`and status = 'received'` : sql``} then 1 else 0 end)`

export type Cells = { side: number; south: number; west: number; north: number; east: number }

/** The cells of a window of the map that hold any report of a filter, both ends included. */
export function sumCells(tx: Tx, filter: ReportFilter, way: Way, { side, south, west, north, east }: Cells) {
  // The side is a power of two: what is within these degrees is in these cells, to the last bit.
  const cell = (degrees: string) => sql<number>`cast(floor(${sql.ref(degrees)} / ${sql.lit(side)}) as integer)`
  return filtered(tx, filter, way).where('latitude', '>=', south * side).where('latitude', '<', (north + 1) * side).where('longitude', '>=', west * side).where('longitude', '<', (east + 1) * side)
    .select((eb) => [cell('latitude').as('cellY'), cell('longitude').as('cellX'), eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('latitude').as('latitudes'), eb.fn.sum<number>('longitude').as('longitudes'), eb.fn.sum<number>('number').as('numbers')])
    .select([sumOf('critical', false).as('critical'), sumOf('high', false).as('high'), sumOf('medium', false).as('medium'), sumOf('low', false).as('low')])
    .select([sumOf('critical', true).as('openCritical'), sumOf('high', true).as('openHigh'), sumOf('medium', true).as('openMedium'), sumOf('low', true).as('openLow')])
    .groupBy(sql`1, 2`).execute()
}

export const sumKinds = (tx: Tx, filter: ReportFilter, way: Way) => filtered(tx, filter, way).select((eb) => ['status', 'severity', eb.fn.countAll<number>().as('count')]).groupBy(['status', 'severity']).execute()

export const sumTimes = (tx: Tx, filter: ReportFilter, way: Way) =>
  filtered(tx, filter, way).select((eb) => [sql<string>`substr(observed_at, 1, 16)`.as('minute'), 'status', 'severity', eb.fn.countAll<number>().as('count')]).groupBy(sql`1, 2, 3`).execute()

/** Numbers are given as reports come: the first that fits is met on the way, and not all are looked at. */
export async function firstReceived(tx: Tx, filter: ReportFilter): Promise<string | null> {
  return (await filtered(tx, filter, inOrder).select('receivedAt').orderBy('number').limit(1).executeTakeFirst())?.receivedAt ?? null
}

export async function marksOf(tx: Tx, numbers: readonly number[]): Promise<{ number: number; report: string; category: string; status: string }[]> {
  const found: { number: number; report: string; category: string; status: string }[] = []
  for (let start = 0; start < numbers.length; start += idsAtOnce) {
    found.push(...(await tx.selectFrom('reportTraits').select(['number', 'report', 'category', 'status']).where('number', 'in', numbers.slice(start, start + idsAtOnce)).execute()))
  }
  return found
}

const idsAtOnce = 500

/** Which reports belong to a filter, each with its version: of all, or of these. */
export async function membersOf(tx: Tx, filter: ReportFilter, ids: readonly string[] | null, most: number): Promise<{ id: string; version: number }[]> {
  const asked = () => filtered(tx, filter, ids === null ? inOrder : { by: 'these', of: 'reports' }).select(['report as id', version])
  if (ids === null) return asked().limit(most).execute()
  const found: { id: string; version: number }[] = []
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const some = ids.slice(start, start + idsAtOnce)
    found.push(...(await asked().where('reportTraits.number', 'in', (eb) => eb.selectFrom('reports').select('reports.number').where('reports.id', 'in', some)).execute()))
  }
  return found
}

/** The rows of a filter that come after a place in the list's order. */
function after(tx: Tx, filter: ReportFilter, way: Way, place: Place | null) {
  let query = filtered(tx, filter, way)
  // The first condition says where in the order to begin: an alternative alone would be walked to from the top.
  if (place) query = query.where(newest(way), '<=', place.observedAt).where((eb) => eb.or([eb('observedAt', '<', place.observedAt), eb('reportTraits.report', '<', place.id)]))
  return query.select(['reportTraits.report as id', 'observedAt']).orderBy(newest(way), 'desc').orderBy('reportTraits.report', 'desc')
}

/** A page of ids, newest observation first, after (time, id). */
export const pageOfReports = (tx: Tx, filter: ReportFilter, way: Way, place: Place | null, limit: number): Promise<Place[]> => after(tx, filter, way, place).limit(limit).execute()

const widening = 4

/**
 * The same for words that many reports hold, so that neither all of these nor the whole list is gone through: in a stretch of the list, which is nearly always enough, each report's words are looked at until enough are
 * found; beyond it they are searched for.
 */
export async function pageByWords(tx: Tx, { words = '', ...filter }: ReportFilter, place: Place | null, limit: number, stretch: number): Promise<Place[]> {
  const seen = wordsSeen(tx, 'report_words', 'held', words)
  if (!seen) return searched(tx, filter, words, place, limit, stretch)
  const end = await endOf(tx, filter, place, stretch)
  const rows = after(tx, filter, inOrder, place).crossJoin('reportWords as held').whereRef('held.rowid', '=', 'reportTraits.number').where(seen)
  const found = await rows.$if(end !== undefined, (some) => some.where(sql<SqlBool>`(report_traits.observed_at, report_traits.report) >= (${end?.observedAt}, ${end?.id})`)).limit(limit).execute()
  return found.length >= limit || !end ? found : [...found, ...(await searched(tx, filter, words, end, limit - found.length, stretch * widening))]
}

/** Stretch by stretch: numbers of reports that were observed together are near one another, and the words of such a stretch are found without all others. */
async function searched(tx: Tx, filter: ReportFilter, words: string, place: Place | null, limit: number, stretch: number): Promise<Place[]> {
  const found: Place[] = []
  for (let [from, length] = [place, stretch]; ; length *= widening) {
    const near = after(tx, filter, inOrder, from).select('number').limit(length)
    const { rows } = await sql<Place>`with near as materialized ${near} select id, observed_at from near
      where number in (select rowid from report_words where ${wordsMatch('words', words)} and rowid between (select min(number) from near) and (select max(number) from near))
      order by observed_at desc, id desc limit ${limit - found.length}`.execute(tx)
    found.push(...rows)
    const end = found.length < limit ? await endOf(tx, filter, from, length) : undefined
    if (!end) return found
    from = end
  }
}

/** The last of a stretch of the list. */
const endOf = (tx: Tx, filter: ReportFilter, from: Place | null, length: number): Promise<Place | undefined> => after(tx, filter, inOrder, from).limit(1).offset(length - 1).executeTakeFirst()

/** The next reports by their numbers, each with its station as the register has it: all that they are found by is worked out from this. */
export const placedAfter = (tx: Tx, number: number, limit: number) =>
  tx.selectFrom('reports').leftJoin('stations', 'stations.code', 'reports.station')
    .select(['reports.number', 'reports.id', 'observedAt', 'receivedAt', 'status', 'severity', 'category', 'reports.station', 'reports.department', 'author', 'signed', 'photoCount', 'reports.latitude', 'reports.longitude'])
    .select(['stations.department as stationDepartment', 'stations.latitude as stationLatitude', 'stations.longitude as stationLongitude'])
    .where('number', '>', number).orderBy('number').limit(limit).execute()

/** The narrow rows of the numbers after one, up to another or to the end. */
export const traitsBetween = (tx: Tx, after: number, last: number | null) =>
  tx.selectFrom('reportTraits').selectAll().where('number', '>', after).$if(last !== null, (query) => query.where('number', '<=', last)).limit(mostBetween).execute()

/** As many as there can be; more are there only where somebody made them up. */
const mostBetween = 10_000
