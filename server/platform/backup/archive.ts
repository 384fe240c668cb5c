import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { Header, Parser } from 'tar'
import type { ReadEntry } from 'tar'

// A tar file: in an emergency any machine opens one without us. Neither side ever holds a file in memory.

const block = 512
const piece = 256 * 1024

/** One file of an archive, on its way in or out. */
export type Entry = { name: string; sizeBytes: number; bytes: AsyncIterable<Buffer> }

export type Archive = {
  add: (entry: Entry) => Promise<void>
  /** Ends the archive; all of it is on the disk when this resolves. */
  finish: () => Promise<void>
  /** Gives it up half written. */
  close: () => Promise<void>
}

/** The archive has other bytes than those that were written, or is none. */
export class ArchiveDamaged extends Error {}

/** Begins an archive that only this account can read. @throws where a file of this name is there */
export async function createArchive(path: string): Promise<Archive> {
  const file = await open(path, 'wx', 0o600)
  return {
    async add({ name, sizeBytes, bytes }) {
      const header = Buffer.alloc(block)
      new Header({ path: name, size: sizeBytes, mode: 0o600, type: 'File', mtime: new Date(0), uid: 0, gid: 0 }).encode(header)
      await writeAll(file, header)
      let written = 0
      for await (const part of bytes) {
        written += part.length
        await writeAll(file, part)
      }
      if (written !== sizeBytes) throw new Error(`${name} had ${written} bytes and not ${sizeBytes} when it was read`)
      await writeAll(file, Buffer.alloc((block - (sizeBytes % block)) % block))
    },
    async finish() {
      await writeAll(file, Buffer.alloc(2 * block))
      await file.sync()
      await file.close()
    },
    close: () => file.close().catch(() => undefined),
  }
}

/** `write` of a file handle may write less than it was given. */
export async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten
}

/** The bytes of a file, as an archive takes them. */
export const bytesOf = (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: piece })

export async function* bytesOfText(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text, 'utf8'))
}

/** Gives each file of an archive to `take`, in order and one after the other. @throws ArchiveDamaged where it is no archive, was changed or was cut in the middle of a file */
export async function readArchive(path: string, take: (entry: Entry) => Promise<void>): Promise<void> {
  const parser = new Parser({ strict: true })
  const state: { failed: Error | null; done: Promise<void>; wake: () => void } = { failed: null, done: Promise.resolve(), wake: () => undefined }
  const fail = (error: unknown) => {
    state.failed ??= error instanceof Error ? error : new Error(String(error))
    state.wake()
  }
  /** Resolves at the next word from the parser, or once something went wrong. */
  const heard = () => new Promise<void>((resolve) => { state.wake = resolve })
  parser.on('error', (error: Error) => fail(new ArchiveDamaged(error.message)))
  parser.on('drain', () => state.wake())
  parser.on('end', () => state.wake())
  parser.on('entry', (entry: ReadEntry) => { state.done = state.done.then(() => (state.failed ? undefined : taken(entry, take))).catch(fail) })
  for await (const part of bytesOf(path)) {
    const drained = heard()
    if (!parser.write(part) && !state.failed) await drained
    if (state.failed) break
  }
  const ended = heard()
  if (!state.failed) {
    parser.end()
    if (!state.failed) await ended
  }
  await state.done
  if (state.failed) throw state.failed
}

async function taken(entry: ReadEntry, take: (entry: Entry) => Promise<void>): Promise<void> {
  if (entry.type !== 'File' && entry.type !== 'OldFile') throw new ArchiveDamaged(`${entry.path} is no file`)
  await take({ name: entry.path, sizeBytes: entry.size, bytes: entry })
}
