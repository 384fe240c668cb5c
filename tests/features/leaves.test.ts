import { afterAll, beforeAll, expect, it } from 'vitest'
import { photoId } from '../../shared/photos.ts'
import { downloadCall, releaseCall } from '../../shared/press.ts'
import { canary, canaryJpeg, formats } from '../support/canaries.ts'
import { judge, releaseOf, setRules, setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, hashOf, sendOriginal, sendPreview } from '../support/reports.ts'

let house: TestHouse
let ana: Caller
let desk: Caller
let press: Caller

beforeAll(async () => {
  house = await startHouse()
  const lead = await house.person('lead')
  ;[ana, desk, press] = [await house.person('observer'), await house.person('coordinator'), await house.person('press')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

const bytesOf = async (caller: Caller, address: string) => {
  const response = await caller.fetch(address)
  expect(response.status).toBe(200)
  return { text: Buffer.from(await response.arrayBuffer()).toString('latin1'), headers: JSON.stringify([...response.headers]) }
}

it.each(formats)('[R208] whatever a %s holds beside its pixels is in no file that desk or press can look at, nor is the original’s hash', async (_, make) => {
  const bytes = await make(1)
  const filed = await file(house, ana, { pictures: [bytes], station: 'CE-01' })
  await sendPreview(ana, filed.id, bytes, await canaryJpeg())
  const photo = photoId(filed.id, hashOf(bytes))
  await house.picturesDone()
  const shown = [await bytesOf(desk, `/api/photos/${photo}/image?size=screen`)]
  await sendOriginal(ana, filed.id, bytes)
  await house.picturesDone()
  await judge(house, desk, filed.id)
  const sent = await releaseOf(desk, photo)
  expect((await desk.call(releaseCall, { ...sent, covers: [{ left: 20, top: 20, width: 30, height: 30, what: 'face' }] })).status).toBe(201)

  for (const size of ['thumb', 'screen', 'full']) shown.push(await bytesOf(desk, `/api/photos/${photo}/image?size=${size}`))
  const left = [await bytesOf(press, `/api/releases/${sent.id}/image?size=wall`), await bytesOf(press, `/api/releases/${sent.id}/image?size=web`)]
  for (const size of ['web', 'full'] as const) left.push(await bytesOf(press, (await press.call(downloadCall, { id: sent.id, size })).reply.address))
  for (const { text, headers } of [...shown, ...left]) {
    expect([canary, 'Exif', 'jumb', 'MPF', '<html', hashOf(bytes)].filter((trace) => text.includes(trace) || headers.includes(trace))).toEqual([])
    expect(text.split('\xff\xd8\xff')).toHaveLength(2)
  }
  // Whoever takes the original takes it whole: that is what it is for.
  expect((await house.files.originals.size(hashOf(bytes)))).toBe(bytes.length)
})
