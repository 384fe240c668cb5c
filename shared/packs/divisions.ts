import { fold } from '../pack.ts'
import salvador from './divisions-sv.json' with { type: 'json' }

/** A country's divisions in three levels, and the text of law that they are taken from. */
export type Divisions = { source: string; country: string; departments: { code: string; name: string; municipalities: { name: string; districts: string[] }[] }[] }

export type Division = { department: string; municipality: string; district: string }

/** Which part of a place no law knows, and what was probably meant. */
export type DivisionFault = {
  column: keyof Division
  reason: 'unknown_department' | 'unknown_municipality' | 'unknown_district'
  found: string
  hint: string | null
}

const known: readonly Divisions[] = [salvador]

/** The divisions of a country (ISO 3166-1 alpha-2), or nothing: then a register's names are taken as they are. */
export function divisionsOf(country: string | null): Divisions | null {
  return known.find((one) => one.country === country) ?? null
}

/** The place as the law spells it (case, accents and spaces do not count), or its first unknown part. An empty district stays empty. */
export function findDivision(divisions: Divisions, given: Division): { place: Division } | { fault: DivisionFault } {
  const asked = { department: plain(given.department), municipality: plain(given.municipality), district: plain(given.district) }
  const department = divisions.departments.find((one) => named(one.name, asked.department))
  if (!department) return { fault: { column: 'department', reason: 'unknown_department', found: given.department, hint: nearest(given.department, divisions.departments.map((one) => one.name)) } }

  const municipality = department.municipalities.find((one) => named(one.name, asked.municipality))
  if (!municipality) {
    // The districts are the municipalities of before May 2024: an older register names one of them.
    const since2024 = department.municipalities.find((one) => one.districts.some((name) => named(name, asked.municipality)))
    const hint = since2024?.name ?? nearest(given.municipality, department.municipalities.map((one) => one.name))
    return { fault: { column: 'municipality', reason: 'unknown_municipality', found: given.municipality, hint } }
  }

  const place = { department: department.name, municipality: municipality.name }
  if (asked.district === '') return { place: { ...place, district: '' } }
  const district = municipality.districts.find((name) => named(name, asked.district))
  if (!district) return { fault: { column: 'district', reason: 'unknown_district', found: given.district, hint: nearest(given.district, municipality.districts) } }
  return { place: { ...place, district } }
}

const plain = (name: string) => fold(name).trim().replace(/\s+/g, ' ')

/** Folded once: a register of 50,000 lines asks for the same few hundred names. */
const plainLaw = new Map(known.flatMap((country) => country.departments).flatMap((department) => [department.name, ...department.municipalities.flatMap((one) => [one.name, ...one.districts])]).map((name) => [name, plain(name)]))
const named = (law: string, given: string) => plainLaw.get(law) === given

/** The name that a slip of the hand turns into this one: at most a third of its letters apart. */
function nearest(given: string, names: string[]): string | null {
  const apart = names.map((name) => ({ name, steps: stepsBetween(plain(given), plain(name)) })).sort((one, other) => one.steps - other.steps)[0]
  return apart && apart.steps <= Math.ceil(apart.name.length / 3) ? apart.name : null
}

/** Levenshtein's distance: letters added, dropped or changed. */
function stepsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [down, letter] of [...from].entries()) {
    const next = [down + 1]
    for (const [right, other] of [...to].entries()) next.push(Math.min(row[right]! + (letter === other ? 0 : 1), row[right + 1]! + 1, next[right]! + 1))
    row = next
  }
  return row[to.length]!
}
