import type { Handle, Tx } from '../../platform/database/open.ts'
import type { SessionRow } from './tables.ts'

/** Who somebody is, as far as a session goes. */
export const findHolder = (tx: Tx, id: string): Promise<{ role: string; state: string } | undefined> => tx.selectFrom('people').select(['role', 'state']).where('id', '=', id).executeTakeFirst()

/** When each person was last heard of, in any session. */
export async function lastHeard(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('sessions').select((of) => ['person', of.fn.max('lastHeardAt').as('at')]).groupBy('person').execute()
  return new Map(rows.map((row) => [row.person, row.at]))
}

export const findSessionByToken = (tx: Tx, tokenHash: string): Promise<SessionRow | undefined> => tx.selectFrom('sessions').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst()

/** Sessions and whoever holds them, by one statement: every call asks, and what it is told is of one moment. */
export const withHolders = (db: Handle, by: 'tokenHash' | 'id', keys: readonly string[]) =>
  db.selectFrom('sessions').innerJoin('people', 'people.id', 'sessions.person').select(['sessions.id', 'sessions.tokenHash', 'sessions.person', 'sessions.createdAt', 'sessions.lastHeardAt', 'sessions.endedAt', 'people.role', 'people.state'])
    .where(`sessions.${by}`, 'in', keys).execute()

export const findSession = (tx: Tx, id: string): Promise<SessionRow | undefined> => tx.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()

export async function openSession(tx: Tx, session: { id: string; person: string; tokenHash: string; now: string; phone: string | null }): Promise<void> {
  const { id, person, tokenHash, now, phone } = session
  await tx.insertInto('sessions').values({ id, person, tokenHash, createdAt: now, lastHeardAt: now, endedAt: null, provedAt: now, device: null, address: null, newDevice: 0, phone }).execute()
}

export async function endSession(tx: Tx, id: string, now: string): Promise<void> {
  await tx.updateTable('sessions').set({ endedAt: now }).where('id', '=', id).where('endedAt', 'is', null).execute()
}

export const sessionsOf = (tx: Tx, person: string): Promise<SessionRow[]> => tx.selectFrom('sessions').selectAll().where('person', '=', person).orderBy('createdAt').execute()

/** Ends all sessions of a person, and says which. */
export async function endSessionsOf(tx: Tx, person: string, now: string): Promise<string[]> {
  const open = await tx.selectFrom('sessions').select('id').where('person', '=', person).where('endedAt', 'is', null).execute()
  await tx.updateTable('sessions').set({ endedAt: now }).where('person', '=', person).where('endedAt', 'is', null).execute()
  return open.map((session) => session.id)
}

export async function hearSessions(tx: Tx, ids: readonly string[], now: string): Promise<void> {
  for (const id of ids) await tx.updateTable('sessions').set({ lastHeardAt: now }).where('id', '=', id).where('lastHeardAt', '<', now).execute()
}

export const listOpenSessions = (tx: Tx, person: string): Promise<SessionRow[]> =>
  tx.selectFrom('sessions').selectAll().where('person', '=', person).where('endedAt', 'is', null).orderBy('createdAt', 'desc').orderBy('id').limit(200).execute()

export async function noteSession(tx: Tx, id: string, from: Pick<SessionRow, 'device' | 'address' | 'newDevice'>): Promise<void> {
  await tx.updateTable('sessions').set(from).where('id', '=', id).execute()
}

export async function knowSession(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('sessions').set({ newDevice: 0 }).where('id', '=', id).execute()
}

export const knowsDevice = async (tx: Tx, tokenHash: string, person: string): Promise<boolean> =>
  (await tx.selectFrom('devices').select('person').where('tokenHash', '=', tokenHash).where('person', '=', person).executeTakeFirst()) !== undefined

export const countDevices = async (tx: Tx, person: string): Promise<number> => (await tx.selectFrom('devices').select('person').where('person', '=', person).execute()).length

export async function keepDevice(tx: Tx, tokenHash: string, person: string, now: string): Promise<void> {
  await tx.insertInto('devices').values({ tokenHash, person, firstAt: now, lastAt: now }).onConflict((on) => on.columns(['tokenHash', 'person']).doUpdateSet({ lastAt: now })).execute()
}

/** Addresses that were not cut to their network yet. */
export async function listWholeAddresses(tx: Tx): Promise<{ id: string; address: string; createdAt: string }[]> {
  const rows = await tx.selectFrom('sessions').select(['id', 'address', 'createdAt']).where('address', 'is not', null).where('address', 'not like', '%/%').execute()
  return rows.flatMap(({ id, address, createdAt }) => (address === null || address === '' ? [] : [{ id, address, createdAt }]))
}

export async function setAddress(tx: Tx, id: string, address: string): Promise<void> {
  await tx.updateTable('sessions').set({ address }).where('id', '=', id).execute()
}
