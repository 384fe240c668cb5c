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

/** Coordinators and leads of whom there was a sign since, other than these, the latest first. */
export const heardSince = (tx: Tx, at: string, others: readonly string[]) =>
  tx.selectFrom('sessions').innerJoin('people', 'people.id', 'sessions.person').select((of) => ['people.id', 'people.name', of.fn.max('lastHeardAt').as('at')])
    .where('people.role', 'in', ['coordinator', 'lead']).where('people.state', '=', 'joined').where('lastHeardAt', '>=', at).where('people.id', 'not in', others.length > 0 ? [...others] : [''])
    .groupBy(['people.id', 'people.name']).orderBy('at', 'desc').orderBy('people.id').limit(20).execute()
