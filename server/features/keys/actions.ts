import type * as z from 'zod/mini'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Signed, registerKeyCall } from '../../../shared/keys.ts'
import { Problem, fieldProblems, refuse } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Looking } from '../../platform/journal/looking.ts'
import type { Work } from '../../platform/journal/work.ts'
import { isPhoneKey, isSignedBy, isSignedByAside } from '../../platform/signing/phone-key.ts'
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
export async function signatureOf(tx: Tx, author: string, { statement, signature }: { statement: string; signature?: string | undefined }): Promise<Signature> {
  if (signature === undefined) return { signed: 'unsigned', signingKey: null }
  for (const { id, publicKey } of await store.keysOf(tx, author)) if (await isSignedByAside(publicKey, statement, signature)) return { signed: 'signed', signingKey: id }
  return { signed: 'fails', signingKey: null }
}

export type Signature = { signed: Signed; signingKey: string | null }

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

const statementsAtOnce = 500

type Page = typeof store.reportsAfter
type Signatures = { signed: number; failing: number }

/** Looks at every signature again: names reports, and what was said of them later, whose signature is not what they are said to be; and how many are signed. */
export async function checkSignatures(tx: Tx, looking: Looking): Promise<{ reports: Signatures; later: Signatures }> {
  const reports = await checkPages(tx, { called: 'report', table: 'reports' }, store.reportsAfter, looking)
  return { reports, later: await checkPages(tx, { called: 'amendment of report', table: 'amendments' }, store.amendmentsAfter, looking) }
}

async function checkPages(tx: Tx, { called, table }: { called: string; table: 'reports' | 'amendments' }, pageAfter: Page, { fault, told }: Looking): Promise<Signatures> {
  const found = { signed: 0, failing: 0 }
  const all = await store.countOf(tx, table)
  for (let [after, looked] = ['', 0]; ;) {
    told(`signatures of ${table}`, looked, all)
    const page = await pageAfter(tx, after, statementsAtOnce)
    for (const one of page) {
      // A damaged page gives rows in no order, and asking for what follows would never end.
      if (one.id <= after) {
        fault(table, `cannot be read in order: ${one.id} comes after ${after}`)
        return found
      }
      after = one.id
      looked++
      const where = `${called} ${one.number} ${one.id}`
      if (one.signed === 'unsigned' && one.signature !== null) fault(where, 'carries a signature, and is said to be unsigned')
      if (one.signed === 'fails') found.failing++
      if (one.signed !== 'signed') continue
      found.signed++
      if (one.signature === null || one.publicKey === null || one.person !== one.author || !isSignedBy(one.publicKey, one.statement, one.signature)) fault(where, 'is said to be signed by its phone, and the signature fails')
    }
    if (page.length < statementsAtOnce) return found
  }
}
