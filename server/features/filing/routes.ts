import { amendForCall, fileForCall, listObserversCall } from '../../../shared/filing.ts'
import { carryAmendmentCall, carryReportCall, openSealedCall, sealKeyCall } from '../../../shared/sealed.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { amendFor, carryAmendment, carryReport, fileFor, keepPictures, listObservers, openSealed, tellSealKey } from './actions.ts'

export function filingRoutes(doors: Doors): void {
  serve(doors, listObserversCall, listObservers)
  serve(doors, fileForCall, fileFor(doors.missionKey), keepPictures)
  serve(doors, amendForCall, amendFor(doors.missionKey), keepPictures)
  serve(doors, sealKeyCall, tellSealKey(doors.missionKey))
  serve(doors, openSealedCall, openSealed(doors.missionKey))
  serve(doors, carryReportCall, carryReport(doors.missionKey), keepPictures)
  serve(doors, carryAmendmentCall, carryAmendment(doors.missionKey), keepPictures)
}
