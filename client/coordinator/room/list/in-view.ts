import { computed, signal } from '@preact/signals'
import { router } from '../../router.ts'
import { order, pointOf, pointsVersion } from '../../store.ts'
import { isInSpot } from '../selection.ts'
import type { Box } from '../map/mark.ts'

/** What the map shows where it stands; null until it stands somewhere. */
export const mapBox = signal<Box | null>(null)

/** Whether the list shows what is visible on the map alone. It stands in the address. */
export const isInView = computed(() => router.query.value.get('within') === 'map')
export const setInView = (on: boolean): void => router.ask({ within: on ? 'map' : undefined })

/** The reports of the filter that are visible on the map, in the list's order. */
const visible = computed<readonly string[]>(() => {
  void pointsVersion.value
  const box = mapBox.value
  return box === null ? [] : order.value.filter((id) => {
    const point = pointOf(id)
    return point !== undefined && point.latitude !== null && isInSpot(box, point)
  })
})

/** What the list lists: all of the filter, or what the map shows of it. */
export const listed = computed<readonly string[]>(() => (isInView.value ? visible.value : order.value))
