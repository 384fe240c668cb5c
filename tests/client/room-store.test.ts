import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { ReportLine } from '../../shared/reports.ts'
import { inOrder, matches } from '../../shared/matches.ts'
import { openTally } from '../../shared/tally.ts'
import { uuid7 } from '../../server/platform/ids.ts'

vi.stubGlobal('location', { search: '', pathname: '/room/', hash: '' })
vi.stubGlobal('document', { documentElement: {} })
vi.stubGlobal('addEventListener', () => undefined)
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })

const { compareFewer, comparedFilter, order, shownTally, takeChanges, takeFilter } = await import('../../client/coordinator/store.ts')
const { noFilter } = await import('../../client/coordinator/room/filter/filter.ts')

const hour = (at: number) => `2027-02-28T${String(at).padStart(2, '0')}:00:00.000Z`
const lineOf = (number: number, given: Partial<ReportLine> = {}): ReportLine => ({
  id: uuid7(number * 1000), number, version: number, category: 'voting.queue', severity: 'low', status: 'received', station: null, stationName: null, table: null, department: null, municipality: null, placedBy: 'none', latitude: null, longitude: null,
  distanceMetres: null, words: '', author: { id: uuid7(1), name: 'Ana', number: 101, organisation: 'A' }, observedAt: hour(10 + number), receivedAt: hour(20), seenAt: null, claim: null, awaitsSecond: false, awaitsThird: false, photoCount: 0, photosReceived: 0,
  picture: null, releases: 0, signed: 'signed', quarantined: false, channel: 'web', amended: null, ...given,
})

it('[R360] a report whose time its author corrects takes its new place in the room’s list, and what comes after it finds its own', () => {
  const lines = [1, 2, 3, 4].map((number) => lineOf(number))
  const columns = { id: [], version: [], latitude: [], longitude: [], station: [], category: [], severity: [], status: [], observedAt: [], receivedAt: [] }
  takeFilter(noFilter, { number: 0, isMore: false, ...columns }, { number: 0, all: 0, reports: [] })
  takeChanges(lines, 4)
  const numbers = () => order.value.map((id) => [...lines, ...more].find((line) => line.id === id)?.number)
  const more: ReportLine[] = []
  expect(numbers()).toEqual([4, 3, 2, 1])
  const [, , , last] = lines
  if (!last) throw new Error('no line')
  takeChanges([{ ...last, version: 5, observedAt: hour(9) }], 5)
  expect(numbers()).toEqual([3, 2, 1, 4])
  more.push(lineOf(6, { observedAt: hour(10) }))
  takeChanges(more, 6)
  expect(numbers()).toEqual([3, 2, 1, 6, 4])
})

it('[R416] what is compared of a screen that was sent the newest alone is all of the filter since a moment, whatever comes and changes; and most of what it was sent', () => {
  const step = fc.record({ what: fc.constantFrom('new', 'new', 'raised', 'lowered', 'moved', 'fewer'), at: fc.nat(4000), which: fc.nat(99) })
  let number = 100
  fc.assert(fc.property(fc.array(fc.nat(4000), { minLength: 12, maxLength: 60 }), fc.integer({ min: 4, max: 10 }), fc.boolean(), fc.array(step, { maxLength: 25 }), (moments, most, hasTimes, steps) => {
    const second = (at: number) => new Date(Date.parse(hour(3)) + at * 1000).toISOString()
    const filter = { ...noFilter, severity: ['low' as const], ...(hasTimes ? { from: second(1500), until: second(3000) } : {}) }
    const all = new Map(moments.map((at, index) => [index, lineOf(index + 1, { observedAt: second(at) })]))
    const sent = [...all.values()].sort(inOrder).slice(0, most)
    const column = <Key extends keyof ReportLine>(key: Key) => sent.map((line) => line[key])
    // Later than all that the store heard in the runs before.
    number += moments.length
    takeFilter(filter, { number, isMore: true, id: column('id'), version: column('version'), latitude: column('latitude'), longitude: column('longitude'), station: column('station'), category: column('category'), severity: column('severity'), status: column('status'), observedAt: column('observedAt'), receivedAt: column('receivedAt') }, { number, all: number, reports: [] })
    const agrees = () => {
      const tally = openTally()
      for (const line of all.values()) if (matches(comparedFilter(), line)) tally.add(line.id, line.version)
      expect(shownTally()).toEqual(tally.told())
    }
    agrees()
    const oldest = sent.at(-1)?.observedAt ?? ''
    if (!hasTimes) expect(shownTally().count).toBeGreaterThanOrEqual(Math.min(Math.ceil(most * 0.9), sent.filter(({ observedAt }) => observedAt > oldest).length))
    for (const { what, at, which } of steps) {
      number += 1
      if (what === 'fewer') compareFewer()
      else {
        const key = what === 'new' ? all.size : which % all.size
        const before = all.get(key)
        const line = { ...(before ?? lineOf(number)), id: before?.id ?? uuid7(number * 1000), version: number, ...(what === 'raised' ? { severity: 'critical' as const } : what === 'lowered' ? { severity: 'low' as const } : { observedAt: second(at) }) }
        all.set(key, line)
        takeChanges([line], number)
      }
      agrees()
    }
  }), { seed: 416, numRuns: 60 })
})
