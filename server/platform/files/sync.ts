import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Brings a file's bytes to the disk, readable by this account alone. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.chmod(0o600)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Brings a folder's list of names to the disk: without it a rename may be gone after a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes folders below `root`, with each new name synced in its parent. A folder counts as known only after that sync, so of two
 * callers at the same moment neither goes on with a folder that the other has made but not yet synced.
 */
export function folderMaker(root: string): (path: string) => Promise<void> {
  const known = new Set([root])
  return async function make(path: string): Promise<void> {
    if (known.has(path)) return
    const parent = dirname(path)
    await make(parent)
    await mkdir(path, { recursive: true, mode: 0o700 })
    await syncFolder(parent)
    known.add(path)
  }
}

/** Size in bytes, or null where no file is. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** The disk did not take what it was told to keep. */
export const isFailedSync = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EIO'
