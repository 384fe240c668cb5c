import { type RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Look, type Point, type Size, type Turn, type View, fitScale, kept, lookOf, panned, viewOf, whole, zoomedAt } from './view.ts'

export type Stage = {
  stage: RefObject<HTMLDivElement>
  /** CSS pixels for one of the picture's; 0 while nothing is laid out. */
  scale: number
  view: View
  /** The same for a stage of any size; null while nothing is laid out. */
  look: Look | null
  /** Where the picture lies in the stage, before it is turned about its middle. */
  frame: { left: number; top: number; width: number; height: number }
  zoomBy: (factor: number) => void
  panBy: (by: Point) => void
  showAll: () => void
}

/** A press that is not for moving the view: what takes it hears of its moves and its end. `cancelled` when a second finger came. */
export type Drag = { move: (event: PointerEvent) => void; end: (cancelled: boolean) => void }

type Options = { size: Size | null; turn: Turn; begin?: Look | null; take?: (event: PointerEvent) => Drag | null }

const wheelFactor = 0.0016

/** Zooming and moving a picture by wheel, drag and two fingers, from how it is looked at in the beginning. `take` may claim a press of one pointer for itself. */
export function useStage({ size, turn, begin = null, take }: Options): Stage {
  const stage = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  const [view, setView] = useState(whole)
  const [toBegin, setToBegin] = useState(begin)
  const latest = useRef({ size, turn, room, take })
  latest.current = { size, turn, room, take }

  useLayoutEffect(() => {
    const element = stage.current
    if (!element) return undefined
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const change = (next: (view: View, size: Size, room: Size, turn: Turn) => View) => {
    const { size: picture, room: space, turn: how } = latest.current
    if (picture && space.width > 0 && space.height > 0) setView((before) => next(before, picture, space, how))
  }
  const zoomAt = (factor: number, at: Point) => change((before, picture, space, how) => zoomedAt(before, factor, at, picture, space, how))
  const panBy = (by: Point) => change((before, picture, space, how) => panned(before, by, picture, space, how))

  useEffect(() => {
    const element = stage.current
    return element ? listen(element, { zoomAt, panBy, take: (event) => latest.current.take?.(event) ?? null }) : undefined
  }, [])
  useEffect(() => setView(whole), [turn])
  useEffect(() => {
    change((before, picture, space, how) => (toBegin ? viewOf(toBegin, picture, space, how) : kept(before, picture, space, how)))
    if (size && room.width > 0) setToBegin(null)
  }, [room, size?.width, size?.height])

  const scale = size && room.width > 0 && room.height > 0 ? fitScale(size, room, turn) * view.zoom : 0
  const [width, height] = size ? [size.width * scale, size.height * scale] : [0, 0]
  return {
    stage, scale, view, panBy,
    look: size && scale > 0 && toBegin === null ? lookOf(view, size, room, turn) : null,
    frame: { left: room.width / 2 + view.x - width / 2, top: room.height / 2 + view.y - height / 2, width, height },
    zoomBy: (factor) => zoomAt(factor, { x: 0, y: 0 }),
    showAll: () => setView(whole),
  }
}

type Moves = { zoomAt: (factor: number, at: Point) => void; panBy: (by: Point) => void; take: (event: PointerEvent) => Drag | null }

function listen(element: HTMLElement, { zoomAt, panBy, take }: Moves): () => void {
  const fingers = new Map<number, Point>()
  let drag: Drag | null = null
  const fromMiddle = ({ x, y }: Point): Point => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return { x: x - left - width / 2, y: y - top - height / 2 }
  }
  const at = (event: PointerEvent): Point => ({ x: event.clientX, y: event.clientY })

  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('[data-controls]')) return
    if (event.pointerType === 'mouse' && event.button !== 0 && event.button !== 1) return
    fingers.set(event.pointerId, at(event))
    element.setPointerCapture(event.pointerId)
    if (fingers.size > 1) {
      drag?.end(true)
      drag = null
    } else drag = event.button === 1 ? null : take(event)
  }
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = at(event)
    if (drag) drag.move(event)
    else if (fingers.size === 1) panBy({ x: now.x - before.x, y: now.y - before.y })
    else {
      const [other] = [...fingers].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]))
      if (other) {
        const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
        zoomAt(apart(now, other) / Math.max(1, apart(before, other)), fromMiddle(middle))
        panBy({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 })
      }
    }
    fingers.set(event.pointerId, now)
  }
  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId) || !drag) return
    if (event.type === 'pointerup') drag.move(event)
    drag.end(event.type !== 'pointerup')
    drag = null
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const lines = event.deltaMode === 1 ? 16 : 1
    zoomAt(Math.exp(-event.deltaY * lines * wheelFactor), fromMiddle({ x: event.clientX, y: event.clientY }))
  }

  // The press would give the focus to the stage after `take` gave it to something in it.
  const keepFocus = (event: Event) => {
    if (document.activeElement !== element && element.contains(document.activeElement)) event.preventDefault()
  }

  element.addEventListener('pointerdown', down)
  element.addEventListener('mousedown', keepFocus)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', up)
  element.addEventListener('wheel', wheel, { passive: false })
  return () => {
    element.removeEventListener('pointerdown', down)
    element.removeEventListener('mousedown', keepFocus)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', up)
    element.removeEventListener('wheel', wheel)
  }
}

const apart = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y)
