import type * as z from 'zod/mini'
import type { Handle, Tx } from '../database/open.ts'
import { chainOf, commitmentOf, genesisOf, leafOf } from './chain.ts'
import { compare } from './compare.ts'
import { FoldedBody, openFolding, tables } from './fold.ts'
import type { Folding } from './fold.ts'
import { lookingWith, mostNamed } from './looking.ts'
import type { Fault, Looking } from './looking.ts'

export type Verified = { facts: number; chain: string; faults: Fault[] }
type Body = z.infer<typeof FoldedBody>

const factsAtOnce = 1_000

/**
 * Walks the chain from its beginning, folds the facts, and compares the result with the tables, row by row. Reads only; names everything that does not agree. `mostHeld`: how many folded rows
 * are in memory at once. @throws NoScratch
 */
export async function verifyJournal(db: Handle, looking: ReturnType<typeof lookingWith> = lookingWith(), { mostHeld }: { mostHeld?: number } = {}): Promise<Verified> {
  const folding = await openFolding(mostHeld)
  try {
    return await db.transaction().execute(async (tx) => {
      const { isWhole, ...walked } = await walk(tx, folding, looking)
      if (!isWhole) return { ...walked, faults: looking.faults }
      for (const left of await leftBehind(tx)) looking.fault(`journal ${left}`, 'is gone, and parts of it are still there')
      for (const table of tables) await compare(tx, table, folding, looking)
      return { ...walked, faults: looking.faults }
    })
  } finally {
    await folding.close()
  }
}

async function walk(tx: Tx, folding: Folding, looking: Looking): Promise<{ facts: number; chain: string; isWhole: boolean }> {
  const { fault, told } = looking
  const mission = await tx.selectFrom('mission').select('id').executeTakeFirst()
  const last = await tx.selectFrom('journal').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst()
  let chain = mission ? genesisOf(mission.id) : ''
  let number = 0
  for (;;) {
    told('facts of the journal', number, last?.number ?? 0)
    const page = await tx.selectFrom('journal').leftJoin('journalBodies', 'journalBodies.number', 'journal.number')
      .select(['journal.number', 'kind', 'at', 'commitment', 'leaf', 'chain', 'salt', 'body']).where('journal.number', '>', number).orderBy('journal.number').limit(factsAtOnce).execute()
    if (page.length === 0) return { facts: number, chain, isWhole: true }
    const subjects = await subjectsOf(tx, number, page.at(-1)?.number ?? number)
    const changes: { where: string; data: Body['data'] }[] = []
    for (const fact of page) {
      // A damaged page gives rows in no order, and asking for what follows would never end.
      if (fact.number <= number) {
        fault(`journal ${number}`, `cannot be read in order: ${fact.number} comes after it`)
        return { facts: number, chain, isWhole: false }
      }
      if (fact.number !== number + 1) fault(`journal ${number + 1}`, `missing: the next fact is ${fact.number}`)
      number = fact.number
      const where = `journal ${number}`
      if (fact.leaf !== leafOf(number, fact.kind, fact.at, fact.commitment)) fault(where, 'number, kind, time or commitment was changed')
      chain = chainOf(chain, fact.leaf)
      if (fact.chain !== chain) fault(where, 'the chain does not hold')
      chain = fact.chain
      if (fact.body === null || fact.salt === null) continue
      if (commitmentOf(Buffer.from(fact.salt, 'hex'), fact.body) !== fact.commitment) fault(where, 'the body was changed')
      const body = bodyOf(fact.body)
      if (!body) {
        fault(where, 'the body cannot be read')
        continue
      }
      if (!subjects.has(`${number} ${body.subject.type} ${body.subject.id}`)) fault(where, `is not kept among what happened to ${body.subject.type} ${body.subject.id}`)
      changes.push({ where, data: body.data })
    }
    await folding.take(changes, looking)
  }
}

function bodyOf(text: string): Body | null {
  try {
    return FoldedBody.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Which things the facts in (after, last] are kept under. */
async function subjectsOf(tx: Tx, after: number, last: number): Promise<Set<string>> {
  const subjects = await tx.selectFrom('journalSubjects').selectAll().where('number', '>', after).where('number', '<=', last).execute()
  return new Set(subjects.map(({ number, type, id }) => `${number} ${type} ${id}`))
}

/** Numbers of which there is a body or a subject, and no fact: a tail that was cut by somebody in a hurry. */
async function leftBehind(tx: Tx): Promise<number[]> {
  const bodies = await tx.selectFrom('journalBodies').leftJoin('journal', 'journal.number', 'journalBodies.number').select('journalBodies.number').where('journal.number', 'is', null).limit(mostNamed).execute()
  const subjects = await tx.selectFrom('journalSubjects').leftJoin('journal', 'journal.number', 'journalSubjects.number').select('journalSubjects.number').where('journal.number', 'is', null).limit(mostNamed).execute()
  return [...new Set([...bodies, ...subjects].map(({ number }) => number))].sort((one, other) => one - other)
}
