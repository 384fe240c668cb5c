import { describe, expect, test } from 'vitest'
import { changesOf, mayOpen, proposeRules, stepAfter } from '../../server/features/mission/rules.ts'
import type { Role } from '../../shared/roles.ts'

/** `lead A` is a lead of organisation A; `lead -` one of none yet. */
const people = (...all: string[]) => all.map((one) => ({ role: one.split(' ')[0] as Role, organisation: one.endsWith('-') ? null : (one.split(' ')[1] ?? null) }))

describe('[R71] the strictest rules that people can satisfy', () => {
  test.each([
    ['a lead alone', ['lead A'], 1, false, false],
    ['one lead, one observer of another organisation', ['lead A', 'observer B'], 1, true, false],
    ['two of one organisation', ['lead A', 'coordinator A', 'observer A'], 2, false, false],
    ['two of another than the observer', ['lead A', 'coordinator A', 'observer B'], 2, true, false],
    ['three of two organisations, observers of both', ['lead A', 'coordinator A', 'coordinator B', 'observer A', 'observer B'], 2, false, true],
    ['two of each of two organisations', ['lead A', 'coordinator A', 'coordinator B', 'coordinator B', 'observer A', 'observer B'], 2, true, true],
    ['the same before any observer is invited', ['lead A', 'coordinator A', 'coordinator B', 'coordinator B'], 2, true, true],
    ['before any observer, with too few of the other', ['lead A', 'coordinator A', 'coordinator B'], 2, false, true],
    ['a lead who has said no organisation is of no other one', ['lead -', 'coordinator A', 'observer B'], 2, false, false],
    ['press counts for nothing', ['lead A', 'press B', 'press C', 'observer A'], 1, false, false],
  ])('%s', (_, who, eyes, otherOrganisation, releaserNotVerifier) => {
    expect(proposeRules(people(...who)).rules).toEqual({ eyes, otherOrganisation, releaserNotVerifier })
  })

  test('says from how many', () => {
    expect(proposeRules(people('lead A', 'coordinator B', 'coordinator B', 'observer C', 'press D'))).toMatchObject({ coordinators: 3, organisations: 2 })
  })
})

describe('set-up', () => {
  test('goes on by one step, never back and over none', () => {
    expect(stepAfter('mission', 'checking')).toBe('checking')
    expect(stepAfter('people', 'checking')).toBe('people')
    expect(stepAfter('mission', 'people')).toBe('mission')
    expect(stepAfter('checking', 'checking')).toBe('checking')
    expect(stepAfter('done', 'done')).toBe('done')
  })
  test('opens when all before is done', () => {
    expect((['mission', 'checking', 'register', 'people', 'done'] as const).filter(mayOpen)).toEqual(['people', 'done'])
  })
  test('only what differs is a change', () => {
    expect(changesOf({ name: 'A', credit: '' }, { name: 'A', credit: 'B' })).toEqual({ credit: 'B' })
    expect(changesOf({ name: 'A' }, { name: 'A' })).toEqual({})
  })
})
