import { asOfCall, asOfLinesCall } from '../../../shared/reports.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { asOf, asOfLines } from './actions.ts'

export function pastRoutes(doors: Doors): void {
  serve(doors, asOfCall, asOf)
  serve(doors, asOfLinesCall, asOfLines)
}
