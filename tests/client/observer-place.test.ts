import { describe, expect, it } from 'vitest'
import { metresBetween, nearest, searcher } from '../../client/observer/place/nearest.ts'
import { accuracyOf, chosenAfter, chosenNow, holds, isBetter, learned, plausibleMetres, presentPlace, suggestPlace, tooFar, usedAfter } from '../../client/observer/place/suggest.ts'
import { atClock, onClock, timeTaken } from '../../client/observer/time.ts'
import type { Register } from '../../shared/stations.ts'
import type { ChosenPlace, PlacedBy } from '../../client/observer/outbox/records.ts'
import { draft, now } from './outbox-samples.ts'

const register: Register = {
  version: '1',
  code: ['CV-01', 'CV-02', 'CV-03'],
  name: ['Centro Escolar Loma Alta', 'Instituto San Aurelio', 'Escuela El Ángel'],
  department: ['La Libertad', 'La Libertad', 'San Salvador'],
  municipality: ['La Libertad Este', 'La Libertad Este', 'San Salvador Sur'],
  district: ['Antiguo Cuscatlán', 'Antiguo Cuscatlán', 'Panchimalco'],
  latitude: [13.68, 13.684, 13.61],
  longitude: [-89.25, -89.25, -89.18],
  tables: [['6119', '6120', '6121'], ['7001'], ['8001', '8002']],
}
const fix = (latitude: number, accuracyMetres: number, age = 0) => ({ latitude, longitude: -89.25, accuracyMetres, at: now - age })
const used = (station: string, table: string | null, age: number) => ({ station, table, at: now - age })

describe('the suggested place', () => {
  it.each([
    ['the nearest station', fix(13.6801, 12), [], { station: 'CV-01', table: null, by: 'position' }],
    ['the nearest station, poorly known', fix(13.6801, 400), [], { station: 'CV-01', table: null, by: 'poor_position' }],
    ['with the table last used there', fix(13.6801, 12), [used('CV-01', '6121', 60_000), used('CV-01', '6119', 120_000)], { station: 'CV-01', table: '6121', by: 'position' }],
    ['the last used one, where the fix cannot tell the two apart', fix(13.6818, 90), [used('CV-02', '7001', 60_000)], { station: 'CV-02', table: '7001', by: 'position' }],
    ['the nearest one, where the fix can tell', fix(13.6801, 12), [used('CV-02', '7001', 60_000)], { station: 'CV-01', table: null, by: 'position' }],
    ['none, far from every station', fix(14.5, 12), [used('CV-01', '6121', 60_000)], { station: null, table: null, by: 'nothing' }],
    ['without a position the last used one', null, [used('CV-03', '8001', 120_000), used('CV-01', '6121', 60_000)], { station: 'CV-01', table: '6121', by: 'last_used' }],
    ['with an old fix the last used one', fix(13.6801, 12, 11 * 60_000), [used('CV-03', '8001', 120_000)], { station: 'CV-03', table: '8001', by: 'last_used' }],
    ['none, when the last one was yesterday', null, [used('CV-01', '6121', 9 * 3_600_000)], { station: null, table: null, by: 'nothing' }],
  ])('is %s', (_, where, places, expected) => {
    expect(suggestPlace(register, where, places, now)).toEqual(expected)
  })

  it('is the last used one while the register is not here', () => {
    expect(suggestPlace(null, fix(13.68, 12), [used('CV-01', null, 1)], now)).toEqual({ station: 'CV-01', table: null, by: 'last_used' })
  })

  it('is what a person chose, for three hours and as long as the phone stays there', () => {
    const chosen = { station: 'CV-02', table: '7001', at: now - 3_600_000, fix: fix(13.68, 12) }
    expect(presentPlace(register, fix(13.6801, 12), [], chosen, now)).toEqual({ station: 'CV-02', table: '7001', by: 'where_chosen' })
    expect(presentPlace(register, fix(13.69, 12), [], chosen, now)).toEqual({ station: 'CV-02', table: null, by: 'position' })
    expect(holds(register, { ...chosen, fix: null }, fix(13.69, 12), now)).toBe(true)
    expect(holds(register, { ...chosen, at: now - 4 * 3_600_000 }, null, now)).toBe(false)
    expect(holds(register, null, null, now)).toBe(false)
  })

  it('takes a place only from a weaker one', () => {
    const place = (by: PlacedBy) => ({ station: 'CV-01', table: null, by })
    expect(isBetter(place('position'), place('last_used'), false)).toBe(true)
    expect(isBetter(place('position'), place('position'), false)).toBe(false)
    expect(isBetter(place('position'), place('person'), true)).toBe(false)
    expect(isBetter(place('last_used'), place('nothing'), false)).toBe(true)
    expect(isBetter(place('position'), place('where_chosen'), false)).toBe(false)
    expect(isBetter(place('position'), place('where_chosen'), true)).toBe(true)
    expect(isBetter(place('where_chosen'), place('where_chosen'), true)).toBe(false)
  })
})

describe('a place chosen by hand', () => {
  // CV-03 is some 11 km from CV-01.
  const there = { station: 'CV-03', table: '8001', at: now - 60_000, fix: null }
  const atHome = (chosen: ChosenPlace, found: ReturnType<typeof fix> | null) => presentPlace(register, found, [], chosen, now)

  it('ends where a fix speaks against it, and the nearest is suggested', () => {
    expect(atHome(there, fix(13.68, 12))).toEqual({ station: 'CV-01', table: null, by: 'position' })
    expect(atHome({ ...there, fix: fix(13.68, 12) }, fix(13.68, 12))).toEqual({ station: 'CV-01', table: null, by: 'position' })
  })

  it('ends by a fix that came after it, however old that is by now, and not by one from before that is old', () => {
    expect(holds(register, { ...there, at: now - 3_600_000 }, fix(13.68, 12, 30 * 60_000), now)).toBe(false)
    expect(holds(register, there, fix(13.68, 12, 30 * 60_000), now)).toBe(true)
  })

  it('is kept beside the neighbouring centre, at another table, without a fix, where the fix may err by as much, and while its station is not in the register', () => {
    expect(atHome({ ...there, station: 'CV-02', table: '7001' }, fix(13.68, 12))).toMatchObject({ station: 'CV-02', table: '7001' })
    expect(atHome({ ...there, station: 'CV-01', table: '6119' }, fix(13.68, 12))).toMatchObject({ station: 'CV-01', table: '6119' })
    expect(atHome(there, null)).toMatchObject({ station: 'CV-03', by: 'where_chosen' })
    expect(atHome(there, fix(13.68, 12_000))).toMatchObject({ station: 'CV-03', by: 'where_chosen' })
    expect(holds(null, there, fix(13.68, 12), now)).toBe(true)
    expect(holds(register, { ...there, station: 'CV-99' }, fix(13.68, 12), now)).toBe(true)
  })

  it('is too far beyond a kilometre and what the fix may err by', () => {
    const metres = metresBetween({ latitude: 13.684, longitude: -89.25 }, { latitude: 13.7, longitude: -89.25 })
    expect(metres).toBeGreaterThan(plausibleMetres)
    expect(tooFar(register, 'CV-02', fix(13.7, metres - plausibleMetres + 1))).toBeNull()
    expect(tooFar(register, 'CV-02', fix(13.7, metres - plausibleMetres - 1))).toBeCloseTo(metres, 6)
    expect(tooFar(register, null, fix(13.7, 1))).toBeNull()
    expect(tooFar(register, 'CV-02', null)).toBeNull()
  })

  // CV-03 is some 11 km from CV-01, where the phone was when it was chosen.
  const knowing = chosenNow(register, { station: 'CV-03', table: '8001', by: 'person' }, fix(13.68, 12), now - 60_000)
  const at = (latitude: number, longitude: number, accuracyMetres: number) => ({ latitude, longitude, accuracyMetres, at: now })
  it.each([
    ['while the phone stays where it was', knowing, at(13.68, -89.25, 12), true],
    ['within a kilometre of where it was', knowing, at(13.689, -89.25, 12), true],
    ['beyond it, by less than the two fixes may err', knowing, at(13.6892, -89.25, 12), true],
    ['at the place itself', knowing, at(13.61, -89.18, 12), true],
    ['within a kilometre of the place', knowing, at(13.618, -89.18, 12), true],
    ['without a position', knowing, null, true],
    ['with an old one from before', knowing, { ...at(13.8, -89.25, 12), at: now - 3_600_000 }, true],
    ['not away from both', knowing, at(13.6895, -89.25, 12), false],
    ['not half way', knowing, at(13.645, -89.215, 12), false],
    ['not after its time', knowing && { ...knowing, at: now - 4 * 3_600_000 }, at(13.68, -89.25, 12), false],
    ['not where nobody was told: the phone did not know then', chosenNow(register, { station: 'CV-03', table: null, by: 'person' }, null, now - 60_000), at(13.68, -89.25, 12), false],
    ['not where nobody was told: what it knew was old', chosenNow(register, { station: 'CV-03', table: null, by: 'person' }, fix(13.68, 12, 20 * 60_000), now - 60_000), at(13.68, -89.25, 12), false],
    ['not where it agreed with the phone, which has gone', chosenNow(register, { station: 'CV-01', table: null, by: 'person' }, fix(13.68, 12), now - 60_000), at(13.7, -89.25, 12), false],
  ])('against a position holds %s', (_, chosen, found, does) => {
    expect(chosen).not.toBeNull()
    expect(holds(register, chosen, found, now)).toBe(does)
    expect(presentPlace(register, found, [], chosen, now).by === 'where_chosen').toBe(does)
  })

  it('against a position stays so at another table of it in a report, and not at another place', () => {
    const report = draft({ place: { station: 'CV-03', table: '8002', by: 'person' }, fix: fix(13.68, 12) })
    expect(chosenAfter(knowing && { ...knowing, at: 0 }, report)).toEqual({ ...knowing, table: '8002', at: Date.parse(report.startedAt) })
    expect(chosenAfter(knowing && { ...knowing, at: 0 }, { ...report, place: { ...report.place, station: 'CV-02' } })?.isKnowing).toBe(undefined)
    expect(chosenNow(register, { station: null, table: null, by: 'person' }, fix(13.68, 12), now)).toBeNull()
  })

  it('in a report is where its owner is once that is saved, never with “not there”', () => {
    const report = draft({ place: { station: 'CV-03', table: '8001', by: 'person' }, fix: fix(13.61, 12) })
    const taken = { station: 'CV-03', table: '8001', at: Date.parse(report.startedAt), fix: fix(13.61, 12) }
    expect(chosenAfter(null, report)).toEqual(taken)
    expect(chosenAfter(null, { ...report, atStation: false })).toBeNull()
    const before = { station: 'CV-01', table: null, at: taken.at - 1, fix: null }
    expect(chosenAfter(before, report)).toEqual(taken)
    expect(chosenAfter(before, { ...report, atStation: false })).toEqual(before)
    // Who is not there now is no longer where they said that they were.
    expect(chosenAfter({ ...before, station: 'CV-03' }, { ...report, atStation: false })).toBeNull()
    // What was chosen since the report was begun holds, and what was only suggested chooses nothing.
    expect(chosenAfter({ ...before, at: taken.at + 1 }, report)).toEqual({ ...before, at: taken.at + 1 })
    expect(chosenAfter(null, { ...report, place: { ...report.place, by: 'where_chosen' } })).toBeNull()
    expect(chosenAfter(before, { ...report, place: { station: null, table: null, by: 'person' } })).toEqual(before)
  })

  it('is suggested again after a report from there, and not after one from elsewhere', () => {
    const before = [used('CV-03', '8001', 60_000), used('CV-02', null, 90_000)]
    expect(usedAfter(before, { station: 'CV-03', table: '8002', atStation: true }, now)).toEqual([used('CV-03', '8002', 0), used('CV-02', null, 90_000)])
    expect(usedAfter(before, { station: 'CV-03', table: '8001', atStation: false }, now)).toEqual([used('CV-02', null, 90_000)])
    expect(usedAfter(before, { station: null, table: null, atStation: true }, now)).toEqual(before)
  })
})

describe('what a report learns of its place', () => {
  const begun = (by: PlacedBy, station: string | null, age = 60_000) => draft({ startedAt: new Date(now - age).toISOString(), place: { station, table: null, by } })
  const nearest = { station: 'CV-01', table: null, by: 'position' as const }

  it('gives way to a position where its owner had said before that they are elsewhere, and not where the report says so', () => {
    expect(learned(begun('where_chosen', 'CV-03'), register, fix(13.68, 12), nearest, now)).toMatchObject({ place: nearest, fix: fix(13.68, 12) })
    expect(learned(begun('person', 'CV-03'), register, fix(13.68, 12), nearest, now)).toMatchObject({ place: { station: 'CV-03', by: 'person' }, fix: fix(13.68, 12) })
  })

  it('stays when its author walks on: it is about where it was begun', () => {
    const walked = { ...begun('where_chosen', 'CV-02'), fix: fix(13.684, 8) }
    expect(learned(walked, register, fix(13.62, 12), { ...nearest, station: 'CV-03' }, now)).toBe(walked)
  })

  it('stays after half an hour, and when nothing is better', () => {
    const old = begun('nothing', null, 31 * 60_000)
    expect(learned(old, register, fix(13.68, 12), nearest, now)).toBe(old)
    const known = { ...begun('position', 'CV-01'), fix: fix(13.68, 12, 1000) }
    expect(learned(known, register, fix(13.68, 12), nearest, now)).toBe(known)
    expect(learned(known, register, fix(13.68, 8), nearest, now).fix).toEqual(fix(13.68, 8))
  })
})

describe('accuracy in words', () => {
  it.each([[0, 'good'], [25, 'good'], [25.1, 'fair'], [100, 'fair'], [101, 'poor'], [3000, 'poor']] as const)('%d m is %s', (accuracyMetres, word) => {
    expect(accuracyOf({ accuracyMetres })).toBe(word)
  })
  it('is none without a fix', () => expect(accuracyOf(null)).toBe('none'))
})

describe('finding a station', () => {
  const find = searcher(register)
  const codes = (typed: string, from = null as { latitude: number; longitude: number } | null) => find(typed, from, 10).map(({ row }) => register.code[row])

  it('finds by code, name without accents, district and table', () => {
    for (const typed of ['cv-02', 'cv02', 'CV 02', 'cv–02', ' cv02 ']) expect(codes(typed)).toEqual(['CV-02'])
    expect(codes('v0')).toEqual(['CV-01', 'CV-02', 'CV-03'])
    expect(codes('cv04')).toEqual([])
    expect(codes('cv01 cv03')).toEqual([])
    expect(codes('angel')).toEqual(['CV-03'])
    expect(codes('ÁNGEL escuela')).toEqual(['CV-03'])
    expect(codes('panchimalco')).toEqual(['CV-03'])
    expect(find('6121', null, 10)).toEqual([{ row: 0, metres: null, table: '6121' }])
    expect(codes('61')).toEqual(['CV-01'])
    expect(find('612', null, 10)).toEqual([{ row: 0, metres: null, table: null }])
    expect(codes('nada de esto')).toEqual([])
  })

  it('lists names that begin so first, then the nearest', () => {
    expect(codes('es')).toEqual(['CV-03', 'CV-01', 'CV-02'])
    expect(codes('antiguo', { latitude: 13.69, longitude: -89.25 })).toEqual(['CV-02', 'CV-01'])
    expect(nearest(register, { latitude: 13.6, longitude: -89.2 }, 2).map(({ row }) => row)).toEqual([2, 0])
  })

  it('measures along the earth', () => {
    expect(metresBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 })).toBeCloseTo(111_195, 0)
    expect(metresBetween({ latitude: 13.68, longitude: -89.25 }, { latitude: 13.68, longitude: -89.25 })).toBe(0)
  })

  it('answers at once on a national register', () => {
    const many = <Value>(make: (row: number) => Value) => Array.from({ length: 1600 }, (_, row) => make(row))
    const national: Register = {
      version: '2', code: many((row) => `C${[...String(row)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`), name: many((row) => `Centro Escolar Número ${row}`), department: many(() => 'San Salvador'), municipality: many(() => 'San Salvador Centro'), district: many((row) => `Distrito ${row % 40}`),
      latitude: many((row) => 13 + row / 1600), longitude: many(() => -89), tables: many((row) => Array.from({ length: row % 11 }, (_, table) => String(row * 20 + table))),
    }
    const all = searcher(national)
    expect(all('numero 159', { latitude: 13, longitude: -89 }, 50).map(({ row }) => row)).toEqual([159, 1590, 1591, 1592, 1593, 1594, 1595, 1596, 1597, 1598, 1599])
    expect(all(String(1599 * 20 + 3), null, 5)).toEqual([{ row: 1599, metres: null, table: String(1599 * 20 + 3) }])
  })
})

describe('a clock in the mission’s zone', () => {
  it.each([['America/El_Salvador', '2027-02-28T20:14'], ['Europe/Berlin', '2027-03-28T03:30'], ['Asia/Kathmandu', '2027-01-01T00:00'], ['UTC', '2027-01-01T12:00']])('%s shows what it was set to', (zone, shown) => {
    const at = atClock(shown, zone)
    expect(at).not.toBeNull()
    expect(onClock(at ?? 0, zone)).toBe(shown)
  })
  it('knows the offset', () => {
    expect(atClock('2027-02-28T20:14', 'America/El_Salvador')).toBe(Date.parse('2027-03-01T02:14:00Z'))
    expect(atClock('', 'UTC')).toBeNull()
  })
  it.each(['0002-11-24T09:30', '0020-11-24T09:30', '0202-11-24T09:30', '0000-01-01T00:00', '275760-09-13T00:00', '2026-13-01T00:00', '2026-11-24', 'mañana'])('takes %s for no time', (shown) => {
    expect(atClock(shown, 'America/El_Salvador')).toBeNull()
    expect(timeTaken(shown, 'America/El_Salvador', now)).toBe('no_time')
  })
  it('takes what has been, and a minute that has only begun', () => {
    expect(timeTaken('2027-02-28T20:14', 'America/El_Salvador', now)).toBe(Date.parse('2027-03-01T02:14:00Z'))
    expect(timeTaken('2027-02-28T20:15', 'America/El_Salvador', now)).toBe(now)
    expect(timeTaken('2027-02-28T20:16', 'America/El_Salvador', now)).toBe('in_the_future')
    expect(timeTaken('1000-01-01T00:00', 'UTC', now)).toBe(Date.parse('1000-01-01T00:00:00Z'))
  })
})
