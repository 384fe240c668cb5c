import type { Box } from './map/mark.ts'

/** A group that is open as a card: the reports within a box of the map, or those without a place. */
export type Spot = Box | 'none'

/** A group as it stands in an address; null where there is none, or what cannot be read. */
export function spotOf(text: string | null): Spot | null {
  if (text === 'none') return 'none'
  const [south, west, north, east] = (text ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  if (south === undefined || west === undefined || !Number.isFinite(south) || !Number.isFinite(west)) return null
  if (north === undefined || east === undefined) return [south, west, south, west]
  return Number.isFinite(north) && Number.isFinite(east) ? [south, west, north, east] : null
}

/** What `spotOf` reads. */
export function spotText(spot: Spot): string {
  if (spot === 'none') return spot
  const [south, west, north, east] = spot
  return south === north && west === east ? `${south},${west}` : spot.join(',')
}
