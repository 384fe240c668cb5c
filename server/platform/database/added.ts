import { InsertQueryNode, createQueryId } from 'kysely'
import type { CompiledQuery, DialectAdapter } from 'kysely'
import type { Tx } from './open.ts'
import type { Schema } from './schema.ts'

const built = new WeakMap<DialectAdapter, Map<string, CompiledQuery>>()

/** Adds a row by a statement that is built once for all rows of these columns: to build it anew costs more than to write the row. */
export async function addRow<Table extends keyof Schema>(tx: Tx, table: Table, row: Schema[Table]): Promise<void> {
  const { adapter } = tx.getExecutor()
  const ofDatabase = built.get(adapter) ?? new Map<string, CompiledQuery>()
  built.set(adapter, ofDatabase)
  const key = `${table} ${Object.keys(row).join(' ')}`
  const known = ofDatabase.get(key)
  const statement = known ?? tx.insertInto(table).values(row as never).compile()
  ofDatabase.set(key, statement)
  await tx.executeQuery(known ? { ...known, parameters: Object.values(row) } : statement)
}

type Parts = { into: string; row: string; texts: string[] }

const mostParts = 500
const parts = new Map<string, Parts>()

/** What an insert of rows says before its first row, how it says one, and it whole for other numbers of rows. */
function partsOf({ sql }: CompiledQuery): Parts {
  const known = parts.get(sql)
  if (known) return known
  if (parts.size >= mostParts) parts.clear()
  const [into = '', rows = ''] = sql.split(' values ')
  const made = { into, row: rows.slice(0, rows.indexOf(')') + 1), texts: [] }
  parts.set(sql, made)
  return made
}

/** What rows that can be added together have in common. */
export const intoOf = (query: CompiledQuery): string => partsOf(query).into

/** The parameters of each row that a statement adds. */
export function parametersOf({ query, parameters }: CompiledQuery, rows: number): unknown[][] {
  if (!InsertQueryNode.is(query)) throw new Error('Only rows that are added wait')
  const width = parameters.length / rows
  return Array.from({ length: rows }, (_row, at) => parameters.slice(at * width, (at + 1) * width))
}

/** The statement that adds these rows, where `query` adds some of theirs. */
export function addingAll(query: CompiledQuery, rows: readonly unknown[][]): CompiledQuery {
  const { into, row, texts } = partsOf(query)
  let place = 0
  // Places have numbers where the database is on a server, and none in a file.
  const sql = (texts[rows.length] ??= `${into} values ${rows.map(() => row.replaceAll(/\$\d+/g, () => `$${++place}`)).join(', ')}`)
  return { ...query, sql, parameters: rows.flat(), queryId: createQueryId() }
}
