import { embargoCall, endEmbargoCall, setEmbargoCall, statementOutCall } from '../../../shared/press.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { endEmbargo, getEmbargo, setEmbargo, statementOut } from './actions.ts'

export function embargoRoutes(doors: Doors): void {
  serve(doors, embargoCall, getEmbargo)
  serve(doors, setEmbargoCall, setEmbargo)
  serve(doors, statementOutCall, statementOut)
  serve(doors, endEmbargoCall, endEmbargo)
}
