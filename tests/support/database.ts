import { createHash } from 'node:crypto'
import pg from 'pg'
import sqlite3 from 'sqlite3'
import { isOnServer } from '../../server/platform/database/refused.ts'

/** Where tests are run on PostgreSQL: `postgres-server.ts` has started it. */
export const serverAddress = (): string => {
  const address = process.env['TEST_POSTGRES_URL']
  if (address === undefined) throw new Error('No PostgreSQL was started for these tests')
  return address
}

/** A schema is to a house what a file is: whoever has the same folder has the same one. */
export async function addressFor(folder: string): Promise<string> {
  const schema = `h${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`
  const client = new pg.Client({ connectionString: serverAddress() })
  await client.connect()
  await client.query(`create schema if not exists ${schema}`)
  await client.end()
  return `${serverAddress()}&options=${encodeURIComponent(`-c search_path=${schema}`)}`
}

/** The database of a test's house as its configuration names it: a file in its folder, and in the project `postgres` one on a server. */
export const databaseFor = async (folder: string): Promise<{ database?: string }> => (process.env['TEST_DATABASE'] === 'postgres' ? { database: await addressFor(folder) } : {})

/** Where a test's database is: at this path, and in the project `postgres` on the server. */
export const whereFor = async (path: string): Promise<string> => (await databaseFor(path)).database ?? path

/** What somebody with the database and no scruples would do: statements as SQLite has them, run past all of ours. */
export async function tamperWith(where: string, statements: readonly string[]): Promise<void> {
  if (!isOnServer(where)) {
    const raw = new sqlite3.Database(where)
    await new Promise<void>((done, fail) => raw.exec(statements.join(';'), (error) => (error ? fail(error) : done())))
    return new Promise((done) => raw.close(() => done()))
  }
  const client = new pg.Client({ connectionString: where })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement.replace(/^drop trigger (\w+)_no_(\w+)$/, 'drop trigger $1_no_$2 on $1').replace('pragma foreign_keys = off', 'set session_replication_role = replica'))
  } finally {
    await client.end()
  }
}
