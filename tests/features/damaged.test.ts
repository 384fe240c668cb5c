import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { takeOriginalCall } from '../../shared/photos.ts'
import { correctCall, downloadCall, releaseCall } from '../../shared/press.ts'
import { checkFiles, checkFilesAtNight } from '../../server/features/photos/actions.ts'
import { isNightHour } from '../../server/features/photos/rules.ts'
import { release, releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { hashOf } from '../support/reports.ts'

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

/** Changes one bit of a file on the disk, as somebody with the machine can. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  await writeFile(path, bytes)
}
const damagesOf = async (report: string) => {
  await house.engine.idle()
  const facts = await house.db.readers.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').select('kind').where('type', '=', 'report').where('id', '=', report).execute()
  return facts.filter(({ kind }) => kind === 'file.damaged').length
}
const broken = (status: number, body: unknown) => expect([status, body]).toEqual([500, { problem: 'broken', reference: expect.any(String) as string }])

it('[R206] a released file with one bit changed goes to nobody, is a fact once, and is served again once it is what it was', async () => {
  const { report, photo } = await verifiedPicture(house, ana, [desk], 5100)
  const id = await release(desk, photo)
  const { webSha256 } = await house.db.readers.selectFrom('releases').select('webSha256').where('id', '=', id).executeTakeFirstOrThrow()
  const path = house.files.renditions.path(webSha256)
  await flip(path)
  const { address } = (await press.call(downloadCall, { id, size: 'web' })).reply
  for (const asked of [address, `/api/releases/${id}/image?size=web`]) {
    const response = await press.fetch(asked)
    broken(response.status, await response.json())
  }
  await expect.poll(() => damagesOf(report), { timeout: 120_000 }).toBe(1)
  await flip(path)
  expect((await press.fetch(address)).status).toBe(200)
})

it('[R206] an original with one bit changed is neither taken out nor shown whole nor released', async () => {
  const { report, photo, bytes } = await verifiedPicture(house, ana, [desk], 5101)
  const sent = await releaseOf(desk, photo)
  await flip(house.files.originals.path(hashOf(bytes)))
  const refused = await desk.call(releaseCall, sent)
  broken(refused.status, refused.problem)
  const taken = await desk.fetch((await desk.call(takeOriginalCall, { id: photo })).reply.address)
  broken(taken.status, await taken.json())
  expect((await desk.fetch(`/api/photos/${photo}/image?size=full`)).status).toBe(500)
  await expect.poll(() => damagesOf(report), { timeout: 120_000 }).toBe(1)
})

it('[R206] a file of the version before a correction that is gone is a fact of its report', async () => {
  const { report, photo } = await verifiedPicture(house, ana, [desk], 5105)
  const sent = await releaseOf(desk, photo)
  const id = await release(desk, photo, { id: sent.id })
  expect((await desk.call(correctCall, { id, of: 1, captions: { es: 'Otras palabras.', en: 'Other words.' }, alternatives: sent.alternatives, credit: sent.credit, keptWords: [], wrong: 'The words.', right: 'Other words.' })).status).toBe(200)
  const { fullSha256 } = await house.db.readers.selectFrom('releaseVersions').select('fullSha256').where('release', '=', id).executeTakeFirstOrThrow()
  await rm(house.files.renditions.path(fullSha256))
  await checkFiles(house)
  await expect.poll(() => damagesOf(report), { timeout: 120_000 }).toBe(1)
})

it('[R206] what nobody asks for is found in the mission’s night: changed files and those that are gone', async () => {
  const [changed, gone, sound] = [await verifiedPicture(house, ana, [desk], 5102), await verifiedPicture(house, ana, [desk], 5103), await verifiedPicture(house, ana, [desk], 5104)]
  await flip(house.files.originals.path(hashOf(changed.bytes)))
  await rm(house.files.originals.path(hashOf(gone.bytes)))
  // 14:00 in El Salvador.
  await checkFilesAtNight(house)
  expect(await damagesOf(changed.report)).toBe(0)
  await checkFiles(house)
  for (const [{ report }, count] of [[changed, 1], [gone, 1], [sound, 0]] as const) await expect.poll(() => damagesOf(report), { timeout: 120_000 }).toBe(count)
  expect(['2027-03-01T09:59:59.000Z', '2027-03-01T09:00:00.000Z', '2027-03-01T08:59:59.000Z', '2027-03-01T10:00:00.000Z'].map((at) => isNightHour(at, 'America/El_Salvador'))).toEqual([true, true, false, false])
})
