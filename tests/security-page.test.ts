import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from './support/project.ts'

/** A row of the threats: `| T7 | ... | ... | paths |`. */
const rowsOf = (page: string) => [...page.matchAll(/^\| (T\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(([, number = '', , holds = '', shown = '']) => ({ number, holds, shown }))

const faultsOf = (page: string): string[] => {
  const rows = rowsOf(page)
  const wanted = Array.from({ length: 44 }, (_, index) => `T${index + 1}`)
  return [
    ...wanted.filter((number) => rows.filter((row) => row.number === number).length !== 1).map((number) => `${number} has not one row`),
    ...rows.filter(({ holds, shown }) => !/`tests\/[\w./-]+\.test\.ts`/.test(shown) && !holds.includes('No test')).map(({ number }) => `${number} names no test, and does not say why`),
  ]
}

it('[R221] each threat has its row in SECURITY.md, with its test or the reason why there is none', () => {
  expect(faultsOf(readFileSync(join(projectRoot, 'SECURITY.md'), 'utf8'))).toEqual([])
})

it('seen failing: a row that is missing, and one without a test', () => {
  const faults = faultsOf('| T1 | a | b | `tests/a.test.ts` |\n| T2 | a | b | trust us |')
  expect(faults).toHaveLength(43)
  expect(faults).toContain('T2 names no test, and does not say why')
})
