import { mesh } from 'topojson-client'
import type { Feature, MultiLineString, MultiPolygon, Polygon } from 'geojson'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type AreaLevel, areaLevels, groundCall } from '../../../shared/ground.ts'
import { call } from '../call.ts'
import { polygons } from './pack.ts'

/** What this server's operator gave the map: areas of its own, streets, and whose data that is. */
export type Own = ReplyOf<typeof groundCall>
export type OwnArea = { name: string; at: [number, number] }
export type OwnLevel = {
  level: AreaLevel
  areas: Feature<Polygon | MultiPolygon, OwnArea>[]
  /** Around all areas of this level, and between them. */
  outline: MultiLineString
  borders: MultiLineString
  /** Around some of them, taken together. */
  edgeOf: (within: (name: string) => boolean) => MultiLineString
}

/** Nothing where none was given, or where it cannot be had: the base map stands for itself. */
export const loadOwn = (): Promise<Own | null> => call(groundCall, {}).catch(() => null)

/** The levels that were given, largest first. */
export function levelsOf({ areas }: Own): OwnLevel[] {
  return areaLevels.flatMap((level) => {
    const collection = areas?.objects[level]
    if (!areas || !collection) return []
    return [{
      level, areas: polygons(areas, collection), outline: mesh(areas, collection, (one, other) => one === other), borders: mesh(areas, collection, (one, other) => one !== other),
      edgeOf: (within) => mesh(areas, { type: 'GeometryCollection', geometries: collection.geometries.filter(({ properties }) => within(properties.name)) }, (one, other) => one === other),
    }]
  })
}
