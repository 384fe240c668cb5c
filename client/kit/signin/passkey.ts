import { beginPasskeyCall, beginProofCall, beginSignInCall, makePasskeyCall, proveCall, signInByPasskeyCall } from '../../../shared/signin.ts'
import type { Me } from '../../../shared/mission.ts'
import { call } from '../call.ts'

/** The browser did not finish: cancelled, too slow, or there is none. Nothing was sent. */
export class NoPasskey extends Error {}

const library = () => import('@simplewebauthn/browser')

export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in window && isSecureContext

async function tried<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (thrown) {
    throw new NoPasskey('no passkey', { cause: thrown })
  }
}

type CreationOptions = Parameters<Awaited<ReturnType<typeof library>>['startRegistration']>[0]['optionsJSON']
type RequestOptions = Parameters<Awaited<ReturnType<typeof library>>['startAuthentication']>[0]['optionsJSON']

/** Makes a passkey on this device. Gives recovery codes where there were none. */
export async function makePasskey(name: string): Promise<string[] | null> {
  const [{ options }, { startRegistration }] = await Promise.all([call(beginPasskeyCall, { name }), library()])
  const { response, id, rawId } = await tried(() => startRegistration({ optionsJSON: options as unknown as CreationOptions }))
  const { clientDataJSON, attestationObject, transports } = response
  const { recoveryCodes } = await call(makePasskeyCall, { name, passkey: { id, rawId, type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) } } })
  return recoveryCodes
}

async function answerTo(options: object, useBrowserAutofill = false) {
  const { startAuthentication } = await library()
  const { response, id, rawId } = await tried(() => startAuthentication({ optionsJSON: options as unknown as RequestOptions, useBrowserAutofill }))
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return { id, rawId, type: 'public-key' as const, clientExtensionResults: {}, response: { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) } }
}

export async function signInByPasskey(): Promise<Me> {
  const { options } = await call(beginSignInCall, {})
  return call(signInByPasskeyCall, { passkey: await answerTo(options) })
}

/** Offers passkeys among what the browser proposes for a name, for as long as nothing else is asked for. Null where the browser cannot, and when it was called off before one was chosen; whoever types a name is not disturbed by it. */
export async function signInByAutofill(): Promise<Me | null> {
  if (!canUsePasskeys() || !(await (await library()).browserSupportsWebAuthnAutofill())) return null
  const passkey = await call(beginSignInCall, {}).then(({ options }) => answerTo(options, true)).catch(() => null)
  return passkey && call(signInByPasskeyCall, { passkey })
}

/** A browser asks for one thing at a time. */
export const stopAutofill = async (): Promise<void> => (await library()).WebAuthnAbortService.cancelCeremony()

export async function proveByPasskey(): Promise<void> {
  const { options } = await call(beginProofCall, {})
  await call(proveCall, { passkey: await answerTo(options) })
}
