import { mapWindowCall } from '../../../shared/map.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { mapWindow } from './actions.ts'

export function countRoutes(doors: Doors): void {
  serve(doors, mapWindowCall, mapWindow)
}
