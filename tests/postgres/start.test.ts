import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { ensureFolder } from '../../server/folder.ts'
import { addressFor, serverAddress } from '../support/database.ts'
import { setUpLink } from '../support/mission.ts'
import { startServer } from '../support/process.ts'
import { projectRoot } from '../support/project.ts'

const secret = 'contrase%C3%B1a-geheim'

let folder: string
let environment: Record<string, string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-postgres-'))
  // This server asks for no password; one stands in the address all the same, so that it may be looked for.
  environment = { DATABASE_URL: (await addressFor(folder)).replace('postgres:///', `postgres://veedor:${secret}@localhost/`), DATA_DIR: join(folder, 'mission'), PORT: '0' }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(file: string, words: readonly string[], more: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    const command = execFile(process.execPath, ['--import', 'tsx', file, ...words], { cwd: projectRoot, env: { ...process.env, ...environment, ...more }, encoding: 'utf8' }, (_error, stdout, stderr) => done({ code: command.exitCode ?? -1, said: stdout + stderr }))
  })
}

/** Ends, as an administrator does, the one connection of a process that holds the database, once it has nothing to do. */
async function endIdleHolder(process: number | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: serverAddress() })
  await client.connect()
  const end = async () => (await client.query("select pg_terminate_backend(pid, 10000) from pg_locks inner join pg_stat_activity using (pid) where locktype = 'advisory' and granted and application_name like $1 and state = 'idle' and now() - state_change > interval '3 seconds'", [`veedor ${process} on %`])).rowCount
  await expect.poll(end, { timeout: 120_000, interval: 500 }).toBe(1).finally(() => client.end())
}

it('[R295] with DATABASE_URL the whole house is on the server: it starts, is set up, verifies, and tells nobody the password', async () => {
  const server = await startServer({ folder: join(folder, 'mission'), environment })
  const token = (await setUpLink(server)).split('#')[1] ?? ''
  const began = await fetch(`${server.address}/api/setup/begin`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: server.address }, body: JSON.stringify({ token }) })
  expect(began.status).toBe(200)

  // As on another machine: the folder's own lock does not see it.
  await cp(join(folder, 'mission'), join(folder, 'copy'), { recursive: true, filter: (path) => !/(lock\.db|control\.json)/.test(path) })
  const [second, beside] = await Promise.all([run('server/main.ts', [], { DATA_DIR: join(folder, 'copy') }), run('server/commands/verify.ts', [])])
  expect(second).toEqual({ code: 1, said: expect.stringMatching(/^The database postgres on localhost is in use by another Veedor \(veedor \d+ on .*DATABASE_URL\.\n$/) as string })
  expect([beside.code, beside.said]).toEqual([0, expect.stringContaining('Everything agrees.\n')])
  expect(await server.stop()).toBe(0)

  const link = await run('server/commands/lead-link.ts', [])
  expect(link.said).not.toContain('There is no mission')
  for (const text of [server.printed(), second.said, beside.said, link.said]) for (const shown of [secret, decodeURIComponent(secret), 'postgres://']) expect(text).not.toContain(shown)
})

it('[R462] a second server is told which the first is, also with an empty folder of its own, in which nothing is written; once the first has ended it is told of the mark', async () => {
  const own = { DATABASE_URL: await addressFor(join(folder, 'first')) }
  const first = await startServer({ folder: join(folder, 'first'), environment: own })
  onTestFinished(() => void first.process.kill())
  await mkdir(join(folder, 'elsewhere'))
  const elsewhere = () => run('server/main.ts', [], { ...own, DATA_DIR: join(folder, 'elsewhere') })
  expect(await elsewhere()).toEqual({ code: 1, said: expect.stringMatching(new RegExp(`^The database postgres on .* is in use by another Veedor \\(veedor ${first.process.pid} on .*DATABASE_URL\\.\n$`)) as string })
  expect(await readdir(join(folder, 'elsewhere'))).toEqual([])
  expect(await first.stop()).toBe(0)
  expect((await elsewhere()).said).toContain('originals does not carry the mark of the mission whose database')
})

it('[R453] who lost the connection that holds the database ends at once, also while nobody asks it anything', async () => {
  const lost = await startServer({ folder: join(folder, 'idle'), environment: { DATABASE_URL: await addressFor(join(folder, 'idle')) } })
  onTestFinished(() => void lost.process.kill())
  expect((await fetch(`${lost.address}/health`)).status).toBe(200)
  await endIdleHolder(lost.process.pid)
  expect(await lost.exited).toBe(74)
  expect(lost.printed()).toContain('"msg":"the disk failed"')
  expect(lost.printed()).toContain('The connection to the database server was lost')
})

it('[R296] what would keep half a mission is refused in words: a backup, a restore, a folder that has a mission of its own or belongs to another', async () => {
  const backup = await run('server/commands/backup.ts', [join(folder, 'backup.tar')])
  expect(backup).toEqual({ code: 2, said: expect.stringMatching(/^The database postgres on localhost has to be backed up with the server's own pg_dump.* No backup was made\.\n$/) as string })
  const restore = await run('server/commands/restore.ts', [join(folder, 'backup.tar'), '--into', join(folder, 'new')])
  expect(restore).toEqual({ code: 2, said: expect.stringMatching(/^A backup of ours holds its database as a file.* Nothing was written\.\n$/) as string })

  const [own, empty, foreign] = ['own', 'empty', 'foreign'].map((name) => join(folder, name)) as [string, string, string]
  for (const path of [own, empty, foreign]) await mkdir(path)
  await writeFile(join(own, 'mission.db'), '')
  await writeFile(join(foreign, 'diary.txt'), '')
  const address = environment['DATABASE_URL'] ?? ''
  await expect(ensureFolder(own, address)).rejects.toThrow('holds a mission in a file of its own, and DATABASE_URL names another database')
  for (const path of [empty, foreign]) await expect(ensureFolder(path, address)).rejects.toThrow('originals does not carry the mark of the mission whose database')
  await expect(ensureFolder(foreign, await addressFor(join(folder, 'unused')))).rejects.toThrow("holds other things than Veedor's")
})

it.each(['geheim', 'mysql://ana:geheim@db.example.org/veedor', 'postgres://ana:geheim@db.example.org', 'postgres://ana:geheim@db.example.org:5432/', 'postgres://ana:geheim@db:port/x', 'postgres://ana:geheim@db/x#y'])('[R297] DATABASE_URL=%s is refused in a sentence that does not repeat it', (value) => {
  const read = () => readConfig({ DATABASE_URL: value }, false)
  expect(read).toThrow(/^DATABASE_URL must be the address of a PostgreSQL database/)
  expect(read).not.toThrow(/geheim/)
})

it('[R297] the sample stays in its folder, whatever DATABASE_URL says', () => {
  const address = 'postgresql://ana:geheim@db.example.org/veedor'
  expect([readConfig({ DATABASE_URL: address }, false).database, readConfig({ DATABASE_URL: address }, true).database]).toEqual([address, undefined])
})
