import type { Tx } from '../../platform/database/open.ts'
import type { StationRow, StationTableRow } from './tables.ts'

export const listStations = (tx: Tx): Promise<StationRow[]> => tx.selectFrom('stations').selectAll().orderBy('code').execute()

export const listTables = (tx: Tx): Promise<StationTableRow[]> => tx.selectFrom('stationTables').selectAll().orderBy('code').execute()

export const listPlaces = (tx: Tx): Promise<{ latitude: number; longitude: number }[]> => tx.selectFrom('stations').select(['latitude', 'longitude']).execute()

/** The register's facts all have this subject. */
export const registerSubject = { type: 'register', id: 'register' } as const

/** The journal's number of the last import; 0 before the first. */
export async function lastImport(tx: Tx): Promise<number> {
  const { type, id } = registerSubject
  const found = await tx.selectFrom('journalSubjects').select((of) => of.fn.max('number').as('number')).where('type', '=', type).where('id', '=', id).executeTakeFirst()
  return found?.number ?? 0
}
