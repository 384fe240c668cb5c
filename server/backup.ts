import { existsSync } from 'node:fs'
import { link, mkdtemp, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { CannotOpen, ensureWhole } from './folder.ts'
import { getMission } from './features/mission/actions.ts'
import { namedFiles } from './features/photos/actions.ts'
import { countReports } from './features/reports/actions.ts'
import { bytesOf, bytesOfText, createArchive } from './platform/backup/archive.ts'
import type { Archive } from './platform/backup/archive.ts'
import { endOf, nameOf, names, readBackup } from './platform/backup/contents.ts'
import type { Contents } from './platform/backup/contents.ts'
import { keepLastBackup } from './platform/backup/last.ts'
import { copyDatabase } from './platform/database/backup.ts'
import { openReaders } from './platform/database/open.ts'
import { lookAtFiles } from './platform/files/files.ts'
import { hashOf } from './platform/files/shelf.ts'
import { syncFolder } from './platform/files/sync.ts'
import { readHead } from './platform/journal/journal.ts'

export type Kind = 'originals' | 'renditions'
type Named = { kind: Kind; sha256: string; sizeBytes: number }

export type BackupOptions = {
  dataFolder: string
  /** Where to; no file is replaced. */
  path: string
  withKey: boolean
  now: () => string
  say: (line: string) => void
}

export type Backup = {
  contents: Contents
  sizeBytes: number
  /** Files that the database names and that are gone, and those that are not what they were: the mission itself has them no better. */
  faults: string[]
  /** Whether it lies on the mission's own disk. */
  isBeside: boolean
}

/**
 * Backs a mission up into one file, also while its server runs: the database as it stands at one moment, then every file that it names. A file is on its shelf before a
 * fact names it and stays as it is, so whatever was acknowledged before is there. @throws CannotOpen with a sentence for the operator
 */
export async function makeBackup({ dataFolder, path, withKey, now, say }: BackupOptions): Promise<Backup> {
  const target = resolve(path)
  await ensureWhole(dataFolder)
  await refuseTarget(dataFolder, target)
  await sweepUnfinished(target)
  const work = await mkdtemp(`${target}.unfinished-`)
  const archivePath = join(work, 'backup.tar')
  try {
    const begunAt = now()
    say('Taking the database as it stands now ...')
    const database = join(work, names.database)
    await copyDatabase(join(dataFolder, names.database), database)
    const found = await lookInto(database)
    const { files, missing } = await sizesOf(found.named, dataFolder)
    const key = withKey ? await keyOf(dataFolder) : null
    const databaseBytes = (await stat(database)).size
    const contents: Contents = {
      backup: 'veedor', version: 1, mission: found.mission, begunAt, journal: found.head, reports: found.reports, database: { sha256: await hashOf(database), sizeBytes: databaseBytes }, key: key?.sha256 ?? null,
      originals: sumOf(files, 'originals'), renditions: sumOf(files, 'renditions'),
    }
    const totalBytes = databaseBytes + contents.originals.sizeBytes + contents.renditions.sizeBytes
    await ensureRoom(dirname(target), totalBytes + (files.length + 10) * 1024)

    const archive = await createArchive(archivePath)
    try {
      await writeParts(archive, contents, { database, key: key?.path ?? null, dataFolder, files, told: progress('written', totalBytes, say) })
    } finally {
      await archive.close()
    }
    say('Reading it back ...')
    const told = progress('read back', totalBytes, say)
    const read = await readBackup(archivePath, () => Promise.resolve(), async (_part, { bytes }) => { for await (const part of bytes) told(part.length) })
    const isBeside = (await stat(work)).dev === (await stat(dataFolder)).dev
    const sizeBytes = (await stat(archivePath)).size
    await publish(archivePath, target)
    await keepLastBackup(dataFolder, { mission: found.mission, begunAt, number: found.head.number, reports: found.reports, isBeside }).catch(() => say(`The backup is made. That it was could not be noted in ${dataFolder}, so that the room does not know of it.`))
    return { contents, sizeBytes, faults: [...missing.map((name) => `${name}: is missing`), ...read.differing.map((name) => `${name}: is not the file that was kept: its hash differs`)], isBeside }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function refuseTarget(dataFolder: string, target: string): Promise<void> {
  if (!existsSync(dirname(target))) throw new CannotOpen(`There is no folder ${dirname(target)} to put a backup into.`)
  if (existsSync(target)) throw new CannotOpen(`${target} is there already: name another file. A backup replaces nothing.`)
  const inside = relative(resolve(dataFolder), target)
  if (inside !== '..' && !inside.startsWith(`..${sep}`)) throw new CannotOpen(`${target} lies in the mission's own folder: name a file elsewhere, best on another disk.`)
  if (!(await stat(dirname(target))).isDirectory()) throw new CannotOpen(`${dirname(target)} is no folder.`)
}

const unfinishedHours = 1

/** What a backup of this name left that was killed. One that is under way writes all the time. */
async function sweepUnfinished(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.unfinished-`)) continue
    const left = join(dirname(target), name)
    const times = await Promise.all([left, join(left, 'backup.tar')].map((path) => stat(path).then(({ mtimeMs }) => mtimeMs, () => 0)))
    if (Math.max(...times) < Date.now() - unfinishedHours * 3_600_000) await rm(left, { recursive: true, force: true })
  }
}

/** What a copied database says of itself. */
async function lookInto(path: string) {
  const db = openReaders(path, 1)
  try {
    return await db.transaction().execute(async (tx) => ({ mission: (await getMission(tx)).id, head: await readHead(tx), reports: await countReports(tx), named: await namedFiles(tx) }))
  } finally {
    await db.destroy()
  }
}

async function sizesOf(named: Record<Kind, string[]>, dataFolder: string): Promise<{ files: Named[]; missing: string[] }> {
  const shelves = lookAtFiles(dataFolder)
  const [files, missing]: [Named[], string[]] = [[], []]
  for (const kind of ['originals', 'renditions'] as const) {
    // In the order of their names, which is that of the folders.
    for (const sha256 of [...named[kind]].sort()) {
      const sizeBytes = await shelves[kind].size(sha256)
      if (sizeBytes === null) missing.push(nameOf(kind, sha256))
      else files.push({ kind, sha256, sizeBytes })
    }
  }
  return { files, missing }
}

const sumOf = (files: readonly Named[], kind: Kind): { files: number; sizeBytes: number } => {
  const own = files.filter((file) => file.kind === kind)
  return { files: own.length, sizeBytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
}

async function keyOf(dataFolder: string): Promise<{ path: string; sha256: string }> {
  const path = join(dataFolder, names.key)
  if (!existsSync(path)) throw new CannotOpen(`${path} is not there: back up without --with-key.`)
  return { path, sha256: await hashOf(path) }
}

/** @throws CannotOpen where the folder's disk has not so many bytes free */
export async function ensureRoom(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < neededBytes) throw new CannotOpen(`The disk of ${folder} has ${sayBytes(bavail * bsize)} free, and ${sayBytes(neededBytes)} are needed: take another disk.`)
}

type Sources = { database: string; key: string | null; dataFolder: string; files: readonly Named[]; told: (bytes: number) => void }

async function writeParts(archive: Archive, contents: Contents, { database, key, dataFolder, files, told }: Sources): Promise<void> {
  const text = JSON.stringify(contents)
  const addText = (name: string, words: string) => archive.add({ name, sizeBytes: Buffer.byteLength(words), bytes: bytesOfText(words) })
  const addFile = async (name: string, path: string, sizeBytes: number) => {
    await archive.add({ name, sizeBytes, bytes: bytesOf(path) })
    told(sizeBytes)
  }
  await addText(names.contents, text)
  await addFile(names.database, database, contents.database.sizeBytes)
  if (key !== null) await addFile(names.key, key, (await stat(key)).size)
  const shelves = lookAtFiles(dataFolder)
  for (const { kind, sha256, sizeBytes } of files) await addFile(nameOf(kind, sha256), shelves[kind].path(sha256), sizeBytes)
  await addText(names.end, endOf(text))
  await archive.finish()
}

/** Gives a finished file its name, which nobody may have taken meanwhile; on the disk when it resolves. */
async function publish(from: string, target: string): Promise<void> {
  await link(from, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' || existsSync(target)) throw new CannotOpen(`${target} was made by somebody else meanwhile: name another file.`)
    // Sticks and shares often know no second name of a file.
    await rename(from, target)
  })
  await syncFolder(dirname(target))
}

/** What is less than this is there at once. */
const longBytes = 100e6

/** Says a line at each tenth of what takes a while. */
export function progress(what: string, totalBytes: number, say: (line: string) => void): (bytes: number) => void {
  let [done, tenth] = [0, 0]
  if (totalBytes < longBytes) return () => undefined
  return (bytes) => {
    done += bytes
    const reached = Math.floor((done * 10) / totalBytes)
    if (reached <= tenth || reached > 10) return
    tenth = reached
    say(`  ${reached * 10} %: ${sayBytes(done)} of ${sayBytes(totalBytes)} ${what}`)
  }
}

export function sayBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return step === 0 ? `${bytes} bytes` : `${(bytes / 1000 ** step).toPrecision(3)} ${units[step]}`
}
