import type { Tx } from '../../platform/database/open.ts'
import type { PhoneKeyRow } from './tables.ts'

export const findOfSession = (tx: Tx, session: string): Promise<PhoneKeyRow | undefined> => tx.selectFrom('phoneKeys').selectAll().where('session', '=', session).executeTakeFirst()

/** Whether somebody else holds this key. */
export const isAnothers = async (tx: Tx, publicKey: string, person: string): Promise<boolean> =>
  (await tx.selectFrom('phoneKeys').select('id').where('publicKey', '=', publicKey).where('person', '!=', person).executeTakeFirst()) !== undefined

/** Every key that a person's phones ever registered, the newest first. */
export const keysOf = (tx: Tx, person: string): Promise<PhoneKeyRow[]> => tx.selectFrom('phoneKeys').selectAll().where('person', '=', person).orderBy('madeAt', 'desc').orderBy('id', 'desc').execute()

export const endOf = async (tx: Tx, id: string): Promise<string | null> => (await tx.selectFrom('phoneKeys').select('endedAt').where('id', '=', id).executeTakeFirst())?.endedAt ?? null

/** The keys that are in use in sessions of this person, or in this session. */
export function liveKeys(tx: Tx, of: { person: string } | { session: string }): Promise<Pick<PhoneKeyRow, 'id'>[]> {
  const live = tx.selectFrom('phoneKeys').select('id').where('endedAt', 'is', null)
  return ('person' in of ? live.where('person', '=', of.person) : live.where('session', '=', of.session)).orderBy('id').execute()
}

/** The same of what authors said of their reports later. */
export const amendmentsAfter = (tx: Tx, after: string, limit: number) =>
  tx.selectFrom('amendments').innerJoin('reports', 'reports.id', 'amendments.report').leftJoin('phoneKeys', 'phoneKeys.id', 'amendments.signingKey')
    .select(['amendments.id', 'reports.number', 'amendments.author', 'amendments.statement', 'amendments.signature', 'amendments.signed', 'phoneKeys.publicKey', 'phoneKeys.person'])
    .where('amendments.id', '>', after).orderBy('amendments.id').limit(limit).execute()

/** A page of reports after one, each with what is needed to look at its signature again. */
export const reportsAfter = (tx: Tx, after: string, limit: number) =>
  tx.selectFrom('reports').leftJoin('phoneKeys', 'phoneKeys.id', 'reports.signingKey')
    .select(['reports.id', 'reports.number', 'reports.author', 'reports.statement', 'reports.signature', 'reports.signed', 'phoneKeys.publicKey', 'phoneKeys.person'])
    .where('reports.id', '>', after).orderBy('reports.id').limit(limit).execute()

export const countOf = async (tx: Tx, table: 'reports' | 'amendments'): Promise<number> => Number((await tx.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
