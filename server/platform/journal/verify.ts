import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Handle, Tx } from '../database/open.ts'
import { foldedTables, laterColumns } from '../database/schema.ts'
import type { FoldedTable } from '../database/schema.ts'
import { chainOf, commitmentOf, genesisOf, leafOf } from './chain.ts'

export type Fault = { where: string; what: string }
export type Verified = { facts: number; chain: string; faults: Fault[] }

// A body that somebody changed may be anything: what is folded is looked at first.
const RowsByTable = z.record(z.string(), z.array(z.record(z.string(), z.unknown())))
const Body = z.object({ subject: z.object({ type: z.string(), id: z.string() }), data: z.object({ put: z.optional(RowsByTable), set: z.optional(RowsByTable) }) })
type Body = z.infer<typeof Body>

type Rows = Map<FoldedTable, Map<string, Record<string, unknown>>>

const pageOfFacts = 1000

/** Walks the chain from its beginning, folds the facts, and compares the result with the tables, row by row. Reads only; names everything that does not agree. */
export async function verifyJournal(db: Handle): Promise<Verified> {
  return db.transaction().execute(async (tx) => {
    const faults: Fault[] = []
    const folded: Rows = new Map((Object.keys(foldedTables) as FoldedTable[]).map((table) => [table, new Map<string, Record<string, unknown>>()]))
    const mission = await tx.selectFrom('mission').select('id').executeTakeFirst()
    let chain = mission ? genesisOf(mission.id) : ''
    let number = 0
    for (;;) {
      const page = await tx.selectFrom('journal').leftJoin('journalBodies', 'journalBodies.number', 'journal.number')
        .select(['journal.number', 'kind', 'at', 'commitment', 'leaf', 'chain', 'salt', 'body']).where('journal.number', '>', number).orderBy('journal.number').limit(pageOfFacts).execute()
      if (page.length === 0) break
      const subjects = await subjectsOf(tx, number, page.at(-1)?.number ?? number)
      for (const fact of page) {
        // A damaged page gives rows in no order, and asking for what follows would never end.
        if (fact.number <= number) {
          faults.push({ where: `journal ${number}`, what: `cannot be read in order: ${fact.number} comes after it` })
          return { facts: number, chain, faults }
        }
        if (fact.number !== number + 1) faults.push({ where: `journal ${number + 1}`, what: `missing: the next fact is ${fact.number}` })
        number = fact.number
        const where = `journal ${number}`
        if (fact.leaf !== leafOf(number, fact.kind, fact.at, fact.commitment)) faults.push({ where, what: 'number, kind, time or commitment was changed' })
        chain = chainOf(chain, fact.leaf)
        if (fact.chain !== chain) faults.push({ where, what: 'the chain does not hold' })
        chain = fact.chain
        if (fact.body === null || fact.salt === null) continue
        if (commitmentOf(Buffer.from(fact.salt, 'hex'), fact.body) !== fact.commitment) faults.push({ where, what: 'the body was changed' })
        const body = bodyOf(fact.body)
        if (!body) {
          faults.push({ where, what: 'the body cannot be read' })
          continue
        }
        if (!subjects.has(`${number} ${body.subject.type} ${body.subject.id}`)) faults.push({ where, what: `is not kept among what happened to ${body.subject.type} ${body.subject.id}` })
        fold(folded, body.data, where, faults)
      }
    }
    for (const left of await leftBehind(tx)) faults.push({ where: `journal ${left}`, what: 'is gone, and parts of it are still there' })
    for (const [table, rows] of folded) await compare(tx, table, rows, faults)
    return { facts: number, chain, faults }
  })
}

function bodyOf(text: string): Body | null {
  try {
    return Body.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Which things the facts in (after, last] are kept under. */
async function subjectsOf(tx: Tx, after: number, last: number): Promise<Set<string>> {
  const subjects = await tx.selectFrom('journalSubjects').selectAll().where('number', '>', after).where('number', '<=', last).execute()
  return new Set(subjects.map(({ number, type, id }) => `${number} ${type} ${id}`))
}

/** Numbers of which there is a body or a subject, and no fact: a tail that was cut by somebody in a hurry. */
async function leftBehind(tx: Tx): Promise<number[]> {
  const bodies = await tx.selectFrom('journalBodies').leftJoin('journal', 'journal.number', 'journalBodies.number').select('journalBodies.number').where('journal.number', 'is', null).execute()
  const subjects = await tx.selectFrom('journalSubjects').leftJoin('journal', 'journal.number', 'journalSubjects.number').select('journalSubjects.number').where('journal.number', 'is', null).execute()
  return [...new Set([...bodies, ...subjects].map(({ number }) => number))].sort((one, other) => one - other)
}

const keyOf = (table: FoldedTable, row: Record<string, unknown>): string => foldedTables[table].map((column) => String(row[column])).join(' ')

function fold(folded: Rows, data: Body['data'], where: string, faults: Fault[]): void {
  for (const [table, rows] of folded) {
    for (const row of data.put?.[table] ?? []) rows.set(keyOf(table, row), { ...laterColumns[table], ...row })
    for (const row of data.set?.[table] ?? []) {
      const before = rows.get(keyOf(table, row))
      if (before) Object.assign(before, row)
      else faults.push({ where, what: `changes ${table} ${keyOf(table, row)}, which was never made` })
    }
  }
}

async function compare(tx: Tx, table: FoldedTable, folded: Map<string, Record<string, unknown>>, faults: Fault[]): Promise<void> {
  const keys = foldedTables[table]
  const { rows: [count] } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(snake(table))}`.execute(tx)
  let after: string[] | null = null
  let seen = 0
  for (;;) {
    const page: Record<string, unknown>[] = await pageOf(tx, table, after)
    if (page.length === 0) break
    for (const row of page) {
      seen++
      const key = keyOf(table, row)
      const expected = folded.get(key)
      if (!expected) faults.push({ where: `${table} ${key}`, what: 'stands in the table, but no fact made it' })
      else for (const column of Object.keys(row)) if (row[column] !== expected[column]) faults.push({ where: `${table} ${key}`, what: `${column} is not what the journal says` })
      folded.delete(key)
    }
    const last = keys.map((column) => String(page.at(-1)?.[column]))
    if (after && !isBeyond(last, after)) {
      faults.push({ where: table, what: `cannot be read in order: ${last.join(' ')} comes after ${after.join(' ')}` })
      return
    }
    after = last
  }
  for (const key of folded.keys()) faults.push({ where: `${table} ${key}`, what: 'is in the journal and not in the table' })
  if (count && count.rows !== seen) faults.push({ where: table, what: `has ${count.rows} rows, of which ${seen} can be read in order` })
}

async function pageOf(tx: Tx, table: FoldedTable, after: string[] | null): Promise<Record<string, unknown>[]> {
  const keys: readonly string[] = foldedTables[table]
  const columns = sql.join(keys.map((key) => sql.ref(snake(key))))
  const beyond = after ? sql`where (${columns}) > (${sql.join(after)})` : sql``
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(snake(table))} ${beyond} order by ${columns} limit ${pageOfFacts}`.execute(tx)
  return rows
}

/** As the database orders texts: by their bytes, the first column first. */
function isBeyond(one: readonly string[], other: readonly string[]): boolean {
  for (const [index, text] of one.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(other[index] ?? ''))
    if (order !== 0) return order > 0
  }
  return false
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
