import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { isOldLibrary, openDatabase } from '../../server/platform/database/open.ts'

const folder = await mkdtemp(join(tmpdir(), 'veedor-database-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

it('[R226] a commit is on the disk when it returns, and the library is none that may lose it', async () => {
  const db = await openDatabase(join(folder, 'mission.db'))
  const pragma = async (name: string) => Object.values((await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db.writer)).rows[0] ?? {})[0]
  expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys')]).toEqual(['wal', 2, 1])
  const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db.writer)
  expect(isOldLibrary(rows[0]?.version ?? '')).toBe(false)
  await db.close()
})

it.each([['3.51.2', true], ['3.50.4', true], ['3.9.99', true], ['2.99.99', true], ['', true], ['wonder', true], ['3.51.3', false], ['3.52.0', false], ['4.0.0', false]])('[R226] SQLite %j is refused: %s', (version, wanted) => expect(isOldLibrary(version)).toBe(wanted))
