import { isAbsolute, resolve } from 'node:path'
import { AreaLevel, areaLevels } from '../shared/ground.ts'
import { isPrivate } from './platform/map/addresses.ts'
import type { MapConfig } from './platform/map/map.ts'
import { WrongConfig } from './wrong-config.ts'

const root = resolve(import.meta.dirname, '..')
const pathOf = (given: string): string => (isAbsolute(given) ? given : resolve(root, given))

/** MAP_AREAS, MAP_TILES and MAP_ATTRIBUTION. What the files hold is looked at when a house opens. @throws WrongConfig */
export function mapOf(given: (name: string) => string | null): { map?: MapConfig } {
  const [areas, tiles, attribution] = [given('MAP_AREAS'), given('MAP_TILES'), given('MAP_ATTRIBUTION')]
  if (areas === null && tiles === null) {
    if (attribution !== null) throw new WrongConfig('MAP_ATTRIBUTION says whose data the map shows, and neither MAP_AREAS nor MAP_TILES names any.')
    return {}
  }
  return { map: { areas: areas === null ? [] : areas.split(',').map(areaFile), tiles: tiles === null ? null : tilesOf(tiles, attribution), attribution } }
}

/** `districts.geojson`, where each area says its own level, or `district:districts.geojson`. */
function areaFile(one: string): MapConfig['areas'][number] {
  const [, level, path] = /^\s*(?:([a-z]+):)?(.*?)\s*$/s.exec(one) ?? []
  if (!path) throw new WrongConfig('MAP_AREAS must be paths of GeoJSON files with commas between them, and one of them is empty.')
  if (level === undefined) return { path: pathOf(path), level: null }
  const known = AreaLevel.safeParse(level)
  if (!known.success) throw new WrongConfig(`MAP_AREAS names the level "${level}", which is none of ${areaLevels.join(', ')}.`)
  return { path: pathOf(path), level: known.data }
}

function tilesOf(given: string, attribution: string | null): NonNullable<MapConfig['tiles']> {
  if (!/^https?:/i.test(given)) {
    if (!/\.pmtiles$/i.test(given)) throw new WrongConfig('MAP_TILES must be the path of a .pmtiles file, or an address as https://tiles.example.org/{z}/{x}/{y}.png.')
    return { file: pathOf(given) }
  }
  const wrong = (why: string) => new WrongConfig(`MAP_TILES names a host of tiles, and ${why}.`)
  for (const part of ['{z}', '{x}', '{y}']) if (given.split(part).length !== 2) throw wrong(`its address must hold ${part} once, as https://tiles.example.org/{z}/{x}/{y}.png`)
  const filled = given.replace(/\{[zxy]\}/g, '0')
  const url = URL.canParse(filled) ? new URL(filled) : null
  // What is refused is not printed: keys stand in such addresses.
  if (url === null || given.split('/', 3).join().includes('{') || url.hash || /[{}]/.test(filled)) throw wrong('its address cannot be read: only {z}, {x} and {y} may stand in its path or query')
  if (url.username || url.password) throw wrong('its address holds a name or a password, which Veedor does not send')
  const isNamed = isPrivate(url.hostname)
  if (url.protocol === 'http:' && !isNamed) throw wrong('http would show others on the way where the mission looks: begin its address with https://')
  const ending = /\.(png|jpe?g|webp|mvt|pbf)$/i.exec(url.pathname)?.[1]?.toLowerCase()
  if (ending === undefined) throw wrong('its path must end in .png, .jpg, .webp, .mvt or .pbf')
  if (attribution === null) throw wrong('MAP_ATTRIBUTION must say whose data it is, as "© OpenStreetMap contributors"')
  return { address: given, kind: ending === 'mvt' || ending === 'pbf' ? 'vector' : 'raster', mayBePrivate: isNamed }
}
