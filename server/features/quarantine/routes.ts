import { liftQuarantineCall, quarantineCall } from '../../../shared/quarantine.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { liftQuarantine, quarantine } from './actions.ts'

export function quarantineRoutes(doors: Doors): void {
  serve(doors, quarantineCall, quarantine)
  serve(doors, liftQuarantineCall, liftQuarantine)
}
