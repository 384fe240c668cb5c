import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredFile } from '../../server/platform/files/shelf.ts'
import { openFiles, type Files } from '../../server/platform/files/files.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let folder: string
let files: Files

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-files-'))
  files = await openFiles(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function incoming(bytes: Uint8Array): Promise<string> {
  const path = files.incomingPath()
  await writeFile(path, bytes)
  return path
}

describe('put', () => {
  it('moves the file to the place of its hash, closed to other accounts', async () => {
    const bytes = randomBytes(100_000)
    const hash = sha256(bytes)
    await files.originals.put(await incoming(bytes), hash)

    const path = join(folder, 'originals', hash.slice(0, 2), hash.slice(2, 4), hash)
    expect(files.originals.path(hash)).toBe(path)
    expect(await readFile(path)).toEqual(bytes)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    for (const part of ['.', 'originals', 'incoming', 'renditions', `originals/${hash.slice(0, 2)}`, `originals/${hash.slice(0, 2)}/${hash.slice(2, 4)}`]) {
      expect((await stat(join(folder, part))).mode & 0o777, part).toBe(0o700)
    }
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('can be sent twice, also at once, and leaves no temporary file', async () => {
    const bytes = randomBytes(5_000)
    const hash = sha256(bytes)
    const sources = await Promise.all([1, 2, 3, 4].map(() => incoming(bytes)))
    await Promise.all(sources.map((source) => files.originals.put(source, hash)))
    await files.originals.put(await incoming(bytes), hash)
    expect(await buffer(files.originals.read(hash))).toEqual(bytes)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('answers the same when the source has been moved by an earlier call, and fails when there is neither', async () => {
    const bytes = randomBytes(50)
    const source = await incoming(bytes)
    await Promise.all([files.originals.put(source, sha256(bytes)), files.originals.put(source, sha256(bytes))])
    await files.originals.put(source, sha256(bytes))
    await expect(files.originals.put(source, sha256(randomBytes(50)))).rejects.toThrow('ENOENT')
  })

  it.each([['lost bytes', 20], ['changed bytes of the same length', 50]])('replaces a stored file that has %s', async (_, length) => {
    const bytes = randomBytes(50)
    const hash = await files.originals.putBytes(bytes)
    await writeFile(files.originals.path(hash), randomBytes(length))
    expect(await files.originals.verifyHash(hash)).toBe(false)
    await files.originals.put(await incoming(bytes), hash)
    expect(await files.originals.verifyHash(hash)).toBe(true)
  })

  it('never leaves its folder', async () => {
    for (const name of ['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`, 'a'.repeat(65)]) {
      expect(() => files.originals.path(name)).toThrow('Not a SHA-256')
      await expect(files.originals.put(await incoming(randomBytes(3)), name)).rejects.toThrow('Not a SHA-256')
    }
  })
})

describe('what is kept', () => {
  it('is read whole or in part', async () => {
    const bytes = randomBytes(1_000)
    const hash = await files.renditions.putBytes(bytes)
    expect(hash).toBe(sha256(bytes))
    expect(files.renditions.path(hash)).toBe(join(folder, 'renditions', hash.slice(0, 2), hash))
    expect(await buffer(files.renditions.read(hash))).toEqual(bytes)
    expect(await buffer(files.renditions.read(hash, { start: 10, end: 19 }))).toEqual(bytes.subarray(10, 20))
    expect(await files.renditions.size(hash)).toBe(1_000)
    expect(await files.renditions.has(hash)).toBe(true)
    expect(await files.originals.has(hash)).toBe(false)
    expect(await files.originals.size(hash)).toBe(null)
    await expect(buffer(files.originals.read(hash))).rejects.toThrow('ENOENT')
  })

  it('tells one flipped bit from its hash', async () => {
    const bytes = randomBytes(300_000)
    const hash = await files.originals.putBytes(bytes)
    expect(await files.originals.verifyHash(hash)).toBe(true)
    bytes[299_999] = (bytes[299_999] ?? 0) ^ 1
    await writeFile(files.originals.path(hash), bytes)
    expect(await files.originals.verifyHash(hash)).toBe(false)
  })

  it('is listed, until it is removed', async () => {
    const hashes = await Promise.all([10, 20, 30].map((size) => files.originals.putBytes(randomBytes(size))))
    await writeFile(join(folder, 'originals', 'not-a-hash'), 'x')
    const [removed = '', kept = ''] = hashes
    expect(await files.originals.remove(kept, new Date(0))).toBe(false)
    const later = new Date(Date.now() + 60_000)
    expect([await files.originals.remove(removed, later), await files.originals.remove(removed, later)]).toEqual([true, false])
    const found: StoredFile[] = []
    for await (const file of files.originals.list()) found.push(file)
    expect(found.map((file) => file.sha256).sort()).toEqual(hashes.slice(1).sort())
    expect(found.map((file) => file.sizeBytes).sort()).toEqual([20, 30])
  })

  it('is still there when the folder is opened again', async () => {
    const hash = await files.originals.putBytes(randomBytes(9))
    expect(await (await openFiles(folder)).originals.has(hash)).toBe(true)
  })
})

it('sweeps temporary files after an hour, and kept ones after a day', async () => {
  const now = Date.parse('2027-02-28T20:00:00Z')
  const [old, young] = [await incoming(randomBytes(1)), await incoming(randomBytes(1))]
  await utimes(old, new Date(now - 3_600_001), new Date(now - 3_600_001))
  await utimes(young, new Date(now - 3_599_000), new Date(now - 3_599_000))
  const kept = await Promise.all([3_600_001, 24 * 3_600_000 + 1].map(async (age, at) => {
    const path = files.keptPath(`list${at}`, 'a'.repeat(64))
    await writeFile(path, '')
    await utimes(path, new Date(now - age), new Date(now - age))
    return path
  }))
  expect(await files.sweep(now)).toBe(2)
  expect((await readdir(join(folder, 'incoming'))).map((name) => join(folder, 'incoming', name)).sort()).toEqual([young, kept[0]].sort())
})
