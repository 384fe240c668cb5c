import { claimReportCall, giveVerdictCall, handBackReportCall, reopenCall, takeUpReportCall } from '../../../shared/verification.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { claimReport, giveVerdict, handBackReport, reopenReport, takeUpReport } from './actions.ts'

export function verificationRoutes(doors: Doors): void {
  serve(doors, claimReportCall, claimReport)
  serve(doors, handBackReportCall, handBackReport)
  serve(doors, takeUpReportCall, takeUpReport)
  serve(doors, giveVerdictCall, giveVerdict)
  serve(doors, reopenCall, reopenReport)
}
