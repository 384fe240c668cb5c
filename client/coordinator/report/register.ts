import { signal } from '@preact/signals'
import { type Register, registerCall } from '../../../shared/stations.ts'
import { fold } from '../../../shared/pack.ts'
import { call } from '../../kit/call.ts'

const kept = signal<Register | null>(null)

/** The register of stations, fetched once and then only when it changed. */
export async function loadRegister(): Promise<Register> {
  const have = kept.peek()
  const { register } = await call(registerCall, have ? { have: have.version } : {})
  if (register) kept.value = register
  const now = register ?? have
  if (!now) throw new Error('the register is not there')
  return now
}

/** A station by its code: its name where the register is here. */
export function stationName(code: string): string {
  const register = kept.value
  const at = register?.code.indexOf(code) ?? -1
  return register?.name[at] ?? code
}

export type Found = { code: string; name: string; municipality: string; department: string; tables: readonly string[] }

export const stationAt = (register: Register, at: number): Found => ({
  code: register.code[at] ?? '', name: register.name[at] ?? '', municipality: register.municipality[at] ?? '', department: register.department[at] ?? '', tables: register.tables[at] ?? [],
})

export function findStation(register: Register, code: string): Found | null {
  const at = register.code.indexOf(code)
  return at < 0 ? null : stationAt(register, at)
}

/** Stations whose code, name, place or a table has all the words; those whose code or name has most of them first. */
export function searchStations(register: Register, text: string, most: number): { found: Found[]; all: number } {
  const wanted = fold(text).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return { found: [], all: 0 }
  const hits: { at: number; named: number }[] = []
  register.code.forEach((code, at) => {
    const name = ` ${fold(code)} ${fold(register.name[at] ?? '')} `
    const about = `${name} ${fold(register.municipality[at] ?? '')} ${fold(register.department[at] ?? '')} ${fold(register.district[at] ?? '')} ${(register.tables[at] ?? []).join(' ')}`
    if (wanted.every((word) => about.includes(word))) hits.push({ at, named: wanted.filter((word) => name.includes(` ${word}`)).length + wanted.filter((word) => name.includes(` ${word} `)).length })
  })
  hits.sort((one, other) => other.named - one.named)
  return { found: hits.slice(0, most).map(({ at }) => stationAt(register, at)), all: hits.length }
}

export const departmentsOf = (register: Register): string[] => [...new Set(register.department)].sort((one, other) => one.localeCompare(other))
