import type { Box } from '../../../shared/ground.ts'
import type { Area } from './geojson.ts'
import { UnusableMap } from './unusable.ts'

// Whether areas lie where the mission is. No country's border is known here: the centres of its register say where it is.

export type Place = { latitude: number; longitude: number }
/** Around each area of one file: west, south, east, north. */
export type FileBoxes = { path: string; boxes: Box[] }

/** Half a degree around the register's centres, about 50 km: what lies beyond it on every side is not the mission's country. */
const aroundDegrees = 0.5

export const boxesOf = (path: string, areas: readonly Area[]): FileBoxes => ({ path, boxes: areas.map((area) => boxAround(positionsOf(area))) })

/** @throws UnusableMap with a sentence that names the first file of which no area lies near any of these places; without places nothing is known */
export function ensureNear(files: readonly FileBoxes[], places: readonly Place[]): void {
  if (places.length === 0) return
  const [west, south, east, north] = boxAround(places.map(({ latitude, longitude }) => [longitude, latitude]))
  const country: Box = [west - aroundDegrees, south - aroundDegrees, east + aroundDegrees, north + aroundDegrees]
  const away = files.find(({ boxes }) => !boxes.some((box) => touches(box, country)))
  if (!away) return
  const isSwapped = away.boxes.some(([left, bottom, right, top]) => touches([bottom, left, top, right], country))
  throw new UnusableMap(`MAP_AREAS names ${away.path}, of which no area lies near any centre of the register: ${isSwapped ? 'its latitudes and longitudes seem to be swapped, and a position of GeoJSON has its longitude first' : 'name a file of the mission’s country'}.`)
}

const touches = (one: Box, other: Box): boolean => one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]

function positionsOf({ geometry }: Area): number[][] {
  return (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat(2)
}

function boxAround(positions: readonly (readonly number[])[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = 0, y = 0] of positions) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}
