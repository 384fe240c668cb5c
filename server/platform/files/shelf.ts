import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Stats } from 'node:fs'
import { opendir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Sha256 } from '../../../shared/basics.ts'
import { folderMaker, isFailedSync, isMissing, sizeOf, syncFile, syncFolder } from './sync.ts'

/** `storedAt`: when it was last put there, whatever its own dates say. */
export type StoredFile = { sha256: Sha256; sizeBytes: number; storedAt: Date }

/** Files that are named by the SHA-256 of their bytes. */
export type Shelf = {
  /**
   * Takes over a finished file that the caller has hashed; afterwards the source is gone and bytes and name are on the disk.
   * Safe to repeat and to run twice at once; a stored file whose bytes went bad is replaced. The source must lie on the same file system.
   */
  put(sourcePath: string, sha256: Sha256): Promise<void>
  putBytes(bytes: Uint8Array): Promise<Sha256>
  has(sha256: Sha256): Promise<boolean>
  /** Bytes, or null where no such file is. */
  size(sha256: Sha256): Promise<number | null>
  /** Bytes from `start` to `end`, both included; all without them. Checks nothing; a missing file is an `error` event of the stream. */
  read(sha256: Sha256, range?: { start: number; end: number }): Readable
  /** Reads all bytes and says whether they still have their name; false where no such file is. */
  verifyHash(sha256: Sha256): Promise<boolean>
  /** The path of a stored file that still has the bytes of its name. One that has not, or is gone, is told of and goes to nobody. @throws */
  whole(sha256: Sha256): Promise<string>
  /** Every stored file, in no order. */
  list(): AsyncIterable<StoredFile>
  /** For files that no row names: removes one that nobody has put there since, and says whether it did. */
  remove(sha256: Sha256, before: Date): Promise<boolean>
  /** For the picture child alone, which can be given nothing but paths. */
  path(sha256: Sha256): string
}

/** A shelf on the local disk. `levels`: folders of two letters between `folder` and the file; `incoming` is on the same file system; `damaged` hears of files that are not what they were, `failing` of a sync that failed. */
export function localShelf(folder: string, levels: 1 | 2, incoming: string, { damaged, failing }: { damaged: (sha256: Sha256) => void; failing: (error: unknown) => void }): Shelf {
  const makeFolder = folderMaker(folder)

  function path(sha256: Sha256): string {
    if (!isHash(sha256)) throw new Error('Not a SHA-256')
    return join(folder, ...(levels === 1 ? [sha256.slice(0, 2)] : [sha256.slice(0, 2), sha256.slice(2, 4)]), sha256)
  }

  // One at a time for each name: a file that is being put for a fact of this moment is not removed as one that nobody names. One process has the folder.
  const inWork = new Map<Sha256, Promise<unknown>>()
  function alone<Reply>(sha256: Sha256, work: () => Promise<Reply>): Promise<Reply> {
    const mine = (inWork.get(sha256) ?? Promise.resolve()).catch(() => undefined).then(work)
    const last = mine.catch(() => undefined).finally(() => { if (inWork.get(sha256) === last) inWork.delete(sha256) })
    inWork.set(sha256, last)
    return mine
  }

  async function put(sourcePath: string, sha256: Sha256): Promise<void> {
    const target = path(sha256)
    await makeFolder(dirname(target))
    if (await holds(target, sha256)) {
      // As new: whoever put it for the first time may have been refused, and what is old and without a row is swept.
      await synced(syncFile(target), null)
      await synced(syncFolder(dirname(target)), null)
      await rm(sourcePath, { force: true })
      return
    }
    await synced(syncFile(sourcePath), sourcePath)
    await rename(sourcePath, target)
    await synced(syncFolder(dirname(target)), target)
  }

  /** After a sync that failed the next one may succeed, and the bytes are in memory alone all the same: they go, so that the phone sends them again. */
  async function synced(sync: Promise<void>, bytes: string | null): Promise<void> {
    try {
      await sync
    } catch (error) {
      if (!isFailedSync(error)) throw error
      if (bytes !== null) await rm(bytes, { force: true }).catch(() => undefined)
      failing(error)
      throw error
    }
  }

  return {
    put: (sourcePath, sha256) => alone(sha256, () => put(sourcePath, sha256)),
    async putBytes(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const source = join(incoming, randomUUID())
      await writeFile(source, bytes, { mode: 0o600, flag: 'wx' })
      await alone(sha256, () => put(source, sha256))
      return sha256
    },
    has: async (sha256) => (await sizeOf(path(sha256))) !== null,
    size: (sha256) => sizeOf(path(sha256)),
    read: (sha256, range) => createReadStream(path(sha256), range),
    verifyHash: (sha256) => holds(path(sha256), sha256),
    async whole(sha256) {
      if (await holds(path(sha256), sha256)) return path(sha256)
      damaged(sha256)
      throw new Error(`The file ${sha256} is not what it was`)
    },
    list: () => filesBelow(folder),
    remove: (sha256, before) => alone(sha256, async () => {
      const storedAt = await storedSince(path(sha256))
      if (storedAt === null || storedAt >= before) return false
      await rm(path(sha256), { force: true })
      return true
    }),
    path,
  }
}

/** SHA-256 of a file's bytes, in hex; the file is never in memory as a whole. */
export async function hashOf(path: string): Promise<Sha256> {
  const hash = createHash('sha256')
  const pieces: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 256 * 1024 })
  for await (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

/** Compared by hash, not by size: the phone gives up its own copy on the strength of this one. */
async function holds(path: string, sha256: Sha256): Promise<boolean> {
  return (await sizeOf(path)) !== null && (await hashOf(path)) === sha256
}

async function* filesBelow(folder: string): AsyncGenerator<StoredFile> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (isHash(entry.name)) {
      const found = await lookAt(path)
      if (found) yield { sha256: entry.name, sizeBytes: found.size, storedAt: found.ctime }
    }
  }
}

/** By the change of the file itself, which nobody sets: its modification is that of its last piece, and a copy may bring its own. */
const storedSince = async (path: string): Promise<Date | null> => (await lookAt(path))?.ctime ?? null

async function lookAt(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
