import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amendReportCall } from '../../shared/amendments.ts'
import { amendForCall } from '../../shared/filing.ts'
import { heldReportsCall } from '../../shared/live.ts'
import { confirmNoticeCall, noticesCall } from '../../shared/notices.ts'
import { listReleasesCall } from '../../shared/press.ts'
import { liftQuarantineCall, quarantineCall } from '../../shared/quarantine.ts'
import { asOfCall, changeReportCall, fileReportCall, getReportCall, listReportsCall, myReportsCall, myStatementsCall } from '../../shared/reports.ts'
import { claimReportCall, giveVerdictCall, takeUpReportCall } from '../../shared/verification.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { judge, phonePicture, release, setRules, setUp, verdictOn, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { makePhoneKey, registeredKey } from '../support/phone-key.ts'
import { amend, amendmentOf, file, hashOf, statementOf } from '../support/reports.ts'

let house: TestHouse
let lead: Caller
let ana: Caller
let carla: Caller
let diego: Caller
let elena: Caller
let press: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[lead, press] = [await house.person('lead'), await house.person('press')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ana = await house.person('observer', { name: 'Ana' })
  ;[carla, diego, elena] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' }), await house.person('coordinator', { name: 'Elena' })]
})
afterAll(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const pageOf = async (id: string) => (await elena.call(getReportCall, { id })).reply
const lineOf = async (id: string) => (await pageOf(id)).line
const noticesOf = async (caller: Caller) => (await caller.call(noticesCall, {})).reply.notices
const filed = (given: Parameters<typeof file>[2] = {}) => file(house, ana, { category: 'voting.queue', severity: 'low', station: 'CE-01', table: '77119', ...given })

describe('[R360] a correction of more than words', () => {
  it('says category, severity, place and time anew: list, filter, counts, digest and the past follow, each version says what it changed, and where the phone was stays', async () => {
    const position = { latitude: 13.7, longitude: -89.2, accuracyMetres: 9, ageSeconds: 2 }
    const { id, words, times: { observedAt } } = await filed({ position, words: 'Canary of the queue.' })
    const [before, earlier] = [house.clock.now(), new Date(Date.parse(observedAt) - 3_600_000).toISOString()]
    house.clock.forward(60_000)
    const place = { station: 'CE-02', table: null, atStation: false }
    expect((await amend(house, ana, id, { words, corrected: { category: 'counting.unfolded_ballots', severity: 'critical', place, observedAt: earlier } })).status).toBe(201)
    const { line, filed: said, atStation, position: measured, versions, history } = await pageOf(id)
    expect(line).toMatchObject({ category: 'counting.unfolded_ballots', severity: 'critical', station: 'CE-02', table: null, observedAt: earlier, words, status: 'received', placedBy: 'station', amended: { how: 'correction' } })
    expect([said, atStation, measured]).toEqual([{ category: 'counting.unfolded_ballots', severity: 'critical', station: 'CE-02', table: null }, false, position])
    const changes = [
      { field: 'category', from: 'voting.queue', to: 'counting.unfolded_ballots' }, { field: 'severity', from: 'low', to: 'critical' }, { field: 'station', from: 'CE-01', to: 'CE-02' }, { field: 'table', from: '77119', to: null },
      { field: 'atStation', from: 'true', to: 'false' }, { field: 'observedAt', from: observedAt, to: earlier },
    ]
    expect(versions.map((one) => one.changes)).toEqual([[], changes])
    expect(history.at(-1)?.changes.map(({ field }) => field)).toEqual(['category', 'severity', 'station', 'tableCode', 'observedAt'])
    const found = async (filter: object) => (await elena.call(listReportsCall, filter)).reply.reports.some((one) => one.id === id)
    expect([await found({ severity: ['critical'] }), await found({ severity: ['low'] }), await found({ station: 'CE-02' }), await found({ station: 'CE-01' }), await found({ words: 'escuela otra' }), await found({ until: earlier }), await found({ from: observedAt })]).toEqual([true, false, true, false, true, true, false])
    const { number, total } = (await elena.call(listReportsCall, { severity: ['critical'] })).reply
    expect((await elena.call(heldReportsCall, { since: number, severity: ['critical'] })).reply.held?.count).toBe(total)
    const then = (await elena.call(asOfCall, { asOf: before })).reply.reports.find((one) => one.id === id)
    expect([then?.severity, then?.station, then?.observedAt]).toEqual(['low', 'CE-01', observedAt])
  })

  it('leaves what the desk found besides as it is, and is told apart from it', async () => {
    const { id, words } = await filed()
    await elena.call(changeReportCall, { id, change: uuid7(Date.parse(house.clock.now())), category: 'voting.ink' })
    await amend(house, ana, id, { words, corrected: { severity: 'high' } })
    const { line, filed: said } = await pageOf(id)
    expect([line.category, said.category, line.severity, said.severity]).toEqual(['voting.ink', 'voting.queue', 'high', 'high'])
  })

  it('after a verdict has the report judged anew, also where no word of it changed', async () => {
    const { id, words } = await filed()
    await judge(house, carla, id)
    await amend(house, ana, id, { words, corrected: { severity: 'critical' } })
    expect((await pageOf(id)).round).toBe(2)
    expect((await noticesOf(carla)).at(-1)).toMatchObject({ kind: 'reopened', amended: 'correction', report: { id } })
  })

  it('is refused where it names no category, station or table of ours, says nothing, or is no correction; one that was set aside changes nothing', async () => {
    const { id, words } = await filed()
    const refused = async (path: string, reason: string, given: Parameters<typeof amend>[3]) => expect((await amend(house, ana, id, { words, ...given })).problem).toEqual({ problem: 'invalid_input', fields: [{ path, reason }] })
    await refused('category', 'not_in_list', { corrected: { category: 'no.such' } })
    await refused('station', 'not_in_list', { corrected: { place: { station: 'CE-99', table: null, atStation: true } } })
    await refused('table', 'not_in_list', { corrected: { place: { station: 'CE-02', table: '77119', atStation: true } } })
    await refused('table', 'not_in_list', { corrected: { place: { station: null, table: '77119', atStation: true } } })
    await refused('corrected', 'required', { corrected: {} })
    await refused('corrected', 'unknown_field', { type: 'addition', corrected: { severity: 'high' } })
    const sent = await amendmentOf(house, ana, id, { words, corrected: { severity: 'critical' } })
    expect((await ana.call(amendReportCall, { ...sent, signature: makePhoneKey().sign(sent.statement) })).status).toBe(201)
    const { line, versions } = await pageOf(id)
    expect([line.severity, versions.at(-1)?.changes, versions.at(-1)?.setAsideFor]).toEqual(['low', [{ field: 'severity', from: 'low', to: 'critical' }], 'signature'])
  })
})

describe('[R361] [R388] a withdrawal that was a mistake', () => {
  const withdraw = (id: string) => amend(house, ana, id, { type: 'withdrawal', words: 'Of another day.' })
  const restore = (id: string) => amend(house, ana, id, { type: 'restoration', words: 'It was of today.' })

  it('is taken back by its author with a reason: the report is work again and reads as before, and both stay to be seen', async () => {
    const { id } = await filed({ words: 'The queue is long.' })
    await amend(house, ana, id, { words: 'The queue is very long.' })
    const [corrected] = [(await lineOf(id)).amended]
    await withdraw(id)
    expect((await restore(id)).status).toBe(201)
    const { line, versions, history, may, round } = await pageOf(id)
    expect([line.status, line.words, line.amended, round]).toEqual(['received', 'The queue is very long.', corrected, 1])
    expect([versions.map(({ type }) => type), may]).toEqual([['report', 'correction', 'withdrawal', 'restoration'], ['claim', 'change']])
    expect(history.at(-1)).toMatchObject({ kind: 'report.restored', changes: [{ field: 'status', from: 'withdrawn', to: 'received' }, { field: 'reason', to: 'It was of today.' }] })
    expect((await amend(house, ana, id)).status).toBe(201)
  })

  it('that was judged before is judged anew; who relied on it is told, and its pictures wait until then', async () => {
    const { report, photo } = await verifiedPicture(house, ana, [carla], 61_500)
    const picture = await release(diego, photo)
    const isWithheld = async () => (await press.call(listReleasesCall, {})).reply.releases.find((one) => one.id === picture)?.withheld
    await withdraw(report)
    await restore(report)
    const { line, round, may } = await pageOf(report)
    expect([line.status, round, may.includes('claim'), await isWithheld()]).toEqual(['in_review', 2, true, true])
    for (const caller of [carla, diego]) expect((await noticesOf(caller)).at(-1)).toMatchObject({ kind: 'reopened', amended: 'restoration', reason: 'It was of today.', by: 'Ana', report: { id: report } })
    // That it was withdrawn asks for what would be wrong now.
    for (const caller of [carla, diego]) expect((await noticesOf(caller)).filter((one) => one.report?.id === report).map(({ amended }) => amended)).toEqual(['restoration'])
    await carla.call(confirmNoticeCall, { id: (await noticesOf(carla)).at(-1)?.id ?? '' })
    expect((await noticesOf(carla)).filter((one) => one.report?.id === report)).toEqual([])
    await judge(house, carla, report)
    expect(await isWithheld()).toBe(false)
  })

  it('is refused where nothing was withdrawn, without a reason, and to anyone but its author', async () => {
    const { id } = await filed()
    expect((await restore(id)).problem).toEqual({ problem: 'conflict', fields: [{ path: 'reportId', reason: 'not_yet' }] })
    await withdraw(id)
    expect((await amend(house, ana, id, { type: 'restoration', words: ' ' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'words', reason: 'required' }] })
    expect((await (await house.person('observer')).call(amendReportCall, await amendmentOf(house, ana, id, { type: 'restoration' }))).problem).toEqual({ problem: 'not_found' })
    expect((await lineOf(id)).status).toBe('withdrawn')
  })

  it('of a report that was set aside sets it aside again, until somebody takes it into work or its author is out of quarantine', async () => {
    const bea = await house.person('observer')
    const key = await registeredKey(bea)
    const [aside, taken] = [await filedWith(bea, makePhoneKey()), await filedWith(bea, makePhoneKey())]
    await carla.call(takeUpReportCall, { id: taken, reason: 'Called back' })
    await elena.call(quarantineCall, { id: bea.id, reason: 'Pictures of another place' })
    const planted = await filedWith(bea, key)
    for (const id of [aside, taken, planted]) {
      await amend(house, bea, id, { type: 'withdrawal' })
      await amend(house, bea, id, { type: 'restoration' })
    }
    const statuses = async () => [(await lineOf(aside)).status, (await lineOf(taken)).status, (await lineOf(planted)).status]
    expect(await statuses()).toEqual(['set_aside', 'received', 'set_aside'])
    await elena.call(liftQuarantineCall, { id: bea.id, reason: 'It was another' })
    expect(await statuses()).toEqual(['set_aside', 'received', 'received'])
  })
})

describe('[R362] what an observer tells a coordinator of a report', () => {
  const told = (report: string, given: object = {}) => ({ id: uuid7(Date.parse(house.clock.now())), report, channel: 'phone' as const, type: 'correction' as const, toldAt: house.clock.now(), words: 'It was the ninth table.', language: 'en' as const, ...given })

  it('is kept in the observer’s name, unsigned, with the way and who wrote it down; both count as author, and the phone lists it', async () => {
    const { id } = await filed()
    await carla.call(claimReportCall, { id })
    const { status } = await carla.call(amendForCall, told(id, { corrected: { severity: 'high' } }))
    const { line, words, versions, history } = await pageOf(id)
    expect([status, words, line.severity, line.amended?.how, line.claim]).toEqual([201, 'It was the ninth table.', 'high', 'correction', null])
    expect(versions.at(-1)).toMatchObject({ type: 'correction', signed: 'unsigned', told: { by: 'phone', to: { id: carla.id, name: 'Carla' } }, changes: [{ field: 'severity', from: 'low', to: 'high' }] })
    expect(history.at(-1)).toMatchObject({ kind: 'report.corrected', by: { name: 'Carla' }, changes: [{ field: 'severity' }, { field: 'toldBy', to: 'phone' }] })
    expect((await carla.call(claimReportCall, { id })).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'id', reason: 'own_report' }] })
    expect((await diego.call(claimReportCall, { id })).status).toBe(200)
    const [stated] = (await ana.call(myStatementsCall, { ids: [id] })).reply.reports
    expect(stated?.amendments).toMatchObject([{ channel: 'phone' }])
  })

  it('brings pictures, withdraws, takes back; the judges are told, but for who wrote it down', async () => {
    const { id } = await filed()
    await judge(house, diego, id)
    const [bytes, mine] = [await phonePicture(61_600), (await noticesOf(carla)).length]
    expect((await carla.call(amendForCall, told(id, { type: 'addition', channel: 'messenger', words: '' }), { photos: [bytes] })).status).toBe(201)
    await house.picturesDone()
    expect((await pageOf(id)).photos.map(({ sha256, state }) => [sha256, state])).toEqual([[hashOf(bytes), 'ready']])
    expect((await noticesOf(diego)).at(-1)).toMatchObject({ kind: 'reopened', amended: 'addition', by: 'Carla' })
    await carla.call(amendForCall, told(id, { type: 'withdrawal', words: 'Of another day.' }))
    expect((await ana.call(myReportsCall, {})).reply.reports.find((one) => one.id === id)?.status).toBe('withdrawn')
    expect((await carla.call(amendForCall, told(id))).problem).toEqual({ problem: 'conflict', fields: [{ path: 'reportId', reason: 'ended' }] })
    await carla.call(amendForCall, told(id, { type: 'restoration', words: 'It was of today.' }))
    expect((await lineOf(id)).status).toBe('in_review')
    expect((await noticesOf(carla)).length).toBe(mine)
    await elena.call(claimReportCall, { id })
    expect((await elena.call(giveVerdictCall, verdictOn(house, id))).status).toBe(201)
  })

  it('is the desk’s to write down, of another’s report, once: the same sign by another hand or with other words is a conflict', async () => {
    const { id } = await filed()
    const one = told(id)
    const { reply } = await carla.call(amendForCall, one)
    expect((await carla.call(amendForCall, one)).reply).toEqual(reply)
    expect((await diego.call(amendForCall, one)).problem).toEqual({ problem: 'conflict' })
    expect((await carla.call(amendForCall, { ...one, channel: 'messenger' })).problem).toEqual({ problem: 'conflict' })
    for (const caller of [ana, press]) expect((await caller.call(amendForCall, told(id))).problem).toEqual({ problem: 'not_allowed' })
    expect((await carla.call(amendForCall, told(uuid7(Date.parse(house.clock.now()))))).problem).toEqual({ problem: 'not_found' })
    expect((await carla.call(amendForCall, told(id, { channel: 'web' }) as never)).problem).toMatchObject({ problem: 'invalid_input', fields: [{ path: 'channel' }] })
  })

  it('[R468] is a conflict where more was said since its writer read the report, but not by what was set aside; sent again it is the same', async () => {
    const { id } = await filed()
    const one = told(id, { of: id })
    const { reply } = await carla.call(amendForCall, one)
    expect((await carla.call(amendForCall, one)).reply).toEqual(reply)
    expect((await diego.call(amendForCall, told(id, { of: id }))).problem).toEqual({ problem: 'conflict', fields: [{ path: 'of', reason: 'ended' }] })
    await ana.call(amendReportCall, { ...(await amendmentOf(house, ana, id)), signature: 'none' })
    expect((await pageOf(id)).versions.at(-1)?.setAsideFor).toBe('signature')
    expect((await diego.call(amendForCall, told(id, { of: one.id }))).status).toBe(201)
  })
})

/** Files a report with a signature by this key. */
async function filedWith(by: Caller, key: { sign: (statement: string) => string }): Promise<string> {
  const stated = await statementOf(house, by)
  const statement = JSON.stringify(stated)
  await by.call(fileReportCall, { id: stated.id, statement, signature: key.sign(statement), sentAt: house.clock.now() })
  return stated.id
}
