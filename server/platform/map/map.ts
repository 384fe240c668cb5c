import { join } from 'node:path'
import type { LookupFunction } from 'node:net'
import type { Areas } from '../../../shared/ground.ts'
import type { Disk } from '../files/disk.ts'
import type { Log } from '../http/problems.ts'
import { openArchive } from './archive.ts'
import { readAreas } from './areas.ts'
import type { AreaFile } from './geojson.ts'
import { openHostTiles } from './host-tiles.ts'
import type { Host } from './host.ts'
import type { TileSource } from './tile.ts'
import { UnusableMap } from './unusable.ts'
import { ensureNear } from './where.ts'
import type { Place } from './where.ts'

/** What the operator named, not looked at yet. */
export type MapConfig = { areas: AreaFile[]; tiles: { file: string } | Host | null; attribution: string | null }

/** What the map has beside its base. */
export type MapSources = {
  areas: Areas | null
  tiles: TileSource | null
  attribution: string
  /** @throws UnusableMap where a file of areas is not of the country in which these places lie */
  ensureNear: (places: readonly Place[]) => void
  close: () => Promise<void>
}

type Parts = { config: MapConfig | undefined; folder: string; disk: Disk; log: Log; lookup?: LookupFunction }

/** Reads areas and opens streets, where any are named. Without them nothing is asked of anyone outside. @throws UnusableMap */
export async function openMap({ config, folder, disk, log, lookup }: Parts): Promise<MapSources> {
  const { areas, files } = await readAreas(config?.areas ?? [])
  const named = config?.tiles ?? null
  const tiles = named === null ? null : 'file' in named ? await openArchive(named.file)
    : openHostTiles({ host: named, folder: join(folder, 'tiles'), log, askDisk: () => disk.ask('originals'), ...(lookup ? { lookup } : {}) })
  const attribution = config?.attribution ?? tiles?.attribution ?? ''
  if (tiles !== null && attribution === '') {
    await tiles.close()
    throw new UnusableMap('MAP_TILES names a file that does not say whose data it holds: say it with MAP_ATTRIBUTION, as "© OpenStreetMap contributors".')
  }
  return { areas, tiles, attribution, ensureNear: (places) => ensureNear(files, places), close: async () => tiles?.close() }
}
