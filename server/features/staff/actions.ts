import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { Secret, TOTP } from 'otpauth'
import * as z from 'zod/mini'
import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Me } from '../../../shared/mission.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import { staff } from '../../../shared/signin.ts'
import type { PasskeyAnswer, beginPasskeyCall, makePasskeyCall, newRecoveryCodesCall, proposeTotpCall, proveCall, removePasskeyCall, setPassphraseCall, SignInWays, endWaysCall, signInByPasskeyCall, signInByPassphraseCall, signInByRecoveryCall, signInWaysCall, waysOfCall } from '../../../shared/signin.ts'
import { Role } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Before, SignedIn } from '../../platform/http/serve.ts'
import type { Actor, Changes, Look, PersonActor, Work } from '../../platform/journal/work.ts'
import { isCommon } from '../../platform/secrets/passphrases.ts'
import type { Counted } from '../../platform/secrets/guesses.ts'
import type { Secrets } from '../../platform/secrets/secrets.ts'
import { getMission, meOf } from '../mission/actions.ts'
import { leadSubjects, signInBy } from '../people/actions.ts'
import { endSessionsOf } from '../sessions/actions.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'
import type { PasskeyRow, RecoveryCodeRow } from './tables.ts'

type Options = { options: { challenge: string; [field: string]: unknown } }
type Visitor = { kind: 'visitor' }

/** One answer to everything that is not right, to the byte: who does not exist is not told from who mistyped. */
const noMatch = () => refuse('', 'no_match', 'not_allowed')

// ---- How one signs in

export const hostHere = (_: unknown, { from }: Before<PersonActor>): Promise<string> => Promise.resolve(from.host)

export async function signInWays(_: InputOf<typeof signInWaysCall>, { tx, actor, now }: Look, host: string): Promise<ReplyOf<typeof signInWaysCall>> {
  const [person, ways, taken] = [await store.findPerson(tx, actor.id), await waysFor(actor.id, host, tx), await store.takenNames(tx)]
  return { ...ways, proposedName: ways.name ?? rules.proposedName(person?.name ?? '', (one) => taken.has(one)), asked: await asksProof(actor, tx, now), ended: await endedByLead(actor.id, { tx, now }) }
}

async function waysFor(person: string, host: string, tx: Tx): Promise<ReplyOf<typeof waysOfCall>> {
  const [name, passkeys, passphrase, codes] = [await store.findName(tx, person), await store.listPasskeys(tx, person), await store.findPassphrase(tx, person), await store.listCodes(tx, person)]
  return {
    name: name?.name ?? null,
    passkeys: passkeys.map(({ id, device, host: its, madeAt, lastUsedAt }) => ({ id, device, host: its, here: its === host, madeAt, lastUsedAt })),
    passphraseSince: passphrase?.madeAt ?? null,
    recoveryCodesLeft: codes.length,
  }
}

type EndedFact = { actor: { id?: string }; subject: { id: string } }

/** What a lead ended last of how somebody signs in. */
async function endedByLead(person: string, { tx, now }: Pick<Look, 'tx' | 'now'>): Promise<SignInWays['ended']> {
  const facts = (await store.listEndedWays(tx, person)).map((fact) => ({ ...fact, body: JSON.parse(fact.body) as EndedFact }))
  // Leads are told of others' too.
  const last = facts.find(({ body }) => body.subject.id === person)
  if (!last || !rules.isStillTold(last.at, now)) return null
  const by = last.body.actor.id === undefined ? undefined : await store.findPerson(tx, last.body.actor.id)
  return { what: last.kind === 'staff.passkey_ended' ? 'passkey' : 'all', by: by?.name ?? '', at: last.at }
}

/** Whether this person is asked at all who it is, however long ago they showed it. */
async function asksProof({ id }: PersonActor, tx: Tx, now: string): Promise<boolean> {
  const { open, exercise } = await getMission(tx)
  return rules.proofIsDue({ open, exercise, hasWay: await hasWay(tx, id), provedAt: null, now })
}

/** Whether this person has to show now who it is. */
export async function needsProof(actor: PersonActor, { tx, now }: { tx: Tx; now: string }): Promise<boolean> {
  const session = actor.session === null ? undefined : await store.findSession(tx, actor.session)
  const { open, exercise } = await getMission(tx)
  return rules.proofIsDue({ open, exercise, hasWay: await hasWay(tx, actor.id), provedAt: session?.provedAt ?? null, now })
}

const hasWay = async (tx: Tx, person: string): Promise<boolean> => (await store.listPasskeys(tx, person)).length > 0 || (await store.findPassphrase(tx, person)) !== undefined

/** The first way to sign in is made from the session alone, since there is nothing else yet to show; whoever has one shows it before changing any. */
async function requireProof({ tx, actor, now }: Work): Promise<void> {
  if ((await hasWay(tx, actor.id)) && (await needsProof(actor, { tx, now }))) throw refuse('session', 'needs_proof', 'not_allowed')
}

/** The changes that give somebody their sign-in name, or none where it is theirs already. @throws taken */
async function nameChanges(name: string, { tx, actor, now }: Work): Promise<Changes> {
  const [own, holder] = [await store.findName(tx, actor.id), await store.findByName(tx, name)]
  if (holder && holder.person !== actor.id) throw refuse('name', 'taken')
  if (!own) return { put: { signInNames: [{ person: actor.id, name, madeAt: now }] } }
  return own.name === name ? {} : { set: { signInNames: [{ person: actor.id, name }] } }
}

/** Ten new codes; those before end. */
async function freshCodes({ tx, actor, now, newId, newToken }: Work): Promise<{ codes: string[]; put: RecoveryCodeRow[]; set: { id: string; endedAt: string }[] }> {
  const before = await store.listCodes(tx, actor.id)
  const codes = Array.from({ length: rules.recoveryCodes }, () => rules.codeFrom(Buffer.from(newToken(), 'base64url')))
  return {
    codes: codes.map(rules.written),
    put: codes.map((code) => ({ id: newId(), person: actor.id, codeHash: store.hashOf(code), madeAt: now, usedAt: null, endedAt: null })),
    set: before.map(({ id }) => ({ id, endedAt: now })),
  }
}

/** Records a new way to sign in together with the name, and with recovery codes where there are none; the session that made it has shown who it is. */
async function recordWay(kind: string, name: string, changes: Changes, work: Work): Promise<{ recoveryCodes: string[] | null }> {
  const { tx, actor, now, record } = work
  const named = await nameChanges(name, work)
  const fresh = (await store.listCodes(tx, actor.id)).length === 0 ? await freshCodes(work) : null
  await record(kind, { type: 'person', id: actor.id }, {
    put: { ...named.put, ...changes.put, ...(fresh ? { recoveryCodes: fresh.put } : {}) },
    set: { ...named.set, ...changes.set },
  })
  if (actor.session) await store.keepProof(tx, actor.session, now)
  return { recoveryCodes: fresh?.codes ?? null }
}

// ---- Passkeys

const makingPurpose = (person: string): string => `make ${person}`
const algorithms = [-7, -8, -257]

export const optionsForPasskey = ({ challenges }: Secrets) => async ({ name }: InputOf<typeof beginPasskeyCall>, { actor, from, look }: Before<PersonActor>): Promise<Options> => {
  const { person, mission, passkeys } = await look(async ({ tx }) => ({ person: await store.findPerson(tx, actor.id), mission: await getMission(tx), passkeys: await store.listPasskeys(tx, actor.id) }))
  const options = await generateRegistrationOptions({
    rpName: mission.name ? `Veedor · ${mission.name}` : 'Veedor', rpID: from.host, userName: name, userDisplayName: person?.name ?? name, userID: new Uint8Array(Buffer.from(actor.id)), challenge: challenges.make(makingPurpose(actor.id)),
    attestationType: 'none', supportedAlgorithmIDs: algorithms, excludeCredentials: passkeys.filter(({ host }) => host === from.host).map(({ id }) => ({ id })), authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { options: { ...options } }
}

/** What was prepared is what is answered. */
export const asPrepared = <Prepared>(_: unknown, __: unknown, prepared: Prepared): Promise<Prepared> => Promise.resolve(prepared)

type Made = Pick<PasskeyRow, 'id' | 'publicKey' | 'transports' | 'host' | 'device'> & { counter: number }

export const checkNewPasskey = ({ challenges }: Secrets) => async ({ passkey }: InputOf<typeof makePasskeyCall>, { actor, from }: Before<PersonActor>): Promise<Made> => {
  const { response: { transports, ...response }, ...rest } = passkey
  const { registrationInfo } = await verifyRegistrationResponse({
    response: { ...rest, response }, expectedChallenge: (given) => challenges.take(given, makingPurpose(actor.id)), expectedOrigin: from.origin, expectedRPID: from.host, supportedAlgorithmIDs: algorithms,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo) throw refuse('passkey', 'does_not_agree')
  const { credential } = registrationInfo
  return { id: credential.id, publicKey: Buffer.from(credential.publicKey).toString('base64url'), counter: credential.counter, transports: JSON.stringify(transports ?? []), host: from.host, device: from.device }
}

export async function makePasskey({ name }: InputOf<typeof makePasskeyCall>, work: Work, { counter, ...made }: Made): Promise<ReplyOf<typeof makePasskeyCall>> {
  await requireProof(work)
  if (await store.findPasskey(work.tx, made.id)) throw new Problem('conflict')
  const reply = await recordWay('staff.passkey_made', name, { put: { passkeys: [{ ...made, person: work.actor.id, madeAt: work.now, endedAt: null }] } }, work)
  await store.keepPasskeyUse(work.tx, { passkey: made.id, counter, lastUsedAt: null })
  return reply
}

export async function removePasskey({ id }: InputOf<typeof removePasskeyCall>, work: Work): Promise<typeof done> {
  const { tx, actor, now, record } = work
  const passkey = await store.findPasskey(tx, id)
  if (!passkey || passkey.person !== actor.id) throw new Problem('not_found')
  await requireProof(work)
  if (passkey.endedAt === null) await record('staff.passkey_removed', { type: 'person', id: actor.id }, { set: { passkeys: [{ id, endedAt: now }] } })
  return done
}

// ---- Another's, for a lead: a key that was lost

export async function waysOf({ id }: InputOf<typeof waysOfCall>, { tx }: Look, host: string): Promise<ReplyOf<typeof waysOfCall>> {
  if (!(await store.findPerson(tx, id))) throw new Problem('not_found')
  return waysFor(id, host, tx)
}

/** Ends one passkey of somebody, or all that they sign in with, and their sessions; whoever found the key opens nothing with it. What has ended already is as it was. */
export async function endWays({ id, passkey }: InputOf<typeof endWaysCall>, work: Work): Promise<{ reply: typeof done; ended: string[] }> {
  const { tx, actor, now, record } = work
  const person = await store.findPerson(tx, id)
  if (!person) throw new Problem('not_found')
  if (id === actor.id) throw new Problem('not_allowed')
  const one = passkey === null ? undefined : await store.findPasskey(tx, passkey)
  if (passkey !== null && one?.person !== id) throw new Problem('not_found')
  const passkeys: readonly PasskeyRow[] = one ? [one].filter(({ endedAt }) => endedAt === null) : await store.listPasskeys(tx, id)
  const [phrase, codes] = passkey === null ? [await store.findPassphrase(tx, id), await store.listCodes(tx, id)] : [undefined, []]
  if (passkeys.length + codes.length === 0 && !phrase) return { reply: done, ended: [] }
  const ending = (rows: readonly { id: string }[]) => rows.map((row) => ({ id: row.id, endedAt: now }))
  await record(passkey === null ? 'staff.ways_ended' : 'staff.passkey_ended', { type: 'person', id }, { set: { passkeys: ending(passkeys), passphrases: ending(phrase ? [phrase] : []), recoveryCodes: ending(codes) } },
    { touches: await leadSubjects(tx), told: { name: person.name, device: one?.device ?? null } })
  if (phrase) await store.forgetSecret(tx, phrase.id)
  return { reply: done, ended: await endSessionsOf(id, work) }
}

const signInPurpose = 'sign in'

export const optionsForSignIn = ({ challenges }: Secrets) => async (_: unknown, { from }: Before<Visitor>): Promise<Options> =>
  ({ options: { ...(await generateAuthenticationOptions({ rpID: from.host, userVerification: 'required', challenge: challenges.make(signInPurpose) })) } })

const proofPurpose = (person: string): string => `prove ${person}`

export const optionsForProof = ({ challenges }: Secrets) => async (_: unknown, { actor, from, look }: Before<PersonActor>): Promise<Options> => {
  const passkeys = (await look(({ tx }) => store.listPasskeys(tx, actor.id))).filter(({ host }) => host === from.host)
  const options = await generateAuthenticationOptions({ rpID: from.host, userVerification: 'required', challenge: challenges.make(proofPurpose(actor.id)), allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports: Transports.parse(JSON.parse(transports)) })) })
  return { options: { ...options } }
}

const Transports = z.array(z.string())

type Used = { passkey: string; person: string; counter: number }

/** Whose passkey signed this challenge. @throws no_match for whatever is not right */
async function checkPasskey(answer: PasskeyAnswer, purpose: string, { from, look }: Pick<Before<Actor>, 'from' | 'look'>, { challenges }: Secrets): Promise<Used> {
  const row = await look(({ tx }) => store.findPasskey(tx, answer.id))
  if (!row || row.endedAt !== null) throw noMatch()
  const { userHandle, ...response } = answer.response
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...answer, response: { ...response, ...(userHandle ? { userHandle } : {}) } }, expectedChallenge: (given) => challenges.take(given, purpose), expectedOrigin: from.origin, expectedRPID: row.host,
    credential: { id: row.id, publicKey: new Uint8Array(Buffer.from(row.publicKey, 'base64url')), counter: row.counter ?? 0 },
  }).catch(() => ({ verified: false, authenticationInfo: undefined }))
  if (!verified || !authenticationInfo) throw noMatch()
  return { passkey: row.id, person: row.person, counter: authenticationInfo.newCounter }
}

export const checkPasskeySignIn = (secrets: Secrets) => ({ passkey }: InputOf<typeof signInByPasskeyCall>, before: Before<Visitor>): Promise<Used> => checkPasskey(passkey, signInPurpose, before, secrets)

export async function signInByPasskey(_: unknown, work: Work<Visitor>, { person, passkey, counter }: Used): Promise<SignedIn<Me>> {
  await store.keepPasskeyUse(work.tx, { passkey, counter, lastUsedAt: work.now })
  return signIn(person, 'passkey', work)
}

async function signIn(person: string, how: 'passkey' | 'passphrase' | 'recovery_code', work: Work<Visitor>): Promise<SignedIn<Me>> {
  const row = await store.findPerson(work.tx, person)
  if (!row || row.state === 'retired' || !staff.includes(Role.parse(row.role))) throw noMatch()
  const signedIn = await signInBy(person, how, work)
  return { reply: await meOf(signedIn.person, work), session: signedIn.token, ended: signedIn.ended }
}

// ---- Passphrase and authenticator app

const totpOf = (secret: string, label: string, issuer = 'Veedor'): TOTP => new TOTP({ issuer, label, secret: Secret.fromBase32(secret) })

/** An authenticator app names the mission too: whoever works in several has one entry for each. A colon would end the issuer in the app's address. */
export const proposeTotp = async ({ name }: InputOf<typeof proposeTotpCall>, { tx }: Look): Promise<ReplyOf<typeof proposeTotpCall>> => {
  const secret = new Secret({ size: 20 }).base32
  const mission = (await getMission(tx)).name.replace(/[:\s]+/g, ' ').trim()
  return { secret, address: totpOf(secret, name, ['Veedor', mission].filter(Boolean).join(', ')).toString() }
}

/** The step of thirty seconds that this code is of, one before or after ours allowed; null where it is of none. */
function stepOf(secret: string, code: string, now: string): number | null {
  const timestamp = Date.parse(now)
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: 1 })
  return delta === null ? null : TOTP.counter({ timestamp }) + delta
}

export const hashPassphrase = ({ passphrases }: Secrets) => async ({ passphrase, secret, code, name }: InputOf<typeof setPassphraseCall>, { actor, now, look }: Before<PersonActor>): Promise<{ hash: string; step: number }> => {
  const step = stepOf(secret, code, now)
  if (step === null) throw refuse('code', 'not_this_code')
  const names = await look(async ({ tx }) => [name, (await store.findPerson(tx, actor.id))?.name ?? '', (await getMission(tx)).name, 'veedor'])
  if ((await isCommon(passphrase)) || rules.isNamed(passphrase, names)) throw refuse('passphrase', 'too_common')
  return { hash: await passphrases.hash(passphrase), step }
}

export async function setPassphrase({ name, secret }: InputOf<typeof setPassphraseCall>, work: Work, { hash, step }: { hash: string; step: number }): Promise<ReplyOf<typeof setPassphraseCall>> {
  const { tx, actor, now, newId } = work
  await requireProof(work)
  const before = await store.findPassphrase(tx, actor.id)
  const id = newId()
  const reply = await recordWay('staff.passphrase_set', name, {
    put: { passphrases: [{ id, person: actor.id, commitment: store.commitmentOf({ hash, totp: secret }), madeAt: now, endedAt: null }] },
    ...(before ? { set: { passphrases: [{ id: before.id, endedAt: now }] } } : {}),
  }, work)
  if (before) await store.forgetSecret(tx, before.id)
  await store.keepSecret(tx, { passphrase: id, hash, totp: secret, lastStep: step })
  return reply
}

const mostByAddress = 50
const mostByAccount = 5
const mostByDevice = 10

/** What a guess is counted for. The owner's known device has a count of its own, so that nobody's guessing elsewhere can keep the owner out. */
async function countedFor(name: string, { from, look }: Pick<Before<Visitor>, 'from' | 'look'>): Promise<{ person: string | null; counted: Counted[] }> {
  const account = name.trim().toLowerCase()
  const device = from.knownDevice === null ? '' : store.hashOf(from.knownDevice)
  const { person, isKnown } = await look(async ({ tx }) => {
    const found = (await store.findByName(tx, account))?.person ?? null
    return { person: found, isKnown: await store.knowsDevice(tx, device, found ?? '') }
  })
  if (isKnown) return { person, counted: [{ key: `device ${device} ${account}`, most: mostByDevice }] }
  return { person, counted: [{ key: `account ${from.household} ${account}`, most: mostByAccount }, { key: `address ${from.household}`, most: mostByAddress }] }
}

type Right = { person: string; passphrase: string; step: number }

/** Takes the same time, and says the same, whether the account is not there, the passphrase or the code is wrong. @throws no_match, slow_down */
async function checkPassphrase(person: string | null, { passphrase, code }: { passphrase: string; code: string }, { now, look }: Pick<Before<Actor>, 'now' | 'look'>, { passphrases }: Secrets): Promise<Right> {
  const kept = await look(({ tx }) => store.findPassphrase(tx, person ?? ''))
  const isRight = await passphrases.matches(passphrase, kept?.hash ?? null)
  if (!kept?.hash || !kept.totp || !isRight || store.commitmentOf({ hash: kept.hash, totp: kept.totp }) !== kept.commitment) throw noMatch()
  const step = stepOf(kept.totp, code, now)
  if (step === null) throw noMatch()
  return { person: kept.person, passphrase: kept.id, step }
}

export const checkPassphraseSignIn = (secrets: Secrets) => async (input: InputOf<typeof signInByPassphraseCall>, before: Before<Visitor>): Promise<Right> => {
  const { person, counted } = await countedFor(input.name, before)
  secrets.guesses.take(counted)
  const right = await checkPassphrase(person, input, before, secrets)
  secrets.guesses.right(counted)
  return right
}

export async function signInByPassphrase(_: unknown, work: Work<Visitor>, { person, passphrase, step }: Right): Promise<SignedIn<Me>> {
  // A code that somebody looked at over a shoulder is used up.
  if (!(await store.useStep(work.tx, passphrase, step))) throw noMatch()
  return signIn(person, 'passphrase', work)
}

// ---- Recovery codes

export async function newRecoveryCodes(_: InputOf<typeof newRecoveryCodesCall>, work: Work): Promise<ReplyOf<typeof newRecoveryCodesCall>> {
  await requireProof(work)
  const { codes, put, set } = await freshCodes(work)
  await work.record('staff.recovery_codes_made', { type: 'person', id: work.actor.id }, { put: { recoveryCodes: put }, set: { recoveryCodes: set } })
  return { recoveryCodes: codes }
}

export const checkRecoverySignIn = (secrets: Secrets) => async ({ name, recoveryCode }: InputOf<typeof signInByRecoveryCall>, before: Before<Visitor>): Promise<{ person: string; code: string }> => {
  const { person, counted } = await countedFor(name, before)
  secrets.guesses.take(counted)
  const code = await before.look(({ tx }) => findCode(person ?? '', recoveryCode, tx))
  if (!person || !code) throw noMatch()
  secrets.guesses.right(counted)
  return { person, code }
}

async function findCode(person: string, code: string, tx: Tx): Promise<string | null> {
  const wanted = store.hashOf(code)
  return (await store.listCodes(tx, person)).find(({ codeHash }) => codeHash === wanted)?.id ?? null
}

export async function signInByRecovery(_: unknown, work: Work<Visitor>, { person, code }: { person: string; code: string }): Promise<SignedIn<Me>> {
  await useCode(person, code, work)
  return signIn(person, 'recovery_code', work)
}

/** Once: of two at the same time one is too late. */
async function useCode(person: string, code: string, { tx, now, record }: Work<Actor>): Promise<void> {
  if (!(await store.listCodes(tx, person)).some(({ id }) => id === code)) throw noMatch()
  await record('staff.recovery_code_used', { type: 'person', id: person }, { set: { recoveryCodes: [{ id: code, usedAt: now }] } })
}

// ---- Fresh proof

type Proof = { passkey: Used } | { passphrase: Right } | { code: string }

export const checkProof = (secrets: Secrets) => async ({ passkey, passphrase, recoveryCode }: InputOf<typeof proveCall>, before: Before<PersonActor>): Promise<Proof> => {
  const counted = [{ key: `proof ${before.actor.session ?? ''}`, most: mostByDevice }]
  secrets.guesses.take(counted)
  const proof = await shown()
  secrets.guesses.right(counted)
  return proof

  async function shown(): Promise<Proof> {
    if (passkey) {
      const used = await checkPasskey(passkey, proofPurpose(before.actor.id), before, secrets)
      if (used.person !== before.actor.id) throw noMatch()
      return { passkey: used }
    }
    if (passphrase) return { passphrase: await checkPassphrase(before.actor.id, passphrase, before, secrets) }
    const code = await before.look(({ tx }) => findCode(before.actor.id, recoveryCode ?? '', tx))
    if (!code) throw noMatch()
    return { code }
  }
}

export async function prove(_: InputOf<typeof proveCall>, work: Work, proof: Proof): Promise<typeof done> {
  const { tx, actor, now } = work
  if ('passkey' in proof) await store.keepPasskeyUse(tx, { passkey: proof.passkey.passkey, counter: proof.passkey.counter, lastUsedAt: now })
  else if ('passphrase' in proof) {
    if (!(await store.useStep(tx, proof.passphrase.passphrase, proof.passphrase.step))) throw noMatch()
  } else await useCode(actor.id, proof.code, work)
  if (actor.session) await store.keepProof(tx, actor.session, now)
  return done
}
