import { changeReportCall, fileReportCall, getReportCall, listReportsCall, myReportsCall, myStatementsCall, reportPointsCall, seeReportCall, sinceCall } from '../../../shared/reports.ts'
import { serveAlike } from '../../platform/http/alike.ts'
import { serve, serveTogether } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { changeReport, fileLookedAt, getReport, listMyReports, listMyStatements, listPoints, listReports, listSince, lookAtReport, seeReport } from './actions.ts'

export function reportRoutes(doors: Doors): void {
  serveTogether(doors, fileReportCall, fileLookedAt(doors.missionKey), lookAtReport)
  serve(doors, myReportsCall, listMyReports)
  serve(doors, myStatementsCall, listMyStatements)
  serveAlike(doors, listReportsCall, listReports(doors.lines))
  serve(doors, reportPointsCall, listPoints(doors.mostOnScreen))
  serve(doors, getReportCall, getReport)
  serve(doors, seeReportCall, seeReport)
  serve(doors, sinceCall, listSince)
  serve(doors, changeReportCall, changeReport)
}
