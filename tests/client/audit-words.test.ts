import { describe, expect, test } from 'vitest'
import { FactGroup } from '../../shared/audit.ts'
import { beginningsOf } from '../../server/features/audit/rules.ts'
import { sources } from '../support/project.ts'
import { readWords } from '../support/screen-words.ts'

/** Every kind of fact that the server's code names. */
const kinds = [...new Set(sources(/^server\/features\/[^/]+\/actions\.ts$/).flatMap(({ text }) => [...text.matchAll(/'((?:report|photo|verdict|release|person|mission|register|note|notice|audit|invite|lead|token|key|file|staff)\.[a-z_]+|people\.imported)'/g)].map((found) => found[1] ?? '')))].sort()

describe('[R182] the journal in sentences', () => {
  test.each(['en', 'es'] as const)('has words for every kind of fact in %s', async (language) => {
    const { audit } = await readWords(language)
    expect(kinds.length).toBeGreaterThan(40)
    expect(kinds.filter((kind) => audit.kinds[kind] === undefined)).toEqual([])
  })

  test('each kind belongs to a group that can be filtered', () => {
    const begins = FactGroup.options.filter((group) => group !== 'other').flatMap((group) => beginningsOf(group).begins)
    expect(kinds.filter((kind) => !begins.some((begin) => kind.startsWith(begin)))).toEqual([])
  })
})
