import type { Tx } from '../../platform/database/open.ts'

/** The last fact of the journal at a moment. */
export const factAt = (tx: Tx, at: string) => tx.selectFrom('journal').select(['number', 'at', 'chain']).where('at', '<=', at).orderBy('number', 'desc').limit(1).executeTakeFirst()

/** Facts about reports and releases in (after, until], in their order. A body that was erased is left out. */
export const factsBetween = (tx: Tx, after: number, until: number, most: number) =>
  tx.selectFrom('journalBodies').select(['number', 'body']).where('number', '>', after).where('number', '<=', until)
    .where('number', 'in', (eb) => eb.selectFrom('journalSubjects').select('number').where('type', 'in', ['report', 'release']).where('number', '>', after).where('number', '<=', until))
    .orderBy('number').limit(most).execute()

/** The number of the last fact about each report up to a number. */
export async function versionsAt(tx: Tx, until: number): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('journalSubjects').select((eb) => ['id', eb.fn.max('number').as('version')]).where('type', '=', 'report').where('number', '<=', until).groupBy('id').execute()
  return new Map(rows.map(({ id, version }) => [id, Number(version)]))
}

export const people = async (tx: Tx) => new Map((await tx.selectFrom('people').select(['id', 'name', 'number', 'organisation']).execute()).map((row) => [row.id, row]))
export const stations = async (tx: Tx) => new Map((await tx.selectFrom('stations').select(['code', 'name', 'department', 'municipality', 'latitude', 'longitude']).execute()).map((row) => [row.code, row]))
