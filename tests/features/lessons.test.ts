import { afterAll, beforeAll, expect, it } from 'vitest'
import { meCall } from '../../shared/mission.ts'
import { changeReportCall, fileReportCall, getReportCall, listReportsCall } from '../../shared/reports.ts'
import { fileDraft } from '../../client/observer/outbox/statement.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend, statementOf } from '../support/reports.ts'

// What users of neighbouring systems complained of, where no other test shows that it does not happen here.

let house: TestHouse
let lead: Caller
let desk: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[lead, desk] = [await house.person('lead'), await house.person('coordinator')]
  await setUp(house, lead)
})
afterAll(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const now = () => Date.parse(house.clock.now())

it('[lesson 1] the reports of forty observers who send at the same moment, each twice, are all there to the letter, and stay when the desk changes what it shows of them', async () => {
  const observers = await Promise.all(Array.from({ length: 40 }, () => house.person('observer')))
  const sent = await Promise.all(observers.map(async (author, at) => ({ author, statement: await statementOf(house, author, { words: `Sección uno ${at}. Sección dos ${at}.`, station: ['CE-01', 'CE-02', null][at % 3] ?? null, table: null }) })))
  const send = ({ author, statement }: (typeof sent)[number]) => author.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
  const answers = await Promise.all([...sent, ...sent].map(send))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  for (const { statement } of sent.slice(0, 10)) expect((await desk.call(changeReportCall, { id: statement.id, change: uuid7(now()), severity: 'low' })).status).toBe(200)
  const rows = await house.db.readers.selectFrom('reports').select(['id', 'statement']).execute()
  expect(new Map(rows.map(({ id, statement }) => [id, statement]))).toEqual(new Map(sent.map(({ statement }) => [statement.id, JSON.stringify(statement)])))
  const listed = (await desk.call(listReportsCall, { limit: 100 })).reply
  expect([listed.total, new Set(listed.reports.map(({ words }) => words))]).toEqual([40, new Set(sent.map(({ statement }) => statement.words))])
})

it('[lesson 2] a report made without a network and without a position, its place typed in, is sent as it is, placed by its station, and can be mended afterwards', async () => {
  const ana = await house.person('observer')
  const me = (await ana.call(meCall, {})).reply
  const filed = fileDraft({
    id: uuid7(now()), author: ana.id, mission: me.mission.id, startedAt: house.clock.now(), place: { station: 'CE-03', table: null, by: 'person' }, atStation: true, category: 'voting.queue', severity: null, observedAt: null, words: 'La fila llega a la calle.',
    fix: null, photos: [], faults: [],
  }, { me, now: now(), zone: 'America/El_Salvador', language: 'es' })
  expect((await ana.call(fileReportCall, { id: filed.id, statement: filed.statement, sentAt: house.clock.now() })).status).toBe(201)
  expect((await desk.call(getReportCall, { id: filed.id })).reply).toMatchObject({ position: null, line: { station: 'CE-03', placedBy: 'station', words: 'La fila llega a la calle.', distanceMetres: null } })
  expect((await amend(house, ana, filed.id, { words: 'La fila llega a la plaza.' })).status).toBe(201)
  expect((await desk.call(getReportCall, { id: filed.id })).reply.words).toBe('La fila llega a la plaza.')
})
