import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { syncFile, syncFolder } from '../files/sync.ts'

// When the mission was last backed up stands in its folder, and not in its journal: a backup is also made while no server runs, before an upgrade, and then nothing may be
// written into the database. It is in no backup itself, so that a mission that was restored knows of none.

const fileName = 'last-backup.json'
const LastBackup = z.object({
  mission: z.string(),
  begunAt: z.string(),
  /** The last fact that is in it. */
  number: z.number(),
  reports: z.number(),
  /** It lay on the mission's own disk. */
  isBeside: z.boolean(),
})
export type LastBackup = z.infer<typeof LastBackup>

/** On the disk when it resolves. */
export async function keepLastBackup(folder: string, last: LastBackup): Promise<void> {
  const path = join(folder, fileName)
  await writeFile(`${path}.new`, `${JSON.stringify(last)}\n`, { mode: 0o600 })
  await syncFile(`${path}.new`)
  await rename(`${path}.new`, path)
  await syncFolder(folder)
}

/** Null where there was none, or where what stands there cannot be read. */
export async function findLastBackup(folder: string): Promise<LastBackup | null> {
  try {
    return LastBackup.safeParse(JSON.parse(await readFile(join(folder, fileName), 'utf8'))).data ?? null
  } catch {
    return null
  }
}
