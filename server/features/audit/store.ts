import { sql } from 'kysely'
import type { Tx } from '../../platform/database/open.ts'

export type FactFilter = { begins: readonly string[]; isOther: boolean; person: string | undefined; viewer: string; thing: string | undefined; from: string | undefined; until: string | undefined; blind: readonly string[] }

/** The number at which the report of a fact was next decided; null while its round is open. */
const decidedAfter = sql<number | null>`(select min(later.number) from journal_subjects mine inner join journal_subjects same on same.type = mine.type and same.id = mine.id inner join journal later on later.number = same.number
  where mine.number = journal.number and mine.type = 'report' and later.kind = 'verdict.given' and later.number > journal.number)`

/** Facts of a filter below a number, newest first. Whoever filters by a person does not learn from it who gave an open verdict. */
export function pageOfFacts(tx: Tx, filter: FactFilter, before: number | null, limit: number) {
  const { begins, isOther, person, viewer, thing, from, until, blind } = filter
  let query = tx.selectFrom('journal').leftJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['journal.number', 'kind', 'at', 'commitment', 'leaf', 'chain', 'body']).select(decidedAfter.as('decidedAfter'))
  if (before !== null) query = query.where('journal.number', '<', before)
  if (from) query = query.where('at', '>=', from)
  if (until) query = query.where('at', '<=', until)
  if (begins.length > 0) query = query.where((eb) => {
    const named = eb.or(begins.map((begin) => eb('kind', 'like', `${begin}%`)))
    return isOther ? eb.not(named) : named
  })
  if (thing !== undefined) query = query.where((eb) => eb.exists(eb.selectFrom('journalSubjects').select('journalSubjects.id').whereRef('journalSubjects.number', '=', 'journal.number').where('journalSubjects.id', '=', thing)))
  if (person !== undefined) {
    query = query.where((eb) => eb.or([
      eb('body', 'like', `{"v":1,"actor":{"kind":"person","id":"${person}"}%`),
      eb.exists(eb.selectFrom('journalSubjects').select('journalSubjects.id').whereRef('journalSubjects.number', '=', 'journal.number').where('type', '=', 'person').where('journalSubjects.id', '=', person)),
    ]))
    if (person !== viewer) query = query.where((eb) => eb.or([eb('kind', 'not in', [...blind]), eb(decidedAfter, 'is not', null)]))
  }
  return query.orderBy('journal.number', 'desc').limit(limit).execute()
}

/** Every fact after a number with what anybody needs to follow the chain, oldest first. */
export const chainAfter = (tx: Tx, after: number, limit: number) =>
  tx.selectFrom('journal').leftJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['journal.number', 'kind', 'at', 'commitment', 'leaf', 'chain', 'body']).select(decidedAfter.as('decidedAfter'))
    .where('journal.number', '>', after).orderBy('journal.number').limit(limit).execute()

export const findHead = (tx: Tx) => tx.selectFrom('journal').select(['number', 'at', 'chain']).orderBy('number', 'desc').limit(1).executeTakeFirst()

/** The things of facts, each with the name by which people know it. */
export async function thingsOf(tx: Tx, numbers: readonly number[]) {
  if (numbers.length === 0) return []
  return tx.selectFrom('journalSubjects').leftJoin('reports', (on) => on.onRef('reports.id', '=', 'journalSubjects.id').on('journalSubjects.type', '=', 'report')).leftJoin('people', (on) => on.onRef('people.id', '=', 'journalSubjects.id').on('journalSubjects.type', '=', 'person'))
    .select(['journalSubjects.number', 'type', 'journalSubjects.id', 'reports.number as reportNumber', 'people.name']).where('journalSubjects.number', 'in', [...numbers]).orderBy('journalSubjects.number').orderBy('type').orderBy('journalSubjects.id').execute()
}

export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  return new Map((await tx.selectFrom('people').select(['id', 'name']).where('id', 'in', [...ids]).execute()).map((row) => [row.id, row.name]))
}

export const findReportByNumber = (tx: Tx, number: number) => tx.selectFrom('reports').select('id').where('number', '=', number).executeTakeFirst()
