import { describe, expect, test } from 'vitest'
import { changesFor, faultInWords, findColumns, judgeRegister } from '../../server/features/stations/rules.ts'
import type { Against } from '../../server/features/stations/rules.ts'
import { divisionsOf } from '../../shared/packs/divisions.ts'
import { registerColumns } from '../../shared/stations.ts'

const at = Object.fromEntries(registerColumns.map((column, index) => [column, index])) as Parameters<typeof judgeRegister>[2]
const salvador: Against = { divisions: divisionsOf('SV'), zone: 'America/El_Salvador', known: [] }
const anywhere: Against = { divisions: null, zone: 'UTC', known: [] }

// Five right lines, so that the country's middle is known whatever the line under test says.
const around = [13.68, 13.7, 13.72, 13.75, 13.8].map((latitude, index) => `B${index},Centro Base ${index},San Salvador,San Salvador Centro,Mejicanos,${latitude},-89.2${index},${80000 + index}`)

const rawLines = (lines: readonly string[]) => lines.map((text, index) => ({ line: index + 2, cells: text.split(','), broken: false }))
const judge = (lines: readonly string[], against: Against = salvador) => judgeRegister(rawLines(lines), registerColumns.length, at, against)

/** The faults of one line that stands after the five right ones: it is line 7. */
const faultsOf = (line: string, against: Against = salvador) => judge([...around, line], against).faults.filter((fault) => fault.line === 7)
const lineWith = (changes: Partial<Record<(typeof registerColumns)[number], string>>) => {
  const cells = { station_code: 'S1', station_name: 'Centro Escolar Ejemplo 01', department: 'San Salvador', municipality: 'San Salvador Centro', district: 'Mejicanos', latitude: '13.7228', longitude: '-89.1889', table: '90001', ...changes }
  return registerColumns.map((column) => cells[column]).join(',')
}

test('a right line has no fault', () => {
  expect(judge([...around, lineWith({})]).faults).toEqual([])
  expect(judge([lineWith({})]).right).toEqual([{ line: 2, table: '90001', station: { code: 'S1', name: 'Centro Escolar Ejemplo 01', department: 'San Salvador', municipality: 'San Salvador Centro', district: 'Mejicanos', latitude: 13.7228, longitude: -89.1889 } }])
})

describe('[R72] each reason', () => {
  const cases: [string, Parameters<typeof lineWith>[0], object][] = [
    ['no code', { station_code: '' }, { column: 'station_code', reason: 'required' }],
    ['no table', { table: ' ' }, { column: 'table', reason: 'required' }],
    ['no latitude', { latitude: '' }, { column: 'latitude', reason: 'required' }],
    ['no municipality', { municipality: '' }, { column: 'municipality', reason: 'required' }],
    ['a code with a space', { station_code: 'S 1' }, { column: 'station_code', reason: 'bad_code', found: 'S 1', hint: 'S-1' }],
    ['a code of 65 signs', { table: '9'.repeat(65) }, { column: 'table', reason: 'too_long', hint: '64' }],
    ['a name of 201 letters', { station_name: 'a'.repeat(201) }, { column: 'station_name', reason: 'too_long', hint: '200' }],
    ['a word for a number', { latitude: 'norte' }, { column: 'latitude', reason: 'not_a_number', found: 'norte' }],
    ['thousands where degrees belong', { longitude: '-89.218.200' }, { column: 'longitude', reason: 'not_a_number' }],
    ['beyond the pole', { latitude: '137.2' }, { column: 'latitude', reason: 'out_of_range', found: '137.2' }],
    ['longitude without its sign', { longitude: '89.1889' }, { column: 'longitude', reason: 'sign_missing', found: '89.1889', hint: '-89.1889' }],
    ['latitude with a sign', { latitude: '-13.7228' }, { column: 'latitude', reason: 'sign_missing', hint: '13.7228' }],
    ['both signs wrong', { latitude: '-13.7228', longitude: '89.1889' }, { column: null, reason: 'sign_missing', found: '-13.7228, 89.1889', hint: '13.7228, -89.1889' }],
    ['the two swapped', { latitude: '-89.1889', longitude: '13.7228' }, { column: null, reason: 'swapped', found: '-89.1889, 13.7228', hint: '13.7228, -89.1889' }],
    ['another country', { latitude: '19.4', longitude: '-99.1' }, { column: null, reason: 'outside_country', found: '19.4, -99.1' }],
    ['nowhere', { latitude: '0', longitude: '0' }, { column: null, reason: 'outside_country' }],
    ['a department with a slip', { department: 'San Slavador' }, { column: 'department', reason: 'unknown_department', found: 'San Slavador', hint: 'San Salvador' }],
    ['a municipality of before 2024', { municipality: 'Mejicanos' }, { column: 'municipality', reason: 'unknown_municipality', hint: 'San Salvador Centro' }],
    ['a district of another municipality', { district: 'Nejapa' }, { column: 'district', reason: 'unknown_district', found: 'Nejapa' }],
    ['a table that a line above has', { table: '80002' }, { column: 'table', reason: 'table_twice', found: '80002', otherLine: 4 }],
    ['a station that has another name above', { station_code: 'B1', station_name: 'Centro Bassa 1', latitude: '13.7', longitude: '-89.21' }, { column: 'station_name', reason: 'station_differs', found: 'Centro Bassa 1', hint: 'Centro Base 1', otherLine: 3 }],
    ['a station that stands elsewhere above', { station_code: 'B1', station_name: 'Centro Base 1', latitude: '13.71', longitude: '-89.21' }, { column: 'latitude', reason: 'station_differs', found: '13.71', hint: '13.7', otherLine: 3 }],
  ]
  test.each(cases)('%s', (_, changes, fault) => {
    const faults = faultsOf(lineWith(changes))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatchObject(fault)
  })

  test('a line says everything that is wrong with it', () => {
    expect(faultsOf(lineWith({ station_code: '', longitude: '89.1889', table: '80000' })).map((fault) => fault.reason)).toEqual(['required', 'sign_missing', 'table_twice'])
  })

  test('too few and too many cells; empty ones at the end do not count', () => {
    expect(faultsOf('S1,Centro,San Salvador')).toMatchObject([{ reason: 'too_few_columns', found: '3', hint: '8' }])
    expect(faultsOf(`${lineWith({})},x`)).toMatchObject([{ reason: 'too_many_columns', found: '9', hint: '8' }])
    expect(faultsOf(`${lineWith({})},,`)).toEqual([])
  })

  test('quotes that do not close', () => {
    const { faults, right } = judgeRegister([{ line: 2, cells: [lineWith({})], broken: true }], 8, at, salvador)
    expect(faults).toMatchObject([{ line: 2, column: null, reason: 'quotes' }])
    expect(right).toEqual([])
  })
})

describe('what is not a fault', () => {
  test('a decimal comma, spaces around, an empty district, accents and case of divisions', () => {
    const cells = ['S1', '  Centro   Escolar ', 'SAN SALVADOR', 'san salvador centro', '', '13,7228', '-89,1889', '90001']
    expect(judgeRegister([{ line: 2, cells, broken: false }], 8, at, salvador).right[0]?.station).toMatchObject({ name: 'Centro Escolar', department: 'San Salvador', municipality: 'San Salvador Centro', district: '', latitude: 13.7228, longitude: -89.1889 })
  })

  test('a country without known divisions: names are taken as they stand', () => {
    expect(faultsOf(lineWith({ department: 'Somewhere', municipality: 'Else' }), { ...salvador, divisions: null })).toEqual([])
  })

  test('a quote mark that we put before a formula is taken away again', () => {
    expect(judge([lineWith({ station_name: "'=Centro" })]).right[0]?.station.name).toBe('=Centro')
  })
})

describe('where the country is', () => {
  const whole = (latitude: string, longitude: string) => Array.from({ length: 9 }, (_, index) => lineWith({ station_code: `S${index}`, table: `9000${index}`, latitude, longitude }))

  test('a whole file without signs is found by the zone', () => {
    const { faults } = judge(whole('13.7', '89.2'))
    expect(faults).toHaveLength(9)
    expect(faults[0]).toMatchObject({ reason: 'sign_missing', column: 'longitude', hint: '-89.2' })
  })

  test('a whole file with the two swapped is found by the zone', () => {
    expect(judge(whole('-89.2', '13.7')).faults.map((fault) => fault.reason)).toEqual(Array(9).fill('swapped'))
  })

  test('a zone that names no place accuses nobody', () => {
    expect(judge(whole('13.7', '89.2'), anywhere).faults).toEqual([])
  })

  test('stations that are in the register count for the middle', () => {
    const known = around.map((_, index) => ({ latitude: 13.7 + index / 100, longitude: -89.2 }))
    expect(judge([lineWith({ longitude: '89.2' })], { ...anywhere, known }).faults).toMatchObject([{ reason: 'sign_missing', hint: '-89.2' }])
  })

  test('a long country is all inside', () => {
    const chile = Array.from({ length: 38 }, (_, index) => lineWith({ station_code: `S${index}`, table: `9000${index}`, latitude: String(-18 - index), longitude: '-71' }))
    expect(judge(chile, { divisions: null, zone: 'America/Santiago', known: [] }).faults).toEqual([])
  })

  test('three stations far out are an island; one is a slip', () => {
    const island = (count: number) => judge([...around, ...Array.from({ length: count }, (_, index) => lineWith({ station_code: `I${index}`, table: `9000${index}`, latitude: '-0.7', longitude: '-90.3' }))]).faults.length
    expect(island(3)).toBe(0)
    expect(island(1)).toBe(1)
  })

  test('on both sides of the date line', () => {
    const fiji = ['178.4', '177.9', '178.1', '178.2', '178.3', '-179.9'].map((longitude, index) => lineWith({ station_code: `S${index}`, table: `9000${index}`, latitude: '-17.8', longitude }))
    expect(judge(fiji, { divisions: null, zone: 'Pacific/Fiji', known: [] }).faults).toEqual([])
  })
})

describe('the heading', () => {
  test('in any order and case, other columns left aside', () => {
    expect(findColumns(['Table', ' LATITUDE ', 'longitude', 'note', 'station_code', 'station_name', 'department', 'municipality', 'district'])).toMatchObject({ at: { table: 0, latitude: 1, station_code: 4 } })
  })

  test('names what is missing or there twice', () => {
    expect(findColumns(['table', 'table', 'latitude', 'station_code', 'station_name', 'department', 'municipality', 'district'])).toEqual({ fields: [{ path: 'longitude', reason: 'required' }, { path: 'table', reason: 'repeated' }] })
  })
})

describe('importing again', () => {
  const { right } = judge([...around, lineWith({})])
  const stations = right.map((one) => one.station)
  const tables = right.map((one) => ({ code: one.table, station: one.station.code }))

  test('the same lines change nothing', () => {
    expect(changesFor(right, stations, tables)).toEqual({ put: { stations: [], stationTables: [] }, set: { stations: [], stationTables: [] } })
  })

  test('new rows are put, other names and moved tables are set, what the file lacks stays', () => {
    const before = { stations: [{ ...stations[5]!, name: 'Old' }, { ...stations[0]!, code: 'GONE' }], tables: [{ code: '90001', station: 'GONE' }] }
    const { put, set } = changesFor(right, before.stations, before.tables)
    expect(put.stations.map((row) => row.code)).toEqual(['B0', 'B1', 'B2', 'B3', 'B4'])
    expect(set.stations).toEqual([stations[5]])
    expect(put.stationTables).toHaveLength(5)
    expect(set.stationTables).toEqual([{ code: '90001', station: 'S1' }])
  })
})

test('a reason is one line of words and numbers', () => {
  expect(faultInWords({ line: 7, column: 'longitude', reason: 'sign_missing', found: '89.2', hint: '-89.2', otherLine: null })).toBe('longitude: sign_missing 89.2 -> -89.2')
  expect(faultInWords({ line: 7, column: 'table', reason: 'table_twice', found: '90001', hint: null, otherLine: 3 })).toBe('table: table_twice 90001 (line 3)')
})
