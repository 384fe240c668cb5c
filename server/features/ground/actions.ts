import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { groundCall, groundTileCall } from '../../../shared/ground.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { FileOut } from '../../platform/http/serve.ts'
import type { MapSources } from '../../platform/map/map.ts'
import { NoTile, emptyTile } from '../../platform/map/tile.ts'

export type { MapSources }

type Square = InputOf<typeof groundTileCall>

/** What the operator gave the map; nothing of it is in the database. */
export const lookAtGround = ({ areas, tiles, attribution }: MapSources) => (): Promise<ReplyOf<typeof groundCall>> => Promise.resolve({ areas, streets: tiles?.about ?? null, attribution })

/** A square of the streets' own pyramid: no other number reaches a file or a host. @throws not_found */
export const squareIn = ({ tiles }: MapSources) => (square: Square): Promise<Square> => {
  const { z, x, y } = square
  if (tiles === null || z < tiles.about.from || z > tiles.about.until || x >= 2 ** z || y >= 2 ** z) return Promise.reject(new Problem('not_found'))
  return Promise.resolve(square)
}

/** Its bytes. Where nothing is, an empty square of its kind, which no page takes for a fault. @throws not_found, with `not_yet` where it may be there and cannot be had now */
export const tileFile = ({ tiles }: MapSources) => async (square: Square): Promise<FileOut> => {
  if (tiles === null) throw new Problem('not_found')
  const tile = await tiles.get(square).catch((error: unknown) => {
    throw error instanceof NoTile ? refuse('tile', 'not_yet', 'not_found') : error
  })
  const { type, bytes } = tile ?? emptyTile(tiles.about.kind)
  return { from: { bytes }, type }
}
