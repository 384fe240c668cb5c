import { myTakesCall, takeBackUseCall, useCall } from '../../../shared/press.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { myTakes, takeBackUse, useRelease } from './actions.ts'

export function takeRoutes(doors: Doors): void {
  serve(doors, myTakesCall, myTakes)
  serve(doors, useCall, useRelease)
  serve(doors, takeBackUseCall, takeBackUse)
}
