import { findDivision } from '../../../shared/packs/divisions.ts'
import type { Divisions } from '../../../shared/packs/divisions.ts'
import { Code } from '../../../shared/basics.ts'
import type { FieldProblem } from '../../../shared/problem.ts'
import { registerColumns } from '../../../shared/stations.ts'
import type { LineFault, RegisterColumn } from '../../../shared/stations.ts'
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

// Which points of a register are probably wrong. We know no country's border: the points themselves say where the country is, and its zone on which side of the world.

type Point = { latitude: number; longitude: number }
type Placed = Point & { station: string }

type Unlikely<Of extends Placed> = { point: Of; reason: 'out_of_range' | 'outside_country' | 'sign_missing' | 'swapped'; column: 'latitude' | 'longitude' | null; hint: string | null }

/** Degrees from the middle within which a point is never doubted: El Salvador is 1.3 by 2.6 degrees. */
const nearDegrees = 3
/** A country's own spread allows for more: this many times the median distance from its middle. */
const timesSpread = 8
/** So many stations near each other, far from all the rest, are an island rather than a slip. */
const islandStations = 3

/** The points that cannot be where they say, with what was probably meant. `known`: places that are in the register already. */
function findUnlikely<Of extends Placed>(points: readonly Of[], zone: string, known: readonly Point[]): Unlikely<Of>[] {
  const middle = middleOf([...known, ...points.map((point) => likeliest(point, zone))])
  if (!middle) return []
  const far = points.filter((point) => !isNear(point, middle))
  const islands = findIslands(far)
  return far.flatMap((point): Unlikely<Of>[] => {
    const meant = readings(point).find((one) => inRange(one) && isNear(one, middle))
    if (meant && Math.abs(meant.latitude) === Math.abs(point.latitude)) {
      const column = meant.longitude === point.longitude ? 'latitude' : meant.latitude === point.latitude ? 'longitude' : null
      return [{ point, reason: 'sign_missing', column, hint: column ? String(meant[column]) : pair(meant) }]
    }
    if (meant) return [{ point, reason: 'swapped', column: null, hint: pair(meant) }]
    if (!inRange(point)) return [{ point, reason: 'out_of_range', column: Math.abs(point.latitude) > 90 ? 'latitude' : 'longitude', hint: null }]
    return islands.has(cellOf(point)) ? [] : [{ point, reason: 'outside_country', column: null, hint: null }]
  })
}

type Middle = Point & { latitudeDegrees: number; longitudeDegrees: number }

function middleOf(points: readonly Point[]): Middle | null {
  if (points.length === 0) return null
  const [latitude, longitude] = [median(points.map((point) => point.latitude)), median(points.map((point) => point.longitude))]
  const spread = (distances: number[]) => Math.max(nearDegrees, timesSpread * median(distances))
  return { latitude, longitude, latitudeDegrees: spread(points.map((point) => Math.abs(point.latitude - latitude))), longitudeDegrees: spread(points.map((point) => around(point.longitude - longitude))) }
}

const isNear = (point: Point, middle: Middle): boolean =>
  Math.abs(point.latitude - middle.latitude) <= middle.latitudeDegrees && around(point.longitude - middle.longitude) <= middle.longitudeDegrees

const pair = ({ latitude, longitude }: Point): string => `${latitude}, ${longitude}`

const inRange = (point: Point): boolean => Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180

/** A point as it stands, without its sign or with one, and with its two numbers in each other's place. */
function readings({ latitude, longitude }: Point): Point[] {
  const signs = (one: Point): Point[] => [one, { ...one, longitude: -one.longitude }, { ...one, latitude: -one.latitude }, { latitude: -one.latitude, longitude: -one.longitude }]
  return [...signs({ latitude, longitude }), ...signs({ latitude: longitude, longitude: latitude })]
}

// When every line lost its sign, or has its numbers swapped, only the zone can tell: 15 degrees are an hour, and no zone is wider than this.
const zoneDegrees = 50

function likeliest(point: Point, zone: string): Point {
  const meridian = meridianOf(zone)
  const fits = (one: Point) => inRange(one) && (meridian === null || around(one.longitude - meridian) <= zoneDegrees)
  return fits(point) ? point : (readings(point).find(fits) ?? point)
}

/** Degrees the shorter way round. */
const around = (degrees: number): number => Math.abs(((((degrees + 180) % 360) + 360) % 360) - 180)

const meridians = new Map<string, number | null>()

/** Degrees east at which a zone's clock is the sun's; null for zones that name no place. */
function meridianOf(zone: string): number | null {
  const known = meridians.get(zone)
  if (known !== undefined) return known
  const meridian = zone.includes('/') && !zone.startsWith('Etc/') ? offsetHours(zone) * 15 : null
  meridians.set(zone, meridian)
  return meridian
}

function offsetHours(zone: string): number {
  // Any fixed day does: summer time moves the meridian by 15 degrees of the 50.
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(Date.UTC(2027, 0, 1))
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '') ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60)
}

function findIslands(far: readonly Placed[]): Set<string> {
  const stations = new Map<string, Set<string>>()
  for (const point of far) stations.set(cellOf(point), (stations.get(cellOf(point)) ?? new Set()).add(point.station))
  return new Set([...stations].filter(([, codes]) => codes.size >= islandStations).map(([cell]) => cell))
}

const cellOf = (point: Point): string => `${Math.floor(point.latitude)} ${Math.floor(point.longitude)}`

function median(numbers: number[]): number {
  const sorted = numbers.sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
