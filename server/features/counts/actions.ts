import type { ReportFilter } from '../../../shared/reports.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Looking } from '../../platform/journal/looking.ts'
import { cellsOf, finestLevel, mostCells, sideOf } from './rules.ts'
import * as store from './store.ts'

export { cellsOf, finestLevel, mostCells, sideOf }

export type Kinds = { distance: string[]; signed: string[]; status: string[]; category: string[]; severity: string[] }

/** How many reports the mission has. */
export const countReports = (tx: Tx): Promise<number> => store.countAll(tx)

export const countOfStatus = (tx: Tx, status: ReportFilter['status'][number]): Promise<number> => store.sumCounts(tx, { ...uncounted, status: [status] })

const uncounted = { status: [], severity: [], category: [], department: undefined, signed: [], pictures: undefined, distance: [] }

/** How many of `all` reports have what the counters know of a filter: exact where it asks for nothing else, and never too few. */
export const countAtMost = (tx: Tx, filter: ReportFilter, all: number): Promise<number> => (isUncounted(filter) ? Promise.resolve(all) : store.sumCounts(tx, filter))

/** Whether the counters know everything that a filter asks for. */
export const isCounted = (filter: ReportFilter): boolean => Object.entries(filter).every(([name, value]) => known.includes(name) || value === undefined || (Array.isArray(value) && value.length === 0))

const known = ['status', 'severity', 'category', 'department', 'signed', 'pictures', 'distance']

const isUncounted = ({ status, severity, category, department, signed, pictures, distance }: ReportFilter): boolean => status.length + severity.length + category.length + signed.length + distance.length === 0 && department === undefined && pictures === undefined

/** What the reports that a filter meets are: each list holds what occurs. */
export async function kindsOf(tx: Tx, filter: ReportFilter): Promise<Kinds> {
  const kinds = await store.kindsOf(tx, filter)
  const of = (name: keyof Kinds) => [...new Set(kinds.map((kind) => kind[name]))]
  return { distance: of('distance'), signed: of('signed'), status: of('status'), category: of('category'), severity: of('severity') }
}

/** How many reports of each status and severity a filter meets, where the counters know it. */
export const countKinds = (tx: Tx, filter: ReportFilter): Promise<store.KindCount[]> => store.countKinds(tx, filter)

/** The cells of a window of the map that hold any report of these statuses and severities, and how many of them have a place. */
export const countCells = (tx: Tx, cells: store.Cells, filter: ReportFilter) => store.cellsIn(tx, cells, filter)
export const countPlaced = (tx: Tx, filter: ReportFilter): Promise<number> => store.countPlaced(tx, filter)

/** When reports of these statuses and severities were observed, to the minute. */
export const countTimes = (tx: Tx, filter: ReportFilter) => store.countTimes(tx, filter)

/** Counts everything that the counters know, and names those that say something else. What a report is found by has been looked at before. */
export async function checkCounts(tx: Tx, { fault, told }: Looking): Promise<void> {
  const say = (where: string, { kept, there }: { kept: number; there: number }) => fault(where, kept === there ? 'is right, and its middle or the sum of its numbers is not that of its reports' : `counts ${kept}, and there are ${there}`)
  told('counters of reports', 0, finestLevel + 3)
  for (const differing of await store.differingKinds(tx, mostNamed)) say(`report_counts ${differing.kind}`, differing)
  for (let level = 0; level <= finestLevel; level++) {
    told('counters of reports', level + 1, finestLevel + 3)
    for (const differing of await store.differingCells(tx, { level, side: sideOf(level) }, mostNamed)) say(`map_counts ${differing.cell}`, differing)
  }
  told('counters of reports', finestLevel + 2, finestLevel + 3)
  for (const differing of await store.differingTimes(tx, mostNamed)) say(`time_counts ${differing.time}`, differing)
}

const mostNamed = 1_000
