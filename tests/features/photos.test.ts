import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completePhotoCall, photoId, photoImageCall } from '../../shared/photos.ts'
import { fileReportCall, getReportCall, listReportsCall, myReportsCall } from '../../shared/reports.ts'
import { carryReportCall } from '../../shared/sealed.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { registeredKey } from '../support/phone-key.ts'
import { beginUpload, file, hashOf, noise, sendOriginal, sendPiece, sendPreview, statementOf } from '../support/reports.ts'

let house: TestHouse
let ana: Caller
let bruno: Caller
let desk: Caller
let press: Caller

/** A picture of its own each time: grain that no other has. */
const picture = (width = 640, height = 480): Promise<Buffer> => sharp(Buffer.from(noise(width * height * 3)), { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()

beforeAll(async () => {
  house = await startHouse()
  ;[ana, bruno, desk, press] = [await house.person('observer'), await house.person('observer'), await house.person('coordinator'), await house.person('press')]
})
afterAll(() => house.stop())

const stateOf = async (report: string) => (await desk.call(getReportCall, { id: report })).reply.photos.map((photo) => photo.state)

describe('an original', () => {
  it('[R8] arrives in pieces, is kept to the byte, and is looked into', async () => {
    const bytes = await picture()
    const filed = await file(house, ana, { pictures: [bytes] })
    const id = photoId(filed.id, hashOf(bytes))
    const { upload } = await beginUpload(ana, id, bytes.length)
    for (let offset = 0; offset < bytes.length; offset += 50_000) expect((await sendPiece(ana, upload, offset, bytes.subarray(offset, offset + 50_000))).status).toBe(204)
    const { status, reply } = await ana.call(completePhotoCall, { id, upload })
    expect([status, reply.sha256]).toEqual([201, hashOf(bytes)])
    expect(await house.files.originals.verifyHash(hashOf(bytes))).toBe(true)
    await house.picturesDone()
    expect((await desk.call(getReportCall, { id: filed.id })).reply.photos[0]).toMatchObject({ state: 'ready', width: 640, height: 480, type: 'jpeg' })
    expect((await ana.call(completePhotoCall, { id, upload })).reply).toEqual(reply)
  })

  it('[R9] cut at any piece, it is refused and stays on the phone', async () => {
    const bytes = await picture(200, 150)
    const filed = await file(house, ana, { pictures: [bytes] })
    const id = photoId(filed.id, hashOf(bytes))
    const { upload } = await beginUpload(ana, id, bytes.length)
    const piece = 10_000
    for (let offset = 0; offset < bytes.length; offset += piece) {
      expect((await ana.call(completePhotoCall, { id, upload })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'upload', reason: 'missing_part' }] })
      expect(await stateOf(filed.id)).toEqual(['awaited'])
      await sendPiece(ana, upload, offset, bytes.subarray(offset, offset + piece))
    }
    expect((await ana.call(completePhotoCall, { id, upload })).status).toBe(201)
  })

  it('[R9] with one byte flipped, it is refused, nothing is kept, and sent again it arrives', async () => {
    const bytes = await picture(200, 150)
    const filed = await file(house, ana, { pictures: [bytes] })
    const id = photoId(filed.id, hashOf(bytes))
    const { upload } = await beginUpload(ana, id, bytes.length)
    const flipped = Buffer.from(bytes)
    flipped[777] = flipped[777]! ^ 1
    await house.picturesDone()
    await sendPiece(ana, upload, 0, flipped)
    const before = house.engine.head().number
    expect((await ana.call(completePhotoCall, { id, upload })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'upload', reason: 'hash_differs' }] })
    expect([house.engine.head().number, await house.files.originals.has(hashOf(bytes)), await house.files.originals.has(hashOf(flipped))]).toEqual([before, false, false])
    expect((await sendOriginal(ana, filed.id, bytes)).status).toBe(201)
  })

  it('[R10] belongs to its author: every verb of an upload is refused to anybody else, as for an invented one', async () => {
    const bytes = await picture(64, 64)
    const filed = await file(house, ana, { pictures: [bytes] })
    const id = photoId(filed.id, hashOf(bytes))
    expect((await beginUpload(bruno, id, bytes.length)).status).toBe(404)
    expect((await beginUpload(desk, id, bytes.length)).status).toBe(403)
    expect((await beginUpload(house.nobody, id, bytes.length)).status).toBe(401)
    expect((await beginUpload(ana, id, bytes.length + 1)).status).toBe(400)
    const { upload } = await beginUpload(ana, id, bytes.length)
    expect((await sendPiece(bruno, upload, 0, bytes)).status).toBe(404)
    for (const method of ['HEAD', 'DELETE']) expect((await bruno.fetch(`/api/uploads/${upload}`, { method, headers: { 'Tus-Resumable': '1.0.0' } })).status).toBe(404)
    expect((await bruno.call(completePhotoCall, { id, upload })).problem).toEqual({ problem: 'not_found' })
    expect((await sendPiece(ana, upload, 5, bytes)).status).toBe(409)
    const response = await ana.fetch(`/api/uploads/${upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })
    expect([response.headers.get('upload-offset'), response.headers.get('access-control-allow-origin')]).toEqual(['0', null])
  })

  it('[R425] says in every answer about an upload that it is headquarters’, also where it refuses: a phone believes nobody else that one is gone', async () => {
    const bytes = await picture(64, 64)
    const { id: report } = await file(house, ana, { pictures: [bytes] })
    const id = photoId(report, hashOf(bytes))
    const ask = (caller: Caller, method: string, upload: string) => caller.fetch(`/api/uploads/${upload}`, { method, headers: { 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' } })
    const nowhere = 'ab'.repeat(16)
    const { upload } = await beginUpload(ana, id, bytes.length)
    const answers = [...(await Promise.all(['HEAD', 'PATCH', 'DELETE'].flatMap((method) => [ask(ana, method, nowhere), ask(bruno, method, upload), ask(house.nobody, method, upload)]))), await sendPiece(ana, upload, 5, bytes), await ask(ana, 'HEAD', upload), await sendPiece(ana, upload, 0, bytes)]
    expect(answers.map(({ status, headers }) => [status, headers.get('tus-resumable')])).toEqual([...['HEAD', 'PATCH', 'DELETE'].flatMap(() => [404, 404, 401]), 409, 200, 204].map((status) => [status, '1.0.0']))
  })

  it('[R345] that is here already is not asked for again: its upload begins whole, one under way is gone, and both end with the same receipt; nobody else learns of it, and of another size it is refused', async () => {
    const bytes = await picture(64, 64)
    const key = await registeredKey(ana)
    const stated = await statementOf(house, ana, { pictures: [bytes] })
    const statement = JSON.stringify(stated)
    const sent = { id: stated.id, statement, signature: key.sign(statement), sentAt: house.clock.now() }
    await ana.call(fileReportCall, sent)
    const id = photoId(stated.id, hashOf(bytes))
    const begun = await beginUpload(ana, id, bytes.length)
    expect([begun.status, begun.offset]).toEqual([201, null])
    await sendPiece(ana, begun.upload, 0, bytes.subarray(0, 100))
    expect((await desk.call(carryReportCall, sent, { photos: [bytes] })).status).toBe(201)
    for (const method of ['HEAD', 'PATCH', 'DELETE']) expect((await ana.fetch(`/api/uploads/${begun.upload}`, { method, headers: { 'Tus-Resumable': '1.0.0', 'Upload-Offset': '100', 'Content-Type': 'application/offset+octet-stream' } })).status).toBe(404)
    const again = await beginUpload(ana, id, bytes.length)
    expect([again.status, again.offset]).toEqual([201, String(bytes.length)])
    const { status, reply } = await ana.call(completePhotoCall, { id, upload: again.upload })
    expect([status, reply.sha256]).toEqual([201, hashOf(bytes)])
    expect((await ana.call(completePhotoCall, { id, upload: begun.upload })).reply).toEqual(reply)
    expect([(await beginUpload(bruno, id, bytes.length)).status, (await beginUpload(desk, id, bytes.length)).status, (await beginUpload(ana, id, bytes.length + 1)).status]).toEqual([404, 403, 400])
  })

  it('[R10] the same bytes of two observers are sent twice and kept once', async () => {
    const bytes = await picture(64, 64)
    const [first, second] = [await file(house, ana, { pictures: [bytes] }), await file(house, bruno, { pictures: [bytes] })]
    await sendOriginal(ana, first.id, bytes)
    const id = photoId(second.id, hashOf(bytes))
    const { upload } = await beginUpload(bruno, id, bytes.length)
    expect((await bruno.call(completePhotoCall, { id, upload })).problem?.fields).toEqual([{ path: 'upload', reason: 'missing_part' }])
    expect((await sendOriginal(bruno, second.id, bytes)).status).toBe(201)
    await house.picturesDone()
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual([['ready'], ['ready']])
  })

  it('[R11] [R334] is what its content says: a page in picture\'s clothes is refused, a damaged picture kept and told as such', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>')
    const filed = await file(house, ana, { pictures: [page] })
    expect((await sendOriginal(ana, filed.id, page)).problem?.problem).toBe('wrong_type')
    const cut = (await picture()).subarray(0, 9_000)
    const damaged = await file(house, ana, { pictures: [cut] })
    expect((await sendOriginal(ana, damaged.id, cut)).status).toBe(201)
    await house.picturesDone()
    expect(await stateOf(damaged.id)).toEqual(['unreadable'])
    // Without a small copy nothing of it can be shown, and its page asks for nothing.
    expect((await desk.call(getReportCall, { id: damaged.id })).reply.photos).toMatchObject([{ state: 'unreadable', shows: false }])
  })
})

describe('a preview', () => {
  it('shows the picture before its original is here, and gives way to it', async () => {
    const bytes = await picture(1200, 900)
    const small = await sharp(bytes).resize(400).jpeg().toBuffer()
    const filed = await file(house, ana, { pictures: [bytes] })
    expect((await desk.call(listReportsCall, { limit: 1 })).reply.reports[0]?.picture).toBeNull()
    const { status, reply } = await sendPreview(ana, filed.id, bytes, small)
    expect(status).toBe(200)
    expect((await sendPreview(ana, filed.id, bytes, small)).reply).toEqual(reply)
    await house.picturesDone()
    const id = photoId(filed.id, hashOf(bytes))
    const shown = await desk.fetch(`/api/photos/${id}/image?size=screen`)
    expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).width).toBe(400)
    await sendOriginal(ana, filed.id, bytes)
    await house.picturesDone()
    for (const [size, width] of [['thumb', 320], ['screen', 1200], ['full', 1200]] as const) {
      const image = await desk.fetch(`/api/photos/${id}/image?size=${size}`)
      expect([image.headers.get('cache-control'), (await sharp(Buffer.from(await image.arrayBuffer())).metadata()).width]).toEqual(['private, no-store', width])
    }
    const ladder = (await ana.call(myReportsCall, {})).reply.reports.find((report) => report.id === filed.id)
    expect(ladder?.allPhotosAt).toBe(ladder?.photos[0]?.receivedAt)
  })

  it('[R12] pictures of a report are for the desk alone', async () => {
    const bytes = await picture(64, 64)
    const filed = await file(house, ana, { pictures: [bytes] })
    await sendOriginal(ana, filed.id, bytes)
    await house.picturesDone()
    const id = photoId(filed.id, hashOf(bytes))
    for (const other of [press, ana, bruno]) expect((await other.call(photoImageCall, { id, size: 'screen' })).problem).toEqual({ problem: 'not_allowed' })
    expect((await house.nobody.call(photoImageCall, { id, size: 'screen' })).problem).toEqual({ problem: 'not_signed_in' })
    expect((await desk.call(photoImageCall, { id: photoId(filed.id, '0'.repeat(64)), size: 'screen' })).problem).toEqual({ problem: 'not_found' })
  })
})

it('[R13] what was not finished at a stop is finished after the next start', async () => {
  const first = await startHouse()
  try {
    const folder = first.folder
    const author = await first.person('observer')
    const bytes = await picture()
    const filed = await file(first, author, { pictures: [bytes] })
    await first.pictures.close()
    await sendOriginal(author, filed.id, bytes)
    await first.close()
    const second = await startHouse({ folder, clock: first.clock })
    await second.picturesDone()
    const row = await second.db.readers.selectFrom('photos').select('state').where('report', '=', filed.id).executeTakeFirst()
    await second.close()
    expect(row).toEqual({ state: 'ready' })
  } finally {
    await first.stop().catch(() => undefined)
  }
})

it('[R23] after all of this the journal and the tables agree', async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
})
