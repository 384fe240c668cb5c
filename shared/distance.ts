import * as z from 'zod/mini'

/** How far from its station a report's phone was: at it (a school, its yard, and how well its point in the register is known), in its surroundings, far away; or nobody can tell, where the phone gave no position or no station is named. */
export const Distance = z.enum(['near', 'apart', 'far', 'unknown'])
export type Distance = z.infer<typeof Distance>

export const nearMetres = 150
export const farMetres = 1000

export const distanceOf = (metres: number | null): Distance => (metres === null ? 'unknown' : metres <= nearMetres ? 'near' : metres <= farMetres ? 'apart' : 'far')

type Point = { latitude: number; longitude: number }
export const earthRadiusMetres = 6_371_008.8

/** Metres between two points, along the great circle (haversine on the mean sphere; within 0.5 % of the ellipsoid). */
export function metresBetween(one: Point, other: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const h = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(radians(other.longitude - one.longitude) / 2) ** 2
  // Of opposite points rounding makes a little more than 1.
  return 2 * earthRadiusMetres * Math.atan2(Math.sqrt(h), Math.sqrt(Math.abs(1 - h)))
}
