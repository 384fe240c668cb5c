import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inOrder, matches } from '../../shared/matches.ts'
import { Distance } from '../../shared/distance.ts'
import { Severity } from '../../shared/basics.ts'
import { type ReportFilter, type ReportLine, changeReportCall, listReportsCall, reportPointsCall } from '../../shared/reports.ts'
import { Signed } from '../../shared/keys.ts'
import { ReportStatus } from '../../shared/verification.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { type Caller, type TestHouse, defaultPack, fixedClock, startHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'

let house: TestHouse
let desk: Caller
let lines: ReportLine[]
let codes: string[]

const instants = Array.from({ length: 6 }, (_, hour) => `2027-02-28T${15 + hour}:00:00.000Z`)

/** A night of forty reports in three stations and outside them, in several statuses. */
beforeAll(async () => {
  house = await startHouse({ clock: fixedClock('2027-02-28T22:00:00.000Z') })
  const lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  desk = await house.person('coordinator')
  const observer = await house.person('observer', { organisation: 'Network B' })
  const { categories, groups } = await defaultPack()
  codes = [...groups.map((group) => group.code), ...categories.map((category) => category.code)]
  for (let at = 0; at < 40; at += 1) {
    const category = categories[(at * 7) % categories.length]
    if (!category) throw new Error('No category')
    const observedAt = instants[at % instants.length] ?? ''
    const station = [null, 'CE-01', 'CE-02', 'CE-03'][at % 4] ?? null
    const report = await file(house, observer, { category: category.code, severity: Severity.options[at % 3] ?? 'low', station, times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' }, words: at % 2 ? 'flat stack' : '' })
    if (at % 5 === 1) await judge(house, desk, report.id, { outcome: at % 10 === 1 ? 'verified' : 'false' })
    if (at % 5 === 2) await claim(desk, report.id)
    if (station === null && at % 8 === 0) await desk.call(changeReportCall, { id: report.id, change: uuid7(Date.parse(house.clock.now())), department: 'San Miguel' })
  }
  lines = (await desk.call(listReportsCall, { limit: 500 })).reply.reports
})
afterAll(() => house.stop())

// Most of a filter's parts are left open, or hardly anything would belong to any.
const some = <Value>(values: readonly Value[]) => fc.oneof({ weight: 2, arbitrary: fc.constant<Value[]>([]) }, { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1, maxLength: 3 }) })
const maybe = <Value>(values: readonly Value[]) => fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) })

const someFilter = () => fc.record({
  status: some(ReportStatus.options),
  category: some(codes),
  severity: some(Severity.options),
  organisation: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.constant(['nobody-s']) }),
  signed: some(Signed.options),
  distance: fc.oneof({ weight: 4, arbitrary: fc.constant<Distance[]>([]) }, { weight: 1, arbitrary: fc.subarray([...Distance.options], { minLength: 1 }) }),
  pictures: maybe(['with', 'without'] as const),
  department: maybe(['La Libertad', 'San Miguel', 'la libertad', 'Nowhere']),
  station: maybe(['CE-01', 'CE-03', 'ce-01', 'CE-99']),
  from: maybe([...instants, '2027-02-28T16:00:00.001Z']),
  until: maybe([...instants, '2027-02-28T17:59:59.999Z']),
})
const sent = (filter: ReportFilter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))

describe('what belongs to a filter', () => {
  it('is told alike by client and server, for the list, its count and the points of the map, in the same order', async () => {
    expect(new Set(lines.map((line) => line.status)).size).toBeGreaterThan(3)
    let some = 0
    await fc.assert(fc.asyncProperty(someFilter(), async (given) => {
      const filter = given as ReportFilter
      const ours = lines.filter((line) => matches(filter, line)).map((line) => line.id)
      const { reply: list } = await desk.call(listReportsCall, { ...sent(filter), limit: 500 })
      const { reply: points } = await desk.call(reportPointsCall, sent(filter))
      expect(list.reports.map((line) => line.id)).toEqual(ours)
      expect(list.total).toBe(ours.length)
      expect(points.id).toEqual(ours)
      if (ours.length > 0 && ours.length < lines.length) some += 1
    }), { numRuns: 120 })
    expect(some).toBeGreaterThan(5)
  })

  it('stands in the order in which the server pages it', async () => {
    const paged: string[] = []
    for (let after: string | null | undefined; after !== null;) {
      const { reply } = await desk.call(listReportsCall, { limit: 7, ...(after ? { after } : {}) })
      paged.push(...reply.reports.map((line) => line.id))
      after = reply.next
    }
    expect([...lines].sort(inOrder).map((line) => line.id)).toEqual(paged)
    expect([...lines].reverse().sort(inOrder).map((line) => line.id)).toEqual(paged)
  })
})
