import { endTokenCall, fileByTokenCall, listTokensCall, makeTokenCall } from '../../../shared/tokens.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { endToken, fileByToken, keepPictures, listTokens, makeToken } from './actions.ts'

export function tokenRoutes(doors: Doors): void {
  serve(doors, listTokensCall, listTokens)
  serve(doors, makeTokenCall, makeToken)
  serve(doors, endTokenCall, endToken)
  serve(doors, fileByTokenCall, fileByToken(doors.missionKey), keepPictures)
}
