import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesCall, heldReleasesCall, heldReportsCall, screenFaultCall } from '../../shared/live.ts'
import { listReleasesCall, retractCall, versionOnWall } from '../../shared/press.ts'
import { listReportsCall, reportPointsCall, seeReportCall } from '../../shared/reports.ts'
import type { ReportFilter } from '../../shared/reports.ts'
import { openTally } from '../../shared/tally.ts'
import { screenFaults } from '../../server/features/screens/actions.ts'
import { claim, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'

let house: TestHouse
let lead: Caller
let desk: Caller
let ana: Caller
let press: Caller
const warned: object[] = []

beforeAll(async () => {
  house = await startHouse({ log: { error: () => undefined, info: () => undefined, warn: (about) => void warned.push(about) } })
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[desk, ana, press] = [await house.person('coordinator'), await house.person('observer'), await house.person('press')]
})
afterAll(() => house.stop())

const head = () => house.engine.head().number
const tallyOf = (things: readonly { id: string; version: number }[]) => {
  const tally = openTally()
  for (const { id, version } of things) tally.add(id, version)
  return tally.told()
}

/** The slow way: every page of the list, each line with the number of its last fact as the journal has it. */
async function slowly(filter: Partial<ReportFilter>) {
  const ids: string[] = []
  for (let after: string | undefined; ;) {
    const { reply } = await desk.call(listReportsCall, { ...filter, limit: 7, ...(after ? { after } : {}) })
    ids.push(...reply.reports.map(({ id }) => id))
    if (reply.next === null) break
    after = reply.next
  }
  const things = []
  for (const id of ids) {
    const row = await house.db.readers.selectFrom('journalSubjects').select((eb) => eb.fn.max('number').as('last')).where('type', '=', 'report').where('id', '=', id).executeTakeFirstOrThrow()
    things.push({ id, version: Number(row.last) })
  }
  return tallyOf(things)
}

const filters: Partial<ReportFilter>[] = [
  {}, { status: ['received'] }, { status: ['in_review'] }, { severity: ['critical'] }, { category: ['counting'] }, { station: 'CE-01' }, { department: 'San Miguel' }, { words: 'doblez' },
  { from: '2027-02-28T20:00:00.000Z', until: '2027-02-28T20:00:00.050Z' }, { station: 'CE-99' },
]

describe('what headquarters holds', () => {
  it('[R270] is told at a number of the journal for any filter, and kept as reports come and change: the same as the whole list, counted anew', async () => {
    const step = fc.constantFrom('file', 'claim', 'see', 'ask')
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(99)), { minLength: 4, maxLength: 12 }), async (steps) => {
      const filed: string[] = []
      for (const [what, chance] of steps) {
        const one = filed[chance % Math.max(1, filed.length)]
        if (what === 'file' || !one) filed.push((await file(house, ana, { station: ['CE-01', 'CE-02', 'CE-03'][chance % 3] ?? null, severity: chance % 2 ? 'critical' : 'low', category: chance % 5 ? 'counting.unfolded_ballots' : 'voting.queue', words: chance % 4 ? 'Nada' : 'Sin doblez' })).id)
        else if (what === 'claim') await claim(desk, one)
        else if (what === 'see') await desk.call(seeReportCall, { id: one })
        const filter = filters[chance % filters.length] ?? {}
        expect((await desk.call(heldReportsCall, { since: head(), ...filter })).reply.held).toEqual(await slowly(filter))
      }
      for (const filter of filters) {
        const { reply } = await desk.call(heldReportsCall, { since: head(), ...filter })
        expect([filter, reply.number, reply.held]).toEqual([filter, head(), await slowly(filter)])
      }
    }), { seed: 270, numRuns: 6 })
  })

  it('[R270] is what the map’s points say, too: each of them comes with its version', async () => {
    const { reply } = await desk.call(reportPointsCall, {})
    expect(tallyOf(reply.id.map((id, at) => ({ id, version: reply.version[at] ?? 0 })))).toEqual((await desk.call(heldReportsCall, { since: head() })).reply.held)
  })

  it('a screen that is behind is told so, and compares nothing', async () => {
    const since = head()
    const { id } = await file(house, ana)
    expect((await desk.call(heldReportsCall, { since })).reply).toMatchObject({ isAhead: true, held: null })
    const { reply } = await desk.call(changesCall, { since })
    expect(reply.things).toMatchObject([{ id, thing: { version: head() } }])
  })

  it('[R270] many that ask at once are each told of their own moment', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, async (_, at) => {
      if (at % 4 === 0) await file(house, ana)
      return (await desk.call(heldReportsCall, { since: head() })).reply
    }))
    expect(new Set(answers.map(({ held, number }) => (held ? `${number} ${held.count} ${held.digest}` : ''))).size).toBe(new Set(answers.map(({ held, number }) => (held ? number : ''))).size)
    expect((await desk.call(heldReportsCall, { since: head() })).reply.held).toEqual(await slowly({}))
  })

  it('[R270] a wall is told the same of the pictures that it shows, whatever happens to them; and nothing of any other', async () => {
    const judge = await house.person('coordinator')
    const photos = [await verifiedPicture(house, ana, [judge], 270), await verifiedPicture(house, ana, [judge], 271), await verifiedPicture(house, ana, [judge], 272)]
    const sent: string[] = []
    for (const { photo } of photos) sent.push(await release(judge, photo))
    const agree = async (first: number) => {
      const { reply: wall } = await press.call(listReleasesCall, { limit: 500 })
      const { reply } = await press.call(heldReleasesCall, { since: head(), first })
      expect(reply.held).toEqual({ count: wall.total, digest: tallyOf(wall.releases.slice(0, first).map((one) => ({ id: one.id, version: versionOnWall(one) }))).digest })
    }
    for (const first of [0, 1, 2, 3, 60]) await agree(first)
    await desk.call(retractCall, { id: sent[1] ?? '', reason: 'Wrong place' })
    for (const first of [1, 2, 60]) await agree(first)
    expect((await press.call(heldReportsCall, { since: head() })).problem?.problem).toBe('not_allowed')
  })
})

describe('a screen that held something else', () => {
  it('[R271] is told to the operator once: a line of the log and a count, with nobody’s name', async () => {
    const fault = { id: randomUUID(), screen: 'room' as const, number: head(), held: 9, shown: 8 }
    for (const _ of [1, 2]) expect((await desk.call(screenFaultCall, fault)).status).toBe(200)
    expect((await desk.call(screenFaultCall, { ...fault, shown: 7 })).problem?.problem).toBe('conflict')
    expect(warned).toEqual([{ screen: 'room', number: fault.number, held: 9, shown: 8 }])
    expect(await house.db.readers.transaction().execute((tx) => screenFaults(tx))).toMatchObject({ count: 1 })
    expect((await ana.call(screenFaultCall, { ...fault, id: randomUUID() })).problem?.problem).toBe('not_allowed')
  })
})
