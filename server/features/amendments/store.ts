import type { Tx } from '../../platform/database/open.ts'
import type { AmendmentRow } from './tables.ts'

export const findAmendment = (tx: Tx, id: string): Promise<AmendmentRow | undefined> => tx.selectFrom('amendments').selectAll().where('id', '=', id).executeTakeFirst()

export async function countAmendments(tx: Tx, report: string): Promise<number> {
  return Number((await tx.selectFrom('amendments').select((eb) => eb.fn.countAll<number>().as('count')).where('report', '=', report).executeTakeFirstOrThrow()).count)
}

export const photosOf = async (tx: Tx, report: string): Promise<string[]> => (await tx.selectFrom('photos').select('sha256').where('report', '=', report).execute()).map(({ sha256 }) => sha256)
