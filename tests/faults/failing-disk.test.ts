import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { fileReportCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import { phonePicture } from '../support/desk.ts'
import { callerOf, startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { startServer } from '../support/process.ts'
import type { Running } from '../support/process.ts'
import { beginUpload, hashOf, sendOriginal, sendPiece, statementOf } from '../support/reports.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'

const hasStrace = spawnSync('strace', ['-V']).status === 0

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-failing-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

const senders = 8

/** A mission on the disk with people, and statements that their phones have finished. */
async function prepare(pictures: Uint8Array[] = []): Promise<{ people: Caller[]; statements: Statement[][] }> {
  const house = await startHouse({ folder })
  const people = await Promise.all(Array.from({ length: senders }, () => house.person('observer')))
  const statements = await Promise.all(people.map((person) => Promise.all(Array.from({ length: 60 }, () => statementOf(house, person, { pictures })))))
  await house.close()
  return { people, statements }
}

const at = (server: Running, person: Caller): Caller => callerOf(server, { id: person.id, role: person.role, token: person.cookie.replace('veedor=', '') })
const sentOf = (statement: Statement) => ({ id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })

/** From now on each thread's first sync of this path fails, and the later ones succeed, as on a real disk. Resolves when that is so. */
function failSyncOf(server: Running, path: string): Promise<void> {
  const tracer = spawn('strace', ['-f', '-p', String(server.process.pid), '-P', path, '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO:when=1'], { stdio: ['ignore', 'ignore', 'pipe'] })
  return new Promise((done, fail) => {
    tracer.stderr.on('data', (text: Buffer) => { if (text.includes('attached')) done() })
    tracer.once('error', fail)
    tracer.once('exit', () => fail(new Error('The tracer ended')))
  })
}

/** The mission as its folder holds it, looked at with nobody else inside. */
async function look<Found>(see: (house: TestHouse) => Promise<Found>): Promise<Found> {
  const house = await startHouse({ folder })
  try {
    return await see(house)
  } finally {
    await house.close()
  }
}

describe.skipIf(!hasStrace)('[R244] a disk that does not keep what it was told to', () => {
  it('ends the server, which acknowledges nobody any more; after a new start nothing acknowledged is missing and the rest is taken', async () => {
    const { people, statements } = await prepare()
    const server = await startServer({ folder })
    const receipts = new Map<string, unknown>()
    const unanswered: Statement[] = []
    const sending = Promise.all(people.map(async (person, place) => {
      const phone = at(server, person)
      for (const statement of statements[place] ?? []) {
        const answer = await phone.call(fileReportCall, sentOf(statement)).catch(() => null)
        if (answer?.status === 201) receipts.set(statement.id, answer.reply)
        else unanswered.push(statement)
        if (receipts.size === 40) void failSyncOf(server, join(folder, 'mission.db-wal')).catch(() => undefined)
      }
    }))
    expect(await server.exited).toBe(74)
    await sending
    expect(server.printed()).toContain('the disk failed')
    expect(receipts.size).toBeGreaterThanOrEqual(40)
    expect(unanswered.length).toBeGreaterThan(0)

    await look(async (house) => {
      for (const statement of statements.flat()) {
        const phone = callerOf(house, { id: statement.author, role: 'observer', token: people.find(({ id }) => id === statement.author)?.cookie.replace('veedor=', '') ?? null })
        const again = await phone.call(fileReportCall, sentOf(statement))
        expect(again.status).toBe(201)
        if (receipts.has(statement.id)) expect(again.reply).toEqual(receipts.get(statement.id))
      }
      expect((await verifyJournal(house.db.readers)).faults).toEqual([])
      expect((await house.db.readers.selectFrom('reports').select('id').execute()).length).toBe(statements.flat().length)
    })
  })

  it('gives up a picture whose bytes it could not sync, so that the phone sends them again', async () => {
    const bytes = await phonePicture(97_001)
    const { people: [ana], statements: [[statement] = []] } = await prepare([bytes])
    if (!ana || !statement) throw new Error('Nobody was prepared')
    const server = await startServer({ folder })
    const phone = at(server, ana)
    expect((await phone.call(fileReportCall, sentOf(statement))).status).toBe(201)
    const id = photoId(statement.id, hashOf(bytes))
    const { upload } = await beginUpload(phone, id, bytes.length)
    await sendPiece(phone, upload, 0, bytes)
    await failSyncOf(server, join(folder, 'uploads', upload))
    await expect(phone.call(completePhotoCall, { id, upload })).rejects.toThrow()
    expect(await server.exited).toBe(74)
    expect(existsSync(join(folder, 'uploads', upload))).toBe(false)

    await look(async (house) => {
      const again = callerOf(house, { id: ana.id, role: 'observer', token: ana.cookie.replace('veedor=', '') })
      expect((await sendOriginal(again, statement.id, bytes)).status).toBe(201)
      await house.picturesDone()
      expect(await house.files.originals.verifyHash(hashOf(bytes))).toBe(true)
      expect((await verifyJournal(house.db.readers)).faults).toEqual([])
    })
  })
})
