import { describe, expect, it } from 'vitest'
import { filterOf, isEmpty, isReversed, keyOf, noFilter, queryOf, timesOf } from '../../client/coordinator/room/filter/filter.ts'
import { findStations } from '../../client/coordinator/room/filter/register.ts'
import { instantOf, localOf, midnightOf } from '../../client/coordinator/room/filter/zone.ts'
import { queueOf } from '../../client/coordinator/room/list/queue.ts'
import { binsOf } from '../../shared/counts.ts'
import type { ReportStatus } from '../../shared/verification.ts'
import { ReportFilter } from '../../shared/reports.ts'

describe('the filter in the address', () => {
  it('reads what it writes', () => {
    const filter = ReportFilter.parse({ status: 'received,in_review', category: 'counting,access.denied', severity: 'critical', department: 'La Libertad', station: 'CE-01', from: '2027-02-28T20:00:00.000Z', until: '2027-02-28T21:59:59.999Z', words: 'sin doblez' })
    const query = new URLSearchParams(Object.entries(queryOf(filter)).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])))
    expect(keyOf(filterOf(query))).toBe(keyOf(filter))
    expect(isEmpty(filter)).toBe(false)
  })

  it('leaves out what it cannot read instead of failing', () => {
    expect(filterOf(new URLSearchParams('status=received,lost&severity=red&from=yesterday&until=2027-02-28T21:00:00.000Z&station=a%20b'))).toEqual({ ...noFilter, status: ['received'], until: '2027-02-28T21:00:00.000Z' })
    expect(isEmpty(filterOf(new URLSearchParams('words=&view=map')))).toBe(true)
  })

  it('applies no time where the span ends before it begins, and still says what stands there', () => {
    const [early, late] = ['2027-02-28T20:00:00.000Z', '2027-02-28T21:00:00.000Z']
    const wrong = new URLSearchParams(`status=received&from=${late}&until=${early}`)
    expect(filterOf(wrong)).toEqual({ ...noFilter, status: ['received'] })
    expect(timesOf(wrong)).toEqual({ from: late, until: early })
    expect(isReversed(timesOf(wrong))).toBe(true)
    for (const right of [`from=${early}&until=${late}`, `from=${early}&until=${early}`, `from=${late}`, `until=${early}`]) {
      expect(isReversed(timesOf(new URLSearchParams(right)))).toBe(false)
      expect(filterOf(new URLSearchParams(right))).toMatchObject(timesOf(new URLSearchParams(right)))
    }
  })
})

describe('wall clocks of the mission', () => {
  it.each([
    ['2027-02-28T20:14', 'America/El_Salvador', '2027-03-01T02:14:00.000Z'],
    ['2027-02-28T20:14', 'Asia/Dili', '2027-02-28T11:14:00.000Z'],
    ['2027-07-01T00:00', 'Europe/Madrid', '2027-06-30T22:00:00.000Z'],
    ['2027-01-01T00:00', 'Europe/Madrid', '2026-12-31T23:00:00.000Z'],
    ['2027-03-28T04:00', 'Europe/Madrid', '2027-03-28T02:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant)
    expect(localOf(instant, zone)).toBe(local)
  })

  it('finds midnight, and tells what it cannot read', () => {
    expect(midnightOf('2027-03-01T02:14:33.000Z', 'America/El_Salvador')).toBe('2027-02-28T06:00:00.000Z')
    expect(instantOf('', 'America/El_Salvador')).toBeNull()
  })
})

describe('the queue', () => {
  it('counts what waits and since when the oldest does', () => {
    const at = (minute: number) => `2027-02-28T20:${minute}:00.000Z`
    expect(queueOf([
      { status: 'received', severity: 'critical', receivedAt: at(14) },
      { status: 'received', severity: 'low', receivedAt: at(12) },
      { status: 'in_review', severity: 'critical', receivedAt: at(10) },
      { status: 'verified', severity: 'critical', receivedAt: at(10) },
    ])).toEqual({ total: 4, notLooked: 2, oldestReceivedAt: at(12), inReview: 1, critical: 2 })
    expect(queueOf([])).toMatchObject({ notLooked: 0, oldestReceivedAt: null })
  })
})

describe('the timeline', () => {
  const seen = (observedAt: string, severity: 'critical' | 'high' | 'medium' | 'low' = 'low') => ({ at: Date.parse(observedAt), severity, status: 'received' as const, count: 1 })

  it('puts every report into one bin of a round length', () => {
    const points = Array.from({ length: 500 }, (_, at) => seen(new Date(Date.UTC(2027, 1, 28, 11) + at * 97_000).toISOString(), at % 5 === 0 ? 'critical' : 'medium'))
    const bins = binsOf(points)
    expect(bins?.bins.length).toBeLessThanOrEqual(72)
    expect(bins?.step).toBe(15 * 60_000)
    expect(bins?.bins.reduce((sum, bin) => sum + bin.critical + bin.high + bin.rest, 0)).toBe(500)
    expect(bins?.bins.reduce((sum, bin) => sum + bin.critical, 0)).toBe(100)
  })

  it('[R422] counts without its colour what was decided against or taken back, as list and map draw it', () => {
    const critical = seen('2027-02-28T20:14:00.000Z', 'critical')
    const bins = (status: ReportStatus) => binsOf([{ ...critical, status }])?.bins.map((bin) => [bin.critical, bin.rest])
    for (const status of ['received', 'in_review', 'verified'] as const) expect(bins(status)).toEqual([[1, 0]])
    for (const status of ['not_confirmed', 'false', 'duplicate', 'withdrawn', 'set_aside'] as const) expect(bins(status)).toEqual([[0, 1]])
  })

  it('bears one report, none, and a phone whose clock is years off', () => {
    expect(binsOf([])).toBeNull()
    expect(binsOf([seen('2027-02-28T20:14:00.000Z')])?.bins).toHaveLength(1)
    const years = binsOf([seen('2027-02-28T20:14:00.000Z'), seen('2019-01-01T00:00:00.000Z')])
    expect(years?.bins.length).toBeLessThanOrEqual(74)
    expect(years?.bins.reduce((sum, bin) => sum + bin.rest, 0)).toBe(2)
  })
})

describe('a station is found', () => {
  const register = { version: '1', code: ['C1-1', 'C1-2', 'X9'], name: ['Centro Escolar Loma Alta', 'Escuela Única', 'Centro C1'], department: ['A', 'A', 'B'], municipality: ['m', 'm', 'n'], district: ['', '', ''], latitude: [0, 0, 0], longitude: [0, 0, 0], tables: [['6121'], ['6122'], []] }
  it.each([['loma', ['C1-1']], ['unica', ['C1-2']], ['6122', ['C1-2']], ['c1', ['C1-1', 'C1-2', 'X9']], ['alta centro', ['C1-1']], ['nowhere', []], ['  ', []]])('%s', (typed, codes) => {
    expect(findStations(register, typed).map((one) => one.code)).toEqual(codes)
  })
})
