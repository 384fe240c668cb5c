import type { Log } from '../http/problems.ts'
import type { Fetched, Host } from './host.ts'
import { fetchFrom } from './host.ts'
import type { LookupFunction } from 'node:net'
import { keepTiles } from './kept-tiles.ts'
import type { Square, Tile, TileSource } from './tile.ts'
import { NoTile, tileOf } from './tile.ts'

export type HostParts = {
  host: Host
  /** Where what it gave is kept. */
  folder: string
  log: Pick<Log, 'warn'>
  /** @throws where the disk has no room for what is only convenient */
  askDisk: () => Promise<void>
  /** What names stand for, where that is not asked of the system. */
  lookup?: LookupFunction
  mostBytes?: number
}

const usualBytes = 500_000_000
/** What such hosts make at most: vector tiles hold all details at this zoom already. */
const until = { raster: 19, vector: 14 } as const
const mostAtOnce = 6
const mostWaiting = 300
/** A host that does not answer is left alone for so long. */
const pauseMilliseconds = 20_000

/** Streets of one listed host: each square is asked for once and kept; what is old is asked for again, and used as long as there is nothing newer. */
export function openHostTiles({ host, folder, log, askDisk, lookup, mostBytes = usualBytes }: HostParts): TileSource {
  const kept = keepTiles(folder, host.address, mostBytes)
  const fetchTile = taking(fetchFrom(host, lookup), log)
  const underWay = new Map<string, Promise<Tile | null>>()

  const bring = async (square: Square): Promise<Tile | null> => {
    const found = await kept.find(square)
    if (found && !found.isOld) return tileOf(host.kind, found.bytes)
    try {
      const tile = await fetchTile(square)
      await askDisk().then(() => kept.keep(square, tile?.bytes ?? Buffer.alloc(0))).catch(() => undefined)
      return tile
    } catch (error) {
      if (found) return tileOf(host.kind, found.bytes)
      throw error
    }
  }
  return {
    about: { kind: host.kind, from: 0, until: until[host.kind], bounds: null },
    attribution: null,
    get: (square) => {
      const key = `${square.z}/${square.x}/${square.y}`
      const running = underWay.get(key) ?? bring(square).finally(() => underWay.delete(key))
      underWay.set(key, running)
      return running
    },
    close: () => Promise.resolve(),
  }
}

/** A few at a time, and none for a while after one that got no answer: a desk that pans over a dead host asks it nothing more. */
function taking(fetchTile: Fetched, log: Pick<Log, 'warn'>): Fetched {
  const waiting: (() => void)[] = []
  let running = 0
  let silentUntil = 0
  return async (square) => {
    if (Date.now() < silentUntil) throw new NoTile('left alone')
    if (waiting.length >= mostWaiting) throw new NoTile('too many at once')
    if (running >= mostAtOnce) await new Promise<void>((go) => waiting.push(go))
    running += 1
    try {
      if (Date.now() < silentUntil) throw new NoTile('left alone')
      return await fetchTile(square)
    } catch (error) {
      if (Date.now() >= silentUntil) {
        silentUntil = Date.now() + pauseMilliseconds
        log.warn({ why: error instanceof NoTile ? error.message : 'unknown' }, 'the host of the map’s streets gives none: it is asked again in a while')
      }
      throw error
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
