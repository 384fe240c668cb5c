import { sql } from 'kysely'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { isOldLibrary, openDatabase, openReaders } from '../../server/platform/database/open.ts'

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

it('[R226] nothing is opened, and no table made, with a library that may lose a commit', async () => {
  const path = join(folder, 'old.db')
  await expect(openDatabase(path, { libraryVersion: '3.51.2' })).rejects.toThrow(/^SQLite 3\.51\.2 may lose commits/)
  const db = openReaders(path, 1)
  expect((await sql`select name from sqlite_master`.execute(db)).rows).toEqual([])
  await db.destroy()
})

it('[R243] what a crash left in the log is in the database itself before anything else is done', async () => {
  const [left, found] = [join(folder, 'left.db'), join(folder, 'found.db')]
  const before = await openDatabase(left)
  await sql`create table kept (words text)`.execute(before.writer)
  await sql`insert into kept values ('in the log')`.execute(before.writer)
  // The files as they are, while whoever wrote them has not closed them.
  for (const end of ['', '-wal']) await copyFile(`${left}${end}`, `${found}${end}`)
  await before.close()
  expect((await stat(`${found}-wal`)).size).toBeGreaterThan(0)
  const db = await openDatabase(found)
  expect((await stat(`${found}-wal`)).size).toBe(0)
  expect((await sql<{ words: string }>`select words from kept`.execute(db.readers)).rows).toEqual([{ words: 'in the log' }])
  await db.close()
})

it.each([['3.51.2', true], ['3.50.4', true], ['3.9.99', true], ['2.99.99', true], ['', true], ['wonder', true], ['3.51.3', false], ['3.52.0', false], ['4.0.0', false]])('[R226] SQLite %j is refused: %s', (version, wanted) => expect(isOldLibrary(version)).toBe(wanted))
