import { createHash } from 'node:crypto'
import { shortCodeIn } from '../../../shared/codes.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { InviteRow, OrganisationRow, PersonRow, SessionRow } from './tables.ts'

/** How links, cookies and short codes are kept: their SHA-256 alone. They hold 256 bits of chance, a code 60, so no slow hash is needed. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

export const findPerson = (tx: Tx, id: string): Promise<PersonRow | undefined> => tx.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst()

/** In order of invitation. */
export const listPeople = (tx: Tx): Promise<PersonRow[]> => tx.selectFrom('people').selectAll().orderBy('invitedAt').orderBy('id').execute()

export const listActiveLeads = (tx: Tx): Promise<PersonRow[]> =>
  tx.selectFrom('people').selectAll().where('role', '=', 'lead').where('state', '!=', 'retired').orderBy('invitedAt').orderBy('id').execute()

export const listOrganisations = (tx: Tx): Promise<OrganisationRow[]> => tx.selectFrom('organisations').selectAll().orderBy('name').orderBy('code').execute()

export const findOrganisation = (tx: Tx, code: string): Promise<OrganisationRow | undefined> => tx.selectFrom('organisations').selectAll().where('code', '=', code).executeTakeFirst()

/** Links that were neither used nor ended; their time may be over. Of one person, or of all. */
export async function listOpenInvites(tx: Tx, person?: string): Promise<InviteRow[]> {
  let query = tx.selectFrom('invites').selectAll().where('usedAt', 'is', null).where('endedAt', 'is', null)
  if (person !== undefined) query = query.where('person', '=', person)
  return query.orderBy('id').execute()
}

/** By a link's token, or by the short code of a card as somebody typed it. */
export function findInvite(tx: Tx, token: string): Promise<InviteRow | undefined> {
  const code = shortCodeIn(token)
  return tx.selectFrom('invites').selectAll().where(code === null ? 'tokenHash' : 'codeHash', '=', tokenHash(code ?? token)).executeTakeFirst()
}

/** Whether the mission has ended: then observers are out. */
export const missionIsClosed = async (tx: Tx): Promise<boolean> => (await tx.selectFrom('mission').select('closedAt').executeTakeFirst())?.closedAt != null

/** Who has a passkey or a passphrase. */
export async function listWithWay(tx: Tx): Promise<Set<string>> {
  const passkeys = await tx.selectFrom('passkeys').select('person').distinct().where('endedAt', 'is', null).execute()
  const passphrases = await tx.selectFrom('passphrases').select('person').distinct().where('endedAt', 'is', null).execute()
  return new Set([...passkeys, ...passphrases].map(({ person }) => person))
}

/** When each person was last heard of, in any session. */
export async function lastHeard(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('sessions').select((of) => ['person', of.fn.max('lastHeardAt').as('at')]).groupBy('person').execute()
  return new Map(rows.map((row) => [row.person, row.at]))
}

export async function lastObserverNumber(tx: Tx): Promise<number | null> {
  return (await tx.selectFrom('counters').select('value').where('name', '=', 'observer').executeTakeFirst())?.value ?? null
}

export const findSessionByToken = (tx: Tx, token: string): Promise<SessionRow | undefined> => tx.selectFrom('sessions').selectAll().where('tokenHash', '=', tokenHash(token)).executeTakeFirst()

export const findSession = (tx: Tx, id: string): Promise<SessionRow | undefined> => tx.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()

export async function openSession(tx: Tx, session: { id: string; person: string; token: string; now: string; phone: string | null }): Promise<void> {
  const { id, person, token, now, phone } = session
  await tx.insertInto('sessions').values({ id, person, tokenHash: tokenHash(token), createdAt: now, lastHeardAt: now, endedAt: null, provedAt: now, device: null, address: null, newDevice: 0, phone }).execute()
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

export const knowsDevice = async (tx: Tx, device: string, person: string): Promise<boolean> =>
  (await tx.selectFrom('devices').select('person').where('tokenHash', '=', tokenHash(device)).where('person', '=', person).executeTakeFirst()) !== undefined

export const countDevices = async (tx: Tx, person: string): Promise<number> => (await tx.selectFrom('devices').select('person').where('person', '=', person).execute()).length

export async function keepDevice(tx: Tx, device: string, person: string, now: string): Promise<void> {
  await tx.insertInto('devices').values({ tokenHash: tokenHash(device), person, firstAt: now, lastAt: now }).onConflict((on) => on.columns(['tokenHash', 'person']).doUpdateSet({ lastAt: now })).execute()
}

/** Addresses that were not cut to their network yet. */
export async function listWholeAddresses(tx: Tx): Promise<{ id: string; address: string; createdAt: string }[]> {
  const rows = await tx.selectFrom('sessions').select(['id', 'address', 'createdAt']).where('address', 'is not', null).where('address', 'not like', '%/%').execute()
  return rows.flatMap(({ id, address, createdAt }) => (address === null || address === '' ? [] : [{ id, address, createdAt }]))
}

export async function setAddress(tx: Tx, id: string, address: string): Promise<void> {
  await tx.updateTable('sessions').set({ address }).where('id', '=', id).execute()
}

/** The facts in (since, until] that every lead is told of, oldest first. */
export const listNoticeFacts = (tx: Tx, since: number, until: number): Promise<{ number: number; at: string; kind: string; body: string }[]> =>
  tx.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['journal.number', 'journal.at', 'journal.kind', 'journalBodies.body'])
    .where('journal.kind', 'in', ['lead.link_made', 'person.role_changed', 'staff.passkey_ended', 'staff.ways_ended']).where('journal.number', '>', since).where('journal.number', '<=', until).orderBy('journal.number').execute()
