import { sql } from 'kysely'
import type { ReportFilter } from '../../../shared/reports.ts'
import type { Tx } from '../../platform/database/open.ts'

/** What of a filter the counters know. */
export type Counted = Pick<ReportFilter, 'status' | 'severity' | 'category' | 'department' | 'signed' | 'pictures'>

/** The counter of reports: their numbers follow one another without gaps. */
export async function countAll(tx: Tx): Promise<number> {
  return (await tx.selectFrom('counters').select('value').where('name', '=', 'report').executeTakeFirst())?.value ?? 0
}

const counted = (tx: Tx, filter: Counted) =>
  tx.selectFrom('reportCounts').where((eb) => eb.and([
    ...(filter.status.length ? [eb('status', 'in', filter.status)] : []),
    ...(filter.severity.length ? [eb('severity', 'in', filter.severity)] : []),
    ...(filter.category.length ? [eb.or(filter.category.map((code) => (code.includes('.') ? eb('category', '=', code) : sql<boolean>`substr(category, 1, ${code.length + 1}) = ${`${code}.`}`)))] : []),
    ...(filter.department ? [eb('department', '=', filter.department)] : []),
    ...(filter.signed.length ? [eb('signed', 'in', filter.signed)] : []),
    ...(filter.pictures ? [eb('pictures', '=', filter.pictures === 'with' ? 1 : 0)] : []),
  ]))

export async function sumCounts(tx: Tx, filter: Counted): Promise<number> {
  const { count } = await counted(tx, filter).select((eb) => eb.fn.sum<number | null>('count').as('count')).executeTakeFirstOrThrow()
  return Number(count ?? 0)
}

/** The kinds that a filter meets, of which there are any. */
export const kindsOf = (tx: Tx, filter: Counted) => counted(tx, filter).select(['category', 'status', 'severity', 'signed']).distinct().where('count', '>', 0).execute()

type Cells = { level: number; south: number; west: number; north: number; east: number }

/** The cells of a window of the map that hold any report, both ends included. */
export const cellsIn = (tx: Tx, { level, south, west, north, east }: Cells, filter: Pick<Counted, 'status' | 'severity'>) =>
  tx.selectFrom('mapCounts').select((eb) => ['cellY', 'cellX', eb.fn.sum<number>('count').as('count'), eb.fn.sum<number>('latitudes').as('latitudes'), eb.fn.sum<number>('longitudes').as('longitudes')])
    .select([sumOf('critical', false).as('critical'), sumOf('high', false).as('high'), sumOf('medium', false).as('medium'), sumOf('low', false).as('low')])
    .select([sumOf('critical', true).as('openCritical'), sumOf('high', true).as('openHigh'), sumOf('medium', true).as('openMedium'), sumOf('low', true).as('openLow')])
    .where('level', '=', level).where('cellY', '>=', south).where('cellY', '<=', north).where('cellX', '>=', west).where('cellX', '<=', east).where('count', '>', 0)
    .where((eb) => eb.and([...(filter.status.length ? [eb('status', 'in', filter.status)] : []), ...(filter.severity.length ? [eb('severity', 'in', filter.severity)] : [])]))
    .groupBy(['cellY', 'cellX']).execute()

const sumOf = (severity: string, open: boolean) => sql<number>`sum(case when severity = ${severity} ${open ? sql`and status = 'received'` : sql``} then count else 0 end)`
