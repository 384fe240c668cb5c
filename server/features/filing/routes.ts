import { fileForCall, listObserversCall } from '../../../shared/filing.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { fileFor, keepPictures, listObservers } from './actions.ts'

export function filingRoutes(doors: Doors): void {
  serve(doors, listObserversCall, listObservers)
  serve(doors, fileForCall, fileFor(doors.missionKey), keepPictures)
}
