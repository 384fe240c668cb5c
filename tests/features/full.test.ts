import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileReportCall, seeReportCall } from '../../shared/reports.ts'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { previewRegisterCall } from '../../shared/stations.ts'
import { retractCall } from '../../shared/press.ts'
import { phonePicture, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { beginUpload, file, hashOf, sendOriginal, sendPiece, sendPreview, statementOf } from '../support/reports.ts'

// What a disk that fills up takes, and what it answers; how full it is, the test says.

let house: TestHouse
let free = 1
let [ana, desk, lead]: Caller[] = []
beforeAll(async () => {
  house = await startHouse({ measureDisk: () => Promise.resolve(free) })
  lead = await house.person('lead')
  ;[ana, desk] = [await house.person('observer'), await house.person('coordinator')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

describe('[R219] a disk that fills up', () => {
  it('takes no more originals at ten per cent, text all the same, and everything when there is room again', async () => {
    if (!ana || !lead) throw new Error('Nobody')
    const bytes = await phonePicture(91_001)
    const { id } = await file(house, ana, { pictures: [bytes] })
    const whole = await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)
    await sendPiece(ana, whole.upload, 0, bytes)
    const half = await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)
    await sendPiece(ana, half.upload, 0, bytes.subarray(0, 1000))

    free = 0.0999
    const refused = await sendPiece(ana, half.upload, 1000, bytes.subarray(1000))
    expect([refused.status, await refused.text()]).toEqual([507, '{"problem":"full"}'])
    expect((await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)).status).toBe(507)
    expect((await sendPreview(ana, id, bytes, bytes)).problem).toEqual({ problem: 'full' })
    expect((await lead.call(previewRegisterCall, {}, { file: { bytes, name: 'x.csv' } })).problem).toEqual({ problem: 'full' })
    // Words arrive, and what is here whole is kept.
    expect((await file(house, ana)).number).toBeGreaterThan(0)
    expect((await ana.call(completePhotoCall, { id: photoId(id, hashOf(bytes)), upload: whole.upload })).status).toBe(201)

    free = 0.1
    const second = await phonePicture(91_002)
    const other = await file(house, ana, { pictures: [second] })
    expect((await sendOriginal(ana, other.id, second)).status).toBe(201)
  })

  it('takes no more text at two per cent; what waited on the phone arrives afterwards, once; a picture can be taken back all the while', async () => {
    if (!ana || !desk) throw new Error('Nobody')
    const { report, photo } = await verifiedPicture(house, ana, [desk], 91_003)
    const released = await release(desk, photo)
    const statement = await statementOf(house, ana)
    const sent = { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() }
    const { number } = house.engine.head()

    free = 0.0199
    expect((await ana.call(fileReportCall, sent)).problem).toEqual({ problem: 'full' })
    expect(house.engine.head().number).toBe(number)
    expect((await desk.call(seeReportCall, { id: report })).status).toBe(200)
    expect((await desk.call(retractCall, { id: released, reason: 'Wrong place' })).status).toBe(200)

    free = 0.02
    const first = await ana.call(fileReportCall, sent)
    expect([first.status, (await ana.call(fileReportCall, sent)).reply]).toEqual([201, first.reply])
  })
})
