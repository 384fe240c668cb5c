import { computed, effect } from '@preact/signals'
import { linesVersion, rows, wanted } from '../../store.ts'
import { selected } from '../selection.ts'
import { isInView, listed } from './in-view.ts'

/** So many rows before the last that is here, more are asked for. */
const rowsAhead = 30
const rowsMore = 100
/** A row that is farther down than that is not fetched to be shown: the list says where it is. */
const farthestRow = 2_000

/** Where the selected report stands in the list, while its row is not here; null where it is, or is not of the list. */
export const rowAway = computed<number | null>(() => {
  const id = selected.value
  const at = id === null ? -1 : listed.value.indexOf(id)
  return at < (isInView.value ? wanted.value : rows.value.length) ? null : at
})

let pending: { id: string; takesFocus: boolean; stop: () => void } | null = null

/** Brings the row of the selected report into view, at once or when its line has come; `takesFocus`: for who walks by keys, so that Enter opens it. */
export function toRow(id: string, { takesFocus = false } = {}): void {
  const focuses = takesFocus || (pending?.id === id && pending.takesFocus)
  pending?.stop()
  const at = listed.peek().indexOf(id)
  if (at >= 0 && at - rows.peek().length < farthestRow && at + rowsAhead >= wanted.peek()) wanted.value = at + rowsMore
  let isDone = false
  const mine = { id, takesFocus: focuses, stop: () => undefined as void }
  const done = effect(() => {
    void [rows.value, linesVersion.value]
    // After the list was drawn with them.
    requestAnimationFrame(() => {
      if (isDone) return
      const row = document.querySelector<HTMLElement>(`[data-list] [data-report="${id}"]`)
      if (!row && selected.peek() === id) return
      if (focuses) row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'nearest' })
      mine.stop()
    })
  })
  mine.stop = () => {
    isDone = true
    done()
    if (pending === mine) pending = null
  }
  pending = mine
}
