import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { Compression, PMTiles, TileType } from 'pmtiles'
import * as z from 'zod/mini'
import type { Kind, TileSource } from './tile.ts'
import { NoTile, tileOf } from './tile.ts'
import { UnusableMap } from './unusable.ts'

const kinds: Partial<Record<TileType, Kind>> = { [TileType.Mvt]: 'vector', [TileType.Png]: 'raster', [TileType.Jpeg]: 'raster', [TileType.Webp]: 'raster' }
const readable = [Compression.None, Compression.Gzip, Compression.Unknown]
/** A directory or a tile of a file that is whole is far smaller. */
const mostAtOnce = 32_000_000

const Said = z.object({ attribution: z.optional(z.string()) })

/** Streets out of one file, read where it lies: its head at the start, its tiles as they are asked for. @throws UnusableMap */
export async function openArchive(path: string): Promise<TileSource> {
  const refuse = (why: string): never => { throw new UnusableMap(`MAP_TILES names ${path}, ${why}.`) }
  const file = await open(path, 'r').catch(() => refuse('which cannot be read'))
  try {
    const archive = new PMTiles({
      getKey: () => basename(path),
      getBytes: async (offset, length) => {
        if (!(length >= 0 && length <= mostAtOnce)) throw new NoTile('not this long')
        const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset)
        return { data: buffer.buffer.slice(0, bytesRead) }
      },
    })
    const head = await archive.getHeader().catch(() => refuse('which is no PMTiles file of version 3'))
    const kind = kinds[head.tileType] ?? refuse('whose tiles are neither PNG, JPEG, WebP nor vector tiles (MVT)')
    if (!readable.includes(head.tileCompression) || !readable.includes(head.internalCompression)) refuse('which is packed by Brotli or Zstandard: pack it anew with gzip')
    const said = Said.safeParse(await archive.getMetadata().catch(() => refuse('whose description cannot be read')))
    return {
      about: { kind, from: head.minZoom, until: head.maxZoom, bounds: [head.minLon, head.minLat, head.maxLon, head.maxLat] },
      attribution: said.success && said.data.attribution ? plain(said.data.attribution) : null,
      get: async ({ z, x, y }) => {
        const found = await archive.getZxy(z, x, y).catch(() => { throw new NoTile('not to be read') })
        return found ? tileOf(kind, Buffer.from(found.data)) : null
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Such descriptions are written as HTML; words alone leave. */
function plain(html: string): string {
  const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', copy: '©', nbsp: ' ' }
  return html.replace(/<[^>]*>/g, '').replace(/&(#169|[a-z]+);/gi, (whole, sign: string) => (sign === '#169' ? '©' : (signs[sign.toLowerCase()] ?? whole))).replace(/\s+/g, ' ').trim().slice(0, 300)
}
