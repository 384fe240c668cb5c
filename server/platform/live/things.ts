import type { Tx } from '../database/open.ts'

/** Things as text, by id; what names nothing is missing. */
type Texts = ReadonlyMap<string, string>

export type Things = {
  /** The texts of these things at a number of the journal, in their order: as they were made since the last fact about each, or made now. What names nothing is left out. */
  of: (ids: readonly string[], make: (ids: readonly string[]) => Promise<Texts>, at: { tx: Tx; number: number }) => Promise<string[]>
}

const usualMost = 20_000
/** So many facts are looked through for what they are about; after more it is all made anew. */
const mostFacts = 2_000

/**
 * Things of one type as they leave, kept from one question to the next and brought forward by the journal, as screens are: a fact about one ends its text. A fact about what stands in many (a name, a place of the register)
 * ends all; what is about a release or a notice alone says nothing of another thing.
 */
export function openThings(type: 'report', most = usualMost): Things {
  const kept = new Map<string, string>()
  let held = -1

  /** Nothing that is kept is older than this number afterwards. */
  async function bring(tx: Tx, number: number): Promise<void> {
    while (held < number) {
      const from = held
      const facts = from < 0 ? null : await tx.selectFrom('journalSubjects').select(['type', 'id']).where('number', '>', from).where('number', '<=', number).limit(mostFacts + 1).execute()
      // Somebody else's question may have brought it further meanwhile.
      if (held !== from) continue
      if (facts === null || facts.length > mostFacts || facts.some((fact) => fact.type !== type && fact.type !== 'release' && fact.type !== 'notice')) kept.clear()
      else for (const fact of facts) if (fact.type === type) kept.delete(fact.id)
      held = number
    }
  }

  function keep(texts: Texts): void {
    for (const [id, text] of texts) kept.set(id, text)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) return
      kept.delete(oldest)
    }
  }

  return {
    of: async (ids, make, { tx, number }) => {
      await bring(tx, number)
      // A snapshot that is older than what is kept is answered from itself alone.
      const found = new Map(held === number ? ids.flatMap((id) => { const text = kept.get(id); return text === undefined ? [] : [[id, text] as const] }) : [])
      const missing = ids.filter((id) => !found.has(id))
      const made = missing.length > 0 ? await make(missing) : new Map<string, string>()
      if (held === number) keep(made)
      return ids.flatMap((id) => found.get(id) ?? made.get(id) ?? [])
    },
  }
}
