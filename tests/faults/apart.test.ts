import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { makeBackup } from '../../server/backup.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import { runCommand } from '../support/commands.ts'
import { phonePicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import { file, hashOf, sendOriginal } from '../support/reports.ts'

let folder: string
let [mine, other]: string[] = []
const at = (name: string) => join(folder, name)

/** A mission with a picture, closed; gives its id. */
async function missionIn(name: string): Promise<string> {
  const house = await startHouse({ folder: at(name) })
  const ana = await house.person('observer')
  const bytes = await phonePicture(9400)
  const { id } = await file(house, ana, { pictures: [bytes] })
  await sendOriginal(ana, id, bytes)
  await house.picturesDone()
  const { id: mission } = await house.db.readers.selectFrom('mission').select('id').executeTakeFirstOrThrow()
  await house.close()
  return mission
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-apart-'))
  ;[mine, other] = [await missionIn('mine'), await missionIn('other')]
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let copies = 0
async function copyOfMine(): Promise<string> {
  const copy = at(`copy-${(copies += 1)}`)
  await cp(at('mine'), copy, { recursive: true })
  return copy
}

/** Every file and folder with its bytes; what a reader of SQLite lays beside a database is left out. */
async function contentOf(path: string): Promise<Record<string, string>> {
  const found = (await readdir(path, { recursive: true, withFileTypes: true })).filter(({ name }) => !/\.db-(wal|shm)$/.test(name))
  return Object.fromEntries(await Promise.all(found.map(async (one): Promise<[string, string]> => {
    const name = join(one.parentPath, one.name)
    return [name, one.isFile() ? hashOf(await readFile(name)) : `folder ${((await stat(name)).mode & 0o777).toString(8)}`]
  })))
}

/** Nothing starts here and nothing is backed up, each says why, and all is left as it was; verify names it. */
async function isRefused(path: string, why: RegExp): Promise<void> {
  const before = await contentOf(path)
  await expect(startHouse({ folder: path })).rejects.toThrow(why)
  await expect(makeBackup({ dataFolder: path, path: at('refused.tar'), withKey: false, now: () => '2027-02-28T21:00:00.000Z', say: () => undefined })).rejects.toThrow(why)
  const verified = await runCommand('verify', [], path)
  expect([verified.code, verified.said]).toEqual([1, expect.stringMatching(why)])
  expect(await contentOf(path)).toEqual(before)
}

describe('database, originals and renditions', () => {
  it.each(['originals', 'renditions'])('[R236] are one mission’s: %s that are not mounted, or not there at all, stop the start before anything is written', async (shelf) => {
    const path = await copyOfMine()
    await rm(join(path, shelf), { recursive: true })
    await isRefused(path, new RegExp(`${shelf} does not carry the mark of the mission whose database lies beside it: mount its disk, or restore the folder whole from a backup\\. Nothing was written\\.`))
    expect(await runCommand('lead-link', [], path)).toMatchObject({ code: 2, complained: expect.stringMatching(/does not carry the mark/) as string })
    await mkdir(join(path, shelf), { mode: 0o755 })
    await isRefused(path, new RegExp(`${shelf} does not carry the mark`))
  })

  it('[R236] originals of another mission are refused and named', async () => {
    const path = await copyOfMine()
    await rm(join(path, 'originals'), { recursive: true })
    await cp(join(at('other'), 'originals'), join(path, 'originals'), { recursive: true })
    await isRefused(path, new RegExp(`originals carries the mark of another mission \\(${other}\\), and the database beside it is that of ${mine}`))
  })

  it('[R236] pictures without their database are nobody’s new folder', async () => {
    const path = await copyOfMine()
    await rename(join(path, 'mission.db'), at('away.db'))
    const before = await contentOf(path)
    await expect(startHouse({ folder: path })).rejects.toThrow(`${path} holds the pictures of the mission ${mine} without its database`)
    expect(await contentOf(path)).toEqual(before)
  })

  it('[R236] a mission of before the marks is marked at its next start, and held together from then on', async () => {
    const path = await copyOfMine()
    const db = await openDatabase(join(path, 'mission.db'))
    await sql`drop table shelf_marks`.execute(db.writer)
    await db.writer.deleteFrom('migrations').where('name', '=', 'marks').execute()
    await db.close()
    for (const shelf of ['originals', 'renditions']) await rm(join(path, shelf, 'veedor-mission.json'))
    const house = await startHouse({ folder: path })
    await house.close()
    expect(JSON.parse(await readFile(join(path, 'originals', 'veedor-mission.json'), 'utf8'))).toEqual({ mission: mine })
    await rm(join(path, 'originals', 'veedor-mission.json'))
    await expect(startHouse({ folder: path })).rejects.toThrow(/does not carry the mark/)
  })
})
