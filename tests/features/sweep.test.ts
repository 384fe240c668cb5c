import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { completePhotoCall, giveCopyCall, photoId } from '../../shared/photos.ts'
import { correctCall } from '../../shared/press.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { makeTokenCall } from '../../shared/tokens.ts'
import { sweepShelves, sweepUploads } from '../../server/features/photos/actions.ts'
import { openUploads } from '../../server/platform/files/uploads.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { phonePicture, releaseOf, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { brokenHeic } from '../support/hostile.ts'
import { beginUpload, file, hashOf, noise, sendOriginal, sendPiece, sendPreview, statementOf } from '../support/reports.ts'

// Files on the shelves that no row names. A file's age is that of the disk's own clock, which no test can set: here it is "now" that moves.

const day = 86_400_000
let house: TestHouse
let [ana, desk, lead]: Caller[] = []

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead')
  ;[ana, desk] = [await house.person('observer'), await house.person('coordinator')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

async function onShelves(): Promise<string[]> {
  const found: string[] = []
  for (const shelf of ['originals', 'renditions'] as const) for await (const { sha256 } of house.files[shelf].list()) found.push(`${shelf} ${sha256}`)
  return found.sort()
}

/** The documented form, as a program sends it. */
async function sendForm(report: object, pictures: Buffer[]): Promise<Response> {
  if (!lead || !ana) throw new Error('Nobody')
  const until = new Date(Date.parse(house.clock.now()) + day).toISOString()
  const { text } = (await lead.call(makeTokenCall, { id: uuid7(Date.parse(house.clock.now())), name: 'Hotline', owner: ana.id, contracts: ['fileByToken'], until })).reply
  const form = new FormData()
  form.append('report', JSON.stringify(report))
  for (const bytes of pictures) form.append('photos', new Blob([new Uint8Array(bytes)]), 'one.jpg')
  return fetch(`${house.address}/api/reports`, { method: 'POST', body: form, headers: { Authorization: `Bearer ${text}` } })
}

it('[R144] files that no row names go after a day; young ones, named ones of whatever kind, and what is on its way stay', async () => {
  if (!ana || !desk) throw new Error('Nobody')
  // Named: an original, its small copy, what was made of both, a release and the version before it.
  const { report, photo, bytes } = await verifiedPicture(house, ana, [desk], 7100)
  await sendPreview(ana, report, bytes, await phonePicture(7101, [80, 60]))
  const released = await releaseOf(desk, photo)
  const id = await release(desk, photo, { id: released.id })
  expect((await desk.call(correctCall, { id, of: 1, captions: { es: 'Otras palabras.', en: 'Other words.' }, alternatives: released.alternatives, credit: released.credit, keptWords: [], wrong: 'The words.', right: 'Other words.' })).status).toBe(200)
  // A picture that we cannot decode, with its decoded copy.
  const heic = brokenHeic(71)
  const undecoded = await file(house, ana, { pictures: [heic] })
  await sendOriginal(ana, undecoded.id, heic)
  await house.picturesDone()
  expect((await desk.call(giveCopyCall, { id: photoId(undecoded.id, hashOf(heic)) }, { file: { bytes: await phonePicture(7102), name: 'copy.jpg' } })).status).toBe(201)
  // A report that was set aside.
  const aside = await phonePicture(7103)
  const stated = await statementOf(house, ana, { pictures: [aside] })
  await ana.call(fileReportCall, { id: stated.id, statement: JSON.stringify(stated), signature: 'A'.repeat(86), sentAt: house.clock.now() })
  await sendOriginal(ana, stated.id, aside)
  // On its way: half of it in an upload, and one that was kept by a call whose commit failed.
  const [half, kept] = [await phonePicture(7104), await phonePicture(7105)]
  const waiting = await file(house, ana, { pictures: [half, kept] })
  const { upload } = await beginUpload(ana, photoId(waiting.id, hashOf(half)), half.length)
  await sendPiece(ana, upload, 0, half.subarray(0, 500))
  await house.files.originals.putBytes(kept)
  await house.picturesDone()
  const named = await onShelves()
  expect(named.length).toBeGreaterThan(12)

  // Named by nobody: of a form that was refused after its pictures were kept, and of a release whose commit failed.
  const form = { id: uuid7(Date.parse(house.clock.now())), category: 'voting.queue', severity: 'medium', station: 'CE-01', observedAt: house.clock.now(), words: 'A queue.', language: 'en' }
  const [taken, refused] = [await phonePicture(7106), await phonePicture(7107)]
  expect((await sendForm(form, [taken])).status).toBe(201)
  await house.picturesDone()
  const before = await onShelves()
  expect((await sendForm(form, [refused])).status).toBe(409)
  const unreleased = await house.files.renditions.putBytes(noise(300))
  const orphans = [`originals ${hashOf(refused)}`, `renditions ${unreleased}`]
  expect(await onShelves()).toEqual([...before, ...orphans].sort())

  expect(await sweepShelves(house, new Date(Date.now() - day))).toBe(0)
  expect(await onShelves()).toEqual([...before, ...orphans].sort())
  expect(await sweepShelves(house, new Date(Date.now() + day))).toBe(2)
  expect(await onShelves()).toEqual(before)
  // And the upload goes on where it was.
  expect((await sendPiece(ana, upload, 500, half.subarray(500))).status).toBe(204)
})

it('[R144] a file that is put again while it waits to be swept stays', async () => {
  const bytes = noise(200)
  const sha256 = await house.files.originals.putBytes(bytes)
  const storedAt = async () => {
    for await (const one of house.files.originals.list()) if (one.sha256 === sha256) return one.storedAt
    return null
  }
  const first = await storedAt()
  const old = new Date((first?.getTime() ?? 0) + 1)
  await expect.poll(async () => {
    await house.files.originals.putBytes(bytes)
    return ((await storedAt()) ?? old) > old
  }, { timeout: 120_000 }).toBe(true)
  await sweepShelves(house, old)
  expect(await house.files.originals.has(sha256)).toBe(true)
  // Again and again, at the same moment: it is there as long as its put has the last word.
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([sweepShelves(house, new Date()), house.files.originals.putBytes(bytes)])
    const putLast = house.files.originals.putBytes(bytes)
    await house.files.originals.remove(sha256, old)
    await putLast
    expect(await house.files.originals.has(sha256)).toBe(true)
  }
})

it('[R144] what is no file of ours on a shelf is left alone', async () => {
  const folder = house.files.originals.path('ab'.repeat(32)).replace(/[^/]+$/, '')
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}notes.txt`, 'x')
  await sweepShelves(house, new Date(Date.now() + day))
  await expect(writeFile(`${folder}notes.txt`, 'x', { flag: 'wx' })).rejects.toThrow('EEXIST')
})

it('[R372] [lesson 22] what was begun goes on the next day and six days later from where it was, and is begun anew after a week', async () => {
  const by = ana
  if (!by) throw new Error('Nobody')
  const uploads = await openUploads(join(house.folder, 'uploads'))
  const bytes = await phonePicture(7180)
  const { id: report } = await file(house, by, { pictures: [bytes] })
  const id = photoId(report, hashOf(bytes))
  const half = Math.floor(bytes.length / 2)
  const begin = async () => {
    const { upload } = await beginUpload(by, id, bytes.length)
    expect((await sendPiece(by, upload, 0, bytes.subarray(0, half))).status).toBe(204)
    return upload
  }
  const offset = async (upload: string) => {
    const answer = await by.fetch(`/api/uploads/${upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })
    return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : answer.status
  }
  const later = async (days: number) => {
    house.clock.forward(days * day)
    await sweepUploads({ engine: house.engine, uploads })
  }
  const [first, second] = [await begin(), await begin()]
  await later(1)
  expect(await offset(first)).toBe(half)
  await later(5)
  expect([await offset(first), await offset(second)]).toEqual([half, half])
  await later(1.1)
  expect([await offset(first), await offset(second)]).toEqual([404, 404])
  const again = await begin()
  expect((await sendPiece(by, again, half, bytes.subarray(half))).status).toBe(204)
  expect((await by.call(completePhotoCall, { id, upload: again })).status).toBe(201)
  expect((await house.db.readers.selectFrom('uploads').select('id').execute())).toEqual([])
})
