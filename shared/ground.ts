import * as z from 'zod/mini'
import { nothing } from './basics.ts'
import { contract } from './contract.ts'
import { desk } from './roles.ts'

/** The levels at which an operator's own areas are drawn, as the register names them, largest first. */
export const areaLevels = ['department', 'municipality', 'district'] as const
export const AreaLevel = z.enum(areaLevels)
export type AreaLevel = z.infer<typeof AreaLevel>

const Pair = z.tuple([z.number(), z.number()])
/** West, south, east, north. */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof Box>
const Rings = z.array(z.array(z.number()))

/** Areas of a topology, each with what is known of it. */
export function areasWith<P extends z.ZodMiniType>(properties: P) {
  return z.object({
    type: z.literal('GeometryCollection'),
    geometries: z.array(z.discriminatedUnion('type', [
      z.object({ type: z.literal('Polygon'), arcs: Rings, properties }),
      z.object({ type: z.literal('MultiPolygon'), arcs: z.array(Rings), properties }),
    ])),
  })
}

/** Lines that areas share, as TopoJSON packs them. */
export const topologyShape = {
  type: z.literal('Topology'),
  transform: z.object({ scale: Pair, translate: Pair }),
  arcs: z.array(z.array(z.array(z.number()))),
}

/** An operator's own areas by level, which are drawn instead of the base map's; `at` is where a name stands. */
export const Areas = z.object({ ...topologyShape, bounds: Box, objects: z.record(z.string(), areasWith(z.object({ name: z.string(), at: Pair }))) })
export type Areas = z.infer<typeof Areas>

/** What streets are drawn from: pictures, or shapes that the page draws itself. Beyond `until` the nearest tiles are enlarged. */
export const Streets = z.object({ kind: z.enum(['raster', 'vector']), from: z.number(), until: z.number(), bounds: z.nullable(Box) })
export type Streets = z.infer<typeof Streets>

/** What this server's operator gave the map beside its base, and whose data that is. */
export const groundCall = contract({ name: 'ground', method: 'GET', path: '/api/ground', who: desk, kind: 'reads', input: z.strictObject({}), reply: z.object({ areas: z.nullable(Areas), streets: z.nullable(Streets), attribution: z.string() }) })

export const deepestZoom = 22
const Whole = z.coerce.number().check(z.int(), z.gte(0))

/** One square of the streets: a picture or a vector tile. Where the sea is, an empty one. */
export const groundTileCall = contract({
  name: 'groundTile', method: 'GET', path: '/api/ground/tiles/:z/:x/:y', who: desk, kind: 'reads', answers: 'file',
  input: z.strictObject({ z: Whole.check(z.lte(deepestZoom)), x: Whole, y: Whole }), reply: nothing,
})
