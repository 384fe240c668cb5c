import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'

export type Lock = { release: () => Promise<void> }

/** Another process has this data folder; `holder` says which, as far as it is known. */
export class FolderInUse extends Error {
  constructor(folder: string, holder: string | null) {
    super(`The data folder ${folder} is in use by another Veedor${holder ? ` (${holder})` : ''}. Stop that one first, or name another folder with DATA_DIR.`)
  }
}

/** Takes the folder for this process: an exclusive transaction on `lock.db`, which the system frees even after kill -9. @throws FolderInUse */
export async function lockFolder(folder: string): Promise<Lock> {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const made = new sqlite3.Database(join(folder, 'lock.db'), (error) => (error ? reject(error) : resolve(made)))
  })
  const exec = (text: string) => new Promise<void>((resolve, reject) => db.exec(text, (error) => (error ? reject(error) : resolve())))
  const close = () => new Promise<void>((resolve) => db.close(() => resolve()))
  try {
    await exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    await close()
    if (error instanceof Error && error.message.includes('SQLITE_BUSY')) throw new FolderInUse(folder, await holderOf(folder))
    throw error
  }
  return { release: async () => { await exec('rollback'); await close() } }
}

async function holderOf(folder: string): Promise<string | null> {
  try {
    const control: unknown = JSON.parse(await readFile(join(folder, 'control.json'), 'utf8'))
    if (typeof control === 'object' && control !== null && 'pid' in control && 'port' in control) return `process ${String(control.pid)}, port ${String(control.port)}`
  } catch {
    // It may not have written the file yet.
  }
  return null
}
