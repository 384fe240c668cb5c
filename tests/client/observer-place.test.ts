import { describe, expect, it } from 'vitest'
import { metresBetween, nearest, searcher } from '../../client/observer/place/nearest.ts'
import { accuracyOf, holds, isBetter, presentPlace, suggestPlace } from '../../client/observer/place/suggest.ts'
import { atClock, onClock } from '../../client/observer/time.ts'
import type { Register } from '../../shared/stations.ts'
import { now } from './outbox-samples.ts'

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
    expect(presentPlace(register, fix(13.6801, 12), [], chosen, now)).toEqual({ station: 'CV-02', table: '7001', by: 'person' })
    expect(presentPlace(register, fix(13.69, 12), [], chosen, now)).toEqual({ station: 'CV-02', table: null, by: 'position' })
    expect(holds({ ...chosen, fix: null }, fix(13.69, 12), now)).toBe(true)
    expect(holds({ ...chosen, at: now - 4 * 3_600_000 }, null, now)).toBe(false)
    expect(holds(null, null, now)).toBe(false)
  })

  it('takes a place only from a weaker one', () => {
    const place = (by: 'nothing' | 'last_used' | 'poor_position' | 'position' | 'person') => ({ station: 'CV-01', table: null, by })
    expect(isBetter(place('position'), place('last_used'))).toBe(true)
    expect(isBetter(place('position'), place('position'))).toBe(false)
    expect(isBetter(place('position'), place('person'))).toBe(false)
    expect(isBetter(place('last_used'), place('nothing'))).toBe(true)
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
    expect(codes('cv-02')).toEqual(['CV-02'])
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
})
