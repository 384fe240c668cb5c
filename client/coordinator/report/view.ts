export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
/** Quarter turns clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270

/** How a picture lies in its stage. `zoom` 1 shows all of it; `x`, `y`: from the stage's middle to the picture's, in CSS pixels. */
export type View = { zoom: number; x: number; y: number }

export const whole: View = { zoom: 1, x: 0, y: 0 }

/** CSS pixels for one of the picture's when all of it is shown. */
export function fitScale(picture: Size, stage: Size, turn: Turn): number {
  const { width, height } = turned(picture, turn)
  return Math.min(stage.width / width, stage.height / height)
}

/** Near enough to see each pixel of the original. */
export const mostZoom = (picture: Size, stage: Size, turn: Turn): number => Math.max(4, 4 / fitScale(picture, stage, turn))

/** Zooms so that what is under `at` (from the stage's middle) stays there. */
export function zoomedAt(view: View, factor: number, at: Point, picture: Size, stage: Size, turn: Turn): View {
  const zoom = Math.min(Math.max(view.zoom * factor, 1), mostZoom(picture, stage, turn))
  const grown = zoom / view.zoom
  return kept({ zoom, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, picture, stage, turn)
}

export const panned = (view: View, by: Point, picture: Size, stage: Size, turn: Turn): View => kept({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage, turn)

/** The view with the picture's edges no farther in than the stage's. */
export function kept(view: View, picture: Size, stage: Size, turn: Turn): View {
  const scale = fitScale(picture, stage, turn) * view.zoom
  const { width, height } = turned(picture, turn)
  const room = { x: Math.max(0, (width * scale - stage.width) / 2), y: Math.max(0, (height * scale - stage.height) / 2) }
  return { zoom: view.zoom, x: within(view.x, room.x), y: within(view.y, room.y) }
}

const within = (value: number, most: number): number => Math.min(Math.max(value, -most), most)

const turned = ({ width, height }: Size, turn: Turn): Size => (turn % 180 === 0 ? { width, height } : { width: height, height: width })
