import L from 'leaflet'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { Streets } from '../../../shared/ground.ts'
import { type Ink, paint } from './paint.ts'
import { tileAddress } from './tile.ts'

const side = 512
const mostKept = 48

/** Streets drawn from shapes, in the colours of the page. Beyond the last zoom that was packed a part of the last square is drawn larger, never blurred. */
export class Drawn extends L.GridLayer {
  readonly #streets: Streets
  readonly #tiles = new Map<string, Promise<VectorTile>>()
  #watch: (() => void) | null = null

  constructor(streets: Streets, options: L.GridLayerOptions) {
    super({ ...options, tileSize: side })
    this.#streets = streets
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map)
    this.#watch = onLook(() => this.redraw())
    return this
  }

  override onRemove(map: L.Map): this {
    this.#watch?.()
    return super.onRemove(map)
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas')
    const dots = Math.min(2, window.devicePixelRatio || 1)
    canvas.width = canvas.height = side * dots
    // A square of 512 pixels shows what stands one zoom above.
    const zoom = coords.z - 1
    const z = Math.min(zoom, this.#streets.until)
    const deeper = 2 ** (zoom - z)
    const [x, y] = [Math.floor(coords.x / deeper), Math.floor(coords.y / deeper)]
    this.#tile({ z, x, y }).then((tile) => {
      const context = canvas.getContext('2d')
      if (context) {
        context.scale(dots, dots)
        paint(context, tile, { zoom: coords.z, side, deeper, left: (coords.x - x * deeper) * side, top: (coords.y - y * deeper) * side }, inkOf(canvas.ownerDocument.documentElement))
      }
      done(undefined, canvas)
    }, (error: unknown) => done(error instanceof Error ? error : new Error('no tile'), canvas))
    return canvas
  }

  /** Neighbours beyond the last zoom are parts of one square, which is fetched and read once. */
  #tile(square: { z: number; x: number; y: number }): Promise<VectorTile> {
    const address = tileAddress(square)
    const known = this.#tiles.get(address)
    if (known) return known
    const made = fetchTile(address)
    this.#tiles.set(address, made)
    made.catch(() => this.#tiles.delete(address))
    const [oldest] = this.#tiles.keys()
    if (this.#tiles.size > mostKept && oldest !== undefined) this.#tiles.delete(oldest)
    return made
  }
}

async function fetchTile(address: string): Promise<VectorTile> {
  const answer = await fetch(address, { credentials: 'same-origin', redirect: 'error' })
  if (!answer.ok) throw new Error(String(answer.status))
  return new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())))
}

function inkOf(root: HTMLElement): Ink {
  const style = getComputedStyle(root)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return { water: token('--water'), land: token('--land'), far: token('--land-far'), line: token('--border'), road: token('--street'), edge: token('--line-strong'), name: token('--ink-2'), font: token('--sans') }
}

/** Day and night, by the device or by choice. */
function onLook(changed: () => void): () => void {
  const night = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(changed)
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  night.addEventListener('change', changed)
  return () => {
    chosen.disconnect()
    night.removeEventListener('change', changed)
  }
}

