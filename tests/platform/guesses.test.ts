import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { countGuesses } from '../../server/platform/http/guesses.ts'

const right = () => Promise.resolve('in')
const wrong = () => Promise.reject(new Problem('not_found'))

describe('[R136] wrong codes', () => {
  const code = (given: Promise<unknown>) => given.then(() => 'in', (error: unknown) => (error instanceof Problem ? error.code : 'broken'))

  test('are slowed from the sixth of an address on, for a minute, and a right one is let in meanwhile', async () => {
    let now = 0
    const { guarded } = countGuesses(() => now)
    for (let tries = 0; tries < 5; tries++) expect(await code(guarded('a', wrong))).toBe('not_found')
    expect(await code(guarded('a', wrong))).toBe('slow_down')
    expect(await code(guarded('b', wrong))).toBe('not_found')
    expect(await code(guarded('a', right))).toBe('in')
    now = 61_000
    expect(await code(guarded('a', wrong))).toBe('not_found')
  })

  test('of a whole flood end at the ceiling: an address that guesses is not looked up for any more, another is', async () => {
    let now = 0
    const { guarded } = countGuesses(() => now)
    for (let address = 0; address < 300; address++) for (let tries = 0; tries < 7; tries++) await code(guarded(String(address), wrong))
    expect(await code(guarded('7', right))).toBe('slow_down')
    expect(await code(guarded('elsewhere', right))).toBe('in')
    now = 61_000
    expect(await code(guarded('7', right))).toBe('in')
  })

  test('other faults are no guesses', async () => {
    const { guarded } = countGuesses(() => 0)
    for (let tries = 0; tries < 9; tries++) expect(await code(guarded('a', () => Promise.reject(new Problem('invalid_input'))))).toBe('invalid_input')
    expect(await code(guarded('a', wrong))).toBe('not_found')
  })
})
