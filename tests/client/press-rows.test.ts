import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxesOf } from '../../client/press/wall/rows.ts'

const room = { width: 1000, target: 300, gap: 16 }

/** The rows as a wrapping line would break them. */
function rowsOf(boxes: readonly { width: number; height: number }[], width: number, gap: number): (typeof boxes[number])[][] {
  const rows: (typeof boxes[number])[][] = []
  for (const box of boxes) {
    const row = rows.at(-1)
    const used = row?.reduce((sum, one) => sum + one.width + gap, 0) ?? Infinity
    if (row && used + box.width <= width) row.push(box)
    else rows.push([box])
  }
  return rows
}

describe('the rows of the wall', () => {
  test('fill the width, each picture in its own proportions, at nearly the same height', () => {
    const aspects = [1.5, 0.75, 1.33, 1.33, 0.56, 1.78, 1.5, 1, 1.33, 0.75]
    const boxes = boxesOf(aspects, room)
    boxes.forEach((box, at) => expect(box.width / box.height).toBeCloseTo(aspects[at] ?? 0, 3))
    const rows = rowsOf(boxes, room.width, room.gap)
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows.slice(0, -1)) {
      expect(row.reduce((sum, box) => sum + box.width, room.gap * (row.length - 1))).toBeCloseTo(room.width, 0)
      expect(row[0]?.height).toBeGreaterThan(room.target * 0.6)
      expect(row[0]?.height).toBeLessThan(room.target * 1.6)
    }
  })

  test('the last row is not blown up', () => {
    expect(boxesOf([0.75], room)).toEqual([{ width: 224.99, height: 300 }])
    expect(boxesOf([], room)).toEqual([])
  })

  test('a panorama stands alone, as low as the width makes it', () => {
    const [box] = boxesOf([8, 1.5], room)
    expect(box).toEqual({ width: 999.99, height: 125 })
  })

  test('whatever the pictures, nothing is wider than the wall, nothing is lost, and a row of one height stays one row', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0.3, max: 6, noNaN: true }), { maxLength: 60 }), fc.integer({ min: 560, max: 2400 }), (aspects, width) => {
      const boxes = boxesOf(aspects, { width, target: 300, gap: 16 })
      expect(boxes).toHaveLength(aspects.length)
      for (const box of boxes) expect(box.width).toBeLessThanOrEqual(width)
      for (const row of rowsOf(boxes, width, 16)) expect(row.every((box) => Math.abs(box.height - (row[0]?.height ?? 0)) < 1e-6) || row.length === 1).toBe(true)
    }))
  })
})
