import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Sha256 } from '../../../shared/basics.ts'
import { isMissing, syncFolder } from './sync.ts'
import { hashOf, localShelf, type Shelf } from './shelf.ts'

export type Damage = { shelf: 'originals' | 'renditions'; sha256: Sha256 }

/** What the mission keeps as bytes. Local disk today; object storage can follow behind the same type. */
export type Files = {
  /** As the phones captured them; never changed. `originals/ab/cd/<sha256>` */
  originals: Shelf
  /** Everything made from them. `renditions/ab/<sha256>`, by its own hash */
  renditions: Shelf
  /** The path of a new temporary file, which is not there yet; `put` moves it to its shelf. */
  incomingPath(): string
  /** The path of a temporary file that a later call will want again: by what it is and its hash. */
  keptPath(what: string, sha256: Sha256): string
  hashOf: typeof hashOf
  /** Told of each stored file that was asked for and is gone, or has other bytes than its name says. */
  onDamage(listener: (damage: Damage) => void): void
  /** Removes temporary files that nobody can be at work on any more, and kept ones that nobody came back for, and says how many; `now` in milliseconds since 1970. */
  sweep(now: number): Promise<number>
}

/** The files of one data folder, for reading alone: makes nothing. */
export function lookAtFiles(dataFolder: string): Pick<Files, 'originals' | 'renditions'> {
  const folder = resolve(dataFolder)
  const incoming = join(folder, 'incoming')
  const nobody = { damaged: () => undefined, failing: () => undefined }
  return { originals: localShelf(join(folder, 'originals'), 2, incoming, nobody), renditions: localShelf(join(folder, 'renditions'), 1, incoming, nobody) }
}

/** Opens the files of one data folder and makes what is missing. Only this account may look inside. `failing` hears of a disk that did not take what it was told to keep. */
export async function openFiles(dataFolder: string, failing: (error: unknown) => void = () => undefined): Promise<Files> {
  const folder = resolve(dataFolder)
  const [originals, renditions, incoming] = [join(folder, 'originals'), join(folder, 'renditions'), join(folder, 'incoming')]
  for (const path of [folder, originals, renditions, incoming]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await chmod(path, 0o700)
  }
  await syncFolder(folder)

  const listeners: ((damage: Damage) => void)[] = []
  const tell = (shelf: Damage['shelf']) => (sha256: Sha256) => listeners.forEach((listener) => listener({ shelf, sha256 }))
  return {
    originals: localShelf(originals, 2, incoming, { damaged: tell('originals'), failing }),
    renditions: localShelf(renditions, 1, incoming, { damaged: tell('renditions'), failing }),
    onDamage: (listener) => void listeners.push(listener),
    incomingPath: () => join(incoming, randomUUID()),
    keptPath: (what, sha256) => join(incoming, `${what}-${sha256}`),
    hashOf,
    async sweep(now) {
      let removed = 0
      for (const name of await readdir(incoming)) {
        if (await removeIfOlder(join(incoming, name), now - (isTemporary(name) ? hourMilliseconds : dayMilliseconds))) removed += 1
      }
      return removed
    },
  }
}

const hourMilliseconds = 3_600_000
const dayMilliseconds = 24 * hourMilliseconds
const isTemporary = (name: string): boolean => /^[0-9a-f-]{36}$/.test(name)

async function removeIfOlder(path: string, before: number): Promise<boolean> {
  try {
    if ((await stat(path)).mtimeMs >= before) return false
    await rm(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
