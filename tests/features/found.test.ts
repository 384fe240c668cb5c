import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveCopyCall, originalFileCall, photoId, photoImageCall, takeOriginalCall } from '../../shared/photos.ts'
import type { DeskPhoto } from '../../shared/photos.ts'
import { releaseCall, releaseImageCall, releaseProposalCall } from '../../shared/press.ts'
import { getReportCall } from '../../shared/reports.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { judge, releaseOf, setRules, setUp } from '../support/desk.ts'
import { brokenHeic } from '../support/hostile.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { drawnHeic, noise } from '../support/pictures.ts'
import { file, hashOf, sendOriginal, sendPreview } from '../support/reports.ts'

let house: TestHouse
let ana: Caller
let bruno: Caller
let desk: Caller
let lead: Caller
let press: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[lead, ana, bruno, desk, press] = [await house.person('lead'), await house.person('observer'), await house.person('observer'), await house.person('coordinator'), await house.person('press')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

/** Large soft shapes, as a picture of the world has them; of its own kind for each seed. */
const scene = (seed: number) => sharp(noise(9, 7, seed).data, { raw: { width: 9, height: 7, channels: 3 } }).resize(900, 700, { kernel: 'cubic', fit: 'fill' })
const jpeg = (seed: number) => scene(seed).jpeg({ quality: 92 }).toBuffer()
/** As a phone makes its small copy. */
const small = async (seed: number, width = 320) => sharp(await jpeg(seed)).resize(width).jpeg({ quality: 30 }).toBuffer()

async function send(author: Caller, bytes: Buffer, { preview, station = 'CE-01' }: { preview?: Buffer; station?: string } = {}) {
  const filed = await file(house, author, { pictures: [bytes], station })
  if (preview) await sendPreview(author, filed.id, bytes, preview)
  await house.picturesDone()
  expect((await sendOriginal(author, filed.id, bytes)).status).toBe(201)
  await house.picturesDone()
  return { report: filed.id, number: filed.number, photo: photoId(filed.id, hashOf(bytes)) }
}
async function seen(report: string): Promise<DeskPhoto> {
  const [photo] = (await desk.call(getReportCall, { id: report })).reply.photos
  if (!photo) throw new Error('No picture')
  return photo
}
const kindsOf = async (report: string) => (await desk.call(getReportCall, { id: report })).reply.history.map(({ kind }) => kind)
const sizeOf = async (photo: string) => sharp(Buffer.from(await (await desk.fetch(`/api/photos/${photo}/image?size=full`)).arrayBuffer())).metadata()

describe('a HEIC', () => {
  it('[R200] is kept as it came, decoded in the child, covered and released like any other', async () => {
    const bytes = await drawnHeic()
    const { report, photo } = await send(ana, bytes)
    expect(await house.files.originals.verifyHash(hashOf(bytes))).toBe(true)
    expect(await seen(report)).toMatchObject({ state: 'ready', type: 'heic', width: 320, height: 240, mayGiveCopy: false, copy: null })
    expect(await sizeOf(photo)).toMatchObject({ format: 'jpeg', width: 320, height: 240 })
    await judge(house, desk, report)
    const sent = await releaseOf(desk, photo)
    expect((await desk.call(releaseCall, { ...sent, covers: [{ left: 100, top: 80, width: 40, height: 30, what: 'face' }] })).status).toBe(201)
    const shown = Buffer.from(await (await press.fetch(`/api/releases/${sent.id}/image?size=web`)).arrayBuffer())
    expect(await sharp(shown).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 240 })
    expect(shown.includes('CANARY')).toBe(false)
  })

  it('[R201] that we cannot decode is shown by the small copy, is not released, and is released from a decoded copy by somebody else', async () => {
    const heic = brokenHeic(1)
    const { report, photo } = await send(ana, heic, { preview: await small(31, 300) })
    expect(await seen(report)).toMatchObject({ state: 'unreadable', shows: true, mayGiveCopy: true })
    expect((await sizeOf(photo)).width).toBe(300)
    await judge(house, desk, report)
    expect((await desk.call(releaseProposalCall, { id: photo })).problem).toEqual({ problem: 'conflict', fields: [{ path: 'photo', reason: 'wrong_kind' }] })

    const copy = await jpeg(31)
    const before = house.engine.head().number
    expect((await desk.call(giveCopyCall, { id: photo }, { file: { bytes: Buffer.from('<html>no picture at all</html>'), name: 'copy.jpg' } })).problem?.problem).toBe('wrong_type')
    expect((await desk.call(giveCopyCall, { id: photo }, { file: { bytes: heic, name: 'copy.jpg' } })).problem?.problem).toBe('wrong_type')
    expect((await desk.call(giveCopyCall, { id: photo }, { file: { bytes: copy.subarray(0, 4_000), name: 'copy.jpg' } })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'file', reason: 'wrong_kind' }] })
    for (const other of [ana, press]) expect((await other.call(giveCopyCall, { id: photo }, { file: { bytes: copy, name: 'copy.jpg' } })).problem).toEqual({ problem: 'not_allowed' })
    expect(house.engine.head().number).toBe(before)

    const { status, reply } = await desk.call(giveCopyCall, { id: photo }, { file: { bytes: copy, name: 'copy.jpg' } })
    expect(status).toBe(201)
    expect((await desk.call(giveCopyCall, { id: photo }, { file: { bytes: copy, name: 'copy.jpg' } })).reply).toEqual(reply)
    expect((await lead.call(giveCopyCall, { id: photo }, { file: { bytes: await jpeg(32), name: 'other.jpg' } })).problem).toEqual({ problem: 'conflict' })
    expect(await seen(report)).toMatchObject({ sha256: hashOf(heic), state: 'ready', type: 'heic', width: 900, height: 700, copy: { at: reply.givenAt }, previewUnlike: false })
    expect((await sizeOf(photo)).width).toBe(900)

    const sent = await releaseOf(desk, photo)
    expect((await desk.call(releaseCall, sent)).status).toBe(201)
    expect((await press.call(releaseImageCall, { id: sent.id, size: 'wall' })).status).toBe(200)
    const fact = await house.db.readers.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select('body').where('kind', '=', 'photo.released').orderBy('journal.number', 'desc').executeTakeFirstOrThrow()
    expect(JSON.parse(fact.body)).toMatchObject({ told: { decodedCopy: hashOf(copy) }, data: { put: { releases: [{ sha256: hashOf(heic) }] } } })
  })

  it('[R201] has no decoded copy by whoever filed its report, and a sound picture needs none', async () => {
    const { photo } = await send(ana, await jpeg(33))
    expect((await desk.call(giveCopyCall, { id: photo }, { file: { bytes: await jpeg(33), name: 'copy.jpg' } })).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'wrong_kind' }] })
  })

  it('[R205] and any other original is taken out by somebody of the desk alone, as an attachment and as a fact', async () => {
    const heic = brokenHeic(2)
    const { report, photo } = await send(ana, heic)
    for (const other of [ana, press]) expect((await other.call(takeOriginalCall, { id: photo })).problem).toEqual({ problem: 'not_allowed' })
    const { address } = (await desk.call(takeOriginalCall, { id: photo })).reply
    expect(await kindsOf(report)).toContain('photo.original_taken')
    const response = await desk.fetch(address)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(heic)
    expect([response.headers.get('content-type'), response.headers.get('x-content-type-options'), response.headers.get('content-disposition'), response.headers.get('cache-control')])
      .toEqual(['application/octet-stream', 'nosniff', expect.stringMatching(/^attachment;/), 'private, no-store'])
    expect((await lead.fetch(address)).status).toBe(404)
    house.clock.forward(61_000)
    expect((await desk.call(originalFileCall, { ticket: address.split('/').at(-1) ?? '' })).problem).toEqual({ problem: 'not_found' })
  })
})

describe('[R202] what a file says of itself', () => {
  const exif = { IFD0: { Make: 'Ejemplo', Model: 'Uno', Software: '18.5' }, IFD2: { DateTimeOriginal: '2027:02:28 14:00:00', OffsetTimeOriginal: '-06:00' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '13/1 42/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '89/1 12/1 0/1' } }
  const said = { takenAt: '2027-02-28T14:00:00', utcOffset: '-06:00', position: { latitude: -13.7, longitude: -89.2 }, device: 'Ejemplo Uno', software: '18.5' }

  it.each([
    ['JPEG', () => scene(41).withExif(exif).jpeg().toBuffer()],
    ['PNG', () => scene(42).withExif(exif).png().toBuffer()],
    ['WebP', () => scene(43).withExif(exif).webp().toBuffer()],
  ])('is read from %s', async (_, make) => {
    expect((await seen((await send(ana, await make())).report)).says).toEqual(said)
  })

  it('is read from HEIC', async () => {
    const { report } = await send(bruno, await drawnHeic())
    expect((await seen(report)).says).toEqual({ takenAt: '2027-02-28T14:00:00', utcOffset: '-06:00', position: { latitude: expect.closeTo(13.5801, 4) as number, longitude: -89.28 }, device: 'CANARY-make Ejercicio 1', software: '18.5' })
  })

  it('is nothing where there is nothing, or nothing that can be', async () => {
    const nothing = { takenAt: null, utcOffset: null, position: null, device: null, software: null }
    expect((await seen((await send(ana, await jpeg(44))).report)).says).toEqual(nothing)
    const wrong = { IFD0: { Make: '   ' }, IFD2: { DateTimeOriginal: '2027:13:77 99:00:00', OffsetTimeOriginal: 'sunday' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '999/1 0/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '1/0 0/0 0/0' } }
    expect((await seen((await send(ana, await scene(45).withExif(wrong).jpeg().toBuffer())).report)).says).toEqual(nothing)
  })

  it('names the editor that left the rest alone, and is cut and cleaned: words, never markup', async () => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Editor 25"/></rdf:RDF></x:xmpmeta>'
    expect((await seen((await send(ana, await scene(46).withXmp(xmp).jpeg().toBuffer())).report)).says?.software).toBe('Editor 25')
    const long = { IFD0: { Make: `<script>alert(1)</script>\u202e${'x'.repeat(300)}` } }
    const says = (await seen((await send(ana, await scene(47).withExif(long).jpeg().toBuffer())).report)).says
    expect(says?.device).toHaveLength(100)
    expect(says?.device?.startsWith('<script>alert(1)</script>')).toBe(true)
    expect(says?.device).not.toContain('\u202e')
  })
})

describe('[R203] a small copy', () => {
  it('that is its original made small is not flagged', async () => {
    const { report } = await send(ana, await jpeg(51), { preview: await small(51) })
    expect((await seen(report)).previewUnlike).toBe(false)
  })

  it('that shows something else is flagged on the page, and a fact', async () => {
    const { report } = await send(ana, await jpeg(52), { preview: await small(53) })
    expect((await seen(report)).previewUnlike).toBe(true)
    expect(await kindsOf(report)).toContain('photo.preview_unlike')
  })
})

describe('[R204] pictures of other reports', () => {
  it.each([
    ['the same file', true, (bytes: Buffer) => Promise.resolve(bytes)],
    ['coded again and smaller', false, (bytes: Buffer) => sharp(bytes).resize(500).jpeg({ quality: 40 }).toBuffer()],
    ['cut by a twentieth', false, (bytes: Buffer) => sharp(bytes).extract({ left: 22, top: 17, width: 855, height: 665 }).jpeg().toBuffer()],
  ])('%s are shown together, on both pages, and change nothing', async (name, isSame, change) => {
    const bytes = await jpeg(60 + name.length)
    const first = await send(ana, bytes)
    const second = await send(bruno, await change(bytes))
    expect((await seen(second.report)).alike).toEqual([{ report: first.report, number: first.number, isSame }])
    expect((await seen(first.report)).alike).toEqual([{ report: second.report, number: second.number, isSame }])
    expect((await desk.call(getReportCall, { id: second.report })).reply.line.status).toBe('received')
  })

  it('that are other pictures are not, nor two that show nothing', async () => {
    const black = () => sharp({ create: { width: 200, height: 150, channels: 3, background: '#000000' } })
    const [one, other] = [await send(ana, await black().jpeg().toBuffer()), await send(bruno, await black().png().toBuffer())]
    for (const { report } of [one, other, await send(ana, await jpeg(91))]) expect((await seen(report)).alike).toEqual([])
  })

  it('of the time before a start are known after it', async () => {
    const bytes = await jpeg(92)
    const first = await send(ana, bytes)
    const { folder, clock } = house
    await house.close()
    house = await startHouse({ folder, clock })
    ;[bruno, desk, press] = [await house.person('observer'), await house.person('coordinator'), await house.person('press')]
    const second = await send(bruno, bytes)
    expect((await seen(second.report)).alike).toEqual([{ report: first.report, number: first.number, isSame: true }])
  })
})

it('[R23] after all of this the journal and the tables agree', async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  expect((await press.call(photoImageCall, { id: photoId('01890000-0000-7000-8000-00000000abcd', '0'.repeat(64)), size: 'full' })).problem).toEqual({ problem: 'not_allowed' })
})
