import { cp, mkdir, mkdtemp, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBackup } from '../../server/backup.ts'
import { CannotOpen } from '../../server/folder.ts'
import { restoreBackup } from '../../server/restore.ts'
import { runCommand } from '../support/commands.ts'
import { phonePicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import { file, hashOf, sendOriginal } from '../support/reports.ts'

let folder: string
let picture: string
/** Where each file's header begins in the backup, by name. */
const places = new Map<string, number>()
const at = (name: string) => join(folder, name)
const now = () => '2027-02-28T21:00:00.000Z'
const restore = (path: string, dataFolder: string) => restoreBackup({ path, dataFolder, now, say: () => undefined })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-restore-'))
  const house = await startHouse({ folder: at('mission') })
  const ana = await house.person('observer')
  const bytes = await phonePicture(9300)
  const { id } = await file(house, ana, { pictures: [bytes] })
  await sendOriginal(ana, id, bytes)
  await house.picturesDone()
  picture = hashOf(bytes)
  await house.close()
  await makeBackup({ dataFolder: at('mission'), path: at('sound.tar'), withKey: false, now, say: () => undefined })
  const archive = await readFile(at('sound.tar'))
  for (let place = 0; archive[place] !== 0;) {
    places.set(archive.toString('utf8', place, archive.indexOf(0, place)), place)
    place += 512 + Math.ceil(parseInt(archive.toString('utf8', place + 124, place + 135), 8) / 512) * 512
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const placeOf = (name: string): number => places.get(name) ?? (() => { throw new Error(`no ${name}`) })()
const original = () => `originals/${picture.slice(0, 2)}/${picture.slice(2, 4)}/${picture}`

let copies = 0
/** The backup with one bit of a byte changed, and an empty folder to restore it into. */
async function changed(place: number): Promise<{ path: string; into: string }> {
  const name = `changed-${(copies += 1)}`
  await cp(at('sound.tar'), at(`${name}.tar`))
  const handle = await open(at(`${name}.tar`), 'r+')
  const byte = Buffer.alloc(1)
  await handle.read(byte, 0, 1, place)
  byte[0] = (byte[0] ?? 0) ^ 4
  await handle.write(byte, 0, 1, place)
  await handle.close()
  return { path: at(`${name}.tar`), into: at(name) }
}

async function isNotWhole(path: string, into: string, why: RegExp): Promise<void> {
  await expect(restore(path, into)).rejects.toThrow(why)
  // Nobody starts there, and nobody restores over it.
  for (const attempt of [() => startHouse({ folder: into }), () => restore(at('sound.tar'), into)]) await expect(attempt()).rejects.toThrow(/did not come to its end: empty the folder and restore again/)
}

describe('a restore', () => {
  it('[R233] goes into a new or empty folder alone, and leaves any other as it was', async () => {
    await mkdir(at('taken'))
    await writeFile(join(at('taken'), 'letter.txt'), 'mine')
    await mkdir(at('shelved/originals'), { recursive: true })
    await writeFile(join(at('shelved/originals'), 'film.jpg'), 'mine')
    await writeFile(at('file'), '')
    for (const [name, why] of [['taken', /is not empty \(letter\.txt\)/], ['mission', /is not empty \(\w+/], ['shelved', /is not empty \(originals\)/], ['file', /cannot be written|is a file/], ['file/inside', /cannot be written/]] as const) {
      const before = await readdir(at(name), { recursive: true }).catch(() => null)
      await expect(restore(at('sound.tar'), at(name))).rejects.toThrow(why)
      expect(await readdir(at(name), { recursive: true }).catch(() => null)).toEqual(before)
    }
    const said = await runCommand('restore', [at('sound.tar')], at('taken'))
    expect(said).toMatchObject({ code: 2, said: '', complained: `${at('taken')} is not empty (letter.txt): a backup is restored into a new or empty folder alone. Nothing was written.\n` })
    for (const [args, why] of [[[], /^Name the backup/], [[at('none.tar')], /^There is no file/]] as const) expect((await runCommand('restore', args, at('never'))).complained).toMatch(why)

    // Disks of one's own for the files, mounted and empty.
    for (const shelf of ['originals/lost+found', 'renditions', 'lost+found']) await mkdir(join(at('mounted'), shelf), { recursive: true })
    expect((await restore(at('sound.tar'), at('mounted'))).checked.faults).toEqual([])
    expect((await stat(at('mounted'))).mode & 0o777).toBe(0o700)
    const house = await startHouse({ folder: at('mounted') })
    await house.close()
  })

  it('[R234] of a backup whose database or list was changed is refused and named, and no server starts where it was unpacked', async () => {
    const list = placeOf('veedor-backup.json')
    const cases: [number, RegExp][] = [
      [list + 20, /is no whole backup/], [list + 512 + 3, /is no whole backup/], [list + 512 + 60, /is no whole backup/],
      [placeOf('mission.db') + 130, /is no whole backup/], [placeOf('mission.db') + 512 + 30_000, /its mission\.db is not what was backed up: its hash differs/],
      [placeOf(original()) + 5, /is no whole backup/], [placeOf('veedor-backup-end.json') + 512 + 30, /do not belong together|its end cannot be read/],
    ]
    for (const [place, why] of cases) {
      const { path, into } = await changed(place)
      await isNotWhole(path, into, why)
    }
  })

  it('[R234] of a backup that was cut anywhere, or is none, is refused', async () => {
    const { size } = await stat(at('sound.tar'))
    const cuts = [1, 512, placeOf('mission.db'), placeOf('mission.db') + 5000, placeOf(original()), placeOf(original()) + 700, placeOf('veedor-backup-end.json'), placeOf('veedor-backup-end.json') + 520]
    for (const [index, length] of cuts.entries()) {
      expect(length).toBeLessThan(size)
      await cp(at('sound.tar'), at(`cut-${index}.tar`))
      await truncate(at(`cut-${index}.tar`), length)
      await isNotWhole(at(`cut-${index}.tar`), at(`cut-${index}`), /is no whole backup/)
    }
    await writeFile(at('letter.tar'), 'Dear operator, '.repeat(1000))
    await isNotWhole(at('letter.tar'), at('letter'), /is no whole backup/)
    await writeFile(at('empty.tar'), '')
    await isNotWhole(at('empty.tar'), at('empty'), /is no whole backup/)
  })

  it('[R234] of a backup in which a picture was changed names it and brings back all else', async () => {
    const { path, into } = await changed(placeOf(original()) + 512 + 900)
    const restored = await restore(path, into)
    expect(restored.differing).toEqual([original()])
    expect(restored.checked.faults).toEqual([{ where: `originals ${picture}`, what: 'is not the file that was kept: its hash differs' }])
    const house = await startHouse({ folder: into })
    await house.close()
  })

  it('[R234] that was killed leaves a folder in which no server starts', async () => {
    // What stands there from the first moment on until all was checked.
    await mkdir(at('killed'))
    await writeFile(join(at('killed'), 'restore-unfinished'), '')
    await cp(join(at('mission'), 'mission.db'), join(at('killed'), 'mission.db'))
    const before = (await readdir(at('killed'))).sort()
    await expect(startHouse({ folder: at('killed') })).rejects.toThrow(CannotOpen)
    for (const [name, args] of [['backup', [at('of-killed.tar')]], ['lead-link', []]] as const) expect((await runCommand(name, args, at('killed'))).complained).toMatch(/did not come to its end: empty the folder and restore again\. Nothing was written\.\n$/)
    expect((await readdir(at('killed'))).sort()).toEqual(before)
  })

  it.each([['before its database was there', []], ['after it', ['mission.db']]])('[R454] that was killed %s is told by verify as by a start, and not as files that are missing', async (when, files) => {
    const path = at(`killed ${when}`)
    await mkdir(path)
    await writeFile(join(path, 'restore-unfinished'), '')
    for (const name of files) await cp(join(at('mission'), name), join(path, name))
    const why = `A backup was being restored into ${path} and did not come to its end: empty the folder and restore again. Nothing was written.`
    await expect(startHouse({ folder: path })).rejects.toThrow(why)
    expect(await runCommand('verify', [], path)).toMatchObject({ code: 2, said: '', complained: `${why}\n` })
  })
})
