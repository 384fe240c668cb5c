import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesCall } from '../../shared/live.ts'
import { leaveCall, setCheckingCall } from '../../shared/mission.ts'
import { inviteCall, retireCall } from '../../shared/people.ts'
import { retractCall } from '../../shared/press.ts'
import { seeReportCall } from '../../shared/reports.ts'
import { leadLink } from '../../server/features/people/actions.ts'
import { release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf, toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let desk: Caller
let press: Caller
let lead: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[ana, desk, press, lead] = [await house.person('observer'), await house.person('coordinator'), await house.person('press'), await house.person('lead')]
})
afterAll(() => house.stop())

describe('the socket', () => {
  it('[R14] tells coordinators of a report the moment it is filed; press hears nothing of it', async () => {
    const [room, wall] = [await listen(house, desk), await listen(house, press)]
    const filed = await file(house, ana)
    const changed = await room.until(speaksOf(filed.id))
    expect(changed.things[0]).toMatchObject({ kind: 'report', thing: { number: filed.number, status: 'received' } })
    // The marker: the mission itself changes, which both may know.
    await house.engine.write({ kind: 'operator' }, async ({ tx, record }) => {
      const { id } = await tx.selectFrom('mission').select('id').executeTakeFirstOrThrow()
      await record('mission.named', { type: 'mission', id }, { set: { mission: [{ id, name: 'Marker' }] } })
    })
    await wall.until((event) => event.things.some((thing) => thing.kind === 'mission'))
    expect(JSON.stringify(wall.heard)).not.toContain(filed.id)
    room.close()
    wall.close()
  })

  it('[R15] names the number before on each event, and goes on from a cursor without a gap', async () => {
    const room = await listen(house, desk)
    const first = await file(house, ana)
    await room.until(speaksOf(first.id))
    const second = await file(house, ana)
    await room.until(speaksOf(second.id))
    for (const [before, after] of room.heard.slice(1).map((event, at) => [room.heard[at], event])) expect(after?.previous).toBe(before?.number)
    const cursor = room.heard.at(-1)?.number ?? 0
    room.close()
    const missed = await file(house, ana)
    await house.engine.write({ kind: 'server' }, ({ record }) => record('person.left', { type: 'person', id: press.id }, {}))
    const again = await listen(house, desk, { since: cursor })
    const caught = await again.until(speaksOf(missed.id))
    expect([caught.previous, caught.things.length]).toEqual([cursor, 1])
    again.close()
  })

  it('[R15] one who was away for more than a page gets page after page', async () => {
    const cursor = house.engine.head().number
    const number = await house.db.readers.selectFrom('reports').select((eb) => eb.fn.max('number').as('last')).executeTakeFirstOrThrow()
    await house.engine.write({ kind: 'server' }, async ({ tx, record }) => {
      const row = await tx.selectFrom('reports').selectAll().limit(1).executeTakeFirstOrThrow()
      for (let count = 1; count <= 520; count++) {
        const id = `${row.id.slice(0, 24)}${String(count).padStart(12, '0')}`
        await record('report.filed', { type: 'report', id }, { put: { reports: [{ ...row, id, number: Number(number.last) + count }] }, set: { counters: [{ name: 'report', value: Number(number.last) + count }] } })
      }
    })
    const room = await listen(house, desk, { since: cursor })
    await room.until((event) => event.number === cursor + 520)
    expect(room.heard.map((event) => event.things.length)).toEqual([500, 20])
    room.close()
  })

  it('the same is had by asking, for where sockets are blocked, and as filtered', async () => {
    const [since, wall] = [house.engine.head().number, await toldUpTo(press)]
    const filed = await file(house, ana)
    expect((await desk.call(changesCall, { since })).reply.things.map((thing) => thing.id)).toEqual([filed.id])
    // Press has numbers of its own, which this one does not move; an observer hears of nothing.
    for (const [other, told] of [[press, wall], [ana, 0]] as const) expect((await other.call(changesCall, { since: told })).reply).toMatchObject({ things: [], reports: null, number: told })
    expect((await house.nobody.call(changesCall, { since })).status).toBe(401)
  })

  it('[R16] is for pages of ours: a foreign origin, none, no session, or an observer is refused', async () => {
    for (const origin of ['https://elsewhere.example', 'null', null]) await expect(listen(house, desk, { origin })).rejects.toThrow()
    await expect(listen(house, house.nobody)).rejects.toThrow()
    await expect(listen(house, ana)).rejects.toThrow()
  })

  it('[R17] closes when its session ends, in the same call', async () => {
    const [leaving, retired] = [await house.person('coordinator'), await house.person('press')]
    const [one, two] = [await listen(house, leaving), await listen(house, retired)]
    await leaving.call(leaveCall, {})
    await one.untilEnded()
    await lead.call(retireCall, { id: retired.id })
    await two.untilEnded()
    await expect(listen(house, leaving)).rejects.toThrow()
  })

  it('presence names who of the desk is here to the desk alone', async () => {
    const [room, wall] = [await listen(house, desk), await listen(house, press)]
    await expect.poll(() => room.presences.at(-1)?.here.map((person) => person.id), { timeout: 120_000 }).toEqual([desk.id])
    await expect.poll(() => wall.presences.length, { timeout: 120_000 }).toBeGreaterThan(0)
    expect(wall.presences.every((presence) => presence.here.length === 0 && presence.reports === null)).toBe(true)
    room.close()
    wall.close()
  })

  it('a fact that changes nothing for the desk is no event', async () => {
    const room = await listen(house, desk)
    const filed = await file(house, ana)
    await room.until(speaksOf(filed.id))
    const before = room.heard.length
    await house.engine.write({ kind: 'server' }, ({ record }) => record('person.left', { type: 'person', id: press.id }, {}))
    await desk.call(seeReportCall, { id: filed.id })
    const marker = await room.until((event) => event.things.some((thing) => thing.kind === 'report' && thing.id === filed.id && thing.thing.seenAt !== null))
    expect([room.heard.length, marker.previous]).toEqual([before + 1, room.heard[before - 1]?.number])
    room.close()
  })

  it('[R14] each kind of event is heard by these roles and by no other', async () => {
    await setUp(house, lead)
    await setRules(lead, { eyes: 1 })
    const [since, wall] = [house.engine.head().number, await toldUpTo(press)]
    const judge = await house.person('coordinator')
    const { photo } = await verifiedPicture(house, ana, [judge], 8800)
    await release(judge, photo)
    const gone = await release(judge, (await verifiedPicture(house, ana, [judge], 8801)).photo)
    await lead.call(retractCall, { id: gone, reason: 'Wrong place' })
    await lead.call(inviteCall, { id: randomUUID(), name: 'Nadia', role: 'press', organisation: 'Delegation A', language: 'es' })
    await house.engine.write({ kind: 'operator' }, (work) => leadLink({ name: null }, work))
    await lead.call(setCheckingCall, { credit: 'Another credit', rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } })
    await house.picturesDone()
    const kindsFor = async (caller: Caller) => [...new Set((await caller.call(changesCall, { since: caller === press ? wall : since })).reply.things.map(({ kind }) => kind))].sort()
    expect({ observer: await kindsFor(ana), press: await kindsFor(press), coordinator: await kindsFor(judge), lead: await kindsFor(lead) }).toEqual({
      observer: [], press: ['mission', 'release', 'release_gone'], coordinator: ['mission', 'release', 'release_gone', 'report'], lead: ['mission', 'notice', 'people', 'release', 'release_gone', 'report'],
    })
    expect((await house.nobody.call(changesCall, { since })).problem).toEqual({ problem: 'not_signed_in' })
  })
})
