import type { Uuid } from '../../../shared/basics.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Handle, Tx } from '../database/open.ts'
import type { FoldedRows, FoldedTable, foldedTables } from '../database/schema.ts'

/** Who acts. The clock acts when time alone changes something, the server when it has looked into a file, the operator from the machine's own keyboard; a visitor has no account yet. */
export type Actor = { kind: 'person'; id: Uuid; role: Role; session: Uuid | null; token?: TokenHeld } | { kind: 'clock' } | { kind: 'server' } | { kind: 'operator' } | { kind: 'visitor' }
/** An API token that a person's program came with, and the calls that it was made for. */
export type TokenHeld = { id: Uuid; contracts: readonly string[] }
export type PersonActor = Extract<Actor, { kind: 'person' }>

/** What a fact is about, and what else is another thing because of it. */
export type Subject = { type: 'mission' | 'person' | 'register' | 'report' | 'release' | 'notice'; id: string }

type Keys<Table extends FoldedTable> = Pick<FoldedRows[Table], (typeof foldedTables)[Table][number] & keyof FoldedRows[Table]>

/** Changes of tables, as a fact holds them: whole rows that are new, columns that change by key, keys that go. Folding them in order rebuilds the tables. */
export type Changes = {
  put?: { [Table in FoldedTable]?: FoldedRows[Table][] }
  set?: { [Table in FoldedTable]?: (Keys<Table> & Partial<FoldedRows[Table]>)[] }
}

/** Appends a fact and applies its changes: the only way to write a folded table. `touches` are further things that screens must show anew,
 * `told` what the fact says beyond its changes; `by` is for a visitor who has just become somebody. */
export type RecordFact = (kind: string, subject: Subject, changes: Changes, options?: { by?: Actor; touches?: Subject[]; told?: Record<string, string | number | boolean | null | string[]> }) => Promise<void>

/** What a writing action is given: it can reach nothing else, no clock, no other handle, no response. */
export type Work<Who extends Actor = PersonActor> = {
  tx: Tx
  actor: Who
  now: string
  record: RecordFact
  /** What a counter of the mission was set to last; null for one that never was. */
  lastOf: (counter: string) => number | null
  /** UUIDv7 of this moment. */
  newId: () => Uuid
  /** UUIDv4, which tells no moment: for what press sees. */
  newPublicId: () => Uuid
  /** 256 bits of chance for a link or a cookie. */
  newToken: () => string
}

/** What is given to whoever asks by one statement alone, which needs no snapshot. */
export type Glance = { db: Handle; now: string }

/** What a reading action is given: a snapshot, and the journal's number at that snapshot. */
export type Look<Who extends Actor = PersonActor> = { tx: Tx; actor: Who; now: string; number: number }
