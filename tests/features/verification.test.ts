import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changesCall } from '../../shared/live.ts'
import { listPeopleCall } from '../../shared/people.ts'
import { listReleasesCall } from '../../shared/press.ts'
import { changeReportCall, getReportCall, listReportsCall, myReportsCall, reportPointsCall } from '../../shared/reports.ts'
import { claimReportCall, giveVerdictCall, handBackReportCall } from '../../shared/verification.ts'
import { expireClaims } from '../../server/features/verification/actions.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { becomes, claim, judge, setRules, setUp, verdictOn } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend, file } from '../support/reports.ts'
import { toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let [carla, diego, elena]: Caller[] = []
let press: Caller
let lead: Caller

beforeAll(async () => {
  house = await startHouse()
  ana = await house.person('observer', { name: 'Ana', organisation: 'Delegation A' })
  const coordinator = (name: string, organisation: string) => house.person('coordinator', { name, organisation })
  ;[carla, diego, elena] = [await coordinator('Carla', 'Network B'), await coordinator('Diego', 'Delegation C'), await coordinator('Elena', 'Delegation A')]
  press = await house.person('press')
  lead = await house.person('lead')
  await setUp(house, lead)
})
beforeEach(() => setRules(lead, { eyes: 2 }))
afterAll(() => house.stop())

const desk = () => ({ carla: carla!, diego: diego!, elena: elena! })
const head = () => house.engine.head().number
const pageFor = async (caller: Caller, id: string) => (await caller.call(getReportCall, { id })).reply
const kindsOf = async (id: string) => (await pageFor(lead, id)).history.map((line) => line.kind)
const report = async () => (await file(house, ana)).id

describe('a claim', () => {
  it('[R30] takes a report for ten minutes, and puts it in review', async () => {
    const { carla, diego } = desk()
    const id = await report()
    const { status, reply } = await claim(carla, id)
    expect(status).toBe(200)
    expect(reply).toMatchObject({ by: carla.id, name: 'Carla' })
    const { line, may } = await pageFor(carla, id)
    expect([line.status, line.claim, may]).toEqual(['in_review', reply, ['claim', 'hand_back', 'change', 'verdict']])
    const { reply: claimed, ...rest } = await claim(diego, id)
    expect([rest.status, claimed]).toEqual([409, { problem: 'conflict', fields: [{ path: 'id', reason: 'not_yet' }] }])
    expect((await pageFor(diego, id)).may).toEqual(['change'])
  })

  it('[R30] is renewed by its holder: a fact only when it adds more than a minute', async () => {
    const { carla } = desk()
    const id = await report()
    const first = (await claim(carla, id)).reply
    const before = head()
    expect((await claim(carla, id)).reply).toEqual(first)
    expect(head()).toBe(before)
    house.clock.forward(5 * 60_000)
    const second = (await claim(carla, id)).reply
    expect(second.until > first.until).toBe(true)
    expect(head()).toBe(before + 1)
    expect(await kindsOf(id)).toEqual(['report.filed', 'report.claimed'])
  })

  it('[R30] is handed back by its holder alone, once', async () => {
    const { carla, diego } = desk()
    const id = await report()
    await claim(carla, id)
    const before = head()
    expect((await diego.call(handBackReportCall, { id })).reply).toEqual({ done: true })
    expect(head()).toBe(before)
    expect((await carla.call(handBackReportCall, { id })).reply).toEqual({ done: true })
    expect((await carla.call(handBackReportCall, { id })).reply).toEqual({ done: true })
    expect(head()).toBe(before + 1)
    expect((await pageFor(carla, id)).line).toMatchObject({ status: 'in_review', claim: null })
    expect((await claim(diego, id)).status).toBe(200)
  })

  it('[R30] ends after ten minutes: another may take the report before the clock has said so', async () => {
    const { carla, diego } = desk()
    const id = await report()
    await claim(carla, id)
    house.clock.forward(10 * 60_000)
    expect((await carla.call(giveVerdictCall, verdictOn(house, id))).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'needs_claim' }] })
    expect((await claim(diego, id)).reply.by).toBe(diego.id)
  })

  it('[R31] that has ended is a fact of the clock, told to the desk', async () => {
    const { carla } = desk()
    const [ended, live] = [await report(), await report()]
    await claim(carla, ended)
    house.clock.forward(6 * 60_000)
    await claim(carla, live)
    house.clock.forward(5 * 60_000)
    const [before, told] = [head(), await toldUpTo(press)]
    await expireClaims(house.engine)
    await expireClaims(house.engine)
    expect((await pageFor(carla, ended)).history.at(-1)).toMatchObject({ kind: 'report.claim_expired', by: { kind: 'clock', id: null, name: null } })
    const { things } = (await lead.call(changesCall, { since: before })).reply
    expect(things.find((thing) => thing.id === ended)).toMatchObject({ thing: { status: 'in_review', claim: null } })
    expect((await pageFor(carla, live)).line.claim).toMatchObject({ by: carla.id })
    expect((await press.call(changesCall, { since: told })).reply.things).toEqual([])
  })

  it('of twenty that are asked for at once by two people, one person has it', async () => {
    const { carla, diego } = desk()
    const id = await report()
    const before = head()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(index % 2 ? carla : diego, id)))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 409]))
    expect(new Set(answers.filter((answer) => answer.status === 200).map((answer) => answer.reply.by))).toHaveProperty('size', 1)
    expect(head()).toBe(before + 1)
  })
})

describe('a verdict', () => {
  it('[R32] of one pair of eyes decides at once', async () => {
    await setRules(lead, { eyes: 1 })
    const { carla } = desk()
    const id = await report()
    const { status, reply } = await judge(house, carla, id, { outcome: 'not_confirmed', reasons: ['hearsay'], words: 'Nobody saw it.' })
    expect([status, reply]).toEqual([201, { id, status: 'not_confirmed', awaitsSecond: false }])
    const { line, verdicts, may } = await pageFor(lead, id)
    expect(line).toMatchObject({ status: 'not_confirmed', claim: null, awaitsSecond: false })
    expect(verdicts).toMatchObject([{ by: carla.id, name: 'Carla', outcome: 'not_confirmed', reasons: ['hearsay'], words: 'Nobody saw it.', round: 1 }])
    expect(may).toEqual(['change', 'reopen'])
    expect((await claim(carla, id)).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'ended' }] })
    expect((await ana.call(myReportsCall, {})).reply.reports.find((one) => one.id === id)).toMatchObject({ status: 'not_confirmed', decidedAt: verdicts[0]?.givenAt })
  })

  it('[R33] of two that agree: the second decides, and both are known', async () => {
    const { carla, diego, elena } = desk()
    const id = await report()
    expect((await judge(house, carla, id)).reply).toEqual({ id, status: 'in_review', awaitsSecond: true })
    expect((await pageFor(lead, id)).line).toMatchObject({ status: 'in_review', claim: null, awaitsSecond: true, awaitsThird: false })
    expect((await judge(house, diego, id)).reply).toEqual({ id, status: 'verified', awaitsSecond: false })
    const page = await pageFor(elena, id)
    expect(page.line).toMatchObject({ status: 'verified', awaitsSecond: false })
    expect(page.verdicts.map((verdict) => verdict.name)).toEqual(['Carla', 'Diego'])
    expect(page.may).toContain('release')
  })

  it('[R34] of two that differ goes to a third, who decides; until then each knows their own alone', async () => {
    const { carla, diego, elena } = desk()
    const id = await report()
    await judge(house, carla, id, { outcome: 'verified' })
    expect((await judge(house, diego, id, { outcome: 'false', reasons: ['edited'] })).reply).toEqual({ id, status: 'in_review', awaitsSecond: true })
    expect((await pageFor(lead, id)).line).toMatchObject({ status: 'in_review', awaitsSecond: true, awaitsThird: true })
    expect((await pageFor(carla, id)).verdicts.map((verdict) => verdict.outcome)).toEqual(['verified'])
    expect((await pageFor(diego, id)).verdicts.map((verdict) => verdict.outcome)).toEqual(['false'])
    expect((await pageFor(elena, id)).verdicts).toEqual([])
    for (const other of [carla, diego]) expect((await claim(other, id)).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'id', reason: 'gave_already' }] })
    expect((await judge(house, elena, id, { outcome: 'not_confirmed', reasons: ['unclear'] })).reply).toEqual({ id, status: 'not_confirmed', awaitsSecond: false })
    const page = await pageFor(lead, id)
    expect(page.line).toMatchObject({ status: 'not_confirmed', awaitsSecond: false, awaitsThird: false })
    expect(page.verdicts.map((verdict) => verdict.outcome)).toEqual(['verified', 'false', 'not_confirmed'])
  })

  it('is said to wait for somebody new where nobody who has joined may give it', async () => {
    const { carla, diego, elena } = desk()
    await setRules(lead, { otherOrganisation: true })
    const id = await report()
    expect((await pageFor(carla, id)).awaitsNewJudge).toBe(false)
    await judge(house, carla, id, { outcome: 'verified' })
    // Diego may.
    expect((await pageFor(carla, id)).awaitsNewJudge).toBe(false)
    await judge(house, diego, id, { outcome: 'false', reasons: ['edited'] })
    for (const one of [carla, diego, elena, lead]) expect((await pageFor(one, id)).awaitsNewJudge).toBe(true)
    const frida = await house.person('coordinator', { name: 'Frida', organisation: 'Network F' })
    expect((await pageFor(carla, id)).awaitsNewJudge).toBe(false)
    await judge(house, frida, id)
    expect((await pageFor(carla, id)).awaitsNewJudge).toBe(false)
  })

  it('[R35] is never given by the author', async () => {
    const bea = await house.person('observer', { name: 'Bea' })
    const { id } = await file(house, bea)
    await becomes(house, bea, 'coordinator')
    const before = head()
    const refused = { problem: 'not_allowed', fields: [{ path: 'id', reason: 'own_report' }] }
    expect((await claim(bea, id)).problem).toEqual(refused)
    expect((await bea.call(giveVerdictCall, verdictOn(house, id))).problem).toEqual(refused)
    expect(head()).toBe(before)
  })

  it('[R36] comes from another organisation than the author’s, where the mission says so', async () => {
    const { elena, diego } = desk()
    const id = await report()
    await setRules(lead, { otherOrganisation: true })
    const before = head()
    expect((await claim(elena, id)).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'id', reason: 'same_organisation' }] })
    expect((await elena.call(giveVerdictCall, verdictOn(house, id))).problem?.fields).toEqual([{ path: 'id', reason: 'same_organisation' }])
    expect((await pageFor(elena, id)).may).toEqual(['change'])
    expect(head()).toBe(before)
    expect((await judge(house, diego, id)).status).toBe(201)
  })

  it('[R37] is given once by a person in a round, also when two are sent at once', async () => {
    const { carla } = desk()
    const id = await report()
    await claim(carla, id)
    const before = head()
    const answers = await Promise.all([carla.call(giveVerdictCall, verdictOn(house, id)), carla.call(giveVerdictCall, verdictOn(house, id))])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 403])
    expect(answers.find((answer) => answer.problem)?.problem?.fields).toEqual([{ path: 'id', reason: 'gave_already' }])
    expect(head()).toBe(before + 1)
  })

  it('[R38] sent again is answered as it was, whatever has happened since; other content is a conflict', async () => {
    const { carla, diego } = desk()
    const id = await report()
    await claim(carla, id)
    const first = verdictOn(house, id, { words: ' Seen. ' })
    const answers = await Promise.all(Array.from({ length: 5 }, () => carla.call(giveVerdictCall, first)))
    const answered = [201, { id, status: 'in_review', awaitsSecond: true }]
    expect(answers.map((answer) => [answer.status, answer.reply])).toEqual(answers.map(() => answered))
    await claim(diego, id)
    const second = verdictOn(house, id)
    await diego.call(giveVerdictCall, second)
    const before = head()
    const again = await carla.call(giveVerdictCall, first)
    expect([again.status, again.reply]).toEqual(answered)
    expect((await diego.call(giveVerdictCall, second)).reply).toEqual({ id, status: 'verified', awaitsSecond: false })
    for (const change of [{ outcome: 'false' as const }, { reasons: ['document' as const] }, { words: 'Other' }]) expect((await carla.call(giveVerdictCall, { ...first, ...change })).problem).toEqual({ problem: 'conflict' })
    expect((await diego.call(giveVerdictCall, first)).problem).toEqual({ problem: 'conflict' })
    expect(head()).toBe(before)
  })

  it('[R472] that says what it was given on is a conflict where the report says something else by now, and otherwise one like any other', async () => {
    const { carla, diego } = desk()
    const id = await report()
    const refused = { problem: 'conflict', fields: [{ path: 'of', reason: 'ended' }] }
    const give = async (caller: Caller, of: string) => (await caller.call(giveVerdictCall, verdictOn(house, id, { of }))).problem
    await claim(carla, id)
    const { id: correction } = (await amend(house, ana, id)).reply
    const before = head()
    expect(await give(carla, id)).toEqual(refused)
    expect(head()).toBe(before)
    const first = verdictOn(house, id, { of: correction })
    expect((await carla.call(giveVerdictCall, first)).status).toBe(201)
    // The round of the second ends by what is said, and it is told that and not that it holds no claim.
    await claim(diego, id)
    house.clock.forward(1000)
    const { id: addition } = (await amend(house, ana, id, { type: 'addition', words: 'And a fourth.' })).reply
    expect(await give(diego, correction)).toEqual(refused)
    expect((await carla.call(giveVerdictCall, first)).status).toBe(201)
    await claim(diego, id)
    expect(await give(diego, addition)).toBeNull()
  })

  it('[R481] that says what the desk had made of it is a conflict where another changed that, and is given on what stands now', async () => {
    const { carla, diego } = desk()
    const { id } = await file(house, ana, { category: 'voting.queue', severity: 'low', station: 'CE-01' })
    const change = async (caller: Caller, made: object) => caller.call(changeReportCall, { id, change: uuid7(Date.parse(house.clock.now())), ...made })
    const stood = { category: 'voting.queue', severity: 'low' as const, station: 'CE-01', table: null }
    await claim(carla, id)
    await change(diego, { category: 'safety.violence', severity: 'critical' })
    const before = head()
    const given = verdictOn(house, id, { of: id })
    const refused = { problem: 'conflict', fields: [{ path: 'was', reason: 'ended' }] }
    for (const was of [stood, { ...stood, category: 'safety.violence' }, { severity: 'low' as const }]) expect((await carla.call(giveVerdictCall, { ...given, was })).problem).toEqual(refused)
    expect(head()).toBe(before)
    // One's own change is one like any other to a call that does not know of it.
    await change(carla, { station: null, department: 'La Paz' })
    expect((await carla.call(giveVerdictCall, { ...given, was: { ...stood, category: 'safety.violence', severity: 'critical' } })).problem).toEqual(refused)
    const now = { category: 'safety.violence', severity: 'critical' as const, station: null, table: null, department: 'La Paz' }
    expect((await carla.call(giveVerdictCall, { ...given, was: now })).status).toBe(201)
    await change(diego, { severity: 'low' })
    expect((await carla.call(giveVerdictCall, { ...given, was: now })).status).toBe(201)
    // Who says nothing of it is asked nothing.
    expect((await judge(house, diego, id)).status).toBe(201)
  })

  it('of a duplicate names another report, which is none itself', async () => {
    await setRules(lead, { eyes: 1 })
    const { carla, diego } = desk()
    const [id, original, another] = [await report(), await report(), await report()]
    await judge(house, carla, original, { outcome: 'duplicate', reasons: ['document'], duplicateOf: another })
    expect((await pageFor(lead, original)).duplicateOf?.id).toBe(another)
    const asDuplicate = async (duplicateOf: string) => (await judge(house, diego, id, { outcome: 'duplicate', duplicateOf })).problem
    expect(await asDuplicate(id)).toEqual({ problem: 'invalid_input', fields: [{ path: 'duplicateOf', reason: 'does_not_agree' }] })
    expect(await asDuplicate(original)).toEqual({ problem: 'invalid_input', fields: [{ path: 'duplicateOf', reason: 'does_not_agree' }] })
    expect(await asDuplicate(uuid7(0))).toEqual({ problem: 'invalid_input', fields: [{ path: 'duplicateOf', reason: 'not_in_list' }] })
    expect(await asDuplicate(another)).toBeNull()
  })

  it('says beside which field what is wrong', async () => {
    const { carla } = desk()
    const id = await report()
    await claim(carla, id)
    const before = head()
    const refused = async (given: object) => (await carla.call(giveVerdictCall, { ...verdictOn(house, id), ...given })).problem?.fields
    expect(await refused({ outcome: 'true' })).toEqual([{ path: 'outcome', reason: 'not_in_list' }])
    expect(await refused({ reasons: [] })).toEqual([{ path: 'reasons', reason: 'required' }])
    expect(await refused({ reasons: ['original_seen', 'a_feeling'] })).toEqual([{ path: 'reasons.1', reason: 'not_in_list' }])
    expect(await refused({ reasons: ['unclear', 'unclear'] })).toEqual([{ path: 'reasons', reason: 'repeated' }])
    expect(await refused({ words: 'x'.repeat(2001) })).toEqual([{ path: 'words', reason: 'too_long' }])
    expect(await refused({ outcome: 'duplicate' })).toEqual([{ path: 'duplicateOf', reason: 'required' }])
    expect(await refused({ duplicateOf: uuid7(0) })).toEqual([{ path: 'duplicateOf', reason: 'required' }])
    expect(await refused({ more: 1 })).toEqual([{ path: 'more', reason: 'unknown_field' }])
    expect(head()).toBe(before)
  })
})

describe('[R39] an open first verdict is known to its giver alone', () => {
  const canary = 'Canary of the first verdict'
  const hidden = { outcome: 'not_confirmed' as const, reasons: ['old_picture' as const, 'unreachable' as const], words: canary }

  /** Everything that a person can read, as the texts that came. */
  async function readAll(caller: Caller, id: string): Promise<string[]> {
    const calls = [
      caller.call(getReportCall, { id }), caller.call(listReportsCall, {}), caller.call(reportPointsCall, {}), caller.call(changesCall, { since: 0 }), caller.call(myReportsCall, {}),
      caller.call(listReleasesCall, {}), caller.call(listPeopleCall, {}), caller.call(listReportsCall, { words: canary }), caller.call(listReportsCall, { status: ['not_confirmed'] }),
    ]
    return (await Promise.all(calls)).map(({ reply }) => JSON.stringify(reply))
  }

  it('in every payload of every other person', async () => {
    const { carla, diego, elena } = desk()
    const [fresh, told] = [head(), await toldUpTo(press)]
    const id = await report()
    await judge(house, carla, id, hidden)
    for (const other of [diego, elena, lead, press, ana]) for (const text of await readAll(other, id)) for (const secret of [canary, 'old_picture', 'unreachable']) expect(text).not.toContain(secret)
    for (const other of [diego, elena, lead]) {
      const page = await pageFor(other, id)
      expect(JSON.stringify(page)).not.toContain('not_confirmed')
      expect(page.verdicts).toEqual([])
      expect(page.line).toMatchObject({ status: 'in_review', awaitsSecond: true, claim: null })
      expect(page.history.at(-1)).toEqual({ number: page.history.at(-1)?.number, at: page.history.at(-1)?.at, kind: 'verdict.first_given', by: { kind: 'person', id: null, name: null }, changes: [] })
      const { things } = (await other.call(changesCall, { since: fresh })).reply
      expect(things.filter((thing) => thing.id === id)).toEqual([{ kind: 'report', id, thing: page.line }])
      expect((await other.call(listReportsCall, { status: ['not_confirmed'] })).reply.reports.map((one) => one.id)).not.toContain(id)
    }
    expect((await press.call(changesCall, { since: told })).reply.things).toEqual([])
    expect((await ana.call(myReportsCall, {})).reply.reports.find((one) => one.id === id)).toMatchObject({ status: 'in_review', decidedAt: null })
    expect((await pageFor(carla, id)).verdicts).toMatchObject([{ by: carla.id, outcome: 'not_confirmed', words: canary }])
  })

  it('two first verdicts that differ in everything look alike to the second', async () => {
    const { carla, diego } = desk()
    const [one, other, original] = [await report(), await report(), await report()]
    await judge(house, carla, one)
    await judge(house, carla, other, { outcome: 'duplicate', reasons: ['document', 'edited', 'hearsay'], words: 'x'.repeat(2000), duplicateOf: original })
    const seen = async (id: string) => {
      const { history, line, verdicts, may, duplicateOf, round } = await pageFor(diego, id)
      const { id: _id, number: _number, version: _version, observedAt: _observedAt, receivedAt: _receivedAt, ...rest } = line
      return { rest, verdicts, may, duplicateOf, round, history: history.map(({ kind, by, changes }) => ({ kind, by, changes })) }
    }
    expect(await seen(one)).toEqual(await seen(other))
  })

  it('is told to all once the round is closed', async () => {
    const { carla, diego, elena } = desk()
    const id = await report()
    await judge(house, carla, id, hidden)
    await judge(house, diego, id, { outcome: 'not_confirmed', reasons: ['unclear'] })
    expect((await pageFor(elena, id)).verdicts).toMatchObject([{ name: 'Carla', reasons: hidden.reasons, words: canary }, { name: 'Diego' }])
    expect((await pageFor(elena, id)).history.find(({ kind }) => kind === 'verdict.first_given')?.by.name).toBe('Carla')
  })
})

describe('who may ask', () => {
  it('[R55] the desk alone: refusals leave no fact', async () => {
    const { carla } = desk()
    const id = await report()
    await claim(carla, id)
    const before = head()
    for (const [caller, problem] of [[house.nobody, 'not_signed_in'], [ana, 'not_allowed'], [press, 'not_allowed']] as const) {
      expect((await caller.call(claimReportCall, { id })).problem).toEqual({ problem })
      expect((await caller.call(handBackReportCall, { id })).problem).toEqual({ problem })
      expect((await caller.call(giveVerdictCall, verdictOn(house, id))).problem).toEqual({ problem })
    }
    const unknown = uuid7(0)
    expect((await carla.call(claimReportCall, { id: unknown })).problem).toEqual({ problem: 'not_found' })
    expect((await carla.call(handBackReportCall, { id: unknown })).problem).toEqual({ problem: 'not_found' })
    expect((await carla.call(giveVerdictCall, verdictOn(house, unknown))).problem).toEqual({ problem: 'not_found' })
    expect(head()).toBe(before)
  })

  it('after all of this the journal and the tables agree', async () => {
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})
