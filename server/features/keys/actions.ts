import type * as z from 'zod/mini'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Signed, registerKeyCall } from '../../../shared/keys.ts'
import { Problem, fieldProblems, refuse } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Work } from '../../platform/journal/work.ts'
import { isPhoneKey, isSignedBy } from '../../platform/signing/phone-key.ts'
import * as store from './store.ts'
import type { PhoneKeyRow } from './tables.ts'

/** Keeps the key of the phone that this session is on. The first of a session stands; a phone that lost it joins anew. A key is one person's alone. */
export async function registerKey({ publicKey }: InputOf<typeof registerKeyCall>, { tx, actor, now, record, newId }: Work): Promise<ReplyOf<typeof registerKeyCall>> {
  if (!isPhoneKey(publicKey)) throw refuse('publicKey', 'format')
  if (actor.session === null) throw new Problem('not_allowed')
  const known = await store.findOfSession(tx, actor.session)
  if (known) {
    if (known.publicKey !== publicKey) throw new Problem('conflict')
    return { id: known.id, madeAt: known.madeAt }
  }
  if (await store.isAnothers(tx, publicKey, actor.id)) throw new Problem('conflict')
  const key: PhoneKeyRow = { id: newId(), person: actor.id, session: actor.session, publicKey, madeAt: now, endedAt: null }
  await record('key.registered', { type: 'person', id: actor.id }, { put: { phoneKeys: [key] } })
  return { id: key.id, madeAt: key.madeAt }
}

/**
 * What a report's signature is worth. Any key that its author's phones ever registered counts, also one that has ended: a report that was finished on a phone which
 * was replaced since arrives late and is as true as before.
 */
export async function signatureOf(tx: Tx, author: string, { statement, signature }: { statement: string; signature?: string | undefined }): Promise<{ signed: Signed; signingKey: string | null }> {
  if (signature === undefined) return { signed: 'unsigned', signingKey: null }
  const key = (await store.keysOf(tx, author)).find((one) => isSignedBy(one.publicKey, statement, signature))
  return key ? { signed: 'signed', signingKey: key.id } : { signed: 'fails', signingKey: null }
}

/** What a statement says: it is verified and kept as it came, and only then read. @throws Problem where it is none */
export function readStatement<Shape extends z.ZodMiniType>(shape: Shape, text: string): z.output<Shape> {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw refuse('statement', 'format')
  }
  const parsed = shape.safeParse(given, { reportInput: true })
  if (!parsed.success) throw new Problem('invalid_input', { fields: fieldProblems(parsed.error.issues) })
  return parsed.data
}

/** Whether the phone that holds this key had been replaced or signed out by then. */
export const endedBefore = async (tx: Tx, key: string | null, at: string): Promise<boolean> => key !== null && ((await store.endOf(tx, key)) ?? '9') < at

/** The change that ends the keys of sessions which end now: part of the fact that ends them. */
export const endKeys = async (tx: Tx, of: { person: string } | { session: string }, now: string): Promise<Pick<PhoneKeyRow, 'id' | 'endedAt'>[]> => (await store.liveKeys(tx, of)).map(({ id }) => ({ id, endedAt: now }))

const reportsAtOnce = 500

type Page = typeof store.reportsAfter

/** Looks at every signature again: reports and amendments whose signature is not what they are said to be, and how many are signed. */
export async function checkSignatures(tx: Tx): Promise<{ signed: number; failing: number; faults: { where: string; what: string }[] }> {
  const [reports, amendments] = [await checkPages(tx, 'report', store.reportsAfter), await checkPages(tx, 'amendment of report', store.amendmentsAfter)]
  return { signed: reports.signed + amendments.signed, failing: reports.failing + amendments.failing, faults: [...reports.faults, ...amendments.faults] }
}

async function checkPages(tx: Tx, called: string, pageAfter: Page) {
  const found = { signed: 0, failing: 0, faults: [] as { where: string; what: string }[] }
  for (let after = ''; ;) {
    const page = await pageAfter(tx, after, reportsAtOnce)
    for (const one of page) {
      // A damaged page gives rows in no order, and asking for what follows would never end.
      if (one.id <= after) return { ...found, faults: [...found.faults, { where: called === 'report' ? 'reports' : 'amendments', what: `cannot be read in order: ${one.id} comes after ${after}` }] }
      after = one.id
      const where = `${called} ${one.number} ${one.id}`
      if (one.signed === 'unsigned' && one.signature !== null) found.faults.push({ where, what: 'carries a signature, and is said to be unsigned' })
      if (one.signed === 'fails') found.failing++
      if (one.signed !== 'signed') continue
      found.signed++
      if (one.signature === null || one.publicKey === null || one.person !== one.author || !isSignedBy(one.publicKey, one.statement, one.signature)) found.faults.push({ where, what: 'is said to be signed by its phone, and the signature fails' })
    }
    if (page.length < reportsAtOnce) return found
  }
}
