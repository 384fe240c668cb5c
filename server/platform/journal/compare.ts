import { sql } from 'kysely'
import { inSql } from '../database/names.ts'
import type { Tx } from '../database/open.ts'
import { foldedTables } from '../database/schema.ts'
import type { FoldedTable } from '../database/schema.ts'
import { keyOf } from './fold.ts'
import type { Folding, Row } from './fold.ts'
import type { Looking } from './looking.ts'

const rowsAtOnce = 1_000

/** Compares a table with what the journal folds to, row by row, and names what differs. */
export async function compare(tx: Tx, table: FoldedTable, folding: Folding, { fault, told }: Looking): Promise<void> {
  const keys = foldedTables[table]
  const { rows: [count] } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(inSql(table))}`.execute(tx)
  const all = Number(count?.rows ?? 0)
  let [seen, made] = [0, 0]
  for (let after: string[] | null = null; ;) {
    told(`rows of ${inSql(table)}`, seen, all)
    const page: Row[] = await pageOf(tx, table, after)
    if (page.length === 0) break
    const folded = await folding.rows(table, page.map((row) => keyOf(table, row)))
    made += folded.size
    for (const row of page) {
      seen++
      const key = keyOf(table, row)
      const expected = folded.get(key)
      if (!expected) fault(`${table} ${key}`, 'stands in the table, but no fact made it')
      else for (const column of Object.keys(row)) if (row[column] !== expected[column]) fault(`${table} ${key}`, `${column} is not what the journal says`)
    }
    const last = keys.map((column) => String(page.at(-1)?.[column]))
    if (after && !isBeyond(last, after)) return fault(table, `cannot be read in order: ${last.join(' ')} comes after ${after.join(' ')}`)
    after = last
  }
  await nameMissing(tx, table, folding, (await folding.count(table)) - made, fault)
  if (all !== seen) fault(table, `has ${all} rows, of which ${seen} can be read in order`)
}

async function pageOf(tx: Tx, table: FoldedTable, after: string[] | null): Promise<Row[]> {
  const beyond = after ? sql`where (${columnsOf(table)}) > (${sql.join(after)})` : sql``
  const { rows } = await sql<Row>`select * from ${sql.table(inSql(table))} ${beyond} order by ${columnsOf(table)} limit ${rowsAtOnce}`.execute(tx)
  return rows
}

const columnsOf = (table: FoldedTable) => sql.join(foldedTables[table].map((key) => sql.ref(inSql(key))))

const keysAtOnce = 300

/** Names the rows that facts made and that are gone. Some may be there when they are asked for by their key, and not when the table is read. */
async function nameMissing(tx: Tx, table: FoldedTable, folding: Folding, missing: number, fault: Looking['fault']): Promise<void> {
  let named = 0
  for (let after = ''; named < missing;) {
    const page = await folding.after(table, after, keysAtOnce)
    if (page.length === 0) break
    after = page.at(-1)?.key ?? after
    const asked = page.map(({ row }) => sql`(${sql.join(foldedTables[table].map((column) => String(row[column])))})`)
    const { rows } = await sql<Row>`select ${columnsOf(table)} from ${sql.table(inSql(table))} where (${columnsOf(table)}) in (values ${sql.join(asked)})`.execute(tx)
    const there = new Set(rows.map((row) => keyOf(table, row)))
    for (const { key } of page.filter((one) => !there.has(one.key))) {
      named++
      fault(`${table} ${key}`, 'is in the journal and not in the table')
    }
  }
  if (named < missing) fault(table, `${missing - named} rows that the journal made are found by their keys, and cannot be read in order`)
}

/** As the database orders texts: by their bytes, the first column first. */
function isBeyond(one: readonly string[], other: readonly string[]): boolean {
  for (const [index, text] of one.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(other[index] ?? ''))
    if (order !== 0) return order > 0
  }
  return false
}
