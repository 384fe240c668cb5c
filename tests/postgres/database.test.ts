import fc from 'fast-check'
import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { searchable, wordsMatch } from '../../server/platform/database/dialect.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import type { Database } from '../../server/platform/database/open.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import { addressFor, serverAddress } from '../support/database.ts'
import { fixedClock } from '../support/house.ts'

const folder = await mkdtemp(join(tmpdir(), 'veedor-postgres-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const server = { kind: 'server' } as const

/** What a database administrator does. */
async function administer<Row extends pg.QueryResultRow>(text: string, values: readonly string[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: serverAddress() })
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

/** The server's number of a handle's connection. */
const connectionOf = async (db: Database['writer']): Promise<string> => String((await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid)

it('[R290] a commit is on the disk when it returns, whatever the role is set to; a transaction that reads sees one moment, and can write nothing', async () => {
  await administer('alter role veedor set synchronous_commit = off')
  const address = await addressFor(join(folder, 'settings'))
  const db = await openDatabase(address).finally(() => administer('alter role veedor reset synchronous_commit'))
  const setting = async (of: Database['writer'], name: string) => Object.values((await sql<Record<string, unknown>>`show ${sql.raw(name)}`.execute(of)).rows[0] ?? {})[0]
  expect([await setting(db.writer, 'synchronous_commit'), await setting(db.readers, 'transaction_isolation'), await setting(db.readers, 'transaction_read_only')]).toEqual(['on', 'repeatable read', 'on'])
  await expect(db.readers.deleteFrom('sessions').execute()).rejects.toThrow('read-only')
  await db.close()
})

it('[R291] one process has the database: a second is refused in a sentence that names the first, and not the password', async () => {
  const address = await addressFor(join(folder, 'held'))
  const db = await openDatabase(address)
  await expect(openDatabase(address.replace('?', '?password=geheim&'))).rejects.toThrow(new RegExp(`^The database postgres on .* is in use by another Veedor \\(veedor ${process.pid} on .*\\): .*DATABASE_URL\\.$`))
  await expect(openDatabase(address.replace('?', '?password=geheim&'))).rejects.not.toThrow('geheim')
  await db.close()
  await openDatabase(address).then((again) => again.close())
})

it('[R292] who lost the connection that writes acknowledges nothing more, and says so; those that read come back', async () => {
  const db = await openDatabase(await addressFor(join(folder, 'lost')), { readers: 1 })
  const failures: unknown[] = []
  const engine = await openEngine(db, fixedClock().now, { failing: (error) => failures.push(error) })
  const write = (code: string) => engine.write(server, ({ tx }) => tx.insertInto('organisations').values({ code, name: code }).execute())
  await write('a')

  await administer('select pg_terminate_backend($1::int, 10000)', [await connectionOf(db.readers)])
  await expect.poll(() => db.readers.selectFrom('organisations').select('code').execute().catch(() => null), { timeout: 120_000 }).toEqual([{ code: 'a' }])
  expect(failures).toEqual([])

  await administer('select pg_terminate_backend($1::int, 10000)', [await connectionOf(db.writer)])
  await expect(write('b')).rejects.toThrow()
  await expect(write('c')).rejects.toThrow()
  expect(failures).toHaveLength(1)
  expect(await db.readers.selectFrom('organisations').select('code').execute()).toEqual([{ code: 'a' }])
  await db.close()
})

it('[R292] a failure that an action made nothing of is no success: neither it nor what stood beside it is acknowledged', async () => {
  const db = await openDatabase(await addressFor(join(folder, 'swallowed')))
  const engine = await openEngine(db, fixedClock().now)
  await expect(engine.write(server, async ({ tx }) => {
    await tx.insertInto('organisations').values({ code: 'a', name: 'a' }).execute()
    await tx.insertInto('organisations').values({ code: 'a', name: 'again' }).execute().catch(() => undefined)
  })).rejects.toThrow('a statement had failed')
  expect(await db.readers.selectFrom('organisations').select('code').execute()).toEqual([])
  await engine.write(server, ({ tx }) => tx.insertInto('organisations').values({ code: 'b', name: 'b' }).execute())
  expect(await db.readers.selectFrom('organisations').select('code').execute()).toEqual([{ code: 'b' }])
  await db.close()
})

it('[R293] a database whose encoding is another, and a server that is not there, are refused in words', async () => {
  await administer("create database latin encoding 'SQL_ASCII' template template0")
  const latin = serverAddress().replace('/postgres?', '/latin?')
  await expect(openDatabase(latin)).rejects.toThrow(/^The database latin on .* keeps text as SQL_ASCII: make the database anew with the encoding UTF8\.$/)
  await expect(openDatabase(serverAddress().replace('/postgres?', '/nowhere?'))).rejects.toThrow(/^The database nowhere on .* does not exist: make it with createdb, or correct DATABASE_URL\.$/)
  await expect(openDatabase('postgres://ana:geheim@localhost/x?host=/nowhere', { patienceMilliseconds: 0 })).rejects.toThrow(/^The database x on localhost cannot be reached: no server answers there\./)
})

it('[R294] texts are ordered, and words found, as in the file', async () => {
  const both = [await openDatabase(join(folder, 'mission.db')), await openDatabase(await addressFor(join(folder, 'same')))]
  const letters = fc.string({ unit: fc.constantFrom(...'abcABñÑáé019 -_.,;:/\\\'"¿?¡!@#%&*()[]{}«»“”’…—½ª€жш中'), maxLength: 24 })
  await fc.assert(fc.asyncProperty(fc.uniqueArray(letters, { minLength: 1, maxLength: 12 }), letters, async (texts, asked) => {
    const answers = []
    for (const { writer } of both) {
      await writer.deleteFrom('reportWords').execute()
      await writer.deleteFrom('organisations').execute()
      await writer.insertInto('reportWords').values(texts.map((text, at) => ({ rowid: at, report: String(at), words: searchable(text) }))).execute()
      await writer.insertInto('organisations').values(texts.map((code) => ({ code, name: '' }))).execute()
      const found = []
      for (const words of [asked, ...texts, ...texts.map((text) => text.slice(0, 2))]) found.push((await writer.selectFrom('reportWords').select('report').where(wordsMatch('words', words)).execute()).map(({ report }) => Number(report)).sort((one, other) => one - other))
      answers.push({ found, ordered: await writer.selectFrom('organisations').select('code').orderBy('code').execute() })
    }
    expect(answers[1]).toEqual(answers[0])
  }), { numRuns: 30, examples: [[['0é9a', '1e5x 2.5', 'a'.repeat(3000)], '0e9']] })
  for (const db of both) await db.close()
})
