import type { Code } from '../../../shared/basics.ts'
import { fold } from '../../../shared/pack.ts'
import type { Register } from '../../../shared/stations.ts'

export type Point = { latitude: number; longitude: number }

/** A station of the register by its row, with metres from where the phone is, if that is known. `table`: the one that was searched for. */
export type Found = { row: number; metres: number | null; table: Code | null }

const earthRadiusMetres = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres between two points along the earth's surface (haversine). */
export function metresBetween(one: Point, other: Point): number {
  const across = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2
  const along = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2
  return 2 * earthRadiusMetres * Math.asin(Math.sqrt(across + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * along))
}

/** Metres to every station of the register, by row. */
export function distances(register: Register, from: Point): Float64Array {
  return Float64Array.from(register.code, (_, row) => metresBetween(from, pointOf(register, row)))
}

export const pointOf = (register: Register, row: number): Point => ({ latitude: register.latitude[row] ?? 0, longitude: register.longitude[row] ?? 0 })

/** The stations nearest to a point, nearest first. */
export function nearest(register: Register, from: Point, most: number): Found[] {
  const metres = distances(register, from)
  return rows(register).sort((one, other) => (metres[one] ?? 0) - (metres[other] ?? 0)).slice(0, most).map((row) => ({ row, metres: metres[row] ?? null, table: null }))
}

/** Finds stations by code or its part, by beginnings of words of name and place, or by a table's beginning: `search(typed, from, most)`. Exact codes and tables first, then names that begin so, then the rest; each nearest first. */
export function searcher(register: Register): (typed: string, from: Point | null, most: number) => Found[] {
  const names = register.name.map(fold)
  const codes = register.code.map(fold)
  const bareCodes = codes.map(bare)
  const texts = names.map((name, row) => ` ${name} ${fold(`${register.district[row]} ${register.municipality[row]} ${register.department[row]}`)}`)
  const tablesOf = register.tables.map((tables) => tables.map(fold))
  return (typed, from, most) => {
    const wanted = fold(typed.trim())
    const parts = wanted.split(/\s+/).filter(Boolean)
    if (parts.length === 0) return from ? nearest(register, from, most) : rows(register).slice(0, most).map((row) => ({ row, metres: null, table: null }))
    const metres = from && distances(register, from)
    const tableRow = tablesOf.findIndex((tables) => tables.includes(wanted))
    const hasTable = (row: number) => wanted.length > 1 && tablesOf[row]?.some((table) => table.startsWith(wanted)) === true
    const score = (row: number) => (row === tableRow || bareCodes[row] === bare(wanted) ? 0 : names[row]?.startsWith(wanted) ? 1 : 2)
    return rows(register)
      .filter((row) => row === tableRow || hasTable(row) || parts.every((part) => texts[row]?.includes(` ${part}`) || codes[row]?.includes(part) || (bare(part) !== '' && bareCodes[row]?.includes(bare(part)))))
      .map((row) => ({ row, score: score(row), metres: metres?.[row] ?? null }))
      .sort((one, other) => one.score - other.score || (one.metres ?? 0) - (other.metres ?? 0) || one.row - other.row)
      .slice(0, most)
      .map(({ row, metres: distance }) => ({ row, metres: distance, table: row === tableRow ? (register.tables[row]?.find((table) => fold(table) === wanted) ?? null) : null }))
  }
}

/** A code as people type it: without its dashes and blanks. */
const bare = (code: string): string => code.replace(/[\s\p{Pd}]/gu, '')

const rows = (register: Register): number[] => register.code.map((_, row) => row)
