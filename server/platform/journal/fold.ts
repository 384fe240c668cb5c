import * as z from 'zod/mini'
import { foldedTables, laterColumns } from '../database/schema.ts'
import type { FoldedTable } from '../database/schema.ts'
import { openScratch } from '../database/scratch.ts'
import type { Looking } from './looking.ts'

// A body that somebody changed may be anything: what is folded is looked at first.
const RowsByTable = z.record(z.string(), z.array(z.record(z.string(), z.unknown())))
export const FoldedBody = z.object({ subject: z.object({ type: z.string(), id: z.string() }), data: z.object({ put: z.optional(RowsByTable), set: z.optional(RowsByTable) }) })

export type Row = Record<string, unknown>
type Changes = { where: string; data: z.infer<typeof FoldedBody>['data'] }

/** The tables as facts make them. The rows that changed last are in memory, all others in a temporary file: a mission may be larger than the memory. */
export type Folding = {
  /** Facts in their order. */
  take: (facts: readonly Changes[], looking: Looking) => Promise<void>
  rows: (table: FoldedTable, keys: readonly string[]) => Promise<Map<string, Row>>
  count: (table: FoldedTable) => Promise<number>
  /** The next rows in the order of their keys. */
  after: (table: FoldedTable, key: string, limit: number) => Promise<{ key: string; row: Row }[]>
  close: () => Promise<void>
}

export const tables = Object.keys(foldedTables) as FoldedTable[]

export const keyOf = (table: FoldedTable, row: Row): string => foldedTables[table].map((column) => String(row[column])).join(' ')

const usualHeld = 5_000

/** @throws NoScratch, as do its calls */
export async function openFolding(mostHeld = usualHeld): Promise<Folding> {
  const scratch = await openScratch()
  const held = new Map(tables.map((table) => [table, new Map<string, Row>()]))

  const release = async () => {
    for (const [table, rows] of held) {
      await scratch.keep(table, new Map([...rows].map(([key, row]) => [key, JSON.stringify(row)])))
      rows.clear()
    }
  }
  const find = async (table: FoldedTable, keys: readonly string[]) => new Map([...(await scratch.find(table, keys))].map(([key, text]) => [key, rowIn(text)]))
  /** Brings rows that are about to change back into memory. */
  const hold = async (facts: readonly Changes[]) => {
    for (const [table, rows] of held) {
      const asked = new Set(facts.flatMap(({ data }) => data.set?.[table] ?? []).map((row) => keyOf(table, row)).filter((key) => !rows.has(key)))
      if (asked.size > 0) for (const [key, row] of await find(table, [...asked])) rows.set(key, row)
    }
  }

  return {
    take: async (facts, looking) => {
      await hold(facts)
      for (const { where, data } of facts) {
        for (const [table, rows] of held) {
          for (const row of data.put?.[table] ?? []) rows.set(keyOf(table, row), { ...laterColumns[table], ...row })
          for (const row of data.set?.[table] ?? []) {
            const before = rows.get(keyOf(table, row))
            if (before) Object.assign(before, row)
            else looking.fault(where, `changes ${table} ${keyOf(table, row)}, which was never made`)
          }
        }
      }
      if ([...held.values()].reduce((sum, { size }) => sum + size, 0) > mostHeld) await release()
    },
    rows: async (table, keys) => {
      await release()
      return find(table, keys)
    },
    count: async (table) => {
      await release()
      return scratch.count(table)
    },
    after: async (table, key, limit) => {
      await release()
      return (await scratch.after(table, key, limit)).map(({ key: found, text }) => ({ key: found, row: rowIn(text) }))
    },
    close: scratch.close,
  }
}

const rowIn = (text: string): Row => JSON.parse(text) as Row
