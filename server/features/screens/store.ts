import type { Tx } from '../../platform/database/open.ts'
import type { ScreenFaultRow } from './tables.ts'

export const findFault = (tx: Tx, id: string): Promise<ScreenFaultRow | undefined> => tx.selectFrom('screenFaults').selectAll().where('id', '=', id).executeTakeFirst()

export async function keepFault(tx: Tx, fault: ScreenFaultRow): Promise<void> {
  await tx.insertInto('screenFaults').values(fault).execute()
}

export async function faultsUntilNow(tx: Tx): Promise<{ count: number; last: string | null }> {
  const row = await tx.selectFrom('screenFaults').select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('at').as('last')]).executeTakeFirstOrThrow()
  return { count: Number(row.count), last: row.last }
}
