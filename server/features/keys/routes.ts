import { registerKeyCall } from '../../../shared/keys.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { registerKey } from './actions.ts'

export function keyRoutes(doors: Doors): void {
  serve(doors, registerKeyCall, registerKey)
}
