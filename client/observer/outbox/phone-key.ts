import { signal } from '@preact/signals'
import type { Uuid } from '../../../shared/basics.ts'
import { registerKeyCall } from '../../../shared/keys.ts'
import { Problem } from '../../../shared/problem.ts'
import { call } from '../../kit/call.ts'
import { allFiled, changeFiled, dropPhoneKey, keepPhoneKey, phoneKey } from './queue.ts'
import type { Amended, PhoneKey } from './records.ts'
import { hasWordsToGo } from './steps.ts'

/** Whether this phone signs its owner's reports. `cannot`: this browser makes or keeps no key; `refused`: headquarters knows another key of this session. Null: not known yet. */
export const keyStanding = signal<'signs' | 'cannot' | 'refused' | null>(null)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** The key of this person on this phone; made now if there is none. It cannot be taken off the phone. Null where this browser makes or keeps none. */
async function ownKey(author: Uuid): Promise<PhoneKey | null> {
  try {
    const known = await phoneKey(author)
    const key = known ?? (await keepPhoneKey(await makeKey(author)))
    keyStanding.value = keyStanding.value === 'refused' ? 'refused' : 'signs'
    return key
  } catch {
    keyStanding.value = 'cannot'
    return null
  }
}

/** What is known of it before headquarters can be asked: a key that headquarters has signs, also with no network. */
export async function recallKey(author: Uuid): Promise<void> {
  if ((await phoneKey(author))?.isKnown) keyStanding.value ??= 'signs'
}

async function makeKey(author: Uuid): Promise<PhoneKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  return { author, privateKey, publicKey: base64url(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))) }
}

/** A finished report, or what is said of one later, with its author's signature over the statement as it stands; as it was where this phone cannot sign. */
export async function signed<Finished extends { statement: string; signature?: string }>(filed: Finished, author: Uuid): Promise<Finished> {
  const key = await ownKey(author)
  if (!key || keyStanding.value === 'refused') return filed
  try {
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, new TextEncoder().encode(filed.statement))
    return { ...filed, signature: base64url(new Uint8Array(signature)) }
  } catch {
    keyStanding.value = 'cannot'
    return filed
  }
}

/**
 * Tells headquarters this phone's key, before anything that it signed is sent; harmless when it is known there. @throws NoAnswer, Problem when it has to be asked again
 */
export async function registerKey(author: Uuid): Promise<void> {
  const key = await ownKey(author)
  if (!key) return
  try {
    await call(registerKeyCall, { publicKey: key.publicKey }, { timeoutSeconds: 20 })
    keyStanding.value = 'signs'
    if (!key.isKnown) await keepPhoneKey({ ...key, isKnown: true }, true)
  } catch (thrown) {
    if (!(thrown instanceof Problem && (thrown.code === 'conflict' || thrown.code === 'invalid_input'))) throw thrown
    if (!key.isKnown) await goUnsigned(author)
  }
}

/** Headquarters will never know the key: what waits is sent without its signature, which nobody there could check. */
async function goUnsigned(author: Uuid): Promise<void> {
  keyStanding.value = 'refused'
  for (const { id } of (await allFiled()).filter((one) => one.author === author && hasWordsToGo(one))) {
    await changeFiled(id, ({ signature, ...present }) => ({ ...present, ...(present.receipt !== null && signature !== undefined && { signature }), ...(present.amendments && { amendments: present.amendments.map(unsigned) }) }))
  }
}

const unsigned = ({ signature, ...said }: Amended): Amended => ({ ...said, ...(said.receipt !== null && signature !== undefined && { signature }) })

/** The key goes with its owner's session. */
export async function forgetKey(author: Uuid): Promise<void> {
  await dropPhoneKey(author)
  keyStanding.value = null
}

const base64url = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
