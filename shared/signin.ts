import * as z from 'zod/mini'
import { Done, Instant, Uuid, nothing, someWords } from './basics.ts'
import { contract } from './contract.ts'
import { Me } from './mission.ts'
import { everyone } from './roles.ts'
import type { Role } from './roles.ts'

/** Who signs in by passkey or passphrase; observers have their cards. */
export const staff: readonly Role[] = ['coordinator', 'press', 'lead']

export const leastPassphrase = 8
const secret = (most: number) => z.string().check(z.minLength(1, 'required'), z.maxLength(most, 'too_long'))

/** What one signs in with beside a passphrase or a recovery code: short, without spaces, one's own. Case does not count. */
export const SignInName = z.string().check(z.trim(), z.toLowerCase(), z.minLength(2, 'too_short'), z.maxLength(40, 'too_long'), z.regex(/^[\p{L}\p{N}._-]+$/u, 'format'))

/** Six digits of an authenticator app; spaces do not count. */
const Code = z.pipe(z.string().check(z.maxLength(20, 'too_long')), z.transform((text: string) => text.replace(/\s/g, '')))

/** Sixteen characters in groups of four; spaces, dashes and case do not count. */
const RecoveryCode = z.pipe(secret(60), z.transform((text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '')))

const base64url = z.string().check(z.maxLength(20_000, 'too_long'), z.regex(/^[A-Za-z0-9_-]+$/, 'format'))
/** What a browser answers with when a passkey was made; what it says beyond this is not looked at. */
const NewPasskey = z.object({
  id: base64url, rawId: base64url, type: z.literal('public-key'), clientExtensionResults: z.pipe(z.unknown(), z.transform(() => ({}))),
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(10))) }),
})
/** And when one was used. */
const PasskeyAnswer = z.object({
  id: base64url, rawId: base64url, type: z.literal('public-key'), clientExtensionResults: z.pipe(z.unknown(), z.transform(() => ({}))),
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: z.optional(z.nullable(z.string().check(z.maxLength(200)))) }),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>

/** What a browser is asked for, as the library that asks it takes it. */
const PasskeyOptions = z.object({ options: z.looseObject({ challenge: z.string() }) })

/** How somebody of the staff signs in. `proved`: until when what they do needs no new proof; `asked`: whether any is asked for at all. */
export const SignInWays = z.object({
  name: z.nullable(z.string()),
  proposedName: z.string(),
  passkeys: z.array(z.object({ id: z.string(), device: z.string(), host: z.string(), here: z.boolean(), madeAt: Instant, lastUsedAt: z.nullable(Instant) })),
  passphraseSince: z.nullable(Instant),
  recoveryCodesLeft: z.number(),
  asked: z.boolean(),
  /** What a lead ended of it last: one passkey, or all of it. */
  ended: z.nullable(z.object({ what: z.enum(['passkey', 'all']), by: z.string(), at: Instant })),
})
export type SignInWays = z.infer<typeof SignInWays>

export const signInWaysCall = contract({ name: 'signInWays', method: 'GET', path: '/api/sign-in/mine', who: staff, kind: 'reads', input: nothing, reply: SignInWays })

/** Ten codes, each good once, shown once: with the first way to sign in, and when new ones are asked for. */
const Codes = z.object({ recoveryCodes: z.nullable(z.array(z.string())) })

export const beginPasskeyCall = contract({ name: 'beginPasskey', method: 'POST', path: '/api/sign-in/passkeys/begin', who: staff, kind: 'reads', input: z.strictObject({ name: SignInName }), reply: PasskeyOptions })
export const makePasskeyCall = contract({ name: 'makePasskey', method: 'POST', path: '/api/sign-in/passkeys', who: staff, kind: 'writes', status: 201, input: z.strictObject({ name: SignInName, passkey: NewPasskey }), reply: Codes })
export const removePasskeyCall = contract({ name: 'removePasskey', method: 'DELETE', path: '/api/sign-in/passkeys/:id', who: staff, kind: 'writes', carries: 'nothing', input: z.strictObject({ id: base64url }), reply: Done })

/** A secret for an authenticator app, to be sent back with its first code. */
export const proposeTotpCall = contract({ name: 'proposeTotp', method: 'POST', path: '/api/sign-in/totp', who: staff, kind: 'reads', input: z.strictObject({ name: SignInName }), reply: z.object({ secret: z.string(), address: z.string() }) })
/** A passphrase of eight characters or more that is not among the most used, with an authenticator app; in place of the one before. */
export const setPassphraseCall = contract({
  name: 'setPassphrase', method: 'PUT', path: '/api/sign-in/passphrase', who: staff, kind: 'writes',
  input: z.strictObject({ name: SignInName, passphrase: z.string().check(z.minLength(leastPassphrase, 'too_short'), z.maxLength(200, 'too_long')), secret: z.string().check(z.regex(/^[A-Z2-7]{32}$/, 'format')), code: Code }), reply: Codes,
})
/** Ends the codes before. */
export const newRecoveryCodesCall = contract({ name: 'newRecoveryCodes', method: 'POST', path: '/api/sign-in/recovery-codes', who: staff, kind: 'writes', input: nothing, reply: z.object({ recoveryCodes: z.array(z.string()) }) })

export const beginSignInCall = contract({ name: 'beginSignIn', method: 'POST', path: '/api/sign-in/begin', who: 'anyone', kind: 'reads', input: nothing, reply: PasskeyOptions })
export const signInByPasskeyCall = contract({ name: 'signInByPasskey', method: 'POST', path: '/api/sign-in/passkey', who: 'anyone', kind: 'writes', status: 201, input: z.strictObject({ passkey: PasskeyAnswer }), reply: Me })
export const signInByPassphraseCall = contract({
  name: 'signInByPassphrase', method: 'POST', path: '/api/sign-in/passphrase', who: 'anyone', kind: 'writes', status: 201, input: z.strictObject({ name: someWords(200), passphrase: secret(400), code: Code }), reply: Me,
})
export const signInByRecoveryCall = contract({ name: 'signInByRecovery', method: 'POST', path: '/api/sign-in/recovery', who: 'anyone', kind: 'writes', status: 201, input: z.strictObject({ name: someWords(200), recoveryCode: RecoveryCode }), reply: Me })

/** Fresh proof: before release, export, people and settings, where the last is older than fifteen minutes. */
export const beginProofCall = contract({ name: 'beginProof', method: 'POST', path: '/api/sign-in/proof/begin', who: staff, kind: 'reads', input: nothing, reply: PasskeyOptions })
export const proveCall = contract({
  name: 'prove', method: 'POST', path: '/api/sign-in/proof', who: staff, kind: 'writes',
  input: z.strictObject({ passkey: z.optional(PasskeyAnswer), passphrase: z.optional(z.strictObject({ passphrase: secret(400), code: Code })), recoveryCode: z.optional(RecoveryCode) }), reply: Done,
})

/** Where somebody is signed in. `device`: browser and system as it says itself; `address`: for a day, then its network alone. */
export const SignIn = z.object({ id: Uuid, device: z.string(), address: z.nullable(z.string()), since: Instant, lastHeardAt: Instant, here: z.boolean(), newDevice: z.boolean() })
export type SignIn = z.infer<typeof SignIn>

export const mySignInsCall = contract({ name: 'mySignIns', method: 'GET', path: '/api/my/sign-ins', who: everyone, kind: 'reads', input: nothing, reply: z.object({ signIns: z.array(SignIn) }) })
/** Ends one of one's own; its page and socket close in the same call. */
export const endMySignInCall = contract({ name: 'endMySignIn', method: 'DELETE', path: '/api/my/sign-ins/:id', who: everyone, kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid }), reply: Done })
/** "That was me": no more told of as new. */
export const knowSignInCall = contract({ name: 'knowSignIn', method: 'PUT', path: '/api/my/sign-ins/:id/known', who: everyone, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Done })
export const signInsOfCall = contract({ name: 'signInsOf', method: 'GET', path: '/api/people/:id/sign-ins', who: ['lead'], kind: 'reads', input: z.strictObject({ id: Uuid }), reply: z.object({ signIns: z.array(SignIn) }) })
export const endSignInCall = contract({ name: 'endSignIn', method: 'DELETE', path: '/api/people/:id/sign-ins/:session', who: ['lead'], fresh: true, kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid, session: Uuid }), reply: Done })

/** How another of the staff signs in, for a lead. */
export const waysOfCall = contract({ name: 'waysOf', method: 'GET', path: '/api/people/:id/ways', who: ['lead'], kind: 'reads', input: z.strictObject({ id: Uuid }), reply: z.pick(SignInWays, { name: true, passkeys: true, passphraseSince: true, recoveryCodesLeft: true }) })
/** For a key that was lost: ends one passkey, or without it every way to sign in; and where the person is signed in. Every lead is told, and the person. One's own are ended on one's own page. */
export const endWaysCall = contract({ name: 'endWays', method: 'POST', path: '/api/people/:id/ways/end', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ id: Uuid, passkey: z.nullable(base64url) }), reply: Done })
