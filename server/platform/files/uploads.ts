import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PictureHeader } from '../pictures/header.ts'
import { readHeaderOfFile } from '../pictures/header.ts'
import { hashOf } from './shelf.ts'
import type { Shelf } from './shelf.ts'

/** Uploads that are under way, by their id; beside each lies what the tus library notes of it. */
export type Uploads = {
  folder: string
  /** Bytes that are here; null where there is no such upload, or it was kept already. */
  size: (upload: string) => Promise<number | null>
  hash: (upload: string) => Promise<string>
  /** @throws PictureRefused */
  header: (upload: string) => Promise<PictureHeader>
  /** Synced and on the shelf when this resolves. */
  keep: (upload: string, shelf: Shelf, sha256: string) => Promise<void>
  remove: (upload: string) => Promise<void>
}

export async function openUploads(folder: string): Promise<Uploads> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = (upload: string) => join(folder, upload)
  return {
    folder,
    size: (upload) => stat(path(upload)).then((found) => found.size, () => null),
    hash: (upload) => hashOf(path(upload)),
    header: (upload) => readHeaderOfFile(path(upload)),
    keep: async (upload, shelf, sha256) => {
      await shelf.put(path(upload), sha256)
      await rm(path(`${upload}.json`), { force: true })
    },
    remove: async (upload) => {
      await rm(path(upload), { force: true })
      await rm(path(`${upload}.json`), { force: true })
    },
  }
}
