import { importRegisterCall, previewRegisterCall, registerCall, wrongLinesCall } from '../../../shared/stations.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { findWrongLines, importRegister, prepareImport, prepareRegister, previewRegister, register, writeWrongLines } from './actions.ts'

export function stationRoutes(doors: Doors): void {
  serve(doors, registerCall, register)
  serve(doors, previewRegisterCall, previewRegister, prepareRegister)
  serve(doors, importRegisterCall, importRegister, prepareImport)
  serveFile(doors, wrongLinesCall, findWrongLines, writeWrongLines)
}
