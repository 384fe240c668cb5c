import { DeleteQueryNode, InsertQueryNode, OrderByItemNode, PrimitiveValueListNode, RawNode, ReferenceNode, SelectQueryNode, TableNode, UpdateQueryNode, ValuesNode } from 'kysely'
import type { CompiledQuery, OperationNode } from 'kysely'
import { addedTables, madeTables, namedTables, setTables, settledTables } from './schema.ts'

/** What a statement does: asks settled tables alone, asks others, adds rows or sets one that may wait for the commit, changes anything. `tables`: those that it names; null where words of our own may name others. */
export type Kind = { does: 'recalls' | 'reads' | 'adds' | 'sets' | 'changes'; tables: readonly string[] | null }

const added: ReadonlySet<string> = new Set<string>(addedTables)
const set: ReadonlySet<string> = new Set<string>(setTables)
export const settled: ReadonlySet<string> = new Set<string>(settledTables)
export const named: ReadonlySet<string> = new Set<string>(namedTables)
/** Tables of which something may wait, or that change with what waits. */
export const patient: ReadonlySet<string> = new Set([...added, ...set, ...madeTables])

const mostKinds = 2_000
const kinds = new Map<string, Kind>()

export function kindOf(query: CompiledQuery): Kind {
  const known = kinds.get(query.sql)
  if (known) return known
  if (kinds.size >= mostKinds) kinds.clear()
  const kind = lookAt(query)
  kinds.set(query.sql, kind)
  return kind
}

function lookAt({ sql, query }: CompiledQuery): Kind {
  if (RawNode.is(query)) {
    if (/^\s*pragma\b/i.test(sql)) return { does: 'reads', tables: [] }
    return { does: /^\s*select\b/i.test(sql) ? 'reads' : 'changes', tables: null }
  }
  if (SelectQueryNode.is(query)) {
    const tables = tablesIn(query)
    return { does: tables?.every((table) => settled.has(table)) ? 'recalls' : 'reads', tables }
  }
  if (InsertQueryNode.is(query)) {
    const tables = tablesIn(query)
    const isAdded = tables?.every((table) => added.has(table)) && query.values && ValuesNode.is(query.values) && query.values.values.every((row) => PrimitiveValueListNode.is(row)) && !query.onConflict && !query.returning
    return { does: isAdded ? 'adds' : 'changes', tables }
  }
  if (UpdateQueryNode.is(query)) {
    const tables = tablesIn(query)
    return { does: tables?.every((table) => set.has(table)) ? 'sets' : 'changes', tables }
  }
  return { does: 'changes', tables: DeleteQueryNode.is(query) ? tablesIn(query) : null }
}

/** How many rows an insert adds. */
export const rowsIn = ({ query }: CompiledQuery): number => (InsertQueryNode.is(query) && query.values && ValuesNode.is(query.values) ? query.values.values.length : 0)

/** Which row a statement sets: two that say the same set the same. */
export const rowSetBy = ({ sql, parameters, query }: CompiledQuery): string => JSON.stringify([sql, ...parameters.slice(UpdateQueryNode.is(query) ? (query.updates?.length ?? 0) : 0)])

/** Where the table of rows that are added stands in the order in which they are written. */
export const placeOf = (query: CompiledQuery): number => addedTables.findIndex((table) => kindOf(query).tables?.includes(table))

function tablesIn(query: OperationNode): string[] | null {
  const tables = new Set<string>()
  return collect(query, tables) ? [...tables] : null
}

function collect(node: unknown, tables: Set<string>): boolean {
  if (typeof node !== 'object' || node === null) return true
  if (Array.isArray(node)) return node.every((one) => collect(one, tables))
  if (isNode(node)) {
    if (RawNode.is(node)) return false
    // A column's table is one that is asked already, or its other name; and which way an order goes is written in words of SQL, too.
    if (ReferenceNode.is(node)) return true
    if (OrderByItemNode.is(node)) return collect(node.orderBy, tables)
    if (TableNode.is(node)) tables.add(node.table.identifier.name)
  }
  return Object.values(node).every((part) => collect(part, tables))
}

const isNode = (value: object): value is OperationNode => 'kind' in value
