import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCall } from '../../shared/audit.ts'
import { listNotesCall, strikeNoteCall, writeNoteCall } from '../../shared/notes.ts'
import { asOfCall, getReportCall, listReportsCall, sinceCall } from '../../shared/reports.ts'
import { makeTokenCall } from '../../shared/tokens.ts'
import { giveVerdictCall } from '../../shared/verification.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { claim, judge, setRules, setUp, verdictOn } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'
import { everythingFor } from '../support/sweep.ts'

let house: TestHouse
let lead: Caller
let carla: Caller
let diego: Caller
let press: Caller
let ana: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[lead, carla, diego] = [await house.person('lead', { name: 'Lidia' }), await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' })]
  ;[press, ana] = [await house.person('press'), await house.person('observer')]
  await setUp(house, lead)
  await setRules(lead, { eyes: 2 })
})
afterAll(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const newId = () => uuid7(Date.parse(house.clock.now()))
const write = async (caller: Caller, id: string, words: string) => {
  const note = newId()
  return { note, ...(await caller.call(writeNoteCall, { id, note, words })) }
}
const notesFor = async (caller: Caller, id: string) => (await caller.call(listNotesCall, { id })).reply

describe('[R314] [R390] notes between coordinators', () => {
  it('are heard by open rooms at once, stand with author and time for the whole desk, and in the history that there is one', async () => {
    const { id } = await file(house, ana)
    const room = await listen(house, diego)
    const before = house.clock.now()
    const { note, status } = await write(carla, id, '  Ask the centre head again.  ')
    expect(status).toBe(201)
    await room.until(speaksOf(id))
    room.close()
    for (const reader of [carla, diego, lead]) expect((await notesFor(reader, id)).notes).toEqual([{ id: note, by: { id: carla.id, name: 'Carla' }, words: 'Ask the centre head again.', writtenAt: expect.any(String) as string, struckAt: null }])
    const page = (await diego.call(getReportCall, { id })).reply
    expect(page.line.notes).toBe(1)
    const then = (await diego.call(asOfCall, { asOf: house.clock.now() })).reply.reports
    expect(then.find((line) => line.id === id)).toEqual(page.line)
    expect(page.history.at(-1)).toMatchObject({ kind: 'note.written', by: { name: 'Carla' }, changes: [] })
    expect((await diego.call(sinceCall, { at: before })).reply.changed.reports.map(({ line, kinds }) => [line.id, kinds])).toEqual([[id, ['note.written']]])
    expect((await lead.call(auditCall, { limit: 5 })).reply.facts[0]).toMatchObject({ kind: 'note.written', said: [{ field: 'noteWords', value: 'Ask the centre head again.' }] })
  })

  it('are read by nobody else, and no program learns that there is one', async () => {
    const { id } = await file(house, ana)
    const { note } = await write(carla, id, 'Canary note')
    for (const other of [press, ana]) {
      expect((await other.call(listNotesCall, { id })).problem?.problem).toBe('not_allowed')
      expect((await write(other, id, 'x')).problem?.problem).toBe('not_allowed')
      const read = await everythingFor(house, other, [id, note])
      expect([read.includes('Canary note'), read.includes(note)]).toEqual([false, false])
    }
    const { text } = (await lead.call(makeTokenCall, { id: newId(), name: 'Board', owner: lead.id, contracts: ['getReport', 'listReports'], until: new Date(Date.parse(house.clock.now()) + 86_400_000).toISOString() })).reply
    const asProgram = (path: string) => fetch(house.address + path, { headers: { Authorization: `Bearer ${text}` } })
    expect((await (await asProgram(`/api/reports/${id}`)).text()).includes('note.')).toBe(false)
    for (const path of [`/api/reports/${id}`, '/api/reports', `/api/reports?ids=${id}`]) {
      const read = await (await asProgram(path)).text()
      expect([read.includes(id), read.includes('"notes"')]).toEqual([true, false])
    }
    expect((await asProgram(`/api/reports/${id}/notes`)).status).toBe(403)
  })

  it('are never changed: an author strikes out their own, its words leave every page and stay in the journal', async () => {
    const { id } = await file(house, ana)
    const { note } = await write(carla, id, 'The wrong report, sorry')
    expect((await carla.call(writeNoteCall, { id, note, words: 'Other words' })).problem?.problem).toBe('conflict')
    expect((await diego.call(strikeNoteCall, { id, note })).problem?.problem).toBe('not_allowed')
    expect((await carla.call(strikeNoteCall, { id: (await file(house, ana)).id, note })).problem?.problem).toBe('not_found')
    expect((await carla.call(strikeNoteCall, { id, note })).status).toBe(200)
    expect((await diego.call(getReportCall, { id })).reply.line.notes).toBe(0)
    expect((await notesFor(diego, id)).notes).toMatchObject([{ id: note, words: null, struckAt: expect.any(String) as string }])
    expect((await carla.call(writeNoteCall, { id, note, words: 'The wrong report, sorry' })).status).toBe(201)
    const { facts } = (await lead.call(auditCall, { limit: 20 })).reply
    expect(facts.filter(({ kind }) => kind.startsWith('note.')).map(({ kind, said }) => [kind, said[0]?.value]).slice(0, 2)).toEqual([['note.struck', undefined], ['note.written', 'The wrong report, sorry']])
  })

  it('tell nobody what an open verdict found: its giver writes none until the round is closed, and then again', async () => {
    const { id } = await file(house, ana)
    await claim(carla, id)
    await carla.call(giveVerdictCall, verdictOn(house, id, { outcome: 'verified' }))
    expect((await notesFor(carla, id)).mayWrite).toBe(false)
    expect((await write(carla, id, 'I found it true')).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'id', reason: 'gave_already' }] })
    expect([(await notesFor(diego, id)).mayWrite, (await write(diego, id, 'I look at it now')).status]).toEqual([true, 201])
    await judge(house, diego, id, { outcome: 'verified' })
    expect([(await notesFor(carla, id)).mayWrite, (await write(carla, id, 'Both agree')).status]).toEqual([true, 201])
    expect((await carla.call(listReportsCall, {})).reply.reports.find((line) => line.id === id)?.status).toBe('verified')
  })
})
