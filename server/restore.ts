import { open, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ensureRoom, progress } from './backup.ts'
import { checkAll } from './check.ts'
import type { Checked } from './check.ts'
import { noteRestored } from './features/mission/actions.ts'
import { CannotOpen, aBackup, ensureEmpty, unfinishedRestore } from './folder.ts'
import { writeAll } from './platform/backup/archive.ts'
import { BackupDamaged, nameOf, names, readBackup } from './platform/backup/contents.ts'
import type { Contents, Part } from './platform/backup/contents.ts'
import { lockFolder } from './platform/database/lock.ts'
import { lookAtDatabase, openDatabase } from './platform/database/open.ts'
import { makeFolder } from './platform/files/folders.ts'
import { markShelves } from './platform/files/marks.ts'
import { openEngine } from './platform/journal/engine.ts'
import type { Told } from './platform/journal/looking.ts'
import { folderMaker, syncFile, syncFolder } from './platform/files/sync.ts'

export type RestoreOptions = { path: string; dataFolder: string; now: () => string; say: (line: string) => void; told?: Told }

/** `differing`: pictures whose bytes in the backup are not those of their name. */
export type Restored = { contents: Contents; differing: string[]; checked: Checked }

/**
 * Unpacks a backup into an empty folder, hashes every file on its way, and checks the whole as `verify` does. Until its end a file stands in the folder by which no
 * server starts there. @throws CannotOpen with a sentence for the operator
 */
export async function restoreBackup({ path, dataFolder, now, say, told }: RestoreOptions): Promise<Restored> {
  const source = resolve(path)
  const found = await stat(source).catch(() => null)
  if (!found?.isFile()) throw new CannotOpen(`There is no file ${source}.`)
  await ensureEmpty(dataFolder, aBackup)
  await ensureRoom(dataFolder, found.size)
  const lock = await lockFolder(dataFolder)
  try {
    const mark = join(dataFolder, unfinishedRestore)
    await writeFile(mark, `${now()}\n`, { mode: 0o600 })
    await syncFile(mark)
    await syncFolder(dataFolder)
    const { contents, differing } = await unpack(source, dataFolder, progress('unpacked', found.size, say)).catch((error: unknown) => {
      if (!(error instanceof BackupDamaged)) throw error
      throw new CannotOpen(`${source} is no whole backup: ${error.message}. What was unpacked of it into ${dataFolder} is not whole either: no server starts there.`)
    })
    const { newer } = await lookAtDatabase(join(dataFolder, names.database))
    if (newer !== null) throw new CannotOpen(`${source} was made by a newer Veedor (its step ${newer} is not known here): restore it with that one. No server starts in ${dataFolder}.`)
    say('Checking all of it ...')
    const checked = await settle(dataFolder, contents, now, told)
    await rm(mark)
    await syncFolder(dataFolder)
    return { contents, differing, checked }
  } finally {
    await lock.release()
  }
}

async function unpack(source: string, dataFolder: string, told: (bytes: number) => void) {
  const makeShelf = folderMaker(dataFolder)
  const read = await readBackup(source, async () => {
    for (const shelf of ['originals', 'renditions']) await makeFolder(join(dataFolder, shelf))
  }, async (part, { bytes }) => {
    const target = join(dataFolder, pathOf(part))
    await makeShelf(dirname(target))
    const file = await open(target, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new BackupDamaged(`it holds ${pathOf(part)} twice`) : error
    })
    try {
      for await (const piece of bytes) {
        await writeAll(file, piece)
        told(piece.length)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(dirname(target))
  })
  await syncFolder(dataFolder)
  return read
}

const pathOf = (part: Part): string => (part.kind === 'originals' || part.kind === 'renditions' ? nameOf(part.kind, part.sha256) : names[part.kind])

/** Brings the tables of an older backup up to this Veedor, marks the folders as the mission's, keeps in the journal that it was restored, and checks everything. */
async function settle(dataFolder: string, { mission, begunAt, journal }: Contents, now: () => string, told: Told | undefined): Promise<Checked> {
  const db = await openDatabase(join(dataFolder, names.database))
  try {
    const engine = await openEngine(db, now)
    await engine.write({ kind: 'operator' }, async (work) => {
      await work.tx.deleteFrom('shelfMarks').execute()
      await markShelves(dataFolder, mission, work)
      await noteRestored({ begunAt, number: journal.number }, work)
    })
    return await checkAll(db.readers, dataFolder, told)
  } finally {
    await db.close()
  }
}
