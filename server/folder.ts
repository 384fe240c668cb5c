import { constants, existsSync } from 'node:fs'
import { access, chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureUnheld, isDamaged, lookAtDatabase } from './platform/database/open.ts'
import { DatabaseRefused, isOnServer, serverName } from './platform/database/refused.ts'
import { makeFolder } from './platform/files/folders.ts'
import { readMark, whyApart } from './platform/files/marks.ts'

// Which folder may be a mission's, decided before anything in it is touched.

/** The folder, the port or the machine does not let a house open. Its message is one sentence for the operator. */
export class CannotOpen extends Error {}

/** Stands in a folder while a backup is unpacked into it. */
export const unfinishedRestore = 'restore-unfinished'

/** What lies in a folder whose first start was cut before it had a database; `lost+found` is what a volume of one's own begins with. */
const beforeDatabase = /^(lock\.db.*|lost\+found)$/

/** What lies in a folder without a database whose first start was cut before it was marked. */
const beforeMark = /^(lock\.db.*|lost\+found|originals|renditions|incoming|uploads)$/

/**
 * Makes the folder, or takes one that is empty or Veedor's, for this account alone. What is another's, or not whole, is left as it was. `database`: where the mission's is, if not in the folder.
 * @throws CannotOpen
 */
export async function ensureFolder(folder: string, database = join(folder, 'mission.db')): Promise<void> {
  const cannotWrite = () => { throw new CannotOpen(`The data folder ${folder} cannot be written: give this account the right to, or name another folder with DATA_DIR.`) }
  await makeFolder(folder).catch(cannotWrite)
  if (!(await stat(folder)).isDirectory()) throw new CannotOpen(`DATA_DIR names ${folder}, which is a file: name a folder.`)
  const names = await readdir(folder).catch(cannotWrite)
  if (!(await (isOnServer(database) ? isBeside(folder, names, database) : isOurs(folder, names)))) throw new CannotOpen(`The folder ${folder} holds other things than Veedor's: name an empty one, or one that does not exist yet, with DATA_DIR.`)
  await access(folder, constants.W_OK | constants.X_OK).then(() => chmod(folder, 0o700)).catch(cannotWrite)
}

/** A mission of this Veedor that can be read whole. Looks, and writes nothing. @throws CannotOpen */
export async function ensureWhole(folder: string): Promise<void> {
  const path = join(folder, 'mission.db')
  if (!existsSync(path)) throw new CannotOpen(`There is no mission in ${folder}. Name its folder with DATA_DIR, or add -- --sample for the sample.`)
  if (!(await isOurs(folder, await readdir(folder)))) throw new CannotOpen(`The folder ${folder} holds other things than Veedor's: name another with DATA_DIR.`)
  const { isOlder, mission } = await lookAtDatabase(path).catch(sayDamaged(path))
  if (isOlder || mission === null) throw new CannotOpen(`The database ${path} was made by an older Veedor: start it once with this one, or use that one.`)
}

/** Whether nobody else keeps anything here, or it is a mission of ours, or a sample that was being made. Looks, and writes nothing. @throws CannotOpen where it is a mission that is not whole */
async function isOurs(folder: string, names: readonly string[]): Promise<boolean> {
  refuseUnfinished(folder)
  if (names.includes('sample-unfinished')) return true
  if (!names.includes('mission.db')) {
    const mark = await readMark(join(folder, 'originals'))
    if (mark !== null) throw new CannotOpen(`${folder} holds the pictures of the mission ${mark} without its database: mount its disk, or restore a backup into an empty folder. Nothing was written.`)
    return names.every((name) => beforeDatabase.test(name))
  }
  const path = join(folder, 'mission.db')
  if (!(await stat(path)).isFile()) return false
  const found = await lookAtDatabase(path).catch(sayDamaged(path))
  if (!found.isOurs) return false
  if (found.newer !== null) throw new CannotOpen(`The database ${path} was made by a newer Veedor (its step ${found.newer} is not known here): start that one, or restore a backup of before. Nothing was written.`)
  const apart = await whyApart(folder, found)
  if (apart !== null) throw new CannotOpen(apart)
  return true
}

/** The same of a folder whose database is on a server. @throws CannotOpen */
async function isBeside(folder: string, names: readonly string[], database: string): Promise<boolean> {
  refuseUnfinished(folder)
  if (names.includes('mission.db')) throw new CannotOpen(`${folder} holds a mission in a file of its own, and DATABASE_URL names another database: start without DATABASE_URL, or name another folder with DATA_DIR. Nothing was written.`)
  const found = await lookAtDatabase(database).catch(sayDamaged(database))
  if (!found.isOurs) throw new CannotOpen(`${serverName(database)} holds other things than Veedor's: make an empty one for it. Nothing was written.`)
  if (found.newer !== null) throw new CannotOpen(`${serverName(database)} was made by a newer Veedor (its step ${found.newer} is not known here): start that one, or restore a backup of before. Nothing was written.`)
  const apart = await whyApart(folder, found)
  if (apart !== null) {
    // A second server with a folder of its own has to hear of the first, and not of a disk that it should mount.
    await ensureUnheld(database).catch(sayDamaged(database))
    throw new CannotOpen(apart)
  }
  return (await readMark(join(folder, 'originals'))) !== null || names.every((name) => beforeMark.test(name))
}

/** What a restore that was killed left is no mission, whatever of it is there. @throws CannotOpen */
export function refuseUnfinished(folder: string): void {
  if (existsSync(join(folder, unfinishedRestore))) throw new CannotOpen(`A backup was being restored into ${folder} and did not come to its end: empty the folder and restore again. Nothing was written.`)
}

/** What a folder is to be filled with, and where another one is named. */
type Filling = { why: string; another: string }
export const aBackup: Filling = { why: 'a backup is restored into a new or empty folder alone', another: 'name another with DATA_DIR' }
export const anExercise: Filling = { why: 'an exercise is made in a new or empty folder alone. Name another with --into, or delete this one if it holds an exercise of before', another: 'name another with --into' }

/** A folder that is filled as a whole: a new or empty one, in which disks for files may be mounted. Makes it. @throws CannotOpen on any other */
export async function ensureEmpty(folder: string, { why, another }: Filling): Promise<void> {
  const cannotWrite = () => { throw new CannotOpen(`The folder ${folder} cannot be written: give this account the right to, or ${another}.`) }
  await makeFolder(folder).catch(cannotWrite)
  if (!(await stat(folder)).isDirectory()) throw new CannotOpen(`${folder} is a file: name a folder.`)
  const names = await readdir(folder).catch(cannotWrite)
  refuseUnfinished(folder)
  for (const name of names) {
    if (beforeDatabase.test(name)) continue
    const isEmptyShelf = ['originals', 'renditions'].includes(name) && (await stat(join(folder, name))).isDirectory() && (await readdir(join(folder, name))).every((inside) => inside === 'lost+found')
    if (!isEmptyShelf) throw new CannotOpen(`${folder} is not empty (${name}): ${why}. Nothing was written.`)
  }
  await access(folder, constants.W_OK | constants.X_OK).then(() => chmod(folder, 0o700)).catch(cannotWrite)
}

/** Says of a database that it is damaged, or of its server that it cannot be used, in a sentence; lets all else through. */
export const sayDamaged = (path: string) => (error: unknown): never => {
  if (error instanceof DatabaseRefused) throw new CannotOpen(error.message)
  if (!isDamaged(error)) throw error
  throw new CannotOpen(`The database ${path} is damaged (${error.message}): put a copy of the whole folder in its place, or name another folder with DATA_DIR.`)
}
