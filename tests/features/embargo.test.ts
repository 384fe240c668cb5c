import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changesCall } from '../../shared/live.ts'
import { downloadCall, embargoCall, endEmbargoCall, listReleasesCall, myTakesCall, noEmbargo, releaseCall, releaseImageCall, reportReleasesCall, releaseProposalCall, retractCall, setEmbargoCall, statementOutCall, useCall } from '../../shared/press.ts'
import type { Embargo } from '../../shared/press.ts'
import { endEmbargoes } from '../../server/features/embargo/actions.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { release, releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { listen, speaksOf, toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let carla: Caller
let diego: Caller
let press: Caller
let lead: Caller
let seed = 23_000

beforeAll(async () => {
  house = await startHouse()
  ;[ana, carla, diego, press, lead] = [await house.person('observer'), await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' }), await house.person('press', { name: 'Paula' }), await house.person('lead')]
  await setUp(house, lead)
})
beforeEach(async () => {
  await setRules(lead, { eyes: 1 })
  await lead.call(setEmbargoCall, noEmbargo)
})
afterAll(() => house.stop())

const head = () => house.engine.head().number
const inMinutes = (minutes: number) => new Date(Date.parse(house.clock.now()) + minutes * 60_000).toISOString()
const verified = () => verifiedPicture(house, ana, [carla], seed++)
const held = async (embargo: Embargo) => {
  const { report, photo } = await verified()
  return { report, id: await release(diego, photo, { embargo }) }
}
const onWall = async (id: string) => (await press.call(listReleasesCall, { limit: 500 })).reply.releases.find((one) => one.id === id)
const deskSees = async (report: string) => (await diego.call(reportReleasesCall, { id: report })).reply.releases[0]
const factOf = async (number: number) => house.db.readers.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['kind', 'body']).where('journal.number', '=', number).executeTakeFirstOrThrow()

describe('[R174] a picture under embargo', () => {
  it('is nowhere on the press side until it ends: in no list, count, place, day, picture, download, event or notice; the desk sees it', async () => {
    const before = (await press.call(listReleasesCall, {})).reply
    const wall = await listen(house, press)
    const since = await toldUpTo(press)
    const { photo } = await verifiedPicture(house, ana, [carla], seed++, { station: 'CE-03', table: null, times: { observedAt: '2027-02-20T20:00:00.000Z', finishedAt: '2027-02-20T20:00:00.000Z', zone: 'America/El_Salvador' } })
    const id = await release(diego, photo, { embargo: { until: inMinutes(60), statement: false } })
    await diego.call(downloadCall, { id, size: 'full' })
    // The marker: one that press may know.
    const marker = await release(diego, (await verified()).photo)
    await wall.until(speaksOf(marker))
    const after = (await press.call(listReleasesCall, {})).reply
    expect([after.all, after.total, after.places, after.days]).toEqual([before.all + 1, before.total + 1, expect.not.arrayContaining(['San Miguel']), expect.not.arrayContaining(['2027-02-20'])])
    expect((await press.call(releaseImageCall, { id, size: 'wall' })).problem).toEqual({ problem: 'not_found' })
    expect((await press.call(downloadCall, { id, size: 'web' })).problem).toEqual({ problem: 'not_found' })
    expect((await press.call(myTakesCall, { id })).problem).toEqual({ problem: 'not_found' })
    expect((await press.call(useCall, { id, use: uuid7(1), place: 'x', link: null, words: '' })).problem).toEqual({ problem: 'not_found' })
    // Retracted while it is held, press learns not even that.
    await diego.call(retractCall, { id, reason: 'A face can be seen' })
    const second = await release(diego, (await verified()).photo)
    await wall.until(speaksOf(second))
    for (const told of [wall.heard, (await press.call(changesCall, { since })).reply, after]) expect(JSON.stringify(told)).not.toContain(id)
    wall.close()
  })

  it('[R175] ends at its time by the clock, and is then new on every open wall', async () => {
    const until = inMinutes(30)
    const { report, id } = await held({ until, statement: false })
    expect(await deskSees(report)).toMatchObject({ held: true, embargo: { until, statement: false }, outAt: null })
    house.clock.forward(29 * 60_000)
    await endEmbargoes(house.engine)
    expect(await onWall(id)).toBeUndefined()
    const wall = await listen(house, press)
    const newer = await release(diego, (await verified()).photo)
    house.clock.forward(2 * 60_000)
    const before = head()
    await endEmbargoes(house.engine)
    const fact = await factOf(before + 1)
    expect([fact.kind, JSON.parse(fact.body)]).toMatchObject(['release.embargo_ended', { actor: { kind: 'clock' }, subject: { id } }])
    const event = await wall.until(speaksOf(id))
    expect(event.things.map(({ kind }) => kind)).toEqual(['release'])
    const { releases } = (await press.call(listReleasesCall, {})).reply
    expect(releases.slice(0, 2).map((one) => one.id)).toEqual([id, newer])
    const { outAt, releasedAt } = (await deskSees(report)) ?? {}
    expect([releases[0]?.releasedAt, releases[0]?.embargoEndedAt, releasedAt === outAt]).toEqual([outAt, outAt, false])
    expect((await press.call(downloadCall, { id, size: 'web' })).status).toBe(200)
    wall.close()
    await endEmbargoes(house.engine)
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('[R175] ends with the mission’s statement, which a lead says; one that waits for a time too waits on', async () => {
    const [one, both] = [await held({ until: null, statement: true }), await held({ until: inMinutes(20), statement: true })]
    expect((await diego.call(embargoCall, {})).reply).toEqual({ embargo: noEmbargo, waiting: 2 })
    expect((await diego.call(statementOutCall, {})).problem).toEqual({ problem: 'not_allowed' })
    expect((await lead.call(statementOutCall, {})).reply).toEqual({ released: 1 })
    expect([(await onWall(one.id))?.id, await onWall(both.id)]).toEqual([one.id, undefined])
    expect(await deskSees(both.report)).toMatchObject({ held: true, embargo: { statement: false } })
    house.clock.forward(21 * 60_000)
    await endEmbargoes(house.engine)
    expect((await onWall(both.id))?.id).toBe(both.id)
  })

  it('[R175] ends before its time by who might release it now, and by nobody else', async () => {
    const { id } = await held({ until: inMinutes(60), statement: false })
    for (const other of [press, ana]) expect((await other.call(endEmbargoCall, { id })).problem).toEqual({ problem: 'not_allowed' })
    await setRules(lead, { eyes: 1, releaserNotVerifier: true })
    expect((await carla.call(endEmbargoCall, { id })).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'photo', reason: 'was_verifier' }] })
    expect((await diego.call(endEmbargoCall, { id })).status).toBe(200)
    expect((await onWall(id))?.id).toBe(id)
  })
})

describe('[R175] the mission’s own embargo', () => {
  it('holds for every release from then on; of the two the later', async () => {
    const until = inMinutes(120)
    expect((await carla.call(setEmbargoCall, { until, statement: false })).problem).toEqual({ problem: 'not_allowed' })
    await lead.call(setEmbargoCall, { until, statement: false })
    const { report, photo } = await verified()
    expect((await diego.call(releaseProposalCall, { id: photo })).reply.embargo).toEqual({ until, statement: false })
    await release(diego, photo)
    expect(await deskSees(report)).toMatchObject({ held: true, embargo: { until, statement: false } })
    const later = inMinutes(180)
    expect(await deskSees((await held({ until: later, statement: true })).report)).toMatchObject({ embargo: { until: later, statement: true } })
    expect(await deskSees((await held({ until: inMinutes(5), statement: false })).report)).toMatchObject({ embargo: { until } })
  })

  it('is set by a lead to a time that is to come, and press hears of none of it', async () => {
    const since = await toldUpTo(press)
    expect((await lead.call(setEmbargoCall, { until: inMinutes(-1), statement: false })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'until', reason: 'ended' }] })
    await lead.call(setEmbargoCall, { until: null, statement: true })
    await lead.call(statementOutCall, {})
    expect((await press.call(changesCall, { since })).reply.things).toEqual([])
    expect((await press.call(embargoCall, {})).problem).toEqual({ problem: 'not_allowed' })
    const { problem } = await diego.call(releaseCall, await releaseOf(diego, (await verified()).photo, { embargo: { until: inMinutes(-1), statement: false } }))
    expect(problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'embargo.until', reason: 'ended' }] })
  })
})
