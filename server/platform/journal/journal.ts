import { randomBytes } from 'node:crypto'
import { addRow } from '../database/added.ts'
import type { Handle, Tx } from '../database/open.ts'
import { foldedTables } from '../database/schema.ts'
import type { FoldedTable, Schema } from '../database/schema.ts'
import { chainOf, commitmentOf, genesisOf, leafOf } from './chain.ts'
import type { Actor, Changes, RecordFact, Subject } from './work.ts'

export type Head = { number: number; chain: string }

/** What the next fact goes on from: the newest, and the mission's counters. */
export type Ahead = { head: Head; counters: ReadonlyMap<string, number> }

export async function readAhead(db: Handle | Tx): Promise<Ahead> {
  const counters = await db.selectFrom('counters').selectAll().execute()
  return { head: await readHead(db), counters: new Map(counters.map(({ name, value }) => [name, value])) }
}

/** The journal's newest fact; before the first, number 0 and the chain's beginning. */
export async function readHead(db: Handle | Tx): Promise<Head> {
  const last = await db.selectFrom('journal').select(['number', 'chain']).orderBy('number', 'desc').limit(1).executeTakeFirst()
  return last ?? { number: 0, chain: '' }
}

/** What stands in a body: exactly these bytes are hashed, never a re-serialised form. */
export type Body = { v: 1; actor: { kind: Actor['kind']; id?: string; token?: string }; subject: Subject; data: Changes; told?: Record<string, unknown> }

/**
 * Appends facts inside one transaction, continuing from `head`. Each fact's changes are applied to the tables by the same function that folds the journal, so
 * the two cannot tell different stories. Costs three inserts beside the change itself.
 */
export function appender(tx: Tx, actor: Actor, now: string, from: Ahead): { record: RecordFact; ahead: () => Ahead; kinds: () => Set<string> } {
  let { head } = from
  const counters = new Map(from.counters)
  const kinds = new Set<string>()
  const record: RecordFact = async (kind, subject, changes, options = {}) => {
    const number = head.number + 1
    const chain = head.number === 0 ? genesisOf(missionOf(subject, changes)) : head.chain
    const by = options.by ?? actor
    const body = JSON.stringify({ v: 1, actor: named(by), subject, data: changes, ...(options.told ? { told: options.told } : {}) } satisfies Body)
    const salt = randomBytes(32)
    const commitment = commitmentOf(salt, body)
    const leaf = leafOf(number, kind, now, commitment)
    head = { number, chain: chainOf(chain, leaf) }
    kinds.add(kind)
    for (const { name, value } of [...(changes.put?.counters ?? []), ...(changes.set?.counters ?? [])]) if (value !== undefined) counters.set(name, value)
    await apply(tx, changes)
    await addRow(tx, 'journal', { number, kind, at: now, commitment, leaf, chain: head.chain })
    await addRow(tx, 'journalBodies', { number, salt: salt.toString('hex'), body })
    const subjects = new Map([subject, ...(options.touches ?? [])].map((one) => [`${one.type} ${one.id}`, one]))
    for (const { type, id } of subjects.values()) await addRow(tx, 'journalSubjects', { number, type, id })
  }
  return { record, ahead: () => ({ head, counters }), kinds: () => kinds }
}

/** A person, and the token that acted for them. */
const named = (by: Actor): Body['actor'] => (by.kind === 'person' ? { kind: by.kind, id: by.id, ...(by.token ? { token: by.token.id } : {}) } : { kind: by.kind })

function missionOf(subject: Subject, changes: Changes): string {
  const mission = changes.put?.mission?.[0]
  if (!mission || subject.type !== 'mission') throw new Error('The first fact of a journal begins its mission')
  return mission.id
}

// SQLite takes at most 32,766 parameters a statement; the widest folded table has 33 columns.
const rowsAtOnce = 400

/** Applies a fact's changes to the tables. Rows that are put replace nothing: an id that is there already is an error, and rolls back. */
export async function apply(tx: Tx, changes: Changes): Promise<void> {
  for (const table of tablesIn(changes.put)) {
    const rows = changes.put?.[table] ?? []
    for (let start = 0; start < rows.length; start += rowsAtOnce) await putRows(tx, table, rows.slice(start, start + rowsAtOnce))
  }
  for (const table of tablesIn(changes.set)) for (const row of changes.set?.[table] ?? []) await setRow(tx, table, row)
}

// In the order of foreign keys, whatever the order of the fact's own names.
const tablesIn = (part: object | undefined): FoldedTable[] => (part ? (Object.keys(foldedTables) as FoldedTable[]).filter((table) => table in part) : [])

async function putRows(tx: Tx, table: FoldedTable, rows: readonly object[]): Promise<void> {
  const [only] = rows
  if (rows.length === 1 && only) await addRow(tx, table, only as Schema[typeof table])
  else await tx.insertInto(table).values(rows as Schema[typeof table][]).execute()
}

async function setRow(tx: Tx, table: FoldedTable, row: object): Promise<void> {
  const given = row as Record<string, unknown>
  const keys: readonly string[] = foldedTables[table]
  const values = Object.fromEntries(Object.entries(given).filter(([column]) => !keys.includes(column)))
  let update = tx.updateTable(table).set(values as never)
  for (const key of keys) update = update.where(key as never, '=', given[key] as never)
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`A change of ${table} met ${numUpdatedRows} rows`)
}
