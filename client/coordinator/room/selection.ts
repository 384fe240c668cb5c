import { computed } from '@preact/signals'
import { Uuid } from '../../../shared/basics.ts'
import { keptQuery, router } from '../router.ts'
import { type Point, allPoints, order, pointsVersion } from '../store.ts'
import { isIn } from './map/mark.ts'
import { spotOf, spotText } from './spot.ts'
import type { Spot } from './spot.ts'

/** The selected report; it stands in the address. */
export const selected = computed(() => {
  const read = Uuid.safeParse(router.query.value.get('report') ?? '')
  return read.success ? read.data : null
})

const askedSpot = computed(() => router.query.value.get('spot'))
/** The open group; it stands in the address. The same for as long as its text is, whatever else of the address changes. */
export const spot = computed<Spot | null>(() => spotOf(askedSpot.value))

export const isInSpot = (place: Spot, { latitude, longitude }: Pick<Point, 'latitude' | 'longitude'>): boolean => {
  if (latitude === null || longitude === null) return place === 'none'
  return place !== 'none' && isIn(place, latitude, longitude)
}

/** The reports of the open group, in the list's order. */
export const spotPoints = computed<readonly Point[]>(() => {
  void pointsVersion.value
  const place = spot.value
  if (!place) return []
  const points = allPoints()
  return order.value.flatMap((id) => {
    const point = points.get(id)
    return point && isInSpot(place, point) ? [point] : []
  })
})

/** `from` the list or the map a report is looked at alone; from an open group it can step back to it. */
export const select = (id: string, { keepSpot = false }: { keepSpot?: boolean } = {}): void => router.ask({ report: id, ...(keepSpot ? {} : { spot: undefined }) })
export const openSpot = (place: Spot): void => router.ask({ spot: spotText(place), report: undefined }, { push: true })
/** What stands in the address of a report's page: the room as it is, with this report selected; an open group only while it holds it. */
function queryAt(id: string): Record<string, string | undefined> {
  const place = spot.value
  const point = allPoints().get(id)
  return { ...keptQuery(), report: id, ...(place !== null && !(point && isInSpot(place, point)) ? { spot: undefined } : {}) }
}
export const openReport = (id: string): void => router.go(`reports/${id}`, { query: queryAt(id) })
export const reportAddress = (id: string): string => router.address(`reports/${id}`, queryAt(id))

/** One step back: from the report to its group, then to nothing. Says whether there was a step. */
export function stepBack(): boolean {
  if (selected.peek()) router.ask({ report: undefined })
  else if (spot.peek()) router.ask({ spot: undefined })
  else return false
  return true
}
