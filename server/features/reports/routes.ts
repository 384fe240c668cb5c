import { changeReportCall, fileReportCall, getReportCall, listReportsCall, myReportsCall, myStatementsCall, reportPointsCall, seeReportCall, sinceCall } from '../../../shared/reports.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { changeReport, fileReport, getReport, listMyReports, listMyStatements, listPoints, listReports, listSince, seeReport } from './actions.ts'

export function reportRoutes(doors: Doors): void {
  serve(doors, fileReportCall, fileReport(doors.missionKey))
  serve(doors, myReportsCall, listMyReports)
  serve(doors, myStatementsCall, listMyStatements)
  serve(doors, listReportsCall, listReports)
  serve(doors, reportPointsCall, listPoints)
  serve(doors, getReportCall, getReport)
  serve(doors, seeReportCall, seeReport)
  serve(doors, sinceCall, listSince)
  serve(doors, changeReportCall, changeReport)
}
