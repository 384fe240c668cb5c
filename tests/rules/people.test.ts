import { describe, expect, test } from 'vitest'
import { linkLives, linkUntil, oneDevice, organisationCode, personState, sameName } from '../../server/features/people/rules.ts'
import { sessionLives } from '../../server/features/sessions/rules.ts'

const now = '2027-02-28T20:00:00.000Z'

describe('links', () => {
  test('of staff last two days, of observers until used or ended', () => {
    for (const role of ['coordinator', 'press', 'lead'] as const) expect(linkUntil(role, now)).toBe('2027-03-02T20:00:00.000Z')
    expect(linkUntil('observer', now)).toBeNull()
  })
  test.each([
    [{ until: null, usedAt: null, endedAt: null }, true],
    [{ until: '2027-02-28T20:00:00.001Z', usedAt: null, endedAt: null }, true],
    [{ until: now, usedAt: null, endedAt: null }, false],
    [{ until: null, usedAt: now, endedAt: null }, false],
    [{ until: null, usedAt: null, endedAt: now }, false],
  ])('%j lives: %s', (invite, lives) => {
    expect(linkLives(invite, now)).toBe(lives)
  })
  test('the state of a person says whether there is a way in', () => {
    expect([true, false].map((live) => personState({ state: 'invited' }, live))).toEqual(['invited', 'link_ended'])
    expect([true, false].map((live) => personState({ state: 'joined' }, live))).toEqual(['joined', 'joined'])
    expect(personState({ state: 'retired' }, true)).toBe('retired')
  })
})

describe('sessions', () => {
  const session = (createdAt: string, lastHeardAt: string, endedAt: string | null = null) => ({ createdAt, lastHeardAt, endedAt })
  test.each([
    ['staff, heard a moment ago', 'lead', session('2027-02-28T19:00:00.000Z', '2027-02-28T19:59:00.000Z'), true],
    ['staff, not heard for an hour', 'coordinator', session('2027-02-28T18:00:00.000Z', '2027-02-28T19:00:00.000Z'), false],
    ['staff, heard within the hour', 'press', session('2027-02-28T18:00:00.000Z', '2027-02-28T19:00:00.001Z'), true],
    ['staff after 18 hours, however busy', 'coordinator', session('2027-02-28T02:00:00.000Z', '2027-02-28T19:59:59.000Z'), false],
    ['an observer after a month of silence', 'observer', session('2027-01-28T20:00:00.000Z', '2027-01-28T20:00:00.000Z'), true],
    ['an observer whose session was ended', 'observer', session('2027-02-28T19:00:00.000Z', '2027-02-28T19:59:00.000Z', now), false],
  ])('%s', (_, role, given, lives) => {
    expect(sessionLives(given, { role, state: 'joined' }, now)).toBe(lives)
    expect(sessionLives(given, { role, state: 'retired' }, now)).toBe(false)
  })
  test('only observers have one phone', () => {
    expect((['observer', 'coordinator', 'press', 'lead'] as const).filter(oneDevice)).toEqual(['observer'])
  })
})

describe('organisations', () => {
  test.each([
    ['Misión de la OEA', [], 'mision-de-la-oea'],
    ['Misión de la OEA', ['mision-de-la-oea'], 'mision-de-la-oea-2'],
    ['Misión de la OEA', ['mision-de-la-oea', 'mision-de-la-oea-2'], 'mision-de-la-oea-3'],
    ['  «…»  ', [], 'organisation'],
    ['監視団', [], '監視団'],
    ['An organisation whose name goes on, and on', [], 'an-organisation-whose-name-goes-on-and-o'],
  ])('%s beside %j is %s', (name, taken, code) => {
    expect(organisationCode(name, taken)).toBe(code)
  })
  test('case, accents and spaces make no other organisation', () => {
    expect(sameName('Misión  de la OEA', 'mision de la oea ')).toBe(true)
    expect(sameName('Misión de la OEA', 'Misión de la UE')).toBe(false)
  })
})
