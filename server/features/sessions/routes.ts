import { endMySignInCall, endSignInCall, knowSignInCall, mySignInsCall, signInsOfCall } from '../../../shared/signin.ts'
import { serve, serveEnding } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { endMySignIn, endSignIn, knowSignIn, mySignIns, signInsOf } from './actions.ts'

export function sessionsRoutes(doors: Doors): void {
  serve(doors, mySignInsCall, mySignIns)
  serveEnding(doors, endMySignInCall, endMySignIn)
  serve(doors, knowSignInCall, knowSignIn)
  serve(doors, signInsOfCall, signInsOf)
  serveEnding(doors, endSignInCall, endSignIn)
}
