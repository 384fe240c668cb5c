import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeReportCall, fileReportCall, getReportCall, listReportsCall, myReportsCall, reportPointsCall, seeReportCall } from '../../shared/reports.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, giveStations, statementOf } from '../support/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'

let house: TestHouse
let ana: Caller
let bruno: Caller
let desk: Caller
let press: Caller
let lead: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[ana, bruno, desk, press, lead] = [await house.person('observer', { name: 'Ana' }), await house.person('observer', { name: 'Bruno' }), await house.person('coordinator', { organisation: 'Network B' }), await house.person('press'), await house.person('lead')]
  await giveStations(house, lead, ['CE-01,Escuela Uno,La Libertad,La Libertad Este,Zaragoza,13.58,-89.28,6119', 'CE-01,Escuela Uno,La Libertad,La Libertad Este,Zaragoza,13.58,-89.28,6120', 'CE-02,Escuela Dos,La Libertad,La Libertad Este,Zaragoza,13.60,-89.30,6121'])
})
afterAll(() => house.stop())

const head = () => house.engine.head().number

describe('filing a report', () => {
  it('[R1] gives the same receipt however often it is sent, and conflict for other content', async () => {
    const statement = await statementOf(house, ana)
    const sent = { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() }
    const first = await ana.call(fileReportCall, sent)
    expect(first.status).toBe(201)
    const before = head()
    expect((await ana.call(fileReportCall, { ...sent, sentAt: house.clock.now() })).reply).toEqual(first.reply)
    const other = await ana.call(fileReportCall, { ...sent, statement: JSON.stringify({ ...statement, words: 'Other' }) })
    expect([other.status, other.problem?.problem]).toEqual([409, 'conflict'])
    expect(head()).toBe(before)
  })

  it('[R1] sent twenty times at once, it is one report', async () => {
    const statement = await statementOf(house, ana)
    const before = head()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })))
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.reply])))).toHaveProperty('size', 1)
    expect(head()).toBe(before + 1)
  })

  it('keeps the statement as it came, to the byte', async () => {
    const statement = await statementOf(house, ana)
    const text = JSON.stringify(statement, null, 1)
    await ana.call(fileReportCall, { id: statement.id, statement: text, sentAt: house.clock.now() })
    expect(await house.db.readers.selectFrom('reports').select('statement').where('id', '=', statement.id).executeTakeFirst()).toEqual({ statement: text })
  })

  it('[R2] is for observers, in their own name', async () => {
    const statement = await statementOf(house, ana)
    const sent = { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() }
    const before = head()
    expect((await house.nobody.call(fileReportCall, sent)).problem?.problem).toBe('not_signed_in')
    for (const other of [desk, press, lead]) expect((await other.call(fileReportCall, sent)).problem?.problem).toBe('not_allowed')
    expect((await bruno.call(fileReportCall, sent)).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'author', reason: 'does_not_agree' }] })
    expect(head()).toBe(before)
    await ana.call(fileReportCall, sent)
    expect((await bruno.call(fileReportCall, sent)).problem).toEqual({ problem: 'not_found' })
  })

  it('says beside which field what is wrong', async () => {
    const refusedWith = async (given: object) => {
      const statement = { ...(await statementOf(house, ana)), ...given }
      return (await ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })).problem
    }
    expect(await refusedWith({ category: 'counting.invented' })).toEqual({ problem: 'invalid_input', fields: [{ path: 'category', reason: 'not_in_list' }] })
    expect(await refusedWith({ station: 'CE-99' })).toEqual({ problem: 'invalid_input', fields: [{ path: 'station', reason: 'not_in_list' }] })
    expect(await refusedWith({ station: 'CE-02', table: '6119' })).toEqual({ problem: 'invalid_input', fields: [{ path: 'table', reason: 'not_in_list' }] })
    expect(await refusedWith({ words: 'x'.repeat(5001) })).toEqual({ problem: 'invalid_input', fields: [{ path: 'words', reason: 'too_long' }] })
    expect(await refusedWith({ mission: uuid7(0) })).toEqual({ problem: 'invalid_input', fields: [{ path: 'mission', reason: 'does_not_agree' }] })
    expect(await refusedWith({ more: 1 })).toEqual({ problem: 'invalid_input', fields: [{ path: 'more', reason: 'unknown_field' }] })
    expect((await ana.call(fileReportCall, { id: uuid7(1), statement: '{ no', sentAt: house.clock.now() })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'statement', reason: 'format' }] })
  })

  it('[R3] a phone whose clock is a year off is kept, and the difference shown', async () => {
    const filed = await file(house, ana, { times: { observedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:00.000Z', zone: 'America/El_Salvador' } })
    expect((await desk.call(getReportCall, { id: filed.id })).reply.line.observedAt).toBe('2026-01-01T00:00:00.000Z')
  })

  it('another content type is refused before it is read, and so is a page of another origin', async () => {
    const statement = await statementOf(house, ana)
    const body = JSON.stringify({ statement: JSON.stringify(statement), sentAt: house.clock.now() })
    const send = (headers: Record<string, string>) => ana.fetch(`/api/reports/${statement.id}`, { method: 'PUT', body, headers })
    expect((await send({ 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await send({ 'Content-Type': 'application/json', Origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await send({ 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await send({ 'Content-Type': 'application/json' })).status).toBe(201)
  })
})

describe('the author\'s list', () => {
  it('[R4] holds the author\'s own reports and nobody else\'s', async () => {
    const own = await file(house, bruno)
    await file(house, ana)
    const { reply } = await bruno.call(myReportsCall, {})
    expect(reply.reports.map((report) => report.id)).toEqual([own.id])
    for (const other of [desk, press]) expect((await other.call(myReportsCall, {})).status).toBe(403)
  })
})

describe('the room', () => {
  it('[R5] list, count and map say the same for a filter, and pages miss nothing', async () => {
    for (let count = 0; count < 7; count++) await file(house, ana, { station: count % 2 ? 'CE-01' : 'CE-02', severity: count % 3 ? 'low' : 'high', category: 'voting.queue', words: `Línea número ${count}` })
    const filter = { category: ['voting'], station: 'CE-01', words: 'linea' }
    const { reply: points } = await desk.call(reportPointsCall, filter)
    const ids: string[] = []
    for (let after: string | undefined, more = true; more;) {
      const { reply } = await desk.call(listReportsCall, { ...filter, limit: 2, ...(after ? { after } : {}) })
      expect(reply.total).toBe(3)
      ids.push(...reply.reports.map((report) => report.id))
      more = reply.next !== null
      after = reply.next ?? undefined
    }
    expect(ids).toEqual(points.id)
    expect(new Set(ids).size).toBe(3)
    for (const other of [ana, press]) {
      expect((await other.call(listReportsCall, {})).status).toBe(403)
      expect((await other.call(reportPointsCall, {})).status).toBe(403)
    }
  })

  it('a report is found by its number alone, not those that begin with it', async () => {
    const { reply } = await desk.call(listReportsCall, { words: 'r-1 ' })
    expect([reply.total, reply.reports.map(({ number }) => number)]).toEqual([1, [1]])
    expect((await desk.call(listReportsCall, {})).reply.total).toBeGreaterThan(9)
    expect((await desk.call(listReportsCall, { words: 'R-999999999' })).reply.total).toBe(0)
  })

  it('the report page is for the desk; an invented id and a wrong role read alike', async () => {
    const filed = await file(house, ana, { station: 'CE-01', table: '6119', position: { latitude: 13.5803, longitude: -89.28, accuracyMetres: 11, ageSeconds: 2 } })
    const { reply } = await desk.call(getReportCall, { id: filed.id })
    expect(reply).toMatchObject({ distanceMetres: 33, line: { stationName: 'Escuela Uno', department: 'La Libertad', placedBy: 'station' }, filed: { station: 'CE-01', table: '6119' }, may: ['claim', 'change'] })
    expect(reply.history.map((line) => line.kind)).toEqual(['report.filed'])
    expect((await desk.call(getReportCall, { id: uuid7(5) })).problem).toEqual({ problem: 'not_found' })
    for (const other of [ana, press]) expect((await other.call(getReportCall, { id: filed.id })).problem).toEqual({ problem: 'not_allowed' })
  })

  it('[R6] seen is told once, and never by the author', async () => {
    const filed = await file(house, ana)
    const before = head()
    await desk.call(seeReportCall, { id: filed.id })
    await lead.call(seeReportCall, { id: filed.id })
    expect(head()).toBe(before + 1)
    const own = (await ana.call(myReportsCall, {})).reply.reports.find((report) => report.id === filed.id)
    expect(own?.seenAt).not.toBeNull()
  })

  it('[R7] a coordinator\'s change is a fact, the observer\'s statement stays', async () => {
    const filed = await file(house, ana, { station: 'CE-01', table: '6119' })
    const change = { id: filed.id, change: uuid7(7), category: 'sheet.sums', severity: 'high' as const, station: 'CE-02', table: '6121' }
    expect((await desk.call(changeReportCall, change)).status).toBe(200)
    const before = head()
    expect((await desk.call(changeReportCall, change)).status).toBe(200)
    expect((await desk.call(changeReportCall, { ...change, severity: 'low' })).problem?.problem).toBe('conflict')
    expect(head()).toBe(before)
    const { reply } = await desk.call(getReportCall, { id: filed.id })
    expect(reply.line).toMatchObject({ category: 'sheet.sums', severity: 'high', station: 'CE-02', table: '6121' })
    expect(reply.filed).toEqual({ category: 'counting.unfolded_ballots', severity: 'critical', station: 'CE-01', table: '6119' })
    expect(reply.history.at(-1)?.changes).toContainEqual({ field: 'station', from: 'CE-01', to: 'CE-02' })
    for (const other of [ana, press]) expect((await other.call(changeReportCall, { ...change, change: uuid7(8) })).status).toBe(403)
    expect((await desk.call(changeReportCall, { id: filed.id, change: uuid7(9), table: '6119' })).problem?.fields).toEqual([{ path: 'table', reason: 'not_in_list' }])
    expect((await desk.call(changeReportCall, { id: uuid7(9), change: uuid7(9), severity: 'low' })).problem).toEqual({ problem: 'not_found' })
  })

  it('[R468] a change of what reads otherwise by now is a conflict, for the fields that it names and no others; sent again it is the same', async () => {
    const filed = await file(house, ana, { station: 'CE-01', severity: 'low' })
    const [first, second] = [{ id: filed.id, change: uuid7(21), severity: 'critical' as const, was: { severity: 'low' as const } }, { id: filed.id, change: uuid7(22), severity: 'medium' as const, was: { severity: 'low' as const } }]
    for (let time = 0; time < 2; time += 1) expect((await desk.call(changeReportCall, first)).status).toBe(200)
    expect((await desk.call(changeReportCall, second)).problem).toEqual({ problem: 'conflict', fields: [{ path: 'was', reason: 'ended' }] })
    expect((await desk.call(changeReportCall, { id: filed.id, change: uuid7(23), station: 'CE-01', table: '6119', was: { station: 'CE-01', table: null } })).status).toBe(200)
    expect((await desk.call(changeReportCall, { ...second, was: { severity: 'critical' } })).status).toBe(200)
    expect((await desk.call(getReportCall, { id: filed.id })).reply.line).toMatchObject({ severity: 'medium', table: '6119' })
  })
})

it('[R23] after all of this the journal and the tables agree', async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
})
