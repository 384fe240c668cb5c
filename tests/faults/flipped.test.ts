import { sql } from 'kysely'
import { cp, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkDatabase } from '../../server/check.ts'
import { isUnreadable } from '../../server/platform/database/dialect.ts'
import { openReaders } from '../../server/platform/database/open.ts'
import { foldedTables } from '../../server/platform/database/schema.ts'
import { runCommand } from '../support/commands.ts'
import { release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'

const pageBytes = 4096

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-flipped-'))
  const house = await startHouse({ folder: at('mission') })
  const [lead, ana, desk] = [await house.person('lead'), await house.person('observer'), await house.person('coordinator')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  for (const seed of [9500, 9501]) await release(desk, (await verifiedPicture(house, ana, [desk], seed)).photo)
  await house.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What stands in a database beside the journal: facts, and the tables that they fold to, must not change unseen; sessions, searched words and the like can be lost without a fact. */
const kept = new Set(['journal', 'journal_bodies', ...Object.keys(foldedTables).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))])

/** What is found wrong; a database that cannot be read to its end is named, too. */
async function faultsOf(path: string): Promise<string[]> {
  const db = openReaders(path, 1)
  try {
    return (await checkDatabase(db)).faults.map(({ where, what }) => `${where}: ${what}`)
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return [error.message]
  } finally {
    await db.destroy()
  }
}

async function contentOf(path: string): Promise<string> {
  const db = openReaders(path, 1)
  try {
    const tables: string[] = []
    for (const name of kept) tables.push(name, JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows))
    return tables.join('\n')
  } finally {
    await db.destroy()
  }
}

/** Every page with what it belongs to, and how many of its bytes are in use. */
async function pagesOf(path: string): Promise<{ page: number; name: string; used: number }[]> {
  const db = openReaders(path, 1)
  try {
    return (await sql<{ pageno: number; name: string; unused: number }>`select pageno, name, unused from dbstat order by pageno`.execute(db)).rows.map(({ pageno, name, unused }) => ({ page: pageno, name, used: pageBytes - unused }))
  } finally {
    await db.destroy()
  }
}

async function flip(path: string, place: number, bit: number): Promise<void> {
  const handle = await open(path, 'r+')
  const byte = Buffer.alloc(1)
  await handle.read(byte, 0, 1, place)
  byte[0] = (byte[0] ?? 0) ^ (1 << bit)
  await handle.write(byte, 0, 1, place)
  await handle.close()
}

const seed = 20_270_228

it(`[R237] a byte that was flipped in any page of the database is named, or nothing that is kept has changed (seed ${seed})`, async () => {
  const source = at('mission/mission.db')
  const before = await contentOf(source)
  expect(await faultsOf(source)).toEqual([])
  const pages = (await pagesOf(source)).filter(({ used }) => used > 120)
  let state = seed
  const next = (most: number) => (state = (state * 48_271) % 2_147_483_647) % most
  let namedFlips = 0
  for (const { page, name, used } of pages) {
    // Rows stand at a page's end.
    const [place, bit] = [page * pageBytes - 1 - next(used), next(8)]
    await cp(source, at('flipped.db'))
    await flip(at('flipped.db'), place, bit)
    const faults = await faultsOf(at('flipped.db'))
    if (faults.length > 0) namedFlips += 1
    else expect([page, name, place, bit, (await contentOf(at('flipped.db'))) === before]).toEqual([page, name, place, bit, true])
  }
  expect(namedFlips).toBeGreaterThan(pages.length / 3)
})

it('[R237] `npm run verify` names a flipped byte of a fact, of a row, and of a page that can no longer be read', async () => {
  const pages = await pagesOf(at('mission/mission.db'))
  for (const [table, place] of [['journal_bodies', -200], ['photos', -40], ['reports', 0]] as const) {
    const page = pages.find(({ name, used }) => name === table && used > 400)
    if (!page) throw new Error(`no page of ${table}`)
    await rm(at('named'), { recursive: true, force: true })
    await cp(at('mission'), at('named'), { recursive: true })
    await flip(at('named/mission.db'), (place < 0 ? page.page : page.page - 1) * pageBytes + place, 1)
    const { code, said } = await runCommand('verify', [], at('named'))
    expect([table, code, said]).toEqual([table, 1, expect.stringMatching(/(journal \d+: the body was changed|photos .*: .* is not what the journal says|is damaged and cannot be read|^database: )/m)])
  }
})
