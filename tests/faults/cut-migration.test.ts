import { sql } from 'kysely'
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lookAtDatabase, openDatabase, openReaders } from '../../server/platform/database/open.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { runCommand } from '../support/commands.ts'
import { makeFirstVersion } from '../support/first-version.ts'
import { startHouse } from '../support/house.ts'

const root = resolve(import.meta.dirname, '../..')

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-cut-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

async function firstVersionIn(name: string): Promise<string> {
  await mkdir(at(name))
  await makeFirstVersion(join(at(name), 'mission.db'))
  return join(at(name), 'mission.db')
}

/** Opens a database in a process of its own, which is killed when its folder has changed so many times. Says whether it came to its end before. */
async function openAndKill(path: string, changes: number): Promise<'killed' | 'done'> {
  const opening = `import { openDatabase } from './server/platform/database/open.ts'; const db = await openDatabase(process.argv[1]); await db.close()`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', opening, path], { cwd: root, stdio: 'ignore' })
  let left = changes
  const watching = watch(join(path, '..'), () => { if ((left -= 1) === 0) child.kill('SIGKILL') })
  const signal = await new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, ended) => done(ended)))
  watching.close()
  return signal === 'SIGKILL' ? 'killed' : 'done'
}

/** What a copy that was laid aside holds. */
async function copied(path: string): Promise<{ facts: number; steps: number }> {
  const db = openReaders(path, 1)
  try {
    const count = async (table: string) => (await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(db)).rows[0]?.rows ?? 0
    return { facts: await count('journal'), steps: await count('migrations') }
  } finally {
    await db.destroy()
  }
}

it('[R238] a start that was killed while it brought the database up to date goes on at the next one: facts and tables agree, and a whole copy of before lies beside', async () => {
  const ends: string[] = []
  for (const changes of [1, 2, 3, 5, 8, 12, 18, 30]) {
    const path = await firstVersionIn(`killed-${changes}`)
    ends.push(await openAndKill(path, changes))
    const db = await openDatabase(path)
    const { facts, faults } = await verifyJournal(db.readers)
    await db.close()
    expect([changes, facts, faults]).toEqual([changes, 3, []])
    expect((await lookAtDatabase(path)).isOlder).toBe(false)
    const names = await readdir(join(path, '..'))
    const copies = names.filter((name) => /^mission\.db\.before-\d+$/.test(name))
    expect(copies.length).toBeGreaterThan(0)
    for (const name of copies) expect(await copied(join(path, '..', name))).toMatchObject({ facts: 3 })
    expect(names.filter((name) => name.endsWith('.new'))).toEqual([])
  }
  expect(ends).toContain('killed')
})

it('[R238] what an earlier start left half copied, or copied whole, stops nobody', async () => {
  const path = await firstVersionIn('left')
  await writeFile(`${path}.before-2.new`, 'half')
  await writeFile(`${path}.before-2`, 'of an attempt before')
  const db = await openDatabase(path)
  expect((await verifyJournal(db.readers)).faults).toEqual([])
  await db.close()
  expect(await copied(`${path}.before-2`)).toEqual({ facts: 3, steps: 1 })
  expect((await readdir(at('left'))).filter((name) => name.endsWith('.new'))).toEqual([])
})

it('[R239] a database of a newer Veedor is not opened by an older one, nor backed up, nor changed', async () => {
  const house = await startHouse({ folder: at('newer') })
  await house.db.writer.insertInto('migrations').values({ number: 999, name: 'of tomorrow', at: '2030-01-01T00:00:00.000Z' }).execute()
  await house.close()
  const before = await readFile(join(at('newer'), 'mission.db'))
  await expect(startHouse({ folder: at('newer') })).rejects.toThrow(/was made by a newer Veedor \(its step 999 is not known here\): start that one, or restore a backup of before\. Nothing was written\./)
  for (const [name, args] of [['backup', [at('newer.tar')]], ['verify', []]] as const) expect(await runCommand(name, args, at('newer'))).toMatchObject({ code: 2, said: '', complained: expect.stringMatching(/was made by a newer Veedor/) as string })
  expect((await readFile(join(at('newer'), 'mission.db'))).equals(before)).toBe(true)
})
