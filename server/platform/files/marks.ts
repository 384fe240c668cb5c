import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Tx } from '../database/open.ts'
import { isMissing, syncFile, syncFolder } from './sync.ts'

// Database, originals and renditions may lie on different disks. Each folder of files carries a mark of its mission, and the database knows that it does: a disk that is
// not mounted, or another mission's, is told before anything is written into it.

const shelves = ['originals', 'renditions'] as const

const fileName = 'veedor-mission.json'
const Mark = z.object({ mission: z.string() })

/** What a database that is not open yet says of itself. */
export type Marked = { mission: string | null; shelves: readonly string[] }

/** The mission whose mark a folder carries; null where there is none that can be read. */
export async function readMark(folder: string): Promise<string | null> {
  try {
    return Mark.safeParse(JSON.parse(await readFile(join(folder, fileName), 'utf8'))).data?.mission ?? null
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOTDIR')) return null
    throw error
  }
}

/** Why these folders and this database are not one mission's, as a sentence; null where they are, or where none was marked yet. Reads alone. */
export async function whyApart(dataFolder: string, { mission, shelves: marked }: Marked): Promise<string | null> {
  for (const shelf of shelves) {
    const [folder, mark] = [join(dataFolder, shelf), await readMark(join(dataFolder, shelf))]
    if (mark !== null && mark !== mission) return `${folder} carries the mark of another mission (${mark}), and the database beside it is ${mission === null ? 'new' : `that of ${mission}`}: put those together that belong together. Nothing was written.`
    if (mark === null && marked.includes(shelf)) return `${folder} does not carry the mark of the mission whose database lies beside it: mount its disk, or restore the folder whole from a backup. Nothing was written.`
  }
  return null
}

/** Marks the folders that are not marked yet; first on the disk, then in the database. */
export async function markShelves(dataFolder: string, mission: string, { tx, now }: { tx: Tx; now: string }): Promise<void> {
  const marked = (await tx.selectFrom('shelfMarks').select('shelf').execute()).map(({ shelf }) => shelf)
  for (const shelf of shelves) {
    if (marked.includes(shelf)) continue
    await writeMark(join(dataFolder, shelf), mission)
    await tx.insertInto('shelfMarks').values({ shelf, mission, markedAt: now }).execute()
  }
}

/** On the disk when it resolves. */
export async function writeMark(folder: string, mission: string): Promise<void> {
  const path = join(folder, fileName)
  await writeFile(`${path}.new`, `${JSON.stringify({ mission } satisfies z.infer<typeof Mark>)}\n`, { mode: 0o600 })
  await syncFile(`${path}.new`)
  await rename(`${path}.new`, path)
  await syncFolder(folder)
}
