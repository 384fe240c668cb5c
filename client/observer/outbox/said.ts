import { changesBetween, saidAfter, saidOf } from '../../../shared/amendments.ts'
import type { Amendment, SaidChange } from '../../../shared/amendments.ts'
import { Statement } from '../../../shared/statement.ts'
import type { Filed } from './records.ts'

/** As it was filed, whatever was said since. */
export const statedFirst = ({ statement }: Pick<Filed, 'statement'>): Statement => Statement.parse(JSON.parse(statement))

/** What a report's words are once this was said too: a correction stands in place of all before it, an addition below it. Headquarters reads it the same. */
export const wordsAfter = (before: string, { type, words }: Pick<Amendment, 'type' | 'words'>): string => (type === 'correction' ? words : type === 'addition' ? [before, words].filter((text) => text.trim() !== '').join('\n\n') : before)

/** The same report, reading as its author has corrected it so far; the words, which are kept with their versions, stay those that were filed. */
export function restated(filed: Filed): Filed {
  const first = statedFirst(filed)
  const { observedAt, ...said } = (filed.amendments ?? []).reduce((before, { stated }) => saidAfter(before, stated.corrected), saidOf(first))
  return { ...filed, stated: { ...first, ...said, times: { ...first.times, observedAt } } }
}

/** What each thing that was said later changed, beside the words, in their order. */
export function changesIn(filed: Filed): SaidChange[][] {
  let before = saidOf(statedFirst(filed))
  return (filed.amendments ?? []).map(({ stated }) => {
    const after = saidAfter(before, stated.corrected)
    const changes = changesBetween(before, after)
    before = after
    return changes
  })
}
