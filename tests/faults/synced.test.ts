import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { callerOf, startHouse } from '../support/house.ts'
import { startServer } from '../support/process.ts'
import { beginUpload, hashOf, sendPiece, statementOf } from '../support/reports.ts'

const hasStrace = spawnSync('strace', ['-V']).status === 0

type Call = { name: string; text: string }

/** The trace's calls in the order in which they ended; one that was interrupted by others is joined again. */
function callsOf(trace: string): Call[] {
  const begun = new Map<string, string>()
  return trace.split('\n').flatMap((line) => {
    const [, process = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(process, rest.replace('<unfinished ...>', ''))
      return []
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    const text = resumed ? `${begun.get(process) ?? ''}${resumed[1] ?? ''}` : rest
    const name = /^(\w+)\(/.exec(text)?.[1]
    return name ? [{ name, text }] : []
  })
}

const isSync = (call: Call) => call.name === 'fsync' || call.name === 'fdatasync'

// A power cut keeps only what was synced; kill -9 keeps the page cache and would never find a missing sync. So the system calls themselves are read.
describe.skipIf(!hasStrace)('[R25] acknowledged means on the disk', () => {
  it('file, folder and write-ahead log are synced before the 201 leaves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'veedor-traced-'))
    const house = await startHouse({ folder })
    const author = await house.person('observer')
    const bytes = Buffer.from(await (await import('sharp')).default({ create: { width: 64, height: 64, channels: 3, background: '#357' } }).jpeg().toBuffer())
    const statement = await statementOf(house, author, { pictures: [bytes] })
    await house.close()

    const trace = join(folder, 'trace.txt')
    const server = await startServer({ folder, through: ['strace', '-D', '-f', '-y', '-s', '64', '-e', 'trace=write,writev,pwrite64,fsync,fdatasync,rename,renameat,renameat2', '-o', trace] })
    try {
      const ana = callerOf(server, { id: author.id, role: 'observer', token: author.cookie.replace('veedor=', '') })
      expect((await ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })).status).toBe(201)
      const id = photoId(statement.id, hashOf(bytes))
      const { upload } = await beginUpload(ana, id, bytes.length)
      await sendPiece(ana, upload, 0, bytes)
      expect((await ana.call(completePhotoCall, { id, upload })).status).toBe(201)
    } finally {
      await server.stop()
    }

    // The tracer stands beside the server (-D), so that signals reach the server itself; it writes its last lines a moment later.
    await expect.poll(async () => (await readFile(trace, 'utf8')).includes('exited with'), { timeout: 120_000 }).toBe(true)
    const calls = callsOf(await readFile(trace, 'utf8'))
    const answers = calls.flatMap((call, at) => (/^writev?\(.*socket/i.test(call.text) && call.text.includes('HTTP/1.1 201') ? [at] : []))
    // Filed; upload begun (the library's own 201); picture complete.
    expect(answers.length).toBe(3)
    const [filed = 0, , completed = 0] = answers
    for (const answer of [filed, completed]) {
      const before = calls.slice(0, answer)
      const written = before.findLastIndex((call) => call.name === 'pwrite64' && call.text.includes('mission.db-wal'))
      const synced = before.findLastIndex((call) => isSync(call) && call.text.includes('mission.db-wal'))
      expect(written).toBeGreaterThan(-1)
      expect(synced).toBeGreaterThan(written)
    }
    const before = calls.slice(0, completed)
    const renamed = before.findLastIndex((call) => call.name.startsWith('rename') && call.text.includes(hashOf(bytes)))
    const fileSynced = before.findIndex((call) => isSync(call) && /uploads\/[0-9a-f]{32}>/.test(call.text))
    const folderSynced = before.findLastIndex((call) => isSync(call) && call.text.includes(`originals/${hashOf(bytes).slice(0, 2)}/${hashOf(bytes).slice(2, 4)}>`))
    const walSynced = before.findLastIndex((call) => isSync(call) && call.text.includes('mission.db-wal'))
    expect(renamed).toBeGreaterThan(-1)
    expect([fileSynced > -1 && fileSynced < renamed, folderSynced > renamed, walSynced > folderSynced]).toEqual([true, true, true])
    await rm(folder, { recursive: true, force: true })
  })
})
