import type { Tx } from '../../platform/database/open.ts'

export async function findEmbargo(tx: Tx): Promise<string | null> {
  return (await tx.selectFrom('pressRules').select('embargo').executeTakeFirst())?.embargo ?? null
}

const held = (tx: Tx) => tx.selectFrom('releases').select(['id', 'report', 'embargoUntil', 'embargoStatement', 'retractedAt']).where('held', '=', 1)

export const findRelease = (tx: Tx, id: string) => tx.selectFrom('releases').select(['id', 'report', 'held', 'retractedAt']).where('id', '=', id).executeTakeFirst()

/** Held releases whose time is over and that wait for nothing else. */
export const overAt = (tx: Tx, now: string) =>
  held(tx).where('retractedAt', 'is', null).where('embargoStatement', '=', 0).where('embargoUntil', '<=', now).orderBy('embargoUntil').orderBy('id').execute()

export const waitingForStatement = (tx: Tx) => held(tx).where('retractedAt', 'is', null).where('embargoStatement', '=', 1).orderBy('releasedAt').orderBy('id').execute()
