import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import type { ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { phonePicture } from '../support/desk.ts'
import { callerOf, startHouse, wallClock } from '../support/house.ts'
import type { Caller } from '../support/house.ts'
import { startServer } from '../support/process.ts'
import type { Running } from '../support/process.ts'
import { beginUpload, file, hashOf, sendPiece, statementOf } from '../support/reports.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-stopped-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const at = (server: Pick<Running, 'address'>, person: Caller): Caller => callerOf(server, { id: person.id, role: 'observer', token: person.cookie.replace('veedor=', '') })

/** A piece whose first half is on its way, and whose second half comes when it is let go. */
function halfSent(server: Running, person: Caller, upload: string, offset: number, piece: Buffer): { half: Promise<void>; rest: () => void; status: Promise<number | null> } {
  const half = piece.length / 2
  const asked: ClientRequest = request(`${server.address}/api/uploads/${upload}`, { method: 'PATCH', headers: { Cookie: person.cookie, Origin: server.address, 'Tus-Resumable': '1.0.0', 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream', 'Content-Length': piece.length } })
  const status = new Promise<number | null>((done) => {
    asked.once('response', (response) => done(response.resume().statusCode ?? null))
    asked.once('error', () => done(null))
  })
  return { half: new Promise((done) => asked.write(piece.subarray(0, half), () => done())), rest: () => void asked.end(piece.subarray(half)), status }
}

it('[R247] stopped while phones send, it ends what is under way; an upload that was cut goes on where it stood', async () => {
  const house = await startHouse({ folder, clock: wallClock })
  const people = await Promise.all(Array.from({ length: 10 }, () => house.person('observer')))
  const [ana, ben, ...others] = people
  if (!ana || !ben) throw new Error('Nobody is there')
  const uploads = await Promise.all([ana, ben].map(async (person, seed) => {
    const bytes = await phonePicture(98_000 + seed, [1200, 900])
    const { id } = await file(house, person, { pictures: [bytes] })
    const { upload } = await beginUpload(person, photoId(id, hashOf(bytes)), bytes.length)
    return { person, bytes, photo: photoId(id, hashOf(bytes)), upload }
  }))
  const statements = await Promise.all(others.map((person) => Promise.all(Array.from({ length: 500 }, () => statementOf(house, person)))))
  await house.close()

  const server = await startServer({ folder })
  const piece = 100_000
  const [whole, cut] = await Promise.all(uploads.map(async ({ person, bytes, upload }) => {
    expect((await sendPiece(at(server, person), upload, 0, bytes.subarray(0, piece))).status).toBe(204)
    return halfSent(server, person, upload, piece, bytes.subarray(piece, 2 * piece))
  }))
  if (!whole || !cut) throw new Error('Nothing is under way')
  await Promise.all([whole.half, cut.half])

  const receipts = new Map<string, unknown>()
  const sending = Promise.all(others.map(async (person, place) => {
    for (const statement of statements[place] ?? []) {
      const answer = await at(server, person).call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt }).catch(() => null)
      if (answer === null) return
      expect(answer.status).toBe(201)
      receipts.set(statement.id, answer.reply)
    }
  }))
  await vi.waitUntil(() => receipts.size > 40, { timeout: 120_000 })
  server.process.kill('SIGTERM')
  await vi.waitUntil(() => server.printed().includes('Stopping'), { timeout: 120_000 })
  whole.rest()
  expect(await whole.status).toBe(204)
  expect(await cut.status).toBeNull()
  expect(await server.exited).toBe(0)
  await sending

  const again = await startHouse({ folder, clock: wallClock })
  try {
    for (const statement of statements.flat().filter(({ id }) => receipts.has(id))) {
      const author = others.find(({ id }) => id === statement.author)
      if (author) expect((await at(again, author).call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })).reply).toEqual(receipts.get(statement.id))
    }
    const offsets = []
    for (const { person, bytes, photo, upload } of uploads) {
      const phone = at(again, person)
      const offset = Number((await phone.fetch(`/api/uploads/${upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })).headers.get('upload-offset'))
      offsets.push(offset)
      expect((await sendPiece(phone, upload, offset, bytes.subarray(offset))).status).toBe(204)
      expect((await phone.call(completePhotoCall, { id: photo, upload })).status).toBe(201)
    }
    expect(offsets[0]).toBe(2 * piece)
    expect(offsets[1]).toBeGreaterThanOrEqual(piece)
    expect((await verifyJournal(again.db.readers)).faults).toEqual([])
  } finally {
    await again.close()
  }
})
