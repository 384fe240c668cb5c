/** A picture's place on the wall: its box in CSS pixels. */
export type Box = { width: number; height: number }

/**
 * Lays pictures in rows that fill the width, each in its own proportions: a row ends where its height comes nearest to `target`. The last row is not stretched, and stands no higher
 * than the one above it. `aspects` are
 * width by height.
 */
export function boxesOf(aspects: readonly number[], { width, target, gap }: { width: number; target: number; gap: number }): Box[] {
  const boxes: Box[] = []
  let row: number[] = []
  let highest = target
  const end = (height: number) => {
    // A hair less than its share, so that rounding never pushes the last one into the next row.
    boxes.push(...row.map((aspect) => ({ width: Math.floor(aspect * height * 100) / 100 - 0.01, height })))
    row = []
    highest = Math.min(target, height)
  }
  for (const aspect of aspects) {
    const without = row.length === 0 ? Infinity : heightOf(row, width, gap)
    const including = heightOf([...row, aspect], width, gap)
    if (without - target < target - including) end(without)
    row.push(aspect)
    if (heightOf(row, width, gap) <= target) end(heightOf(row, width, gap))
  }
  if (row.length > 0) end(Math.min(highest, heightOf(row, width, gap)))
  return boxes
}

const heightOf = (row: readonly number[], width: number, gap: number): number => Math.max(1, width - gap * (row.length - 1)) / row.reduce((sum, aspect) => sum + aspect, 0)
