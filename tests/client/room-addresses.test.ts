import { expect, test } from 'vitest'
import { filterOf, isPartlyRead } from '../../client/coordinator/audit/filter.ts'
import { momentOf } from '../../client/coordinator/room/filter/filter.ts'
import { placeOf, textOf } from '../../client/coordinator/room/map/place.ts'

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

test.each([
  ['13.7,-89.2,8.25', { latitude: 13.7, longitude: -89.2, zoom: 8.25 }],
  ['-0.5,179.99999,18', { latitude: -0.5, longitude: 179.99999, zoom: 18 }],
  ['', null], [null, null], ['13.7,-89.2', null], ['13.7,,8', null], ['91,0,8', null], ['13.7,-181,8', null], ['13.7,-89.2,1', null], ['13.7,-89.2,40', null], ['13.7,-89.2,8,9', null], ['a,b,c', null],
])('[R316] where the map stands is read from %s, and what cannot be read is left out', (text, place) => {
  expect(placeOf(text)).toEqual(place)
  if (place) expect(textOf(place)).toBe(text)
})
