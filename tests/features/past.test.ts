import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOfCall, asOfLinesCall, listReportsCall, pastAtOnce, seeReportCall } from '../../shared/reports.ts'
import type { ReportFilter, ReportLine } from '../../shared/reports.ts'
import { claim, judge, phonePicture, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, sendOriginal } from '../support/reports.ts'

let house: TestHouse
let desk: Caller
let ana: Caller
let other: Caller

beforeAll(async () => {
  house = await startHouse()
  const lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[desk, other, ana] = [await house.person('coordinator'), await house.person('coordinator'), await house.person('observer')]
})
afterAll(() => house.stop())

/** The whole list at this moment, page by page. */
async function listed(filter: Partial<ReportFilter> = {}): Promise<ReportLine[]> {
  const lines: ReportLine[] = []
  for (let after: string | undefined; ;) {
    const { reply } = await desk.call(listReportsCall, { ...filter, limit: 5, ...(after ? { after } : {}) })
    lines.push(...reply.reports)
    if (reply.next === null) return lines
    after = reply.next
  }
}

describe('the room as of a moment', () => {
  it('[R277] is to the letter what its list was then, at every moment of a random history, and names the last fact and the chain’s head', async () => {
    const kept: { at: string; number: number; chain: string; lines: ReportLine[]; words: ReportLine[] }[] = []
    const keep = async () => {
      const lines = await listed()
      const words = await listed({ words: 'dobl' })
      const row = await house.db.readers.selectFrom('journal').select(['number', 'chain']).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
      kept.push({ at: house.clock.now(), ...row, lines, words })
    }
    await keep()
    const filed: string[] = []
    const step = fc.constantFrom('file', 'file', 'picture', 'claim', 'judge', 'see')
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(999)), { minLength: 6, maxLength: 10 }), async (steps) => {
      for (const [what, chance] of steps) {
        const one = filed[chance % Math.max(1, filed.length)]
        if (what === 'picture') {
          const bytes = await phonePicture(chance)
          const { id } = await file(house, ana, { pictures: [bytes] })
          await keep()
          await sendOriginal(ana, id, bytes)
          await house.picturesDone()
        } else if (what === 'file' || !one) filed.push((await file(house, ana, { station: ['CE-01', null][chance % 2] ?? null, position: chance % 3 ? null : { latitude: 13.5, longitude: -89, accuracyMetres: 9, ageSeconds: 1 }, words: chance % 2 ? 'Sin doblez' : 'Nada' })).id)
        else if (what === 'claim') await claim(desk, one)
        else if (what === 'judge') await judge(house, other, one, { outcome: chance % 2 ? 'verified' : 'false' })
        else await desk.call(seeReportCall, { id: one })
        await keep()
      }
    }), { seed: 277, numRuns: 3 })
    const { photo } = await verifiedPicture(house, ana, [other], 277)
    await keep()
    await release(other, photo)
    await keep()
    for (const { at, number, chain, lines, words } of kept) {
      const { reply } = await desk.call(asOfCall, { asOf: at })
      expect(reply.head).toMatchObject({ number, chain })
      expect([reply.all, reply.total, reply.reports, reply.points.id]).toEqual([lines.length, lines.length, lines, lines.map(({ id }) => id)])
      // Some of them alone, and one that nobody knew then.
      const some = lines.filter((_, place) => place % 2 === 0)
      expect((await desk.call(asOfLinesCall, { asOf: at, ids: [...some.map(({ id }) => id), uuid7(Date.parse(at))] })).reply.reports).toEqual(some)
      expect((await desk.call(asOfCall, { asOf: at, words: 'dobl' })).reply.reports).toEqual(words)
      expect((await desk.call(asOfCall, { asOf: at, status: ['received'] })).reply.reports).toEqual(lines.filter(({ status }) => status === 'received'))
    }
  })

  it('[R373] has every report of the filter on its map, and the lines of the others by their ids', async () => {
    const many = pastAtOnce + 7
    for (let count = (await listed()).length; count < many; count += 1) await file(house, ana, { station: null, position: null, words: 'Una de muchas' })
    const at = house.clock.now()
    const lines = await listed()
    house.clock.forward(1000)
    await file(house, ana)
    const { reply } = await desk.call(asOfCall, { asOf: at })
    const { id, version, latitude, status, observedAt } = reply.points
    expect([reply.total, reply.reports]).toEqual([lines.length, lines.slice(0, pastAtOnce)])
    expect(id.map((one, place) => [one, version[place], latitude[place], status[place], observedAt[place]])).toEqual(lines.map((line) => [line.id, line.version, line.latitude, line.status, line.observedAt]))
    expect((await desk.call(asOfLinesCall, { asOf: at, ids: id.slice(pastAtOnce) })).reply.reports).toEqual(lines.slice(pastAtOnce))
  })

  it('[R277] before the mission began nothing was known', async () => {
    expect((await desk.call(asOfCall, { asOf: '2020-01-01T00:00:00.000Z' })).reply).toMatchObject({ head: null, all: 0, reports: [] })
  })
})
