import { readFile, stat } from 'node:fs/promises'
import type { Feature, Polygon, MultiPolygon, Position } from 'geojson'
import * as z from 'zod/mini'
import { AreaLevel, areaLevels } from '../../../shared/ground.ts'
import { UnusableMap } from './unusable.ts'

/** One file of areas; without a level each area in it says its own. */
export type AreaFile = { path: string; level: AreaLevel | null }
export type Area = Feature<Polygon | MultiPolygon, { name: string; level: AreaLevel }>

const mostBytes = 64_000_000
const mostAreas = 5_000
const mostPositions = 2_000_000
const longestName = 120

/** Where a name stands in files of those who publish areas: in plain ones, in geoBoundaries, and in those of statistical offices. */
const nameKeys = ['name', 'NAME', 'Name', 'nombre', 'NOMBRE', 'Nombre', 'shapeName']

const Collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.object({ type: z.literal('Feature'), properties: z.nullable(z.record(z.string(), z.unknown())), geometry: z.nullable(z.object({ type: z.string(), coordinates: z.optional(z.unknown()) })) })) })

/** The areas of a GeoJSON file, each with its name and its level. @throws UnusableMap with a sentence that says what is wrong, and where */
export async function readAreaFile({ path, level }: AreaFile): Promise<Area[]> {
  const refuse = (why: string): never => { throw new UnusableMap(`MAP_AREAS names ${path}, ${why}.`) }
  const found = await stat(path).catch(() => refuse('which cannot be read'))
  if (!found.isFile()) refuse('which is no file')
  if (found.size > mostBytes) refuse(`which is larger than ${mostBytes / 1_000_000} MB: simplify it first`)
  const text = await readFile(path, 'utf8').catch(() => refuse('which cannot be read'))
  const collection = Collection.safeParse(jsonOf(text))
  if (!collection.success) return refuse('which is no GeoJSON: a FeatureCollection is expected')
  const { features } = collection.data
  if (features.length === 0) refuse('which holds no area')
  if (features.length > mostAreas) refuse(`which holds more than ${mostAreas} areas`)
  let positions = 0
  return features.map(({ properties, geometry }, at) => {
    const wrong = (why: string): never => refuse(`whose area ${at + 1} ${why}`)
    const name = nameKeys.map((key) => properties?.[key]).find((value) => typeof value === 'string' && value.trim() !== '')
    if (typeof name !== 'string') return wrong(`has no name: one of ${nameKeys.join(', ')} is expected among its properties`)
    const own = level ?? AreaLevel.safeParse(properties?.['level']).data
    if (own === undefined) return wrong(`does not say its level: give each area a "level" of ${areaLevels.join(', ')}, or write the level before the path, as district:${path}`)
    const polygons = geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.type === 'MultiPolygon' ? geometry.coordinates : null
    if (!Array.isArray(polygons) || polygons.length === 0) return wrong('is no Polygon or MultiPolygon')
    const coordinates = polygons.map((rings: unknown) => {
      if (!Array.isArray(rings) || rings.length === 0) return wrong('has no outline')
      return rings.map((ring: unknown) => {
        if (!Array.isArray(ring) || ring.length < 4) return wrong('has an outline of fewer than four positions')
        positions += ring.length
        if (positions > mostPositions) refuse(`which holds more than ${mostPositions / 1_000_000} million positions: simplify it first`)
        return closed(ring.map((position) => pairOf(position) ?? wrong(isSwapped(position) ? 'has a position whose latitude and longitude seem to be swapped: in GeoJSON the longitude comes first' : 'has a position that is not a longitude and a latitude in degrees: convert the file to WGS 84 (EPSG:4326)')))
      })
    })
    return { type: 'Feature', properties: { name: name.trim().normalize('NFC').slice(0, longestName), level: own }, geometry: { type: 'MultiPolygon', coordinates } }
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function pairOf(position: unknown): Position | null {
  const pair: unknown[] = Array.isArray(position) ? position : []
  const [longitude, latitude] = pair
  const isRight = typeof longitude === 'number' && typeof latitude === 'number' && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
  return isRight ? [longitude, latitude] : null
}

const isSwapped = (position: unknown): boolean => Array.isArray(position) && pairOf([position[1], position[0]]) !== null

function closed(ring: Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring
}
