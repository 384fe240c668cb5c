import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import type { ReportFilter } from '../../../shared/reports.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Schema } from '../../platform/database/schema.ts'

/** What of a filter the counters know. */
export type Counted = Pick<ReportFilter, 'status' | 'severity' | 'category' | 'department' | 'signed' | 'pictures' | 'distance'>

/** The counter of reports: their numbers follow one another without gaps. */
export async function countAll(tx: Tx): Promise<number> {
  return (await tx.selectFrom('counters').select('value').where('name', '=', 'report').executeTakeFirst())?.value ?? 0
}

const counted = (tx: Tx, filter: Counted) =>
  tx.selectFrom('reportCounts').where((eb) => eb.and([
    ...(filter.status.length ? [eb('status', 'in', filter.status)] : []),
    ...(filter.severity.length ? [eb('severity', 'in', filter.severity)] : []),
    ...(filter.category.length ? [eb.or(filter.category.map((code) => (code.includes('.') ? eb('category', '=', code) : eb.and([eb('category', '>=', `${code}.`), eb('category', '<', `${code}/`)]))))] : []),
    ...(filter.department ? [eb('department', '=', filter.department)] : []),
    ...(filter.signed.length ? [eb('signed', 'in', filter.signed)] : []),
    ...(filter.distance.length ? [eb('distance', 'in', filter.distance)] : []),
    ...(filter.pictures ? [eb('pictures', '=', filter.pictures === 'with' ? 1 : 0)] : []),
  ]))

export async function sumCounts(tx: Tx, filter: Counted): Promise<number> {
  const { count } = await counted(tx, filter).select((eb) => eb.fn.sum<number | null>('count').as('count')).executeTakeFirstOrThrow()
  return Number(count ?? 0)
}

/** The kinds that a filter meets, of which there are any. */
export const kindsOf = (tx: Tx, filter: Counted) => counted(tx, filter).select(['distance', 'signed', 'status', 'category', 'severity']).distinct().where('count', '>', 0).execute()

/** How many of each status and severity. */
export type KindCount = { status: string; severity: string; count: number }
export const countKinds = async (tx: Tx, filter: Counted): Promise<KindCount[]> =>
  counted(tx, filter).select((eb) => ['status', 'severity', eb.fn.sum<number>('count').as('count')]).where('count', '>', 0).groupBy(['status', 'severity']).execute()

export type Cells = { level: number; south: number; west: number; north: number; east: number }

type OnMap = Pick<Counted, 'status' | 'severity'>

const ofKind = (eb: ExpressionBuilder<Schema, 'mapCounts'>, filter: OnMap) => eb.and([...(filter.status.length ? [eb('status', 'in', filter.status)] : []), ...(filter.severity.length ? [eb('severity', 'in', filter.severity)] : [])])

/** How many have a place: each is in one of the largest cells. */
export async function countPlaced(tx: Tx, filter: OnMap): Promise<number> {
  const { count } = await tx.selectFrom('mapCounts').select((eb) => eb.fn.sum<number | null>('count').as('count')).where('level', '=', 0).where((eb) => ofKind(eb, filter)).executeTakeFirstOrThrow()
  return Number(count ?? 0)
}

/** The cells of a window of the map that hold any report, both ends included. */
export const cellsIn = (tx: Tx, { level, south, west, north, east }: Cells, filter: OnMap) =>
  tx.selectFrom('mapCounts').select((eb) => ['cellY', 'cellX', eb.fn.sum<number>('count').as('count'), eb.fn.sum<number>('latitudes').as('latitudes'), eb.fn.sum<number>('longitudes').as('longitudes'), eb.fn.sum<number>('numbers').as('numbers')])
    .select([sumOf('critical', false).as('critical'), sumOf('high', false).as('high'), sumOf('medium', false).as('medium'), sumOf('low', false).as('low')])
    .select([sumOf('critical', true).as('openCritical'), sumOf('high', true).as('openHigh'), sumOf('medium', true).as('openMedium'), sumOf('low', true).as('openLow')])
    .where('level', '=', level).where('cellY', '>=', south).where('cellY', '<=', north).where('cellX', '>=', west).where('cellX', '<=', east).where('count', '>', 0)
    .where((eb) => ofKind(eb, filter))
    .groupBy(['cellY', 'cellX']).execute()

/** When they were observed, to the minute. */
export const countTimes = (tx: Tx, { status, severity }: OnMap) =>
  tx.selectFrom('timeCounts').select((eb) => ['minute', 'status', 'severity', eb.fn.sum<number>('count').as('count')]).where('count', '>', 0)
    .$if(status.length > 0, (query) => query.where('status', 'in', status)).$if(severity.length > 0, (query) => query.where('severity', 'in', severity)).groupBy(['minute', 'status', 'severity']).execute()

const sumOf = (severity: string, open: boolean) => sql<number>`sum(case when severity = ${severity} ${open ? sql`and status = 'received'` : sql``} then count else 0 end)`

const kind = sql.raw('status, severity, category, department, signed, pictures, distance')
type Differing = { kept: number; there: number }

/** Counters of kinds that are not what counting gives. */
export async function differingKinds(tx: Tx, most: number): Promise<(Differing & { kind: string })[]> {
  const { rows } = await sql<Differing & Record<string, string | number>>`select ${kind}, sum(kept) as kept, sum(there) as there
    from (select ${kind}, count as kept, 0 as there from report_counts union all select ${kind}, 0, count(*) from report_traits group by ${kind}) counted
    group by ${kind} having sum(kept) <> sum(there) order by ${kind} limit ${most}`.execute(tx)
  return rows.map(({ kept, there, ...named }) => ({ kind: Object.values(named).join(' '), kept: Number(kept), there: Number(there) }))
}

/** The middle of a cell may be off by what adding up leaves, which nobody sees: ten centimetres. */
const degreesOff = 1e-6

/** Cells of a level of the map whose number, middle or sum of numbers is not what counting gives. */
export async function differingCells(tx: Tx, { level, side }: { level: number; side: number }, most: number): Promise<(Differing & { cell: string })[]> {
  const cell = sql.raw('cell_y, cell_x, status, severity')
  const isOff = (column: string) => sql`abs(sum(${sql.ref(column)})) / ${degreesOff} > sum(there)`
  const { rows } = await sql<Differing & Record<string, string | number>>`select ${cell}, sum(kept) as kept, sum(there) as there
    from (select ${cell}, count as kept, 0 as there, latitudes, longitudes, numbers from map_counts where level = ${level} union all
      select cast(floor(latitude / ${side}) as integer), cast(floor(longitude / ${side}) as integer), status, severity, 0, 1, -latitude, -longitude, -number from report_traits where latitude is not null and longitude is not null) counted
    group by ${cell} having sum(kept) <> sum(there) or (sum(there) > 0 and (sum(numbers) <> 0 or ${isOff('latitudes')} or ${isOff('longitudes')})) order by ${cell} limit ${most}`.execute(tx)
  return rows.map(({ kept, there, ...named }) => ({ cell: [level, ...Object.values(named)].join(' '), kept: Number(kept), there: Number(there) }))
}

/** Minutes whose counters are not what counting gives. */
export async function differingTimes(tx: Tx, most: number): Promise<(Differing & { time: string })[]> {
  const time = sql.raw('minute, status, severity')
  const { rows } = await sql<Differing & Record<string, string | number>>`select ${time}, sum(kept) as kept, sum(there) as there
    from (select ${time}, count as kept, 0 as there from time_counts union all select substr(observed_at, 1, 16), status, severity, 0, 1 from report_traits) counted
    group by ${time} having sum(kept) <> sum(there) order by ${time} limit ${most}`.execute(tx)
  return rows.map(({ kept, there, ...named }) => ({ time: Object.values(named).join(' '), kept: Number(kept), there: Number(there) }))
}
