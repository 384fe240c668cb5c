import { heldReleasesCall, heldReportsCall, screenFaultCall } from '../../../shared/live.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { heldReleases, heldReports, noteScreenFault } from './actions.ts'
import type { ScreenParts } from './actions.ts'

export function screenRoutes(doors: Doors, parts: ScreenParts): void {
  serve(doors, heldReportsCall, heldReports(parts))
  serve(doors, heldReleasesCall, heldReleases(parts))
  serve(doors, screenFaultCall, noteScreenFault(parts))
}
