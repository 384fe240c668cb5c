import { expect, test } from 'vitest'
import { filterOf, isPartlyRead } from '../../client/coordinator/audit/filter.ts'
import { momentOf } from '../../client/coordinator/room/filter/filter.ts'

test.each([
  ['', false],
  ['group=verdict', false],
  ['group=zzz', true],
  ['group=verdict&person=nobody', true],
  ['group=', false],
  ['report=R-1', false],
])('the journal at ?%s says that part of the address could not be read: %s', (query, isPartly) => {
  expect(isPartlyRead(new URLSearchParams(query))).toBe(isPartly)
})

test('what can be read of it applies', () => {
  expect(filterOf(new URLSearchParams('group=verdict&person=nobody'))).toEqual({ group: 'verdict' })
})

test('the room is shown as of a moment that was, never of one that is to come', () => {
  const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()
  const past = at(-60_000)
  expect(momentOf(new URLSearchParams({ asOf: past }))).toBe(past)
  expect(momentOf(new URLSearchParams({ asOf: at(120_000) }))).toBeNull()
  expect(momentOf(new URLSearchParams({ asOf: 'yesterday' }))).toBeNull()
})
