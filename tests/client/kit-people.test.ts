import { describe, expect, test } from 'vitest'
import { beginsSilent, inOrder } from '../../client/kit/people/list.ts'
import type { Person } from '../../shared/people.ts'
import type { LineFault } from '../../shared/stations.ts'
import { standIn } from '../support/stand-in.ts'

standIn({ navigator: { languages: ['en'] } })
const { words } = await import('../../client/entry/words/setup.en.ts')

describe('a list of people', () => {
  const now = new Date('2027-02-28T20:00:00.000Z')
  const person = (name: string, lastHeardAt: string | null): Person => ({
    id: '019540e0-0000-7000-8000-000000000000', name, role: 'observer', number: 1, organisation: null, language: 'es', state: 'joined', invitedAt: '2027-02-28T11:00:00.000Z', joinedAt: '2027-02-28T11:30:00.000Z', linkUntil: null, hasLink: false, hasSignIn: null, quarantinedAt: null, telephone: null, lastHeardAt,
  })
  const heard = person('Ana', '2027-02-28T19:58:00.000Z')
  const silent = person('Berta', '2027-02-28T15:00:00.000Z')

  test('begins with who is silent only where others follow', () => {
    expect(inOrder([heard, silent], now, 'es').map((one) => one.name)).toEqual(['Berta', 'Ana'])
    expect([[heard, silent], [heard], [silent], []].map((people) => beginsSilent(inOrder(people, now, 'es'), now))).toEqual([true, false, false, false])
  })
})

test('a fault of the register names its column as a person would', () => {
  const said = (fault: Partial<LineFault>) => words.fault({ line: 3, column: 'station_name', reason: 'required', found: null, hint: null, otherLine: null, ...fault }, String)
  expect(said({})).toBe('The name of the station is missing.')
  expect(said({ reason: 'station_differs', otherLine: 2 })).toBe('The name of this station is another on line 2.')
  expect(said({ reason: 'station_differs', column: 'latitude', otherLine: 2 })).toBe('The latitude of this station is another on line 2.')
})
