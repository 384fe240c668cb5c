import type { MultiPolygon, Polygon, Position } from 'geojson'
import { quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import type { Topology } from 'topojson-specification'
import { Areas, areaLevels } from '../../../shared/ground.ts'
import type { Area, AreaFile } from './geojson.ts'
import { readAreaFile } from './geojson.ts'
import { UnusableMap } from './unusable.ts'
import { boxesOf } from './where.ts'
import type { FileBoxes } from './where.ts'

/** What a desk is sent at most: more than that is not seen on any screen. */
const mostPoints = 60_000
/** A line is bent where it turns by more than this, in square degrees: about 50 by 50 m. */
const finest = 2e-7
const steps = 1e5

/** What is drawn, and where each file's areas lie. */
export type OwnAreas = { areas: Areas | null; files: FileBoxes[] }

/** The operator's own areas, small enough for a desk. @throws UnusableMap */
export async function readAreas(files: readonly AreaFile[]): Promise<OwnAreas> {
  if (files.length === 0) return { areas: null, files: [] }
  const read: { path: string; areas: Area[] }[] = []
  for (const file of files) read.push({ path: file.path, areas: await readAreaFile(file) })
  return { areas: drawnOf(read.flatMap(({ areas }) => areas)), files: read.map(({ path, areas }) => boxesOf(path, areas)) }
}

/** Lines that two areas share are kept once, so that no gap opens between them. @throws UnusableMap */
function drawnOf(areas: readonly Area[]): Areas {
  const objects = Object.fromEntries(areaLevels.flatMap((level) => {
    const own = areas.filter((area) => area.properties.level === level)
    return own.length === 0 ? [] : [[level, { type: 'FeatureCollection' as const, features: own.map(({ properties: { name }, ...area }) => ({ ...area, properties: { name, at: middleOf(area.geometry) } })) }]]
  }))
  const whole = Areas.safeParse(packed(topology(objects, steps)))
  if (!whole.success) throw new UnusableMap('MAP_AREAS names areas that cannot be drawn: all of them lie in a single point.')
  const lines = presimplify(whole.data)
  for (let finesse = finest; ; finesse *= 4) {
    const made = simplify(lines, finesse)
    if (made.arcs.reduce((sum, arc) => sum + arc.length, 0) <= mostPoints || finesse > 1) return Areas.parse(packed(quantize(made, steps)))
  }
}

const packed = (made: Topology): unknown => ({ ...made, bounds: made.bbox })

/** Where a name stands: the middle of the largest part. */
function middleOf(geometry: Polygon | MultiPolygon): Position {
  const outlines = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap(([outline]) => (outline ? [outline] : []))
  const middles = outlines.map(weighed).sort((one, other) => other.area - one.area)
  return middles[0]?.at ?? [0, 0]
}

function weighed(ring: Position[]): { area: number; at: Position } {
  const [fromX = 0, fromY = 0] = ring[0] ?? []
  let [twice, x, y] = [0, 0, 0]
  for (const [index, [aX = 0, aY = 0]] of ring.entries()) {
    const [bX = 0, bY = 0] = ring[(index + 1) % ring.length] ?? []
    const cross = (aX - fromX) * (bY - fromY) - (bX - fromX) * (aY - fromY)
    twice += cross
    x += (aX + bX - 2 * fromX) * cross
    y += (aY + bY - 2 * fromY) * cross
  }
  return { area: Math.abs(twice), at: twice === 0 ? [fromX, fromY] : [fromX + x / (3 * twice), fromY + y / (3 * twice)] }
}
