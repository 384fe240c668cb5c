import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsOf } from '../../server/features/reports/rules.ts'
import { changesCall, presenceMilliseconds } from '../../shared/live.ts'
import { leaveCall } from '../../shared/mission.ts'
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
    await expect.poll(() => room.presences.at(-1)?.earlier.map(({ id }) => id) ?? [], { timeout: 120_000 }).toContain(other.id)
    expect(room.presences.at(-1)?.earlier.map(({ id }) => id)).not.toContain(desk.id)
    await expect.poll(() => wall.presences.length, { timeout: 120_000 }).toBeGreaterThan(0)
    expect(wall.presences.every(({ earlier }) => earlier.length === 0)).toBe(true)
    room.close()
    wall.close()
  })

  it('[R442] a desk that asks the journal without a socket is here as long as it asks or is signed in, and is told who is; press is not', async () => {
    const [press, polls, away] = [await house.person('press'), await house.person('coordinator', { name: 'Pola' }), await house.person('coordinator', { name: 'Aina' })]
    const ask = async (caller: Pick<Caller, 'call'>) => (await caller.call(changesCall, { since: 0 })).reply
    const [room, wall] = [await listen(house, desk), await listen(house, press)]
    const here = () => room.presences.at(-1)?.here.map(({ id }) => id).sort() ?? []
    await expect.poll(here, { timeout: 120_000 }).toEqual([desk.id])
    const asked = await ask(polls)
    expect(asked.here.map(({ id }) => id).sort()).toEqual([desk.id, polls.id].sort())
    expect(asked.earlier.map(({ id }) => id)).toContain(away.id)
    await expect.poll(here, { timeout: 120_000 }).toEqual([desk.id, polls.id].sort())
    expect(await ask(press)).toMatchObject({ here: [], earlier: [] })

    // Who asks no more is gone, and was here earlier.
    house.clock.forward(presenceMilliseconds + 1)
    await house.hub.lookAround()
    await expect.poll(here, { timeout: 120_000 }).toEqual([desk.id])
    expect(room.presences.at(-1)?.earlier.map(({ id }) => id)).toContain(polls.id)

    await ask(polls)
    await expect.poll(here, { timeout: 120_000 }).toContain(polls.id)
    await polls.call(leaveCall, {})
    await expect.poll(here, { timeout: 120_000 }).toEqual([desk.id])

    // Who has a socket is gone with it, whatever it asked meanwhile.
    const other = await house.person('coordinator', { name: 'Bruno' })
    await ask(other)
    const socket = await listen(house, other)
    await expect.poll(() => socket.presences.at(-1)?.here.map(({ id }) => id), { timeout: 120_000 }).toContain(other.id)
    await ask(other)
    socket.close()
    await expect.poll(here, { timeout: 120_000 }).toEqual([desk.id])
    expect(wall.presences.every((presence) => presence.here.length + presence.earlier.length === 0)).toBe(true)
    room.close()
    wall.close()
  })
})
