import { groundCall, groundTileCall } from '../../../shared/ground.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { lookAtGround, squareIn, tileFile } from './actions.ts'
import type { MapSources } from './actions.ts'

export function groundRoutes(doors: Doors, sources: MapSources): void {
  serve(doors, groundCall, lookAtGround(sources))
  serveFile(doors, groundTileCall, squareIn(sources), tileFile(sources))
}
