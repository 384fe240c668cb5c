import { expect, test } from 'vitest'
import { filterOf, isPartlyRead } from '../../client/coordinator/audit/filter.ts'
import { unreadOf } from '../../client/coordinator/room/address.ts'
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

test.each([
  ['', null],
  ['status=received,in_review&words=urna&category=opening.late&report=0192f0a4-1c5e-7000-8000-000000000001&spot=13.7,-89.2&map=13.7,-89.2,8&view=map', null],
  ['spot=none', null],
  ['report=R-7&spot=here&map=1', { what: ['report=R-7', 'spot=here', 'map=1'], change: { report: undefined, spot: undefined, map: undefined } }],
  ['from=2027-02-28T20:00:00.000Z&until=2027-02-28T08:00:00.000Z', null],
  ['pictures=some', { what: ['pictures=some'], change: { pictures: undefined } }],
  ['status=received,zzz&severity=hgih', { what: ['status=zzz', 'severity=hgih'], change: { status: ['received'], severity: [] } }],
  ['asOf=2020-11-29T21:30&from=today', { what: ['asOf=2020-11-29T21:30', 'from=today'], change: { asOf: undefined, from: undefined } }],
  ['asOf=2999-11-29T21:30:00.000Z', { what: ['asOf=2999-11-29T21:30:00.000Z'], change: { asOf: undefined } }],
  ['asOf=2020-11-29T21:30:00.000Z', null],
  ['panel=away&since=2020-11-29T21:30:00.000Z', null],
  ['panel=away&since=2999-11-29T21:30:00.000Z', { what: ['since=2999-11-29T21:30:00.000Z'], change: { since: undefined } }],
  ['panel=away&since=zzz', { what: ['since=zzz'], change: { since: undefined } }],
])('[R457] of the room’s address ?%s is told what was left out', (query, unread) => {
  expect(unreadOf(new URLSearchParams(query))).toEqual(unread)
})
