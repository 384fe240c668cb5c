import { findDivision } from '../../../shared/packs/divisions.ts'
import type { Divisions } from '../../../shared/packs/divisions.ts'
import { Code } from '../../../shared/basics.ts'
import type { FieldProblem } from '../../../shared/problem.ts'
import { registerColumns } from '../../../shared/stations.ts'
import type { LineFault, RegisterColumn } from '../../../shared/stations.ts'
import { findUnlikely } from './places.ts'
import type { StationRow, StationTableRow } from './tables.ts'

/** A line of the file as its cells stand there. `broken`: its quotes do not close. */
export type RawLine = { line: number; cells: readonly string[]; broken: boolean }

export type RegisterLine = { line: number; station: StationRow; table: string }

/** What a file's lines are judged against: the country's divisions if they are known, the mission's zone, the places of the stations that are in the register. */
export type Against = { divisions: Divisions | null; zone: string; known: readonly { latitude: number; longitude: number }[] }

export type Judged = { right: RegisterLine[]; faults: LineFault[] }

/** Where each column stands. The order is free, columns that we do not know are left aside. */
export function findColumns(heading: readonly string[]): { at: Record<RegisterColumn, number> } | { fields: FieldProblem[] } {
  const names = heading.map((name) => name.trim().toLowerCase())
  const fields = registerColumns.flatMap((column): FieldProblem[] => {
    const count = names.filter((name) => name === column).length
    return count === 1 ? [] : [{ path: column, reason: count === 0 ? 'required' : 'repeated' }]
  })
  if (fields.length > 0) return { fields }
  return { at: Object.fromEntries(registerColumns.map((column) => [column, names.indexOf(column)])) as Record<RegisterColumn, number> }
}

type Draft = { line: number; cells: Record<RegisterColumn, string>; latitude: number | null; longitude: number | null; faults: LineFault[] }

/** Every line that can be taken, and every reason why another cannot; both in the file's order. */
export function judgeRegister(lines: readonly RawLine[], width: number, at: Record<RegisterColumn, number>, against: Against): Judged {
  const drafts = lines.map((line) => readLine(line, width, at))
  judgePlaces(drafts, against)
  if (against.divisions) judgeDivisions(drafts, against.divisions)
  judgeStations(drafts)
  judgeTables(drafts)
  return { right: drafts.flatMap((draft) => (draft.faults.length === 0 ? lineOf(draft) : [])), faults: drafts.flatMap((draft) => draft.faults) }
}

/** The cells of a line in the order of `registerColumns`; what is missing is empty. */
export const cellsInOrder = (line: RawLine, at: Record<RegisterColumn, number>): string[] => registerColumns.map((column) => clean(line.cells[at[column]] ?? ''))

function readLine(raw: RawLine, width: number, at: Record<RegisterColumn, number>): Draft {
  const values = cellsInOrder(raw, at)
  const cells = Object.fromEntries(registerColumns.map((column, index) => [column, values[index] ?? ''])) as Record<RegisterColumn, string>
  const draft: Draft = { line: raw.line, cells, latitude: null, longitude: null, faults: [] }
  const filled = raw.cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (raw.broken) fault(draft, null, 'quotes')
  else if (raw.cells.length < width) fault(draft, null, 'too_few_columns', { found: String(raw.cells.length), hint: String(width) })
  else if (filled > width) fault(draft, null, 'too_many_columns', { found: String(filled), hint: String(width) })
  if (draft.faults.length > 0) return draft

  for (const column of ['station_code', 'table'] as const) readCode(draft, column)
  for (const column of ['station_name', 'department', 'municipality', 'district'] as const) readName(draft, column)
  draft.latitude = readNumber(draft, 'latitude')
  draft.longitude = readNumber(draft, 'longitude')
  return draft
}

const longestCode = 64
const longestName = 200

function readCode(draft: Draft, column: 'station_code' | 'table'): void {
  const found = draft.cells[column]
  if (found === '') fault(draft, column, 'required')
  else if (found.length > longestCode) fault(draft, column, 'too_long', { found, hint: String(longestCode) })
  else if (!Code.safeParse(found).success) fault(draft, column, 'bad_code', { found, hint: found.replace(/[\s,;"]+/gu, '-') })
}

function readName(draft: Draft, column: 'station_name' | 'department' | 'municipality' | 'district'): void {
  const found = draft.cells[column]
  if (found === '' && column !== 'district') fault(draft, column, 'required')
  if (found.length > longestName) fault(draft, column, 'too_long', { found, hint: String(longestName) })
}

// A decimal comma is what spreadsheets write in half of the world.
function readNumber(draft: Draft, column: 'latitude' | 'longitude'): number | null {
  const found = draft.cells[column]
  if (found === '') fault(draft, column, 'required')
  else if (/^[+-]?\d+([.,]\d+)?$/.test(found)) return Number(found.replace(',', '.'))
  else fault(draft, column, 'not_a_number', { found })
  return null
}

function judgePlaces(drafts: readonly Draft[], { zone, known }: Against): void {
  const placed = drafts.flatMap((draft) => (draft.latitude === null || draft.longitude === null ? [] : { draft, station: draft.cells.station_code, latitude: draft.latitude, longitude: draft.longitude }))
  for (const { point, reason, column, hint } of findUnlikely(placed, zone, known)) {
    const { latitude, longitude } = point.draft.cells
    fault(point.draft, column, reason, { found: column === null ? `${latitude}, ${longitude}` : point.draft.cells[column], hint })
  }
}

function judgeDivisions(drafts: readonly Draft[], divisions: Divisions): void {
  const found = new Map<string, ReturnType<typeof findDivision>>()
  for (const { cells, ...draft } of drafts) {
    const { department, municipality, district } = cells
    if (department === '' || municipality === '') continue
    const key = JSON.stringify([department, municipality, district])
    const division = found.get(key) ?? findDivision(divisions, { department, municipality, district })
    found.set(key, division)
    if ('place' in division) Object.assign(cells, division.place)
    else fault(draft, division.fault.column, division.fault.reason, { found: division.fault.found, hint: division.fault.hint })
  }
}

const ofStation = ['station_name', 'department', 'municipality', 'district', 'latitude', 'longitude'] as const

// The first line that is right in itself says how the station is called and where it stands.
function judgeStations(drafts: readonly Draft[]): void {
  const first = new Map<string, Draft>()
  for (const draft of drafts) {
    if (draft.faults.length > 0) continue
    const other = first.get(draft.cells.station_code)
    if (!other) first.set(draft.cells.station_code, draft)
    const differs = other && ofStation.find((column) => (column === 'latitude' || column === 'longitude' ? draft[column] !== other[column] : draft.cells[column] !== other.cells[column]))
    if (other && differs) fault(draft, differs, 'station_differs', { found: draft.cells[differs], hint: other.cells[differs], otherLine: other.line })
  }
}

function judgeTables(drafts: readonly Draft[]): void {
  const first = new Map<string, number>()
  for (const draft of drafts) {
    const { table } = draft.cells
    const otherLine = first.get(table)
    if (otherLine !== undefined) fault(draft, 'table', 'table_twice', { found: table, otherLine })
    else if (table !== '') first.set(table, draft.line)
  }
}

function fault(draft: Pick<Draft, 'line' | 'faults'>, column: RegisterColumn | null, reason: LineFault['reason'], more: Partial<Pick<LineFault, 'found' | 'hint' | 'otherLine'>> = {}): void {
  draft.faults.push({ line: draft.line, column, reason, found: more.found?.slice(0, longestName) ?? null, hint: more.hint ?? null, otherLine: more.otherLine ?? null })
}

function lineOf({ line, cells, latitude, longitude }: Draft): RegisterLine[] {
  if (latitude === null || longitude === null) return []
  const { station_code: code, station_name: name, department, municipality, district, table } = cells
  return [{ line, table, station: { code, name, department, municipality, district, latitude, longitude } }]
}

// A quote mark before a formula's beginning is how we, and spreadsheets, write text that only looks like one.
const clean = (cell: string): string => cell.replace(/[\s\p{Cc}]+/gu, ' ').trim().replace(/^'(?=[=+\-@])/, '')

/** What an import changes: rows that are new, rows that differ. Nothing is deleted. */
export function changesFor(right: readonly RegisterLine[], stations: readonly StationRow[], tables: readonly StationTableRow[]) {
  const wantedStations = [...new Map(right.map((one) => [one.station.code, one.station])).values()]
  const wantedTables = right.map((one): StationTableRow => ({ code: one.table, station: one.station.code }))
  const [theseStations, theseTables] = [new Map(stations.map((row) => [row.code, row])), new Map(tables.map((row) => [row.code, row]))]
  return {
    put: { stations: wantedStations.filter((row) => !theseStations.has(row.code)), stationTables: wantedTables.filter((row) => !theseTables.has(row.code)) },
    set: {
      stations: wantedStations.filter((row) => theseStations.has(row.code) && !sameRow(row, theseStations.get(row.code))),
      stationTables: wantedTables.filter((row) => theseTables.has(row.code) && !sameRow(row, theseTables.get(row.code))),
    },
  }
}

const sameRow = <Row extends object>(row: Row, other: Row | undefined): boolean => other !== undefined && Object.keys(row).every((column) => row[column as keyof Row] === other[column as keyof Row])

/** A fault as the last column of a mended file has it: `longitude: sign_missing 89.2182 -> -89.2182 (line 12)`. */
export function faultInWords({ column, reason, found, hint, otherLine }: LineFault): string {
  const parts = [column === null ? reason : `${column}: ${reason}`, found, hint === null ? null : `-> ${hint}`, otherLine === null ? null : `(line ${otherLine})`]
  return parts.filter((part) => part !== null && part !== '').join(' ')
}

/** A cell on its way out. What a spreadsheet would take for a formula gets a quote mark in front; a plain number is none. */
export function cellOut(cell: string, separator: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell
  return safe.includes(separator) || /["\r\n]/.test(safe) || safe !== cell ? `"${safe.replace(/"/g, '""')}"` : safe
}
