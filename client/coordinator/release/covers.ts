import { coverMarginPixels, type Cover } from '../../../shared/press.ts'

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
/** In whole pixels of the upright original; never empty, never beyond its edges. */
export type Box = Pick<Cover, 'left' | 'top' | 'width' | 'height'>
/** Which edges a grip moves: `n` the upper, `se` the lower and the right one. */
export const grips = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Grip = (typeof grips)[number]

export const mostCovers = 200

/** The box between two points of the picture: rounded outwards, so that no touched pixel stays open, and cut at the edges. Null where it holds no pixel. */
export function boxBetween(one: Point, other: Point, picture: Size): Box | null {
  const left = within(Math.floor(Math.min(one.x, other.x)), picture.width)
  const right = within(Math.ceil(Math.max(one.x, other.x)), picture.width)
  const top = within(Math.floor(Math.min(one.y, other.y)), picture.height)
  const bottom = within(Math.ceil(Math.max(one.y, other.y)), picture.height)
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null
}

/** The box moved by whole pixels; it keeps its size and stays in the picture. */
export function moved<Moved extends Box>(box: Moved, by: Point, picture: Size): Moved {
  return { ...box, left: within(Math.round(box.left + by.x), picture.width - box.width), top: within(Math.round(box.top + by.y), picture.height - box.height) }
}

/** The box with the edges of a grip moved. Pulled beyond its other side it turns over; it never gets thinner than a pixel. */
export function resized<Resized extends Box>(box: Resized, grip: Grip, by: Point, picture: Size): Resized {
  const x = edges(box.left, box.width, grip.includes('w'), grip.includes('e'), by.x, picture.width)
  const y = edges(box.top, box.height, grip.includes('n'), grip.includes('s'), by.y, picture.height)
  return { ...box, left: x.from, width: x.length, top: y.from, height: y.length }
}

/** What will be solid in the file: the box with its margin, cut at the picture's edges. */
export function withMargin(box: Box, picture: Size, margin = coverMarginPixels): Box {
  const left = Math.max(0, box.left - margin)
  const top = Math.max(0, box.top - margin)
  return { left, top, width: Math.min(picture.width, box.left + box.width + margin) - left, height: Math.min(picture.height, box.top + box.height + margin) - top }
}

/** What was done, what stands, what was taken back. */
export type Steps = { past: readonly (readonly Cover[])[]; now: readonly Cover[]; future: readonly (readonly Cover[])[] }

export const stepsFrom = (now: readonly Cover[]): Steps => ({ past: [], now, future: [] })

/** A new state; what was taken back before it is gone. */
export const step = (steps: Steps, now: readonly Cover[]): Steps => (same(steps.now, now) ? steps : { past: [...steps.past, steps.now], now, future: [] })

export function undone({ past, now, future }: Steps): Steps {
  const before = past.at(-1)
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future }
}

export function redone({ past, now, future }: Steps): Steps {
  const [next, ...rest] = future
  return next ? { past: [...past, now], now: next, future: rest } : { past, now, future }
}

const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

const same = (one: readonly Cover[], other: readonly Cover[]): boolean => JSON.stringify(one) === JSON.stringify(other)

/** One direction of a resized box: which of its two ends move, by how much, in a picture of that length. */
function edges(start: number, length: number, movesStart: boolean, movesEnd: boolean, by: number, most: number): { from: number; length: number } {
  const first = within(Math.round(start + (movesStart ? by : 0)), most)
  const second = within(Math.round(start + length + (movesEnd ? by : 0)), most)
  if (first === second) return movesStart ? { from: Math.max(0, second - 1), length: 1 } : { from: Math.min(first, most - 1), length: 1 }
  return { from: Math.min(first, second), length: Math.abs(second - first) }
}
