import { Kysely, sql } from 'kysely'
import type { Transaction } from 'kysely'
import { chmod } from 'node:fs/promises'
import { copyDatabase } from './backup.ts'
import { emptyLog, isPostgres, makingOf, sqliteDialect } from './dialect.ts'
import { namesInCode } from './names.ts'
import { beginning } from './migrations/0001-beginning.ts'
import { keys } from './migrations/0002-keys.ts'
import { peopleAndPhones } from './migrations/0003-people.ts'
import { staff } from './migrations/0004-staff.ts'
import { pressRelied } from './migrations/0005-press.ts'
import { pictures } from './migrations/0006-pictures.ts'
import { namedFiles } from './migrations/0008-named-files.ts'
import { marks } from './migrations/0009-marks.ts'
import { screens } from './migrations/0010-screens.ts'
import { quarantines } from './migrations/0011-quarantine.ts'
import { amendments } from './migrations/0012-amendments.ts'
import { counts } from './migrations/0014-counts.ts'
import { deskNotes } from './migrations/0015-notes.ts'
import { traits } from './migrations/0016-traits.ts'
import { laterWords } from './migrations/0018-later-words.ts'
import { wholeCounts } from './migrations/0020-whole-counts.ts'
import { takenBack } from './migrations/0021-taken-back.ts'
import { holdDatabase, postgresDialect, refuseHeld } from './postgres.ts'
import { isOnServer, refusedBy } from './refused.ts'
import type { Schema } from './schema.ts'
import { writingDialect } from './writing.ts'

export type Handle = Kysely<Schema>
export type Tx = Transaction<Schema>

export type Database = { writer: Handle; readers: Handle; close: () => Promise<void> }

/** In their order. Exported for tests that make a database as an earlier Veedor left it. */
export const migrations = [beginning, keys, peopleAndPhones, staff, pressRelied, pictures, namedFiles, marks, screens, quarantines, amendments, counts, deskNotes, traits, laterWords, wholeCounts, takenBack]

/** Opens the mission's database, and brings its tables up to this Veedor: a file, or one on a server (`postgres://...`), whose `lost` hears that it is held no longer. @throws DatabaseRefused, and what `openFile` throws */
export const openDatabase = (where: string, options: { readers?: number; libraryVersion?: string } & Partial<ServerOptions> = {}): Promise<Database> => (isOnServer(where) ? openOnServer(where, options) : openFile(where, options))

type ServerOptions = { patienceMilliseconds: number; lost: (error: unknown) => void }

/**
 * One connection that writes, and holds the database for this process as long as it lasts; a few that read. That it ended is told at once: whoever came next would hold the database meanwhile.
 * @throws DatabaseRefused
 */
async function openOnServer(address: string, { readers: count = usualReaders, lost, ...patience }: { readers?: number } & Partial<ServerOptions>): Promise<Database> {
  // Before it is open, what was asked of it fails and says why.
  let isOpen = false
  const writer = new Kysely<Schema>({ dialect: writingDialect(postgresDialect(address, { connections: 1, readOnly: false, lost: (error) => { if (isOpen) lost?.(error) }, ...patience })), plugins: [namesInCode] })
  try {
    await holdDatabase(runOn(writer), address)
    await migrate(writer)
  } catch (error) {
    await writer.destroy()
    throw refusedBy(error, address)
  }
  isOpen = true
  const readers = openReaders(address, count)
  return { writer, readers, close: async () => { await readers.destroy(); await writer.destroy() } }
}

const runOn = (db: Handle) => async <Row>(text: string): Promise<Row[]> => (await sql.raw<Row>(text).execute(db)).rows

/** Looks whether another process holds a database on a server, and takes nothing. @throws DatabaseRefused where one does */
export async function ensureUnheld(address: string): Promise<void> {
  const db = openReaders(address, 1)
  await refuseHeld(runOn(db), address).finally(() => db.destroy())
}

const usualReaders = 4

/**
 * Opens a file: one writing connection and a few reading ones (WAL: readers never block the writer).
 * `synchronous = FULL`: a commit is on the disk when it returns. On macOS only `fullfsync` reaches the disk. The log is brought into the database by the writer, between commits.
 * @throws when the SQLite library is one that may lose commits (before 3.51.3, sqlite.org/wal.html#the_wal_reset_bug).
 */
async function openFile(path: string, options: { readers?: number; libraryVersion?: string }): Promise<Database> {
  const durable = ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'busy_timeout = 5000', 'wal_autocheckpoint = 0', ...(process.platform === 'darwin' ? ['fullfsync = on', 'checkpoint_fullfsync = on'] : [])]
  const writer = new Kysely<Schema>({ dialect: writingDialect(sqliteDialect(path, { connections: 1, readOnly: false, pragmas: durable })), plugins: [namesInCode] })
  try {
    await refuseOldLibrary(writer, options.libraryVersion)
  } catch (error) {
    await writer.destroy()
    throw error
  }
  await migrate(writer, path)
  await emptyLog(writer)
  await chmod(path, 0o600)
  const readers = openReaders(path, options.readers ?? usualReaders)
  return { writer, readers, close: async () => { await readers.destroy(); await writer.destroy() } }
}

/** Opens a database that is there, for reading alone. */
export const openReaders = (where: string, connections: number): Handle =>
  new Kysely<Schema>({ dialect: isOnServer(where) ? postgresDialect(where, { connections, readOnly: true }) : sqliteDialect(where, { connections, readOnly: true, pragmas: ['query_only = on', 'busy_timeout = 5000'] }), plugins: [namesInCode] })

/** What a database says of itself before it is opened. Reads alone. `newer`: a step of its tables that this Veedor does not know; `isOlder`: steps wait until it is opened. @throws where it is none or damaged */
export async function lookAtDatabase(where: string): Promise<{ isOurs: boolean; newer: number | null; isOlder: boolean; mission: string | null; shelves: string[] }> {
  const db = openReaders(where, 1)
  try {
    const made = await tablesOf(db)
    const isOurs = made.length === 0 || (made.includes('migrations') && (made.length === 1 || made.includes('journal_bodies')))
    if (!isOurs || !made.includes('migrations')) return { isOurs, newer: null, isOlder: true, mission: null, shelves: [] }
    const done = (await db.selectFrom('migrations').select('number').execute()).map(({ number }) => number)
    const known = migrations.map(({ number }) => number)
    return {
      isOurs,
      newer: done.find((number) => !known.includes(number)) ?? null,
      isOlder: known.some((number) => !done.includes(number)),
      mission: made.includes('mission') ? ((await db.selectFrom('mission').select('id').executeTakeFirst())?.id ?? null) : null,
      shelves: made.includes('shelf_marks') ? (await db.selectFrom('shelfMarks').select('shelf').execute()).map(({ shelf }) => shelf) : [],
    }
  } finally {
    await db.destroy()
  }
}

/** The names of all tables that are there. */
async function tablesOf(db: Handle): Promise<string[]> {
  const { rows } = await (isPostgres(db) ? sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = current_schema()` : sql<{ name: string }>`select name from sqlite_master where type = 'table'`).execute(db)
  return rows.map(({ name }) => name)
}

/** Before 3.51.3 a commit could be lost when the log was reset (sqlite.org/wal.html#the_wal_reset_bug). */
export function isOldLibrary(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return !(major * 1e6 + minor * 1e3 + patch >= 3_051_003)
}

async function refuseOldLibrary(db: Handle, given: string | undefined): Promise<void> {
  const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
  const version = given ?? rows[0]?.version ?? ''
  if (isOldLibrary(version)) throw new Error(`SQLite ${version} may lose commits when the log is reset; 3.51.3 or newer is needed`)
}

/** `path`: of the file that is copied aside before. What a server has is its operator's to keep. */
async function migrate(db: Handle, path: string | null = null): Promise<void> {
  const making = makingOf(db)
  await sql.raw(making.written('create table if not exists migrations (number integer primary key, name text not null, at text not null)')).execute(db)
  const done = await db.selectFrom('migrations').select('number').execute()
  const waiting = migrations.filter((migration) => !done.some((row) => row.number === migration.number))
  if (path !== null && done.length > 0 && waiting.length > 0) await copyDatabase(path, `${path}.before-${waiting[0]?.number}`)
  for (const migration of waiting) {
    await db.transaction().execute(async (tx) => {
      for (const statement of migration.statements(making)) await sql.raw(making.written(statement)).execute(tx)
      await tx.insertInto('migrations').values({ number: migration.number, name: migration.name, at: new Date().toISOString() }).execute()
    })
  }
}

/** Whether SQLite found that a file is no database, or one that was damaged. */
export const isDamaged = (error: unknown): error is Error => error instanceof Error && /^SQLITE_(NOTADB|CORRUPT)/.test(error.message)
