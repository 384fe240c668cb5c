import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCall } from '../../shared/audit.ts'
import { fileForCall } from '../../shared/filing.ts'
import { downloadCall, releaseCall, releaseProposalCall } from '../../shared/press.ts'
import { listPeopleCall } from '../../shared/people.ts'
import { liftQuarantineCall, quarantineCall } from '../../shared/quarantine.ts'
import { getReportCall, listReportsCall, myReportsCall } from '../../shared/reports.ts'
import { claimReportCall, giveVerdictCall, takeUpReportCall } from '../../shared/verification.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { claim, judge, release, releaseOf, setRules, setUp, verdictOn, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'

let house: TestHouse
let lead: Caller
let carla: Caller
let diego: Caller
let press: Caller
let pablo: Caller
let ana: Caller
const reason = 'Pictures of another place, three times'
const refused = (path: string) => ({ problem: 'conflict', fields: [{ path, reason: 'quarantined' }] })

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[carla, diego, press] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator'), await house.person('press')]
  ;[pablo, ana] = [await house.person('observer', { name: 'Pablo' }), await house.person('observer', { name: 'Ana' })]
})
afterAll(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const pageOf = async (id: string, caller = carla) => (await caller.call(getReportCall, { id })).reply
const doubt = (caller: Caller, id: string) => caller.call(quarantineCall, { id, reason })
const lift = (caller: Caller, id: string) => caller.call(liftQuarantineCall, { id, reason: 'It was another' })
const tellsPablo = async () => JSON.stringify((await pablo.call(myReportsCall, {})).reply)

describe('[R323] a person in quarantine', () => {
  it('files as before and is told nothing; what comes is kept, shown and set aside, and others at the same station go on', async () => {
    const room = await listen(house, diego)
    expect((await doubt(carla, pablo.id)).status).toBe(200)
    const filed = await file(house, pablo, { station: 'CE-01', table: null })
    expect(filed.id).toBeTruthy()
    await room.until((event) => event.things.some((thing) => thing.kind === 'report' && thing.id === filed.id && thing.thing.status === 'set_aside'))
    room.close()
    const page = await pageOf(filed.id)
    expect(page).toMatchObject({ line: { status: 'set_aside', quarantined: true }, setAsideFor: null, mayQuarantine: true, quarantine: { by: 'Carla', reason }, may: ['change'], awaitsNewJudge: false })
    expect(page.history.map(({ kind, by }) => [kind, by.kind])).toEqual([['report.filed', 'person'], ['report.quarantined', 'server']])
    expect((await carla.call(listReportsCall, { status: ['set_aside'] })).reply.reports.map(({ id }) => id)).toContain(filed.id)
    // Nor does a coordinator bring it in by another way.
    const told = { id: uuid7(Date.parse(house.clock.now())), author: pablo.id, channel: 'phone' as const, category: 'voting.queue', severity: 'low' as const, station: null, table: null, atStation: false, observedAt: house.clock.now(), words: 'By telephone.', language: 'en' }
    expect((await diego.call(fileForCall, told)).status).toBe(201)
    expect((await pageOf(told.id)).line.status).toBe('set_aside')
    const mine = (await pablo.call(myReportsCall, {})).reply.reports
    expect(new Set(mine.map(({ status }) => status))).toEqual(new Set(['received']))
    expect(await tellsPablo()).not.toMatch(/quarantin|set_aside|Carla/)
    const other = await file(house, ana, { station: 'CE-01', table: null })
    expect((await pageOf(other.id)).may).toContain('claim')
    await lift(carla, pablo.id)
  })

  it('has nothing judged, taken up or released, not even what was verified before; what press has stays until somebody retracts it', async () => {
    const { report, photo } = await verifiedPicture(house, pablo, [diego], 9101)
    const out = await release(diego, (await verifiedPicture(house, pablo, [diego], 9102)).photo)
    const [open, held] = [await file(house, pablo), await file(house, pablo)]
    await claim(diego, held.id)
    const sent = await releaseOf(diego, photo)
    await doubt(carla, pablo.id)
    const late = await file(house, pablo)
    const before = house.engine.head().number
    expect((await diego.call(claimReportCall, { id: open.id })).problem).toEqual(refused('id'))
    expect((await diego.call(giveVerdictCall, verdictOn(house, held.id))).problem).toEqual(refused('id'))
    expect((await diego.call(releaseCall, sent)).problem).toEqual(refused('photo'))
    expect((await diego.call(releaseProposalCall, { id: photo })).problem).toEqual(refused('photo'))
    expect((await diego.call(takeUpReportCall, { id: late.id, reason: 'Looks right' })).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'id', reason: 'quarantined' }] })
    expect(house.engine.head().number).toBe(before)
    for (const id of [report, open.id, held.id, late.id]) expect((await pageOf(id, diego)).may.filter((what) => ['claim', 'verdict', 'release', 'take_up'].includes(what))).toEqual([])
    expect((await press.call(downloadCall, { id: out, size: 'web' })).status).toBe(200)
    await lift(carla, pablo.id)
    expect((await diego.call(releaseCall, sent)).status).toBe(201)
    await judge(house, diego, late.id)
    expect((await pageOf(late.id)).line.status).toBe('verified')
  })

  it('hides nobody: of the five observers who let a place be told more closely they are none', async () => {
    const at = { station: 'CE-02', times: { observedAt: '2027-03-05T15:00:00.000Z', finishedAt: '2027-03-05T15:00:00.000Z', zone: 'America/El_Salvador' } }
    for (let one = 0; one < 3; one++) await file(house, await house.person('observer'), at)
    await file(house, pablo, at)
    const { photo } = await verifiedPicture(house, ana, [diego], 9103, { ...at, station: 'CE-01', table: null })
    const level = async () => (await diego.call(releaseProposalCall, { id: photo })).reply.precision.level
    expect(await level()).toBe('municipality_hour')
    await doubt(carla, pablo.id)
    expect(await level()).toBe('department_halfday')
    await lift(carla, pablo.id)
  })

  it('comes out of it by anybody else of the desk: what came meanwhile waits for a verdict, but what was set aside for another reason', async () => {
    await doubt(carla, pablo.id)
    const [plain, replaced] = [await file(house, pablo), await file(house, pablo)]
    await house.engine.write({ kind: 'server' }, (work) => work.record('report.set_aside', { type: 'report', id: replaced.id }, { set: { reports: [{ id: replaced.id, setAsideFor: 'replaced_phone' }] } }))
    const listed = async () => (await lead.call(listPeopleCall, {})).reply.people.filter((one) => one.quarantinedAt !== null).map((one) => one.id)
    expect(await listed()).toEqual([pablo.id])
    const room = await listen(house, diego)
    expect((await lift(diego, pablo.id)).status).toBe(200)
    await room.until(speaksOf(plain.id))
    room.close()
    expect(await listed()).toEqual([])
    expect([(await pageOf(plain.id)).line, (await pageOf(replaced.id)).line].map(({ status, quarantined }) => [status, quarantined])).toEqual([['received', false], ['set_aside', false]])
    expect((await pageOf(plain.id)).quarantine).toBeNull()
    expect((await pageOf(plain.id)).history.at(-1)).toMatchObject({ kind: 'person.quarantine_lifted', changes: [{ field: 'status', from: 'set_aside', to: 'received' }, { field: 'reason', to: 'It was another' }] })
    const facts = (await lead.call(auditCall, { person: pablo.id, group: 'person' })).reply.facts
    expect(facts.map(({ kind }) => kind).slice(0, 2)).toEqual(['person.quarantine_lifted', 'person.quarantined'])
    expect(facts[1]?.said).toContainEqual({ field: 'reason', value: reason })
  })

  it('is put there by the desk alone, with a reason, and nobody does or undoes it for themselves', async () => {
    const before = house.engine.head().number
    for (const other of [press, pablo, ana]) for (const call of [quarantineCall, liftQuarantineCall]) expect((await other.call(call, { id: pablo.id, reason })).problem).toEqual({ problem: 'not_allowed' })
    for (const call of [quarantineCall, liftQuarantineCall]) {
      expect((await carla.call(call, { id: carla.id, reason })).problem).toEqual({ problem: 'not_allowed' })
      expect((await carla.call(call, { id: uuid7(1), reason })).problem).toEqual({ problem: 'not_found' })
      expect((await carla.call(call, { id: pablo.id, reason: ' ' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'reason', reason: 'required' }] })
    }
    expect(house.engine.head().number).toBe(before)
  })
})
