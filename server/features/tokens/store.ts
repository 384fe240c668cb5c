import type { Tx } from '../../platform/database/open.ts'
import type { TokenRow } from './tables.ts'

export const findToken = (tx: Tx, id: string): Promise<TokenRow | undefined> => tx.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst()

/** A token with its owner and what became of that person. */
export const findTokenByHash = (tx: Tx, tokenHash: string): Promise<(TokenRow & { role: string; state: string; lastUsedAt: string | null }) | undefined> =>
  tx.selectFrom('tokens').innerJoin('people', 'people.id', 'tokens.owner').leftJoin('tokenUses', 'tokenUses.token', 'tokens.id')
    .selectAll('tokens').select(['people.role', 'people.state', 'tokenUses.lastUsedAt']).where('tokenHash', '=', tokenHash).executeTakeFirst()

/** Newest first. */
export const listTokens = (tx: Tx): Promise<(TokenRow & { ownerName: string; creatorName: string; lastUsedAt: string | null })[]> =>
  tx.selectFrom('tokens').innerJoin('people as owners', 'owners.id', 'tokens.owner').innerJoin('people as creators', 'creators.id', 'tokens.createdBy').leftJoin('tokenUses', 'tokenUses.token', 'tokens.id')
    .selectAll('tokens').select(['owners.name as ownerName', 'creators.name as creatorName', 'tokenUses.lastUsedAt']).orderBy('tokens.createdAt', 'desc').orderBy('tokens.id').limit(500).execute()

export const findOwner = (tx: Tx, id: string): Promise<{ id: string; name: string; role: string; state: string } | undefined> =>
  tx.selectFrom('people').select(['id', 'name', 'role', 'state']).where('id', '=', id).executeTakeFirst()

export async function keepUse(tx: Tx, token: string, now: string): Promise<void> {
  await tx.insertInto('tokenUses').values({ token, lastUsedAt: now }).onConflict((on) => on.column('token').doUpdateSet({ lastUsedAt: now })).execute()
}
