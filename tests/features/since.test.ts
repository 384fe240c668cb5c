import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsOf } from '../../server/features/reports/rules.ts'
import { sinceCall } from '../../shared/reports.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen } from '../support/sockets.ts'

let house: TestHouse
let lead: Caller
let desk: Caller
let ana: Caller

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 2 })
  ;[desk, ana] = [await house.person('coordinator', { name: 'Diego' }), await house.person('observer')]
})
afterAll(() => house.stop())

const since = async (at: string) => (await desk.call(sinceCall, { at })).reply

describe('since somebody was away', () => {
  it('[R274] [R438] says what came, what changed among what was there, and what waits; who only looked or claimed changed nothing', async () => {
    const [old, looked, decided] = [await file(house, ana), await file(house, ana), await file(house, ana)]
    const away = house.clock.now()
    await judge(house, desk, decided.id)
    await claim(desk, looked.id)
    const fresh = await file(house, ana)
    await judge(house, desk, fresh.id)
    const reply = await since(away)
    expect(reply.came).toMatchObject({ count: 1, lines: [{ id: fresh.id, awaitsSecond: true }] })
    expect(reply.changed).toMatchObject({ count: 1, reports: [{ line: { id: decided.id }, kinds: ['verdict.first_given'] }] })
    // One is claimed, two were judged by one.
    expect(reply.waits).toEqual({ received: 1, inReview: 3, second: 2, third: 0, setAside: 0 })
    expect(JSON.stringify(reply)).not.toContain(old.id)
    expect((await since(house.clock.now())).came.count).toBe(0)
    expect((await since('2020-01-01T00:00:00.000Z')).came.count).toBe(4)
  })

  it('[R274] counts each report once, however many facts there are of it, and of what came tells no changes', () => {
    const fact = (id: string, kind: string, last: number) => ({ id, kind, last })
    expect(newsOf([fact('a', 'report.filed', 4), fact('a', 'verdict.given', 9), fact('b', 'report.changed', 7), fact('b', 'verdict.given', 5), fact('c', 'report.claimed', 6), fact('d', 'report.filed', 8)]))
      .toEqual({ came: ['d', 'a'], changed: [{ id: 'b', kinds: ['verdict.given', 'report.changed'] }] })
  })

  it('[R276] presence tells the desk who was there earlier, and when; press nothing of it', async () => {
    const [press, other] = [await house.person('press'), await house.person('coordinator', { name: 'Bea' })]
    const [room, wall, gone] = [await listen(house, desk), await listen(house, press), await listen(house, other)]
    gone.close()
    await gone.untilEnded()
    await expect.poll(() => room.presences.at(-1)?.earlier.map(({ id }) => id) ?? [], { timeout: 30_000 }).toContain(other.id)
    expect(room.presences.at(-1)?.earlier.map(({ id }) => id)).not.toContain(desk.id)
    await expect.poll(() => wall.presences.length, { timeout: 30_000 }).toBeGreaterThan(0)
    expect(wall.presences.every(({ earlier }) => earlier.length === 0)).toBe(true)
    room.close()
    wall.close()
  })
})
