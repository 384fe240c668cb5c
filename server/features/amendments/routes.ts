import { amendReportCall } from '../../../shared/amendments.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { amendReport } from './actions.ts'

export function amendmentRoutes(doors: Doors): void {
  serve(doors, amendReportCall, amendReport(doors.missionKey))
}
