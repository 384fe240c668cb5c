import {
  beginPasskeyCall, beginProofCall, beginSignInCall, makePasskeyCall, newRecoveryCodesCall, proposeTotpCall, proveCall, removePasskeyCall, setPassphraseCall, signInByPasskeyCall, signInByPassphraseCall,
  signInByRecoveryCall, signInWaysCall, waysOfCall, endWaysCall,
} from '../../../shared/signin.ts'
import { serve, serveAnyone, serveEnding, serveSignIn } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import {
  asPrepared, checkNewPasskey, checkPasskeySignIn, checkPassphraseSignIn, checkProof, checkRecoverySignIn, hashPassphrase, hostHere, makePasskey, newRecoveryCodes, optionsForPasskey, optionsForProof, optionsForSignIn,
  proposeTotp, prove, removePasskey, setPassphrase, signInByPasskey, signInByPassphrase, signInByRecovery, signInWays, waysOf, endWays,
} from './actions.ts'

export function staffRoutes(doors: Doors): void {
  const { secrets } = doors
  serve(doors, signInWaysCall, signInWays, hostHere)
  serve(doors, beginPasskeyCall, asPrepared, optionsForPasskey(secrets))
  serve(doors, makePasskeyCall, makePasskey, checkNewPasskey(secrets))
  serve(doors, removePasskeyCall, removePasskey)
  serve(doors, waysOfCall, waysOf, hostHere)
  serveEnding(doors, endWaysCall, endWays)
  serve(doors, proposeTotpCall, proposeTotp)
  serve(doors, setPassphraseCall, setPassphrase, hashPassphrase(secrets))
  serve(doors, newRecoveryCodesCall, newRecoveryCodes)
  serveAnyone(doors, beginSignInCall, asPrepared, { before: optionsForSignIn(secrets) })
  serveSignIn(doors, signInByPasskeyCall, signInByPasskey, { before: checkPasskeySignIn(secrets) })
  serveSignIn(doors, signInByPassphraseCall, signInByPassphrase, { before: checkPassphraseSignIn(secrets) })
  serveSignIn(doors, signInByRecoveryCall, signInByRecovery, { before: checkRecoverySignIn(secrets) })
  serve(doors, beginProofCall, asPrepared, optionsForProof(secrets))
  serve(doors, proveCall, prove, checkProof(secrets))
}
