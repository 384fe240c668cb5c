import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'
import type { Streets } from '../../../shared/ground.ts'

export type Square = { z: number; x: number; y: number }
export type Tile = { type: string; bytes: Buffer }
export type Kind = Streets['kind']

/** Where streets come from. Nothing at all is there where a tile is null: the sea, or land beyond the edge of what was packed. */
export type TileSource = {
  about: Streets
  /** Whose data it is, where the source itself says so. */
  attribution: string | null
  /** @throws NoTile where it cannot be had now */
  get: (square: Square) => Promise<Tile | null>
  close: () => Promise<void>
}

/** The tile may be there, and cannot be had now. */
export class NoTile extends Error {}

export const mostTileBytes = 2_000_000
const unzip = promisify(gunzip)

export const vectorType = 'application/vnd.mapbox-vector-tile'

const clear = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADUlEQVQImWNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==', 'base64')

/** A square on which nothing is drawn. */
export const emptyTile = (kind: Kind): Tile => (kind === 'raster' ? { type: 'image/png', bytes: clear } : { type: vectorType, bytes: Buffer.alloc(0) })

/** What these bytes are, by themselves: whoever sent them may say otherwise. Vector tiles carry no mark; zipped ones are opened. @throws NoTile on anything else */
export async function tileOf(kind: Kind, bytes: Buffer): Promise<Tile | null> {
  if (bytes.length === 0) return null
  if (bytes.length > mostTileBytes) throw new NoTile('too large')
  if (kind === 'raster') {
    const type = imageType(bytes)
    if (type === null) throw new NoTile('no picture')
    return { type, bytes }
  }
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  const plain = isZipped ? await unzip(bytes, { maxOutputLength: 4 * mostTileBytes }).catch(() => { throw new NoTile('not to be unzipped') }) : bytes
  return { type: vectorType, bytes: plain }
}

/** The pictures that every browser shows. */
function imageType(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png'
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg'
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP' ? 'image/webp' : null
}
