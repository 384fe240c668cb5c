export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
/** Quarter turns clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270

/** How a picture lies in its stage. `zoom` 1 shows all of it; `x`, `y`: from the stage's middle to the picture's, in CSS pixels. */
export type View = { zoom: number; x: number; y: number }

export const whole: View = { zoom: 1, x: 0, y: 0 }

/** How near a picture is looked at, and where: what lies in the middle of the stage, in shares of the picture as it is turned. The same on a stage of any size. */
export type Look = { zoom: number; x: number; y: number }

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

export function lookOf(view: View, picture: Size, stage: Size, turn: Turn): Look {
  const { width, height } = sizeOn(view.zoom, picture, stage, turn)
  return { zoom: view.zoom, x: 0.5 - view.x / width, y: 0.5 - view.y / height }
}

export function viewOf(look: Look, picture: Size, stage: Size, turn: Turn): View {
  const zoom = Math.min(Math.max(look.zoom, 1), mostZoom(picture, stage, turn))
  const { width, height } = sizeOn(zoom, picture, stage, turn)
  return kept({ zoom, x: (0.5 - look.x) * width, y: (0.5 - look.y) * height }, picture, stage, turn)
}

/** The view with the picture's edges no farther in than the stage's. */
export function kept(view: View, picture: Size, stage: Size, turn: Turn): View {
  const { width, height } = sizeOn(view.zoom, picture, stage, turn)
  const room = { x: Math.max(0, (width - stage.width) / 2), y: Math.max(0, (height - stage.height) / 2) }
  return { zoom: view.zoom, x: within(view.x, room.x), y: within(view.y, room.y) }
}

const within = (value: number, most: number): number => Math.min(Math.max(value, -most), most)

/** The turned picture in CSS pixels. */
function sizeOn(zoom: number, picture: Size, stage: Size, turn: Turn): Size {
  const scale = fitScale(picture, stage, turn) * zoom
  const { width, height } = turned(picture, turn)
  return { width: width * scale, height: height * scale }
}

const turned = ({ width, height }: Size, turn: Turn): Size => (turn % 180 === 0 ? { width, height } : { width: height, height: width })
