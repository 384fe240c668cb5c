import type { Tx } from '../../platform/database/open.ts'

/** The last fact of the journal at a moment. */
export const factAt = (tx: Tx, at: string) => tx.selectFrom('journal').select(['number', 'at', 'chain']).where('at', '<=', at).orderBy('number', 'desc').limit(1).executeTakeFirst()

/** How many reports a fact up to a number speaks of. */
export async function countAt(tx: Tx, until: number): Promise<number> {
  const { count } = await tx.selectFrom('journalSubjects').select((eb) => eb.fn.count<number>('id').distinct().as('count')).where('type', '=', 'report').where('number', '<=', until).executeTakeFirstOrThrow()
  return Number(count)
}

/** Every one of them that a later fact speaks of, too. */
export const changedSince = async (tx: Tx, until: number): Promise<string[]> =>
  (await tx.selectFrom('journalSubjects').select('id').where('type', '=', 'report').groupBy('id').having((eb) => eb.and([eb(eb.fn.min('number'), '<=', until), eb(eb.fn.max('number'), '>', until)])).orderBy('id').execute()).map(({ id }) => id)

/** Facts about these reports, their pictures and releases, in their order. A body that was erased is left out. */
export const factsOf = (tx: Tx, reports: readonly string[], until: number) =>
  tx.selectFrom('journalBodies').select(['number', 'body'])
    .where('number', 'in', (eb) => eb.selectFrom('journalSubjects').select('number').where('type', '=', 'report').where('id', 'in', [...reports]).where('number', '<=', until))
    .orderBy('number').execute()

/** The number of the last fact about each of these reports up to a number. */
export async function versionsAt(tx: Tx, reports: readonly string[], until: number): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('journalSubjects').select((eb) => ['id', eb.fn.max('number').as('version')]).where('type', '=', 'report').where('id', 'in', [...reports]).where('number', '<=', until).groupBy('id').execute()
  return new Map(rows.map(({ id, version }) => [id, Number(version)]))
}

export const people = async (tx: Tx) => new Map((await tx.selectFrom('people').select(['id', 'name', 'number', 'organisation']).execute()).map((row) => [row.id, row]))
export const stations = async (tx: Tx) => new Map((await tx.selectFrom('stations').select(['code', 'name', 'department', 'municipality', 'latitude', 'longitude']).execute()).map((row) => [row.code, row]))
