import { createHash } from 'node:crypto'
import type { Tx } from '../../platform/database/open.ts'
import type { PasskeyRow, PasskeyUseRow, PassphraseRow, PassphraseSecretRow, RecoveryCodeRow, SignInNameRow } from './tables.ts'

/** Facts that say that a lead ended how this person signs in, or, to a lead, how another does; newest first. */
export const listEndedWays = (tx: Tx, person: string): Promise<{ number: number; at: string; kind: string; body: string }[]> =>
  tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['journal.number', 'journal.at', 'journal.kind', 'journalBodies.body'])
    .where('journalSubjects.type', '=', 'person').where('journalSubjects.id', '=', person).where('journal.kind', 'in', ['staff.passkey_ended', 'staff.ways_ended']).orderBy('journal.number', 'desc').execute()

/** For recovery codes and device cookies: they hold 80 bits of chance and more, so that no slow hash is needed. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What the journal holds of a passphrase's secrets: enough to see that they were changed behind its back. */
export const commitmentOf = ({ hash, totp }: Pick<PassphraseSecretRow, 'hash' | 'totp'>): string => createHash('sha256').update(JSON.stringify([hash, totp])).digest('hex')

export const findPerson = (tx: Tx, id: string): Promise<{ id: string; name: string; role: string; state: string } | undefined> =>
  tx.selectFrom('people').select(['id', 'name', 'role', 'state']).where('id', '=', id).executeTakeFirst()

export const findName = (tx: Tx, person: string): Promise<SignInNameRow | undefined> => tx.selectFrom('signInNames').selectAll().where('person', '=', person).executeTakeFirst()
export const findByName = (tx: Tx, name: string): Promise<SignInNameRow | undefined> => tx.selectFrom('signInNames').selectAll().where('name', '=', name).executeTakeFirst()
export const takenNames = async (tx: Tx): Promise<Set<string>> => new Set((await tx.selectFrom('signInNames').select('name').execute()).map(({ name }) => name))

export const listPasskeys = (tx: Tx, person: string): Promise<(PasskeyRow & { lastUsedAt: string | null })[]> =>
  tx.selectFrom('passkeys').leftJoin('passkeyUses', 'passkeyUses.passkey', 'passkeys.id').selectAll('passkeys').select('passkeyUses.lastUsedAt').where('person', '=', person).where('endedAt', 'is', null).orderBy('madeAt').orderBy('id').execute()

/** Also one that has ended: its id is taken for ever. */
export const findPasskey = (tx: Tx, id: string): Promise<(PasskeyRow & { counter: number | null }) | undefined> =>
  tx.selectFrom('passkeys').leftJoin('passkeyUses', 'passkeyUses.passkey', 'passkeys.id').selectAll('passkeys').select('passkeyUses.counter').where('id', '=', id).executeTakeFirst()

export async function keepPasskeyUse(tx: Tx, use: PasskeyUseRow): Promise<void> {
  await tx.insertInto('passkeyUses').values(use).onConflict((on) => on.column('passkey').doUpdateSet({ counter: use.counter, lastUsedAt: use.lastUsedAt })).execute()
}

/** The passphrase that holds, with its secrets where they are there. */
export const findPassphrase = (tx: Tx, person: string): Promise<(PassphraseRow & { hash: string | null; totp: string | null; lastStep: number | null }) | undefined> =>
  tx.selectFrom('passphrases').leftJoin('passphraseSecrets', 'passphraseSecrets.passphrase', 'passphrases.id').selectAll('passphrases').select(['hash', 'totp', 'lastStep']).where('person', '=', person).where('endedAt', 'is', null).executeTakeFirst()

export async function keepSecret(tx: Tx, secret: PassphraseSecretRow): Promise<void> {
  await tx.insertInto('passphraseSecrets').values(secret).execute()
}

export async function forgetSecret(tx: Tx, passphrase: string): Promise<void> {
  await tx.deleteFrom('passphraseSecrets').where('passphrase', '=', passphrase).execute()
}

/** Marks a code's step as used; false where it, or a later one, was used already. */
export async function useStep(tx: Tx, passphrase: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('passphraseSecrets').set({ lastStep: step }).where('passphrase', '=', passphrase).where('lastStep', '<', step).executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export const listCodes = (tx: Tx, person: string): Promise<RecoveryCodeRow[]> =>
  tx.selectFrom('recoveryCodes').selectAll().where('person', '=', person).where('usedAt', 'is', null).where('endedAt', 'is', null).orderBy('id').execute()

export const findSession = (tx: Tx, id: string): Promise<{ provedAt: string | null } | undefined> => tx.selectFrom('sessions').select('provedAt').where('id', '=', id).executeTakeFirst()

export async function keepProof(tx: Tx, session: string, now: string): Promise<void> {
  await tx.updateTable('sessions').set({ provedAt: now }).where('id', '=', session).execute()
}

/** Whether this browser was used by this person before. */
export const knowsDevice = async (tx: Tx, tokenHash: string, person: string): Promise<boolean> =>
  (await tx.selectFrom('devices').select('person').where('tokenHash', '=', tokenHash).where('person', '=', person).executeTakeFirst()) !== undefined
