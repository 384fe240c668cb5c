import * as z from 'zod/mini'
import { feature, mesh } from 'topojson-client'
import type { Feature, MultiLineString, MultiPolygon, Polygon } from 'geojson'
import type { Topology } from 'topojson-specification'
import { Box, areasWith, topologyShape } from '../../../shared/ground.ts'
import { mapAddress } from './countries.ts'

const Pair = z.tuple([z.number(), z.number()])

/** The packed base map of one country: TopoJSON with where it came from. Positions are longitude, latitude; boxes west, south, east, north. */
export const Pack = z.object({
  ...topologyShape,
  /** ISO 3166-1 alpha-2. */
  country: z.string(),
  /** What the first view shows: the country without parts far away. */
  view: Box,
  /** How far neighbours are drawn; beyond it nothing is known. */
  sheet: Box,
  made: z.string(),
  with: z.record(z.string(), z.string()),
  sources: z.array(z.object({ what: z.string(), from: z.string(), licence: z.string() })),
  /** Whose data it is, in English, for who takes the file; screens say it in their reader's language. */
  attribution: z.string(),
  objects: z.object({
    /** `code` is ISO 3166-2 where the source has one; `at` is where the name stands. */
    departments: areasWith(z.object({ code: z.nullable(z.string()), name: z.string(), at: Pair })),
    neighbours: areasWith(z.object({ iso: z.nullable(z.string()), at: z.nullable(Pair) })),
    lakes: areasWith(z._default(z.object({}), {})),
    /** Most important first; rank 0 is the capital, 1 a seat of a department or 100,000 people, 2 from 20,000, 3 from 5,000, 4 below. */
    towns: z.object({
      type: z.literal('GeometryCollection'),
      geometries: z.array(z.object({ type: z.literal('Point'), coordinates: Pair, properties: z.object({ name: z.string(), rank: z.number() }) })),
    }),
  }),
})
export type Pack = z.infer<typeof Pack>

export type Department = Pack['objects']['departments']['geometries'][number]['properties']
export type Neighbour = Pack['objects']['neighbours']['geometries'][number]['properties']
export type Town = { name: string; rank: number; at: [number, number] }

/** What is drawn, as plain longitudes and latitudes. */
export type Shapes = {
  departments: Feature<Polygon | MultiPolygon, Department>[]
  neighbours: Feature<Polygon | MultiPolygon, Neighbour>[]
  lakes: Feature<Polygon | MultiPolygon>[]
  towns: Town[]
  /** Coast and frontier of the country. */
  outline: MultiLineString
  /** Between departments. */
  borders: MultiLineString
  /** Coasts and frontiers of the neighbours. */
  beyond: MultiLineString
}

/** The packed map of a country (ISO 3166-1 alpha-2), or null where none was made. Throws when it cannot be fetched or read. */
export async function loadPack(country: string | null): Promise<Pack | null> {
  const address = country === null ? null : mapAddress(country)
  if (address === null) return null
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The base map of ${country} could not be fetched: ${answer.status}`)
  return Pack.parse(await answer.json())
}

/** Decodes the arcs of a pack. */
export function shapesOf(pack: Pack): Shapes {
  const { departments, neighbours, lakes, towns } = pack.objects
  const { scale, translate } = pack.transform
  return {
    departments: polygons(pack, departments),
    neighbours: polygons(pack, neighbours),
    lakes: polygons(pack, lakes),
    towns: towns.geometries.map(({ coordinates: [x, y], properties }) => ({ ...properties, at: [x * scale[0] + translate[0], y * scale[1] + translate[1]] })),
    outline: mesh(pack, departments, (one, other) => one === other),
    borders: mesh(pack, departments, (one, other) => one !== other),
    beyond: mesh(pack, neighbours),
  }
}

/** The edge around some departments, taken together. */
export function edgeOf(pack: Pack, within: (department: Department) => boolean): MultiLineString {
  const chosen = pack.objects.departments.geometries.filter(({ properties }) => within(properties))
  return mesh(pack, { type: 'GeometryCollection', geometries: chosen }, (one, other) => one === other)
}

type Areas<P> = { type: 'GeometryCollection'; geometries: ({ type: 'Polygon'; arcs: number[][]; properties: P } | { type: 'MultiPolygon'; arcs: number[][][]; properties: P })[] }

/** Areas of a topology, decoded. */
export function polygons<P extends object>(pack: Topology, { geometries }: Areas<P>): Feature<Polygon | MultiPolygon, P>[] {
  return geometries.map((one) => (one.type === 'Polygon' ? feature<P>(pack, one) : feature<P>(pack, one)))
}
