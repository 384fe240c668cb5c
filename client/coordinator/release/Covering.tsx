import { useEffect, useRef, useState } from 'preact/hooks'
import { Eye, Hand, Plus, Redo2, Scan, SquareDashed, Undo2, ZoomIn, ZoomOut } from 'lucide-preact'
import { type Cover, coverMarginPixels } from '../../../shared/press.ts'
import type { DeskPhoto } from '../../../shared/photos.ts'
import { isTyping, useKey, useKeyTold } from '../../kit/keys.ts'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { cx } from '../../kit/look/cx.ts'
import { useShown } from '../report/picture.ts'
import { type Drag, useStage } from '../report/stage.ts'
import type { Point } from '../report/view.ts'
import { releaseWords } from '../words/release.ts'
import { type Box, type Grip, type Size, boxBetween, grips, mostCovers, moved, resized, withMargin } from './covers.ts'
import styles from './covering.module.css'

type Props = {
  photo: DeskPhoto
  size: Size
  covers: readonly Cover[]
  /** What a new cover is said to hide. */
  kind: Cover['what']
  selected: number | null
  onSelect: (at: number | null) => void
  /** One step: it can be undone. */
  onCovers: (covers: readonly Cover[]) => void
  undo: (() => void) | null
  redo: (() => void) | null
  isBefore: boolean
  onBefore: (isBefore: boolean) => void
}

const zoomStep = 1.5
/** A press that moves less is a press, not a box, in CSS pixels. */
const leastDrag = 4
const keyStep = 8
const arrows: Record<string, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } }

/** The picture as it will leave, and solid boxes drawn on it by pointer or keys. Everything is in pixels of the upright original. */
export function Covering({ photo, size, covers, kind, selected, onSelect, onCovers, undo, redo, isBefore, onBefore }: Props) {
  const words = releaseWords()
  const [moves, setMoves] = useState(false)
  const [drawn, setDrawn] = useState<Box | null>(null)
  const [pulled, setPulled] = useState<{ at: number; box: Cover } | null>(null)
  const [scaleSeen, setScaleSeen] = useState(0)
  const shown = useShown(photo, scaleSeen)
  const picture = useRef<HTMLDivElement>(null)
  const now = useRef({ covers, kind, scale: 0, onCovers, onSelect, moves, space: false })

  const pointOf = (event: PointerEvent): Point => {
    const box = picture.current?.getBoundingClientRect()
    const scale = now.current.scale || 1
    return box ? { x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale } : { x: 0, y: 0 }
  }
  const replaced = (at: number, box: Cover) => now.current.covers.map((one, index) => (index === at ? box : one))

  const draw = (event: PointerEvent): Drag => {
    const from = pointOf(event)
    let box: Box | null = null
    let far = false
    now.current.onSelect(null)
    return {
      move: (next) => {
        far ||= Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) >= leastDrag
        box = far ? boxBetween(from, pointOf(next), size) : null
        setDrawn(box)
      },
      end: (cancelled) => {
        setDrawn(null)
        if (cancelled || !box || now.current.covers.length >= mostCovers) return
        put(box)
      },
    }
  }
  const pull = (event: PointerEvent, at: number, grip: Grip | null): Drag | null => {
    const cover = now.current.covers[at]
    if (!cover) return null
    const from = pointOf(event)
    let box = cover
    now.current.onSelect(at)
    return {
      move: (next) => {
        const to = pointOf(next)
        const by = { x: to.x - from.x, y: to.y - from.y }
        box = grip ? resized(cover, grip, by, size) : moved(cover, by, size)
        setPulled({ at, box })
      },
      end: (cancelled) => {
        setPulled(null)
        if (!cancelled) now.current.onCovers(replaced(at, box))
      },
    }
  }
  const take = (event: PointerEvent): Drag | null => {
    if (now.current.moves || now.current.space) return null
    const on = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-cover]') : null
    if (!on) return draw(event)
    on.focus()
    const grip = event.target instanceof HTMLElement ? event.target.dataset['grip'] : undefined
    return pull(event, Number(on.dataset['cover']), grips.find((one) => one === grip) ?? null)
  }

  /** A new cover; keys go on with it. */
  const put = (box: Box) => {
    const { covers: before } = now.current
    now.current.onCovers([...before, { ...box, what: now.current.kind }])
    now.current.onSelect(before.length)
    focusCover(before.length)
  }
  const { stage, scale, view, frame, zoomBy, panBy, showAll } = useStage({ size, turn: 0, take })
  useEffect(() => setScaleSeen(scale), [scale])
  now.current = { ...now.current, covers, kind, scale, onCovers, onSelect, moves }

  const focusCover = (at: number) => requestAnimationFrame(() => picture.current?.querySelector<HTMLElement>(`[data-cover="${at}"]`)?.focus())
  /** A new box in the middle of what is seen, a fifth of it wide. */
  const add = () => {
    if (covers.length >= mostCovers || scale === 0) return
    const room = stage.current
    const middle = { x: ((room?.clientWidth ?? 0) / 2 - frame.left) / scale, y: ((room?.clientHeight ?? 0) / 2 - frame.top) / scale }
    const half = Math.min(room?.clientWidth ?? 0, room?.clientHeight ?? 0) / 10 / scale
    const box = boxBetween({ x: middle.x - half, y: middle.y - half }, { x: middle.x + half, y: middle.y + half }, size)
    if (box) put(box)
  }
  const remove = (at: number) => {
    onCovers(covers.filter((_, index) => index !== at))
    onSelect(null)
    if (covers.length > 1) focusCover(Math.min(at, covers.length - 2))
  }
  const onKeys = (event: KeyboardEvent) => {
    const on = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-cover]') : null
    const cover = on && covers[Number(on.dataset['cover'])]
    const arrow = arrows[event.key]
    if (event.ctrlKey || event.metaKey) return
    if (cover && on) {
      const at = Number(on.dataset['cover'])
      // With Alt by single pixels.
      const step = event.altKey ? 1 : Math.max(1, Math.round(keyStep / (scale || 1)))
      if (arrow) onCovers(replaced(at, event.shiftKey ? resized(cover, 'se', { x: arrow.x * step, y: arrow.y * step }, size) : moved(cover, { x: arrow.x * step, y: arrow.y * step }, size)))
      else if (event.key === 'Delete' || event.key === 'Backspace') remove(at)
      else if (event.key === 'Escape' && selected !== null) {
        onSelect(null)
        on.blur()
      } else return
    } else if (arrow && view.zoom > 1) panBy({ x: -80 * arrow.x, y: -80 * arrow.y })
    else return
    event.preventDefault()
  }

  useKey('n', words.addBox, add)
  useKey('m', words.move, () => setMoves(!moves))
  useKey('+', words.zoomIn, () => zoomBy(zoomStep))
  useKey('-', words.zoomOut, () => zoomBy(1 / zoomStep))
  useKey('0', words.zoomWhole, showAll)
  useKeyTold('b', words.beforeHeld)
  useKeyTold('␣', words.moveHeld)
  useKeyTold('← ↑ → ↓', words.moveBox)
  useKeyTold('⇧ ← ↑ → ↓', words.sizeBox)
  useKeyTold('Alt ← ↑ → ↓', words.finely)
  useKeyTold(words.deleteKey, words.remove)
  useKeyTold('Ctrl Z', words.undo)
  useKeyTold('Ctrl ⇧ Z', words.redo)
  useHeld('b', onBefore)
  useHeld(' ', (space) => (now.current.space = space))
  useUndo(undo, redo)

  const place = ({ left, top, width, height }: Box) => ({ left: `${left * scale}px`, top: `${top * scale}px`, width: `${width * scale}px`, height: `${height * scale}px` })
  const inside = (box: Box, solid: Box) => ({ left: `${(box.left - solid.left) * scale}px`, top: `${(box.top - solid.top) * scale}px`, width: `${box.width * scale}px`, height: `${box.height * scale}px` })
  const fresh = drawn && withMargin(drawn, size)
  return (
    <div class={styles['viewer']}>
      <div ref={stage} class={cx(styles['stage'], moves && styles['moves'])} role="group" aria-label={words.stage} tabIndex={0} onKeyDown={onKeys}>
        <div ref={picture} class={styles['picture']} style={{ left: `${frame.left}px`, top: `${frame.top}px`, width: `${frame.width}px`, height: `${frame.height}px` }}>
          <img src={shown.address} alt="" draggable={false} data-full={shown.isFull} onLoad={(event) => shown.onLoad(event.currentTarget)} onError={shown.onError} />
          {scale > 0 && !isBefore && covers.map((cover, at) => {
            const isPulled = pulled?.at === at
            const box = isPulled ? pulled.box : cover
            const solid = withMargin(box, size)
            const isSelected = selected === at
            return (
              <div
                key={at}
                class={cx(styles['cover'], isPulled && styles['clear'])}
                style={place(solid)}
                data-cover={at}
                role="button"
                tabIndex={0}
                aria-pressed={isSelected}
                aria-label={words.box(words.what[box.what], at + 1, covers.length, box.width, box.height, box.left, box.top)}
                onFocus={() => onSelect(at)}
              >
                {isSelected && (
                  <div class={styles['own']} style={inside(box, solid)}>
                    {grips.map((grip) => <i key={grip} data-grip={grip} class={styles['grip']} />)}
                  </div>
                )}
              </div>
            )
          })}
          {drawn && fresh && <div class={cx(styles['cover'], styles['clear'])} style={place(fresh)}><div class={styles['own']} style={inside(drawn, fresh)} /></div>}
        </div>
      </div>
      {isBefore && <p class={styles['told']} role="status">{words.withoutCovers}</p>}
      <div class={styles['tools']}>
        <IconButton icon={SquareDashed} label={words.draw} selected={!moves} onClick={() => setMoves(false)} />
        <IconButton icon={Hand} label={words.move} keyHint="m" selected={moves} onClick={() => setMoves(true)} />
        <IconButton icon={Plus} label={words.addBox} keyHint="n" onClick={add} />
        <hr />
        <IconButton icon={Undo2} label={words.undo} keyHint="Ctrl Z" disabled={!undo} onClick={() => undo?.()} />
        <IconButton icon={Redo2} label={words.redo} keyHint="Ctrl ⇧ Z" disabled={!redo} onClick={() => redo?.()} />
        <hr />
        <IconButton icon={ZoomIn} label={words.zoomIn} keyHint="+" onClick={() => zoomBy(zoomStep)} />
        <IconButton icon={ZoomOut} label={words.zoomOut} keyHint="-" disabled={view.zoom === 1} onClick={() => zoomBy(1 / zoomStep)} />
        <IconButton icon={Scan} label={words.zoomWhole} keyHint="0" disabled={view.zoom === 1} onClick={showAll} />
        <IconButton icon={Eye} label={words.before} keyHint="b" selected={isBefore} onPointerDown={() => onBefore(true)} onPointerUp={() => onBefore(false)} onPointerLeave={() => onBefore(false)} onKeyDown={(event) => event.key === 'Enter' && onBefore(true)} onKeyUp={() => onBefore(false)} onBlur={() => onBefore(false)} />
      </div>
      <p class="visually-hidden">{words.margin(coverMarginPixels)}</p>
    </div>
  )
}

/** Tells while a key is held; letting go elsewhere counts as letting go. */
function useHeld(key: string, tell: (held: boolean) => void): void {
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return
      if (key === ' ' && event.target instanceof Element && event.target.closest('button, a, input, summary, [role=button]')) return
      event.preventDefault()
      latest.current(true)
    }
    const up = (event: KeyboardEvent) => event.key.toLowerCase() === key && latest.current(false)
    const gone = () => latest.current(false)
    document.addEventListener('keydown', down)
    document.addEventListener('keyup', up)
    addEventListener('blur', gone)
    return () => {
      document.removeEventListener('keydown', down)
      document.removeEventListener('keyup', up)
      removeEventListener('blur', gone)
    }
  }, [key])
}

/** Ctrl Z and Ctrl Shift Z (or Y) for covers; in a text they are the text's own. */
function useUndo(undo: (() => void) | null, redo: (() => void) | null): void {
  const latest = useRef({ undo, redo })
  latest.current = { undo, redo }
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || isTyping(event.target)) return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) latest.current.redo?.()
      else latest.current.undo?.()
    }
    document.addEventListener('keydown', down)
    return () => document.removeEventListener('keydown', down)
  }, [])
}
