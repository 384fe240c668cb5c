import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Source } from './support/project.ts'
import { projectRoot, sources, stringsIn } from './support/project.ts'

/** A rule is a line `- [R12] an open first verdict is known to its giver alone`; the tests that show it name its number in their titles. */
const rulesIn = (page: string): number[] => [...page.matchAll(/^- \[R(\d+)\] \S/gm)].map((found) => Number(found[1]))
const numbersIn = (tests: readonly Source[]): Set<number> => new Set(tests.flatMap(stringsIn).flatMap((title) => [...title.matchAll(/\[R(\d+)\]/g)].map((found) => Number(found[1]))))

function faultsOf(page: string, tests: readonly Source[]): string[] {
  const rules = rulesIn(page)
  const shown = numbersIn(tests)
  return [
    ...rules.filter((rule, index) => rules.indexOf(rule) !== index).map((rule) => `R${rule} is two rules`),
    ...rules.filter((rule) => !shown.has(rule)).map((rule) => `R${rule} has no test that names it`),
    ...[...shown].filter((number) => !rules.includes(number)).sort((a, b) => a - b).map((number) => `R${number} is named by a test and is no rule`),
  ]
}

describe('docs/rules.md', () => {
  test('has a test for each rule and a rule for each number', () => {
    expect(faultsOf(readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8'), sources(/^tests\/(?!rules-catalogue\.test).*\.test\.tsx?$/))).toEqual([])
  })

  test('every line of its lists is a rule', () => {
    const lines = readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8').split('\n').filter((line) => /^\s*[-*] /.test(line))
    expect(lines.filter((line) => !/^- \[R\d+\] \S/.test(line))).toEqual([])
  })

  test('seen failing: a rule without a test, a number without a rule, a number used twice', () => {
    const page = '- [R1] one\n- [R2] two\n- [R3] three\n- [R3] again\n'
    const tests = ["test('[R1] shows', () => {})\ntest.each(cases)('[R4] $name', () => {})", "describe.skipIf(!x)(`a [R3] b ${c}`, () => {}) // [R2] in a comment"].map((text, index) => ({ path: `tests/${index}.test.ts`, text }))
    expect(faultsOf(page, tests)).toEqual(['R3 is two rules', 'R2 has no test that names it', 'R4 is named by a test and is no rule'])
  })
})

/** Complaints about other systems of this kind that concern delivery and completeness, by their numbers in the field's list: a test that shows one names it in its title. */
const complaints = [...Array.from({ length: 26 }, (_, at) => 1 + at), ...Array.from({ length: 8 }, (_, at) => 36 + at)]

test('each complaint about delivery and completeness has a test that names it', () => {
  const shown = new Set(sources(/^tests\/(?!rules-catalogue\.test).*\.test\.tsx?$/).flatMap(stringsIn).flatMap((title) => [...title.matchAll(/\[lesson (\d+)\]/g)].map((found) => Number(found[1]))))
  expect(complaints.filter((number) => !shown.has(number))).toEqual([])
})
