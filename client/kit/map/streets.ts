import L from 'leaflet'
import type { Streets } from '../../../shared/ground.ts'
import { tileAddress } from './tile.ts'

/** From afar the base map is the calmer one. */
const near = 10
const deepest = 22

/** From which zoom on streets are drawn. */
export const streetsFrom = ({ from, until }: Streets): number => Math.max(from, Math.min(near, until))

/** Lays streets over the base map's land and beneath its lines. `tell` hears whether they can be had; where not, the land that lies beneath is seen. */
export function drawStreets(map: L.Map, streets: Streets, pane: string, tell: (canBeHad: boolean) => void): { remove: () => void } {
  let layer: L.GridLayer | null = null
  let isGone = false
  const options: L.GridLayerOptions = { pane, minZoom: streetsFrom(streets), maxZoom: deepest, keepBuffer: 2, ...(streets.bounds ? { bounds: L.latLngBounds([streets.bounds[1], streets.bounds[0]], [streets.bounds[3], streets.bounds[2]]) } : {}) }
  const add = (made: L.GridLayer) => {
    if (isGone) return
    let failed = false
    made.on('loading', () => { failed = false })
    made.on('tileerror', () => {
      failed = true
      tell(false)
    })
    made.on('load', () => failed || tell(true))
    layer = made.addTo(map)
  }
  if (streets.kind === 'raster') add(new Pictures('', { ...options, minNativeZoom: streets.from, maxNativeZoom: streets.until }))
  else void import('./vector.ts').then(({ Drawn }) => add(new Drawn(streets, options)), () => tell(false))
  return {
    remove: () => {
      isGone = true
      layer?.remove()
    },
  }
}

class Pictures extends L.TileLayer {
  override getTileUrl({ x, y, z }: L.Coords): string {
    return tileAddress({ x, y, z })
  }
}
