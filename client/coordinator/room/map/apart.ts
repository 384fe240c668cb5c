import { type Box, type Mark, type Sums, countOf, nearestZoom, severities, worse } from './mark.ts'

const ringOf = (count: number): number => (count < 10 ? 42 : count < 100 ? 50 : count < 1000 ? 62 : count < 100_000 ? 74 : count < 1_000_000 ? 90 : 104)
/** How wide a mark is drawn, in pixels. */
export const diameterOf = (mark: Mark): number => (mark.kind === 'group' ? ringOf(mark.count) : 26)
const widest = 104
const between = 2

/** So far from a mark, in pixels, may another be that becomes one with it. */
export const reach = widest + between

type At = { x: number; y: number }
/** Where a place is at a zoom, in pixels of the whole world. */
function pixelsOf(latitude: number, longitude: number, zoom: number): At {
  const sine = Math.sin((Math.min(85.0511, Math.max(-85.0511, latitude)) * Math.PI) / 180)
  const world = 256 * 2 ** zoom
  return { x: world * (longitude / 360 + 0.5), y: world * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) }
}

/** Marks that would lie over one another at a zoom become one, where the larger stands: a number that another ring hides is a report that nobody sees. */
export function apart(marks: readonly Mark[], zoom: number): Mark[] {
  const merged = pass(marks, zoom)
  // What took another in is wider perhaps, and reaches the next.
  return merged.length === marks.length ? merged : apart(merged, zoom)
}

function pass(marks: readonly Mark[], zoom: number): Mark[] {
  type Standing = At & { mark: Mark }
  const squares = new Map<string, Standing[]>()
  const square = (value: number) => Math.floor(value / reach)
  const standing: Standing[] = []
  // The larger first, in an order that does not depend on the window: the same marks stay while the map is moved.
  for (const mark of [...marks].sort((one, other) => countOf(other) - countOf(one) || other.latitude - one.latitude || one.longitude - other.longitude)) {
    const at = pixelsOf(mark.latitude, mark.longitude, zoom)
    const near = [-1, 0, 1].flatMap((down) => [-1, 0, 1].flatMap((along) => squares.get(`${square(at.x) + along} ${square(at.y) + down}`) ?? []))
    const taker = near.find((one) => Math.hypot(one.x - at.x, one.y - at.y) < (diameterOf(one.mark) + diameterOf(mark)) / 2 + between)
    if (taker) {
      taker.mark = together(taker.mark, mark, zoom)
      continue
    }
    const one = { ...at, mark }
    const key = `${square(at.x)} ${square(at.y)}`
    squares.set(key, [...(squares.get(key) ?? []), one])
    standing.push(one)
  }
  return standing.map(({ mark }) => mark)
}

const boxOf = (mark: Mark): Box => (mark.kind === 'group' ? mark.box : [mark.latitude, mark.longitude, mark.latitude, mark.longitude])

function sumsOf(mark: Mark): Sums {
  if (mark.kind === 'group') return mark.sums
  const isOpen = mark.status === 'received'
  return { critical: 0, high: 0, medium: 0, low: 0, [mark.severity]: 1, open: isOpen ? 1 : 0, openWorst: isOpen ? mark.severity : null }
}

function together(one: Mark, other: Mark, zoom: number): Mark {
  const [[south, west, north, east], added] = [boxOf(one), boxOf(other)]
  const box: Box = [Math.min(south, added[0]), Math.min(west, added[1]), Math.max(north, added[2]), Math.max(east, added[3])]
  const [sums, more] = [sumsOf(one), sumsOf(other)]
  const summed = Object.fromEntries(severities.map((severity) => [severity, sums[severity] + more[severity]]))
  // As wide as they would stand apart where the map is nearest.
  const [low, high] = [pixelsOf(box[0], box[1], nearestZoom), pixelsOf(box[2], box[3], nearestZoom)]
  const span = Math.hypot(high.x - low.x, high.y - low.y)
  return {
    kind: 'group', count: countOf(one) + countOf(other), box, latitude: one.latitude, longitude: one.longitude,
    sums: { ...sums, ...summed, open: sums.open + more.open, openWorst: worse(sums.openWorst, more.openWorst) },
    isLast: zoom >= nearestZoom || span < (diameterOf(one) + diameterOf(other)) / 2 + between,
  }
}

/** A box and so much around it as decides which of its marks become one. */
export function withReach([south, west, north, east]: Box, zoom: number): Box {
  const pixels = 4 * reach
  const across = (pixels / (256 * 2 ** zoom)) * 360
  const tall = across * Math.cos((Math.min(85, Math.max(Math.abs(south), Math.abs(north))) * Math.PI) / 180)
  return [Math.max(-90, south - Math.max(tall, across / 8)), Math.max(-180, west - across), Math.min(90, north + Math.max(tall, across / 8)), Math.min(180, east + across)]
}
