import { randomBytes } from 'node:crypto'
import type { Tx } from '../database/open.ts'
import type { Subject } from './work.ts'
import { apply } from './journal.ts'
import type { Body, Head } from './journal.ts'
import { chainOf, commitmentOf, leafOf } from './chain.ts'

export type Written = { kind: string; at: string; actor: Body['actor']; subject: Subject; data: Body['data'] }

const factsAtOnce = 400

/**
 * Appends facts that are known already, and the rows that they come to, in few large statements: for a mission that is made, not for one that runs. `rows` is what folding these facts
 * gives; `npm run verify` holds the two against each other.
 */
export async function appendMany(tx: Tx, facts: readonly Written[], rows: Body['data'], from: Head): Promise<Head> {
  let head = from
  const journal: { number: number; kind: string; at: string; commitment: string; leaf: string; chain: string }[] = []
  const bodies: { number: number; salt: string; body: string }[] = []
  const subjects: { number: number; type: string; id: string }[] = []
  for (const { kind, at, actor, subject, data } of facts) {
    const number = head.number + 1
    const body = JSON.stringify({ v: 1, actor, subject, data } satisfies Body)
    const salt = randomBytes(32)
    const commitment = commitmentOf(salt, body)
    const leaf = leafOf(number, kind, at, commitment)
    head = { number, chain: chainOf(head.chain, leaf) }
    journal.push({ number, kind, at, commitment, leaf, chain: head.chain })
    bodies.push({ number, salt: salt.toString('hex'), body })
    subjects.push({ number, ...subject })
  }
  await apply(tx, rows)
  for (let start = 0; start < journal.length; start += factsAtOnce) {
    const end = start + factsAtOnce
    await tx.insertInto('journal').values(journal.slice(start, end)).execute()
    await tx.insertInto('journalBodies').values(bodies.slice(start, end)).execute()
    await tx.insertInto('journalSubjects').values(subjects.slice(start, end)).execute()
  }
  return head
}
