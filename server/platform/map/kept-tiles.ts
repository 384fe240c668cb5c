import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Square } from './tile.ts'

/** What a host gave, on our disk: a tile's bytes, or the knowledge that nothing is there (an empty file). */
export type KeptTiles = {
  find: (square: Square) => Promise<{ bytes: Buffer; isOld: boolean } | null>
  keep: (square: Square, bytes: Buffer) => Promise<void>
}

/** Streets change slowly; a host's own rules ask for no more than this. */
const oldAfter = 30 * 86_400_000
/** A file's own name costs room too. */
const entryBytes = 512
/** A file is noted as used at most this often. */
const noteAfter = 3_600_000

/**
 * Tiles of one host below `folder`, at most so many bytes: the longest unused go first. It is a copy of what others have, so nothing is synced, and nothing here goes into a backup.
 * `address` may hold a key: its hash names the folder.
 */
export function keepTiles(folder: string, address: string, mostBytes: number): KeptTiles {
  const own = join(folder, createHash('sha256').update(address).digest('hex').slice(0, 16))
  const pathOf = ({ z, x, y }: Square) => join(own, `${z}-${x}-${y}`)
  let held: number | null = null
  let clearing: Promise<void> | null = null

  const clear = async () => {
    const files = await Promise.all((await readdir(own).catch(() => [])).map(async (name) => {
      const { size, atimeMs } = await stat(join(own, name)).catch(() => ({ size: 0, atimeMs: 0 }))
      return { name, size: size + entryBytes, atimeMs }
    }))
    let sum = files.reduce((all, { size }) => all + size, 0)
    for (const { name, size } of sum > mostBytes ? files.sort((one, other) => one.atimeMs - other.atimeMs) : []) {
      if (sum <= mostBytes * 0.9) break
      await rm(join(own, name), { force: true })
      sum -= size
    }
    held = sum
  }

  return {
    find: async (square) => {
      const path = pathOf(square)
      try {
        const [bytes, { atimeMs, mtimeMs, mtime }] = await Promise.all([readFile(path), stat(path)])
        const now = Date.now()
        if (now - atimeMs > noteAfter) await utimes(path, new Date(now), mtime)
        return { bytes, isOld: now - mtimeMs > oldAfter }
      } catch {
        return null
      }
    },
    keep: async (square, bytes) => {
      await mkdir(own, { recursive: true, mode: 0o700 })
      const unfinished = join(own, `new-${randomBytes(6).toString('hex')}`)
      await writeFile(unfinished, bytes, { mode: 0o600 })
      await rename(unfinished, pathOf(square))
      if (held !== null) held += bytes.length + entryBytes
      if (held === null || held > mostBytes) await (clearing ??= clear().finally(() => { clearing = null }))
    },
  }
}
