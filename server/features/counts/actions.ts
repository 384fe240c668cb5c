import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { mapWindowCall } from '../../../shared/map.ts'
import type { ReportFilter } from '../../../shared/reports.ts'
import type { Look } from '../../platform/journal/work.ts'
import { cellsOf, finestLevel, sideOf } from './rules.ts'
import type { Tx } from '../../platform/database/open.ts'
import * as store from './store.ts'

export type Kinds = { category: string[]; status: string[]; severity: string[]; signed: string[] }

/** How many reports the mission has. */
export const countReports = (tx: Tx): Promise<number> => store.countAll(tx)

/** How many reports have what the counters know of a filter: exact where it asks for nothing else, and never too few. */
export const countAtMost = (tx: Tx, filter: ReportFilter): Promise<number> => (isUncounted(filter) ? store.countAll(tx) : store.sumCounts(tx, filter))

/** Whether the counters know everything that a filter asks for. */
export const isCounted = (filter: ReportFilter): boolean => Object.entries(filter).every(([name, value]) => known.includes(name) || value === undefined || (Array.isArray(value) && value.length === 0))

const known = ['status', 'severity', 'category', 'department', 'signed', 'pictures']

const isUncounted = ({ status, severity, category, department, signed, pictures }: ReportFilter): boolean => status.length + severity.length + category.length + signed.length === 0 && department === undefined && pictures === undefined

/** What the reports that a filter meets are: each list holds what occurs. */
export async function kindsOf(tx: Tx, filter: ReportFilter): Promise<Kinds> {
  const kinds = await store.kindsOf(tx, filter)
  const of = (name: keyof Kinds) => [...new Set(kinds.map((kind) => kind[name]))]
  return { category: of('category'), status: of('status'), severity: of('severity'), signed: of('signed') }
}

/** What the map shows of a window, where there are too many reports for a screen to hold: cells with how many are in each, from the counters. */
export async function mapWindow({ status, severity, ...window }: InputOf<typeof mapWindowCall>, { tx, number }: Look): Promise<ReplyOf<typeof mapWindowCall>> {
  const cells = cellsOf(window)
  const found = await store.cellsIn(tx, cells, { status, severity })
  const side = sideOf(cells.level)
  return {
    number, side, isFinest: cells.level === finestLevel,
    south: found.map(({ cellY }) => cellY * side), west: found.map(({ cellX }) => cellX * side),
    latitude: found.map(({ latitudes, count }) => latitudes / count), longitude: found.map(({ longitudes, count }) => longitudes / count),
    critical: found.map((cell) => cell.critical), high: found.map((cell) => cell.high), medium: found.map((cell) => cell.medium), low: found.map((cell) => cell.low),
    open: { critical: found.map((cell) => cell.openCritical), high: found.map((cell) => cell.openHigh), medium: found.map((cell) => cell.openMedium), low: found.map((cell) => cell.openLow) },
  }
}
