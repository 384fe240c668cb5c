import { computed, effect, signal } from '@preact/signals'
import { lineOf, pastMoment, wanted } from '../store.ts'
import { listed } from './list/in-view.ts'

/** A printout lists so many reports, and says how many there are: whoever wants all on paper has the journal's export. */
const mostPrinted = 500
const isPrinting = signal(false)
/** How far a sheet is that waits for what goes on it; null while none does. */
export const making = signal<{ what: 'lines' | 'pictures'; here: number; all: number } | null>(null)
/** True while a sheet is made: then the list has no gaps, and asks for its pictures wherever they stand. */
export const isOnPaper = computed(() => isPrinting.value || making.value !== null)

/** What ends the waiting of the sheet that is made. */
let leave: (() => void) | null = null

/** Hears of each printout, whether by our button or the browser's own way. */
export function followPrinting(): () => void {
  const begin = () => void (isPrinting.value = true)
  const end = () => void (isPrinting.value = false)
  addEventListener('beforeprint', begin)
  addEventListener('afterprint', end)
  return () => {
    removeEventListener('beforeprint', begin)
    removeEventListener('afterprint', end)
    end()
    leave?.()
  }
}

/** Prints a moment in the past once its lines that go on paper are here, and their pictures, or what became of them. */
export function printSoon(): void {
  leave?.()
  const moment = pastMoment.peek()
  wanted.value = Math.max(wanted.peek(), mostPrinted)
  let isOver = false
  making.value = { what: 'lines', here: 0, all: 0 }
  const stop = effect(() => {
    const due = listed.value.slice(0, wanted.value)
    const here = due.filter((id) => lineOf(id)).length
    // What is asked for now is another room; this was given a name only after it ran.
    if (pastMoment.value !== moment) return void setTimeout(() => !isOver && leave?.())
    if (making.peek()?.what === 'pictures') return
    making.value = { what: here < due.length ? 'lines' : 'pictures', here, all: due.length }
    // After the list was drawn with them.
    if (here === due.length) setTimeout(() => !isOver && awaitPictures(() => isOver))
  })
  leave = () => {
    isOver = true
    leave = null
    making.value = null
    stop()
  }
}

/** Each picture of the list counts that is here or that cannot be had; the last one prints. */
function awaitPictures(isOver: () => boolean): void {
  const awaited = [...document.querySelectorAll<HTMLImageElement>('[data-list] img')].filter((image) => !image.complete)
  const all = awaited.length
  let here = 0
  making.value = { what: 'pictures', here, all }
  if (all === 0) return printNow()
  const arrived = () => {
    if (isOver()) return
    here += 1
    making.value = { what: 'pictures', here, all }
    if (here === all) printNow()
  }
  for (const image of awaited) for (const what of ['load', 'error']) image.addEventListener(what, arrived, { once: true })
}

/** Prints what is here. */
export function printNow(): void {
  if (making.peek() === null) return
  print()
  leave?.()
}
