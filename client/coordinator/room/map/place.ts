import type { Map as LeafletMap } from 'leaflet'
import { nearestZoom } from './mark.ts'

/** Where the map stands: a link shows a colleague the same. */
export type Place = { latitude: number; longitude: number; zoom: number }

export const farthestZoom = 2
const mostLatitude = 85
/** A place as it stands in an address; null where there is none, or what cannot be read. */
export function placeOf(text: string | null): Place | null {
  const [latitude, longitude, zoom, ...more] = (text ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  if (latitude === undefined || longitude === undefined || zoom === undefined || more.length > 0) return null
  const isThere = Math.abs(latitude) <= mostLatitude && Math.abs(longitude) <= 180 && zoom >= farthestZoom && zoom <= nearestZoom
  return isThere ? { latitude, longitude, zoom } : null
}

/** To about a metre; zoom to the quarter that the map has. */
export const textOf = ({ latitude, longitude, zoom }: Place): string => [latitude.toFixed(5), longitude.toFixed(5), zoom.toFixed(2)].map(Number).join(',')

export const placeIn = (map: LeafletMap): Place => {
  const { lat: latitude, lng: longitude } = map.getCenter()
  return { latitude, longitude, zoom: map.getZoom() }
}
