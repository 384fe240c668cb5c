import L from 'leaflet'
import { baseMap, type Own, type Pack } from './basemap.ts'
import type { Name } from './names.ts'

export type Place = { latitude: number; longitude: number }

export type SmallMap = {
  /** To be shown beside it; empty without land. */
  attribution: string
  remove: () => void
}

/** Nearer than this a base map of a whole country shows nothing more. A lone place is shown with its surroundings. */
const nearest = 18
const alone = 11

/**
 * A still map of where a report says it is: the station, the phone with the circle of its accuracy (metres), and the way between them.
 * `words.distance` stands on that way, written by the caller. Either place may be missing; what it shows is also told by `words.all` to a screen reader.
 */
export function smallMap(
  element: HTMLElement,
  pack: Pack | null,
  own: Own | null,
  { station, phone }: { station: Place | null; phone: (Place & { accuracyMetres: number }) | null },
  words: { language: string; station: string; phone: string; distance: string; all: string },
): SmallMap {
  element.classList.add('smallmap')
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', words.all)
  const map = L.map(element, {
    zoomControl: false, attributionControl: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false, touchZoom: false, keyboard: false,
    zoomSnap: 0, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
  })
  const to = station && L.latLng(station.latitude, station.longitude)
  const from = phone && L.latLng(phone.latitude, phone.longitude)
  const shown = L.latLngBounds([])
  if (to) shown.extend(to)
  if (from) shown.extend(from.toBounds(phone.accuracyMetres * 2))
  show(map, pack, shown)
  const names = [
    ...(to ? [name('station', words.station, to)] : []),
    ...(from ? [name('phone', words.phone, from)] : []),
    ...(from && to ? [name('distance', words.distance, L.latLng((from.lat + to.lat) / 2, (from.lng + to.lng) / 2))] : []),
  ]
  const base = baseMap(map, pack, words.language, { first: names, own })

  const still = { interactive: false, fill: true }
  if (from) L.circle(from, { ...still, radius: phone.accuracyMetres, className: 'smallmap-accuracy' }).addTo(map)
  if (from && to) L.polyline([from, to], { interactive: false, className: 'smallmap-way' }).addTo(map)
  if (from) L.circleMarker(from, { ...still, radius: 5, className: 'smallmap-phone' }).addTo(map)
  if (to) L.circleMarker(to, { ...still, radius: 6, className: 'smallmap-station' }).addTo(map)
  if (to ?? from) L.control.scale({ imperial: false, maxWidth: 90, position: 'bottomright' }).addTo(map)
  return { attribution: base.attribution, remove: () => map.remove() }
}

function show(map: L.Map, pack: Pack | null, shown: L.LatLngBounds): void {
  if (!shown.isValid()) {
    if (pack) map.fitBounds([[pack.view[1], pack.view[0]], [pack.view[3], pack.view[2]]])
    else map.setView([0, 0], 1)
  } else if (shown.getNorthEast().equals(shown.getSouthWest())) map.setView(shown.getCenter(), alone)
  else map.fitBounds(shown, { padding: [72, 36], maxZoom: nearest })
}

function name(kind: 'station' | 'phone' | 'distance', text: string, at: L.LatLng): Name {
  return { kind, text, at, from: -Infinity, until: Infinity, dot: kind !== 'distance' }
}
