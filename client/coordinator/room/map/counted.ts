import { effect } from '@preact/signals'
import { mapWindowCall } from '../../../../shared/map.ts'
import { call } from '../../../kit/call.ts'
import { askTold } from '../../live.ts'
import { cells, isCut, shownFilter, takeTold } from '../../store.ts'
import { Cells } from './cells.ts'
import type { Box } from './mark.ts'
import type { Drawing, View } from './messages.ts'

/** The map may be moved on meanwhile; and what comes while many file is counted anew together. */
const quietMilliseconds = 120
const anewMilliseconds = 2_000
/** What takes headquarters long is asked for so much more seldom. */
const restAfter = 10
/** Nearer by so many zooms, cells of the server are about as wide as what a mark takes together. */
const finer = 2

type Counted = {
  /** What is counted of a view; null where the reports themselves are all here. */
  drawing: (view: View, turn: number) => Drawing | null
  /** Some report came or changed. */
  changed: () => void
  close: () => void
}

type Window = { around: Box; zoom: number; cells: Cells }

const isWithin = ([south, west, north, east]: Box, around: Box): boolean => south >= around[0] && west >= around[1] && north <= around[2] && east <= around[3]

/** The cells of the map while the screen does not hold all reports: those of everything, and finer ones of where the map stands. */
export function counted(onChange: () => void): Counted {
  let whole: Cells | null = null
  let window: Window | null = null
  let asking: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let counting: ReturnType<typeof setTimeout> | undefined
  let took = 0

  async function look({ around, zoom }: View): Promise<void> {
    asking?.abort()
    const mine = (asking = new AbortController())
    const [south, west, north, east] = around
    try {
      const told = await call(mapWindowCall, { south, west, north, east, zoom: Math.min(22, zoom + finer), ...shownFilter.peek() }, { signal: mine.signal })
      if (mine.signal.aborted || cells.peek() === null) return
      window = { around, zoom, cells: new Cells(told) }
      onChange()
    } catch {
      // The larger cells stay, which count all the same; the next move asks again.
    }
  }

  async function countAnew(): Promise<void> {
    counting = undefined
    const asked = shownFilter.peek()
    const begun = performance.now()
    const told = await askTold(asked).catch(() => null)
    took = performance.now() - begun
    if (told !== null && isCut.peek() && asked === shownFilter.peek()) takeTold(told)
  }

  const stop = effect(() => {
    whole = cells.value === null ? null : new Cells(cells.value)
    asking?.abort()
    window = null
    onChange()
  })

  return {
    drawing: (view, turn) => {
      if (whole === null) return null
      const fits = window !== null && isWithin(view.view, window.around) && Math.floor(window.zoom) === Math.floor(view.zoom)
      if (isCut.peek() && !fits) {
        clearTimeout(timer)
        timer = setTimeout(() => void look(view), quietMilliseconds)
      }
      const held = window !== null && isWithin(view.view, window.around) ? window.cells : whole
      return { ...held.drawing(view, turn), box: whole.box }
    },
    changed: () => {
      if (isCut.peek() && cells.peek() !== null) counting ??= setTimeout(() => void countAnew(), Math.max(anewMilliseconds, took * restAfter))
    },
    close: () => {
      stop()
      asking?.abort()
      clearTimeout(timer)
      clearTimeout(counting)
    },
  }
}
