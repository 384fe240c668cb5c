import { computed } from '@preact/signals'
import type { Map as LeafletMap } from 'leaflet'
import { router } from '../../router.ts'
import { placeIn, placeOf, textOf } from './place.ts'
import type { Place } from './place.ts'

/** Moves that follow one another are one in the address: browsers refuse more than some changes of it a second. */
const quietMilliseconds = 300

export const askedPlace = computed(() => router.query.value.get('map'))

/** Keeps the address right while the map stands: what moves it is written there, and what the address is changed to (back, forward, a link) moves it. `isHeld`: it shows what any screen shows first. */
export function followPlace(map: LeafletMap, isHeld: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** A map stands on whole pixels: less than one beside what the address names is there, and the address stays as it was copied. */
  const isThere = ({ latitude, longitude, zoom }: Place) => Math.abs(zoom - map.getZoom()) < 0.005 && map.project([latitude, longitude]).distanceTo(map.project(map.getCenter())) < 1
  const write = () => {
    clearTimeout(timer)
    const asked = placeOf(askedPlace.value)
    if (isHeld() || (asked && isThere(asked))) return
    timer = setTimeout(() => router.ask({ map: textOf(placeIn(map)) }), quietMilliseconds)
  }
  let isBegun = false
  const stop = askedPlace.subscribe((text) => {
    const asked = placeOf(text)
    if (asked && isThere(asked)) return
    // At first the map stands where it was put; and an entry of the history from before it was moved tells no place.
    if (!isBegun || !asked) return write()
    map.setView([asked.latitude, asked.longitude], asked.zoom, { animate: false })
    // It was there already: to write it would change an entry of the history that somebody has come back to.
    clearTimeout(timer)
  })
  isBegun = true
  map.on('moveend', write)
  return () => {
    stop()
    clearTimeout(timer)
    map.off('moveend', write)
  }
}
