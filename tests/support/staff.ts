import { Secret, TOTP } from 'otpauth'
import { openMissionCall, setCheckingCall, skipRegisterCall } from '../../shared/mission.ts'
import type { Me } from '../../shared/mission.ts'
import { beginPasskeyCall, beginSignInCall, makePasskeyCall, proposeTotpCall, setPassphraseCall, signInByPassphraseCall, signInByPasskeyCall } from '../../shared/signin.ts'
import { newAuthenticator } from './authenticator.ts'
import { credit, setUp } from './desk.ts'
import { callerOf } from './house.ts'
import type { Answer, Caller, TestHouse } from './house.ts'

const halfMinute = 30_000
export const passphrase = 'seven boats on the lempa'

/** Opens the mission: from then on fresh proof is asked for. */
export async function openFor(house: TestHouse, lead: Caller): Promise<void> {
  const rules = { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } as const
  await setUp(house, lead)
  await lead.call(setCheckingCall, { credit, rules })
  await lead.call(skipRegisterCall, {})
  const { status } = await lead.call(openMissionCall, { rules })
  if (status !== 200) throw new Error('Not open')
}

export const codeOf = (secret: string, house: Pick<TestHouse, 'clock'>): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(house.clock.now()) })

/** The next code: each is good once. */
export function nextCode(secret: string, house: Pick<TestHouse, 'clock'>): string {
  house.clock.forward(halfMinute)
  return codeOf(secret, house)
}

export async function givePassphrase(house: TestHouse, person: Caller, name: string, words = passphrase) {
  const { reply: { secret } } = await person.call(proposeTotpCall, { name })
  const set = await person.call(setPassphraseCall, { name, passphrase: words, secret, code: codeOf(secret, house) })
  return { secret, set, recoveryCodes: set.reply.recoveryCodes ?? [] }
}

export const here = (house: Pick<TestHouse, 'address'>) => ({ origin: house.address, host: new URL(house.address).hostname })

export async function givePasskey(house: TestHouse, person: Caller, name: string) {
  const key = newAuthenticator()
  const { reply } = await person.call(beginPasskeyCall, { name })
  const made = await person.call(makePasskeyCall, { name, passkey: key.make(reply, here(house)) })
  return { key, made }
}

export async function signInWith(house: TestHouse, key: ReturnType<typeof newAuthenticator>, caller: Caller = house.nobody) {
  const { reply } = await caller.call(beginSignInCall, {})
  return caller.call(signInByPasskeyCall, { passkey: key.use(reply, here(house)) })
}

export const signInAt = (house: TestHouse, name: string, code: string, options: { words?: string; caller?: Caller; headers?: Record<string, string> } = {}): Promise<Answer<Me>> =>
  (options.caller ?? house.nobody).call(signInByPassphraseCall, { name, passphrase: options.words ?? passphrase, code }, options.headers ? { headers: options.headers } : {})

const cookieNamed = (answer: Answer<unknown>, name: string): string => new RegExp(`(?:^|[ ,])${name}=([^;]+)`).exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''

/** Who has just signed in, with the session that the answer brought. */
export const signedIn = (house: TestHouse, answer: Answer<Me>): Caller => callerOf(house, { id: answer.reply.person.id, role: answer.reply.person.role, token: cookieNamed(answer, 'veedor') })

export const deviceCookie = (answer: Answer<unknown>): string => `veedor-device=${cookieNamed(answer, 'veedor-device')}`
