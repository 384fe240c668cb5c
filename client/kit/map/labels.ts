/** A name that wants room on the map, in pixels of the world at one zoom. Earlier ones in a list win. */
export type Wish = { x: number; y: number; width: number; height: number; dot: boolean }
/** Where a name stands around its point; far, where a mark lies on the point itself. */
export type Side = NearSide | `far-${Exclude<NearSide, 'centre'>}`
type NearSide = 'right' | 'left' | 'above' | 'below' | 'centre'

/** A part of the map, in the same pixels. */
export type Rect = { left: number; top: number; right: number; bottom: number }

/** Half a town's dot, and the way from its middle to its name, in pixels. */
export const dotRadius = 3
export const dotGap = 8
const farGap = 30

const townSides: Side[] = ['right', 'left', 'above', 'below', 'far-right', 'far-left', 'far-below', 'far-above']
const areaSides: Side[] = ['centre', 'above', 'below', 'right', 'left']

/**
 * Gives each name a side where it covers no earlier one and no mark covers it, or null where there is no room. `air` keeps names apart, in pixels.
 * The whole sheet is placed at once, so that names do not come and go while the map is moved.
 */
export function placeLabels(wishes: readonly Wish[], air: number, marks: readonly Rect[] = []): (Side | null)[] {
  const taken: Rect[] = []
  return wishes.map((wish) => {
    const dot = around(wish.x, wish.y, dotRadius * 2, dotRadius * 2)
    if (wish.dot && taken.some((rect) => meet(rect, dot, 0))) return null
    const isMarked = marks.some((mark) => meet(mark, dot, 0))
    for (const side of wish.dot ? townSides : areaSides) {
      if (side.startsWith('far') && !isMarked) continue
      const rect = rectAt(wish, side)
      if (taken.some((other) => meet(rect, other, air)) || marks.some((mark) => meet(rect, mark, 0))) continue
      taken.push(rect)
      if (wish.dot) taken.push(dot)
      return side
    }
    return null
  })
}

/** The room that a name takes on a side of its point. */
export function rectAt({ x, y, width, height, dot }: Wish, side: Side): Rect {
  const gap = side.startsWith('far') ? farGap : dotGap
  const away = dot ? gap : height / 2
  switch (side) {
    case 'right': case 'far-right': return around(x + gap + width / 2, y, width, height)
    case 'left': case 'far-left': return around(x - gap - width / 2, y, width, height)
    case 'above': case 'far-above': return around(x, y - away - height / 2, width, height)
    case 'below': case 'far-below': return around(x, y + away + height / 2, width, height)
    case 'centre': return around(x, y, width, height)
  }
}

export function around(x: number, y: number, width: number, height: number): Rect {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
}

function meet(a: Rect, b: Rect, air: number): boolean {
  return a.left < b.right + air && a.right + air > b.left && a.top < b.bottom + air && a.bottom + air > b.top
}
