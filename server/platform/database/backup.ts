import { Kysely, sql } from 'kysely'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFile, syncFolder } from '../files/sync.ts'
import { sqliteDialect } from './dialect.ts'

/**
 * A copy of a database as it stands at one moment, in one file, also while a server writes to it: it reads one snapshot, and WAL readers block nobody. On the disk, for
 * this account alone, when it resolves; never half there under its name, and in place of an earlier one.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const made = `${to}.new`
  await rm(made, { force: true })
  // For reading, but without `query_only`, which forbids to write the copy too.
  const db = new Kysely<unknown>({ dialect: sqliteDialect(from, { connections: 1, readOnly: true, pragmas: ['busy_timeout = 5000'] }) })
  try {
    await sql`vacuum into ${made}`.execute(db)
  } finally {
    await db.destroy()
  }
  await syncFile(made)
  await rename(made, to)
  await syncFolder(dirname(to))
}
