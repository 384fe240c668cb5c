import { describe, expect, test } from 'vitest'
import type { LineFault, RegisterPreview } from '../../shared/stations.ts'
import { needsHomeScreen } from '../../client/entry/join/device.ts'
import { listCountries, proposeZone, zonesOf } from '../../client/entry/setup/countries.ts'
import { cellsOf } from '../../client/entry/setup/register/lines.ts'
import { linesOf } from '../../client/kit/list/lines.ts'
import { isLooser, isStricter } from '../../client/entry/setup/rules.ts'
import { isDone, mayShow, stepToShow } from '../../client/entry/setup/steps.ts'
import { uuid7, newPublicId } from '../../client/kit/ids.ts'
import { Uuid } from '../../shared/basics.ts'

describe('set-up goes on where it stopped', () => {
  test.each([
    [null, 'mission', null],
    ['mission', 'mission', 'mission'],
    ['people', 'mission', null],
    [null, 'checking', 'checking'],
    ['mission', 'register', 'mission'],
    ['open', 'register', 'register'],
    [null, 'people', 'people'],
    ['open', 'people', 'open'],
    ['nonsense', 'people', 'people'],
    ['register', 'done', 'register'],
  ] as const)('asked for %s, reached %s: %s', (asked, reached, shown) => {
    expect(stepToShow(asked, reached)).toBe(shown)
  })

  test('nothing is skipped, and what is behind has its tick', () => {
    expect(mayShow('people', 'register')).toBe(false)
    expect(isDone('checking', 'register')).toBe(true)
    expect(isDone('register', 'register')).toBe(false)
  })
})

describe('countries come from what the browser knows', () => {
  const countries = listCountries('en')

  test('each once, by name, without groupings and without codes of countries that are gone', () => {
    const codes = countries.map((one) => one.code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).toEqual(expect.arrayContaining(['SV', 'HN', 'ES', 'US', 'CD', 'TL']))
    expect(codes.filter((code) => ['EU', 'UN', 'ZZ', 'SU', 'YU', 'DD', 'AN', 'QO', 'XA'].includes(code))).toEqual([])
    expect(countries.length).toBeGreaterThan(190)
    expect(countries.map((one) => one.name)).toEqual(countries.map((one) => one.name).sort((one, other) => one.localeCompare(other, 'en')))
  })

  test('the zone of the country is proposed, this browser’s own where it lies in it', () => {
    expect(zonesOf('SV')).toEqual(['America/El_Salvador'])
    expect(proposeZone('SV', 'Europe/Brussels')).toBe('America/El_Salvador')
    expect(proposeZone('US', 'America/Denver')).toBe('America/Denver')
    expect(proposeZone('', 'Europe/Brussels')).toBe('Europe/Brussels')
  })
})

describe('an observer on an iPhone joins on the home screen', () => {
  const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1'
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15'
  const android = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36'
  test.each([
    ['iPhone in Safari', { agent: iPhone, touchPoints: 5, standalone: false }, true],
    ['iPhone from its home screen', { agent: iPhone, touchPoints: 5, standalone: true }, false],
    ['iPad, which says that it is a Mac', { agent: mac, touchPoints: 5, standalone: false }, true],
    ['Mac', { agent: mac, touchPoints: 0, standalone: false }, false],
    ['Android', { agent: android, touchPoints: 5, standalone: false }, false],
  ] as const)('%s', (_, device, first) => {
    expect(needsHomeScreen(device)).toBe(first)
  })
})

test('rules are compared in every part', () => {
  const strict = { eyes: 2, otherOrganisation: true, releaserNotVerifier: true } as const
  const loose = { eyes: 1, otherOrganisation: true, releaserNotVerifier: true } as const
  const mixed = { eyes: 2, otherOrganisation: false, releaserNotVerifier: true } as const
  expect([isStricter(strict, loose), isLooser(strict, loose)]).toEqual([true, false])
  expect([isStricter(loose, mixed), isLooser(loose, mixed)]).toEqual([true, true])
  expect([isStricter(strict, strict), isLooser(strict, strict)]).toEqual([false, false])
})

describe('lines of a register', () => {
  const fault = (line: number, given: Partial<LineFault> = {}): LineFault => ({ line, column: 'table', reason: 'table_twice', found: null, hint: null, otherLine: null, ...given })
  const preview: RegisterPreview = {
    upload: 'a'.repeat(64), fileName: 'stations.csv', sizeBytes: 1, encoding: 'utf-8', separator: ';', lines: 102, right: 100, wrong: 2, stations: 20, tables: 100, departments: 1, municipalities: 1, more: false,
    faults: [fault(9), fault(9, { reason: 'required', column: 'longitude' }), fault(4)],
    cells: [9, 4, 2, 3].map((line) => ({ line, cells: [`${line}`] })),
  }

  test('wrong ones first, or as the file has them', () => {
    expect(linesOf(preview, true).lines.map((line) => line.number)).toEqual([4, 9, 2, 3])
    expect(linesOf(preview, false).lines.map((line) => line.number)).toEqual([2, 3, 4, 9])
    expect(linesOf(preview, true).lines[1]?.faults).toHaveLength(2)
  })

  test('how many right ones are not shown', () => expect(linesOf(preview, true).moreRight).toBe(98))

  test('a place that is wrong as a whole points at both its numbers', () => {
    expect(cellsOf(fault(1, { column: null, reason: 'swapped' }))).toEqual(['latitude', 'longitude'])
    expect(cellsOf(fault(1, { column: null, reason: 'quotes' }))).toEqual([])
  })
})

test('ids are those of the contract, and later ones sort after', () => {
  const chance = new Uint8Array(10).fill(255)
  const [one, other] = [uuid7(1_800_000_000_000, chance), uuid7(1_800_000_000_001, new Uint8Array(10))]
  expect(Uuid.safeParse(one).success && Uuid.safeParse(newPublicId()).success).toBe(true)
  expect(one < other).toBe(true)
  expect(newPublicId()[14]).toBe('4')
})
