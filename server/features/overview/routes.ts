import { roomCountsCall } from '../../../shared/counts.ts'
import { mapWindowCall } from '../../../shared/map.ts'
import { serveAlike } from '../../platform/http/alike.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { mapWindow, roomCounts } from './actions.ts'

export function overviewRoutes(doors: Doors): void {
  serveAlike(doors, mapWindowCall, mapWindow)
  serveAlike(doors, roomCountsCall, roomCounts)
}
