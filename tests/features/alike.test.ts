import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapWindowCall } from '../../shared/map.ts'
import { leaveCall } from '../../shared/mission.ts'
import { strikeNoteCall, writeNoteCall } from '../../shared/notes.ts'
import { photoId } from '../../shared/photos.ts'
import { retractCall } from '../../shared/press.ts'
import { liftQuarantineCall, quarantineCall } from '../../shared/quarantine.ts'
import { changeReportCall, getReportCall, listReportsCall, seeReportCall } from '../../shared/reports.ts'
import { giveVerdictCall, reopenCall } from '../../shared/verification.ts'
import { reportLines } from '../../server/features/reports/actions.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { readHead } from '../../server/platform/journal/journal.ts'
import { openAnswers } from '../../server/platform/live/answers.ts'
import { openThings } from '../../server/platform/live/things.ts'
import { claim, phonePicture, release, setRules, setUp, verdictOn } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend, file, giveStations, hashOf, sendOriginal, sendPreview } from '../support/reports.ts'

// What is the same for all desks at one number of the journal is found once.

let house: TestHouse
let desks: Caller[]
let author: Caller

beforeAll(async () => {
  house = await startHouse()
  const lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  author = await house.person('observer', { organisation: 'Network B' })
  desks = [await house.person('coordinator'), await house.person('coordinator'), await house.person('coordinator'), lead]
})
afterAll(() => house.stop())

const window = { south: 10, west: -95, north: 20, east: -80, zoom: 8 }
const position = { latitude: 13.6, longitude: -89.2, accuracyMetres: 10, ageSeconds: 1 }
const first = (): Caller => desks[0] as Caller

/** By the facts themselves: what was filed up to a number, newest first. */
async function filedUpTo(number: number): Promise<string[]> {
  const known = filed.get(number)
  if (known) return known
  const rows = await house.db.readers.selectFrom('journal').innerJoin('journalSubjects', 'journalSubjects.number', 'journal.number').select('id').where('kind', '=', 'report.filed').where('journal.number', '<=', number).orderBy('journal.number', 'desc').execute()
  const ids = rows.map(({ id }) => id)
  filed.set(number, ids)
  return ids
}
const filed = new Map<number, string[]>()

describe('an answer that is the same for all desks', () => {
  it('[R376] is of the number that it names, and of none before the question, while reports come and are claimed', async () => {
    const told: { asked: number; number: number; ids: string[]; all: number; onMap: { number: number; total: number } }[] = []
    let isFiling = true
    const ask = async (desk: Caller) => {
      while (isFiling) {
        const asked = house.engine.head().number
        const [{ reply }, map] = [await desk.call(listReportsCall, { limit: 200 }), await desk.call(mapWindowCall, window)]
        told.push({ asked, number: reply.number, ids: reply.reports.map(({ id }) => id), all: reply.all, onMap: map.reply })
        for (const line of reply.reports) expect(line.version).toBeLessThanOrEqual(reply.number)
      }
    }
    const come = async () => {
      for (let turn = 0; turn < 15; turn++) {
        const { id } = await file(house, author, { position })
        if (turn % 3 === 0) await claim(first(), id)
      }
      isFiling = false
    }
    await Promise.all([come(), ...desks.map(ask)])
    for (const { asked, number, ids, all, onMap } of told) {
      expect(number).toBeGreaterThanOrEqual(asked)
      expect(onMap.number).toBeGreaterThanOrEqual(number)
      expect([ids, all]).toEqual([await filedUpTo(number), ids.length])
      expect(onMap.total).toBe((await filedUpTo(onMap.number)).length)
    }
  })

  it('[R376] names the moment at which it is told, and says what a claim has changed at once', async () => {
    const { id } = await file(house, author)
    const lineOf = async (desk: Caller) => (await desk.call(listReportsCall, {})).reply
    const [one, other] = [await lineOf(first()), await lineOf(first())]
    expect(other).toEqual({ ...one, at: other.at })
    expect(other.at > one.at).toBe(true)
    expect((await claim(first(), id)).problem).toBeNull()
    for (const desk of desks) expect((await lineOf(desk)).reports.find((line) => line.id === id)?.claim?.by).toBe(first().id)
  })

  it('[R377] is told to nobody who may not ask, however often it was told before', async () => {
    const before = await first().call(listReportsCall, {})
    expect(before.status).toBe(200)
    for (const stranger of [author, await house.person('press')]) for (const call of [listReportsCall, mapWindowCall] as const) expect((await stranger.call(call, call === mapWindowCall ? window : {})).problem).toEqual({ problem: 'not_allowed' })
    expect((await house.nobody.call(listReportsCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    const gone = await house.person('coordinator')
    expect((await gone.call(listReportsCall, {})).status).toBe(200)
    await gone.call(leaveCall, {})
    expect((await gone.call(listReportsCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await first().call(listReportsCall, { after: 'nowhere' })).problem?.fields).toEqual([{ path: 'after', reason: 'format' }])
    expect((await first().call(listReportsCall, { after: 'nowhere' })).status).toBe(400)
  })

  it('[R378] holds each line as it is now, whatever was done to its report, its pictures, its author or its place', async () => {
    const [lead, judge2] = [desks[3] as Caller, await house.person('coordinator', { name: 'Dora' })]
    const bytes = await phonePicture(378)
    const { id } = await file(house, author, { station: 'CE-01', table: '77119', pictures: [bytes] })
    const beside = await file(house, await house.person('observer', { organisation: 'Network C' }), { station: 'CE-01' })
    const photo = photoId(id, hashOf(bytes))
    const noted = uuid7(Date.parse(house.clock.now()))
    let [released, round] = ['', 0]
    const setAside = { status: 'set_aside' as const, setAsideFor: 'signature' as const }
    const acts: Record<string, () => Promise<unknown>> = {
      preview: async () => sendPreview(author, id, bytes, await phonePicture(378, [200, 150])),
      original: async () => { await sendOriginal(author, id, bytes); await house.picturesDone() },
      see: () => judge2.call(seeReportCall, { id }),
      change: () => judge2.call(changeReportCall, { id, change: uuid7(Date.parse(house.clock.now())), severity: 'low' }),
      claim: () => claim(judge2, id),
      note: () => judge2.call(writeNoteCall, { id, note: noted, words: 'Called at 21:00.' }),
      strike: () => judge2.call(strikeNoteCall, { id, note: noted }),
      verdict: () => judge2.call(giveVerdictCall, verdictOn(house, id)),
      release: async () => { released = await release(judge2, photo) },
      retract: () => judge2.call(retractCall, { id: released, reason: 'No.' }),
      reopen: async () => { round = (await judge2.call(getReportCall, { id })).reply.round; await judge2.call(reopenCall, { id, round, reason: 'Again.' }) },
      amend: () => amend(house, author, id),
      quarantine: () => judge2.call(quarantineCall, { id: author.id, reason: 'Too many.' }),
      lift: () => judge2.call(liftQuarantineCall, { id: author.id, reason: 'Called.' }),
      aside: () => house.engine.write({ kind: 'server' }, ({ record }) => record('report.set_aside', { type: 'report', id: beside.id }, { set: { reports: [{ id: beside.id, ...setAside }] } })),
      name: () => house.engine.write({ kind: 'operator' }, ({ record }) => record('person.named', { type: 'person', id: author.id }, { set: { people: [{ id: author.id, name: 'Otro nombre' }] } })),
      station: () => giveStations(house, lead, ['CE-01,Escuela Nueva,La Libertad,La Libertad Este,Zaragoza,13.59,-89.27,77119']),
    }
    const listed = async () => (await first().call(listReportsCall, { limit: 200 })).reply.reports
    let before = JSON.stringify(await listed())
    for (const [name, act] of Object.entries(acts)) {
      await act()
      const lines = await listed()
      const now = await house.db.readers.transaction().execute((tx) => reportLines(tx, lines.map((line) => line.id)))
      expect(lines, name).toEqual(now)
      const after = JSON.stringify(lines)
      expect(after === before, name).toBe(false)
      before = after
    }
  })

  it('[R378] is asked for anew line by line: those about which nothing came are not made again', async () => {
    const made: string[][] = []
    const lines = openThings('report', 3)
    const make = (ids: readonly string[]) => { made.push([...ids]); return Promise.resolve(new Map(ids.filter((id) => id !== 'nobody').map((id) => [id, `${id} made ${made.length}`]))) }
    const of = (ids: string[]) => house.engine.read({ kind: 'server' }, (look) => lines.of(ids, make, look))
    const [{ id: one }, { id: two }] = [await file(house, author), await file(house, author)]
    const old = await house.db.readers.startTransaction().execute()
    const { number } = await readHead(old)
    expect(await of([one, 'nobody', two])).toEqual([`${one} made 1`, `${two} made 1`])
    await house.person('press')
    await of([one, two])
    await claim(first(), two)
    expect(await of([two, one])).toEqual([`${two} made 3`, `${one} made 2`])
    expect(made).toEqual([[one, 'nobody', two], [one, two], [two]])
    // A snapshot of before is answered from itself, and what it says is not kept.
    expect(await lines.of([two], make, { tx: old, number })).toEqual([`${two} made 4`])
    await old.rollback().execute()
    expect(await of([two, one])).toEqual([`${two} made 3`, `${one} made 2`])
    // No more is kept than there is room for: what came first goes.
    await of(['a', 'b', 'c'])
    expect(await of([one])).toEqual([`${one} made 6`])
  })

  it('[R376] is made once for all who ask meanwhile, again after the next fact and after a failure, and no more is kept than there is room for', async () => {
    const steps = fc.array(fc.record({ question: fc.constantFrom('a', 'b', 'c', 'd'), isFact: fc.boolean(), fails: fc.boolean(), waits: fc.boolean() }), { maxLength: 40 })
    await fc.assert(fc.asyncProperty(steps, async (all) => {
      const answers = openAnswers(25)
      let head = 0
      const made: string[] = []
      const waiting: Promise<void>[] = []
      for (const { question, isFact, fails, waits } of all) {
        if (isFact) head++
        const text = `${question} at ${head}`
        const found = answers.of(question, head, async () => {
          made.push(text)
          await Promise.resolve()
          if (fails) throw new Error(text)
          return { body: Buffer.from(`${text}      `.slice(0, 10)), hasMoment: false }
        })
        waiting.push(found.then(({ body }) => expect(body.toString().trim()).toBe(text), (error: Error) => expect(error.message).toBe(text)))
        if (waits) await Promise.all(waiting)
      }
      await Promise.all(waiting)
      const before = made.length
      for (const question of ['a', 'b', 'a', 'b']) await answers.of(question, head + 1, () => { made.push(question); return Promise.resolve({ body: Buffer.alloc(10), hasMoment: false }) })
      expect(made.slice(before)).toEqual(['a', 'b'])
      // Room for two of ten bytes: the third sends the first away.
      for (const question of ['c', 'b', 'a']) await answers.of(question, head + 1, () => { made.push(question); return Promise.resolve({ body: Buffer.alloc(10), hasMoment: false }) })
      expect(made.slice(before)).toEqual(['a', 'b', 'c', 'a'])
    }), { seed: 376, numRuns: 100 })
  })
})
