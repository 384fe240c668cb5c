import { signal } from '@preact/signals'
import { type Register, registerCall } from '../../../../shared/stations.ts'
import { call } from '../../../kit/call.ts'
import { fold } from '../../../../shared/pack.ts'

/** The register of stations, once it was needed; 'failed' when it could not be had. */
export const register = signal<Register | 'failed' | null>(null)
let asking = false

export async function askRegister(): Promise<void> {
  if (asking || (register.peek() !== null && register.peek() !== 'failed')) return
  asking = true
  try {
    register.value = (await call(registerCall, {})).register ?? 'failed'
  } catch {
    register.value = 'failed'
  } finally {
    asking = false
  }
}

export type FoundStation = { code: string; name: string; municipality: string; department: string; tables: readonly string[] }

const at = (stations: Register, index: number): FoundStation => ({ code: stations.code[index] ?? '', name: stations.name[index] ?? '', municipality: stations.municipality[index] ?? '', department: stations.department[index] ?? '', tables: stations.tables[index] ?? [] })

export function stationOf(stations: Register, code: string): FoundStation | null {
  const index = stations.code.indexOf(code)
  return index < 0 ? null : at(stations, index)
}

/** Stations whose name, code or one of whose tables begins with or holds what is typed; codes first. */
export function findStations(stations: Register, typed: string, most = 8): FoundStation[] {
  const asked = fold(typed.trim())
  if (asked === '') return []
  const found: { index: number; rank: number }[] = []
  stations.code.forEach((code, index) => {
    const name = fold(stations.name[index] ?? '')
    const rank = fold(code).startsWith(asked) ? 0 : stations.tables[index]?.some((table) => fold(table) === asked) ? 1 : name.startsWith(asked) ? 2 : asked.split(/\s+/).every((part) => name.includes(part)) ? 3 : 9
    if (rank < 9) found.push({ index, rank })
  })
  return found.sort((one, other) => one.rank - other.rank).slice(0, most).map(({ index }) => at(stations, index))
}

export const departmentsOf = (stations: Register): string[] => [...new Set(stations.department)].sort((one, other) => one.localeCompare(other))
