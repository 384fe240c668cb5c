import type { VectorTile, VectorTileFeature } from '@mapbox/vector-tile'

/** Colours and the font of the page as it looks now. */
export type Ink = Record<'water' | 'land' | 'far' | 'line' | 'road' | 'edge' | 'name' | 'font', string>

/** Which part of a square is drawn: `deeper` times as large as the square itself, from `left` and `top` on, in pixels. */
export type Part = { zoom: number; side: number; deeper: number; left: number; top: number }

type Point = { x: number; y: number }

/** How large a road is, whatever its maker calls it: a path, a street, a main road, a motorway. */
const ranks: Record<string, number> = {
  path: 0, track: 0, pedestrian: 0, footway: 0, other: 0,
  minor: 1, minor_road: 1, medium_road: 1, tertiary: 1, service: 1, residential: 1, unclassified: 1, living_street: 1,
  major_road: 2, primary: 2, secondary: 2,
  highway: 3, motorway: 3, trunk: 3,
}
/** From which zoom on each rank is drawn, and named; how wide it is at zoom 16, in pixels. */
const drawnFrom = [15, 12, 0, 0]
const namedFrom = [16, 15, 13, 12]
const widths = [2, 6, 10, 14]

/** Draws water, buildings and roads with their names. Makers name their layers in two ways; both are known. */
export function paint(context: CanvasRenderingContext2D, { layers }: VectorTile, part: Part, ink: Ink): void {
  const each = (names: readonly string[], see: (feature: VectorTileFeature, points: () => Point[][]) => void) => {
    for (const layer of names.flatMap((name) => layers[name] ?? [])) {
      const scale = (part.side * part.deeper) / layer.extent
      for (let index = 0; index < layer.length; index += 1) {
        const feature = layer.feature(index)
        if (isSeen(feature, scale, part)) see(feature, () => feature.loadGeometry().map((line) => line.map(({ x, y }) => ({ x: x * scale - part.left, y: y * scale - part.top }))))
      }
    }
  }
  const fill = (names: readonly string[], colour: string, edge?: string) => {
    context.beginPath()
    each(names, ({ type }, points) => { if (type === 3) for (const ring of points()) trace(context, ring) })
    context.fillStyle = colour
    context.fill('evenodd')
    if (edge === undefined) return
    Object.assign(context, { strokeStyle: edge, lineWidth: 0.75 })
    context.stroke()
  }
  fill(['water'], ink.water)
  if (part.zoom >= 15) fill(['buildings', 'building'], ink.far, ink.line)

  const roads: Point[][][] = [[], [], [], []]
  const named: { text: string; line: Point[]; rank: number }[] = []
  each(['roads', 'transportation', 'transportation_name'], ({ type, properties }, points) => {
    const rank = ranks[wordOf(properties['kind'] ?? properties['class'])]
    if (type !== 2 || rank === undefined) return
    const text = wordOf(properties['name'])
    const lines = points()
    if (text && part.zoom >= (namedFrom[rank] ?? Infinity)) for (const line of lines.flatMap((whole) => within(whole, part.side))) named.push({ text, line, rank })
    if (part.zoom >= (drawnFrom[rank] ?? Infinity)) roads[rank]?.push(...lines)
  })
  const width = (rank: number) => Math.max(rank === 0 ? 1 : 1 + rank * 0.6, (widths[rank] ?? 1) * 2 ** ((part.zoom - 16) * 0.8))
  Object.assign(context, { lineJoin: 'round', lineCap: 'round' })
  const stroke = (rank: number, colour: string, wide: number) => {
    context.beginPath()
    for (const line of roads[rank] ?? []) trace(context, line)
    Object.assign(context, { strokeStyle: colour, lineWidth: wide })
    context.stroke()
  }
  // All edges first, so that crossings stay open.
  for (const rank of [0, 1, 2, 3]) stroke(rank, rank === 3 ? ink.edge : ink.line, width(rank) + (rank === 0 ? 0 : 1.5))
  for (const rank of [1, 2, 3]) stroke(rank, ink.road, width(rank))

  write(context, named.sort((one, other) => other.rank - one.rank), part, ink)
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function trace(context: CanvasRenderingContext2D, line: readonly Point[]): void {
  for (const [index, { x, y }] of line.entries()) if (index === 0) context.moveTo(x, y)
  else context.lineTo(x, y)
}

function isSeen(feature: VectorTileFeature, scale: number, { side, deeper, left, top }: Part): boolean {
  if (deeper === 1) return true
  const [west = 0, north = 0, east = 0, south = 0] = feature.bbox().map((edge) => edge * scale)
  return east >= left - 20 && west <= left + side + 20 && south >= top - 20 && north <= top + side + 20
}

/** The pieces of a line that lie in the square, so that a street through many squares is named in each. */
function within(line: readonly Point[], side: number): Point[][] {
  const pieces: Point[][] = []
  for (const [index, end] of line.entries()) {
    const start = line[index - 1]
    const cut = start && cutTo(start, end, side)
    if (!cut) continue
    const last = pieces.at(-1)
    const before = last?.at(-1)
    if (last && before?.x === cut[0].x && before.y === cut[0].y) last.push(cut[1])
    else pieces.push(cut)
  }
  return pieces
}

function cutTo(start: Point, end: Point, side: number): [Point, Point] | null {
  let [from, to] = [0, 1]
  for (const axis of ['x', 'y'] as const) {
    const way = end[axis] - start[axis]
    if (way === 0) {
      if (start[axis] < 0 || start[axis] > side) return null
      continue
    }
    const [one, other] = [-start[axis] / way, (side - start[axis]) / way]
    from = Math.max(from, Math.min(one, other))
    to = Math.min(to, Math.max(one, other))
  }
  const at = (share: number): Point => (share === 0 ? start : share === 1 ? end : { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share })
  return from < to ? [at(from), at(to)] : null
}

/** A name along its street where that runs straight enough, whole within the square, and beside no other. */
function write(context: CanvasRenderingContext2D, named: readonly { text: string; line: Point[] }[], { side }: Part, ink: Ink): void {
  Object.assign(context, { font: `500 12px ${ink.font}`, textAlign: 'center', textBaseline: 'middle', lineWidth: 3, strokeStyle: ink.road, fillStyle: ink.name })
  const taken: { x: number; y: number; reach: number; text: string }[] = []
  for (const { text, line } of named) {
    const wide = context.measureText(text).width + 8
    const spot = straightPart(line, wide)
    if (!spot) continue
    const reach = wide / 2
    if (spot.x < reach || spot.y < reach || spot.x > side - reach || spot.y > side - reach) continue
    if (taken.some((other) => Math.hypot(other.x - spot.x, other.y - spot.y) < (other.text === text ? side / 2 : (other.reach + reach) * 0.7))) continue
    taken.push({ ...spot, reach, text })
    context.save()
    context.translate(spot.x, spot.y)
    context.rotate(spot.angle)
    context.strokeText(text, 0, 0)
    context.fillText(text, 0, 0)
    context.restore()
  }
}

/** The middle of the longest stretch of a line that bends too little for letters to notice. */
function straightPart(line: readonly Point[], least: number): (Point & { angle: number }) | null {
  let [best, found]: [number, [Point, Point] | null] = [least, null]
  for (let from = 0; from < line.length - 1; from += 1) {
    let way = 0
    for (let to = from + 1; to < line.length; to += 1) {
      const [start, before, end] = [line[from], line[to - 1], line[to]]
      if (!start || !before || !end) break
      way += Math.hypot(end.x - before.x, end.y - before.y)
      const chord = Math.hypot(end.x - start.x, end.y - start.y)
      if (chord < way * 0.985) break
      if (chord > best) [best, found] = [chord, [start, end]]
    }
  }
  if (!found) return null
  const [start, end] = found
  const angle = Math.atan2(end.y - start.y, end.x - start.x)
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, angle: Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle }
}
