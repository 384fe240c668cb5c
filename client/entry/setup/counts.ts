import { signal } from '@preact/signals'
import { listPeopleCall } from '../../../shared/people.ts'
import { registerCall } from '../../../shared/stations.ts'
import { call } from '../../kit/call.ts'

export type Counts = { people: number; stations: number; tables: number }

/** How many people, stations and tables the mission has, as it was last told; null before. */
export const counts = signal<Counts | null>(null)

/** Asks for them. Throws what a call throws; what was told before stays then. */
export async function loadCounts(): Promise<Counts> {
  const [{ people }, { register }] = await Promise.all([call(listPeopleCall, {}), call(registerCall, {})])
  const told = { people: people.filter((one) => one.state !== 'retired').length, stations: register?.code.length ?? 0, tables: register?.tables.flat().length ?? 0 }
  counts.value = told
  return told
}
