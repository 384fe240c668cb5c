import type { Tx } from '../../platform/database/open.ts'
import type { InviteRow, OrganisationRow, PersonRow } from './tables.ts'

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

export const findInvite = (tx: Tx, by: 'tokenHash' | 'codeHash', hash: string): Promise<InviteRow | undefined> => tx.selectFrom('invites').selectAll().where(by, '=', hash).executeTakeFirst()

/** Whether the mission has ended: then observers are out. */
export const missionIsClosed = async (tx: Tx): Promise<boolean> => (await tx.selectFrom('mission').select('closedAt').executeTakeFirst())?.closedAt != null

/** Who has a passkey or a passphrase. */
export async function listWithWay(tx: Tx): Promise<Set<string>> {
  const passkeys = await tx.selectFrom('passkeys').select('person').distinct().where('endedAt', 'is', null).execute()
  const passphrases = await tx.selectFrom('passphrases').select('person').distinct().where('endedAt', 'is', null).execute()
  return new Set([...passkeys, ...passphrases].map(({ person }) => person))
}

export async function lastObserverNumber(tx: Tx): Promise<number | null> {
  return (await tx.selectFrom('counters').select('value').where('name', '=', 'observer').executeTakeFirst())?.value ?? null
}

/** The facts in (since, until] that every lead is told of, oldest first. */
export const listNoticeFacts = (tx: Tx, since: number, until: number): Promise<{ number: number; at: string; kind: string; body: string }[]> =>
  tx.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['journal.number', 'journal.at', 'journal.kind', 'journalBodies.body'])
    .where('journal.kind', 'in', ['lead.link_made', 'person.role_changed', 'staff.passkey_ended', 'staff.ways_ended']).where('journal.number', '>', since).where('journal.number', '<=', until).orderBy('journal.number').execute()
