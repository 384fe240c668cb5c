import { describe, expect, test } from 'vitest'
import type { LiveThing } from '../../shared/live.ts'
import type { ReleasedPicture } from '../../shared/press.ts'
import { filterOf, keyOf } from '../../client/press/filter.ts'
import { drawn, emptyWall, takeFirst, takeNext, takeThings, without } from '../../client/press/wall-state.ts'
import type { WallPage, WallState } from '../../client/press/wall-state.ts'

const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
const pictureOf = (at: number): ReleasedPicture => ({
  id: idOf(at), captions: { en: `Picture ${at}` }, alternatives: { en: 'x' }, credit: 'Mission', quote: { en: 'Verified.' }, covered: false, width: 4, height: 3, fullBytes: 1, webBytes: 1,
  precision: { level: 'department_halfday', department: 'La Libertad', country: 'El Salvador', day: '2027-02-28', half: 'morning' }, releasedAt: new Date(Date.UTC(2027, 1, 28, 12, at)).toISOString(), embargoEndedAt: null, withheld: false, version: 1,
})
/** A page of the wall as it stood at `number`: pictures by when they were released, newest first. */
const page = (number: number, ats: number[], given: Partial<WallPage> = {}): WallPage => ({ number, total: ats.length, all: ats.length, releases: ats.map(pictureOf), next: null, places: [], days: [], ...given })
const released = (at: number): LiveThing => ({ kind: 'release', id: idOf(at), thing: pictureOf(at) })
const gone = (at: number): LiveThing => ({ kind: 'release_gone', id: idOf(at) })

const first = { isFiltered: false, isNewSearch: true, hold: false }
const again = { isFiltered: false, isNewSearch: false, hold: false }
const here = { isFiltered: false, hold: false }
const away = { isFiltered: false, hold: true }
const seen = (state: WallState) => drawn(state).map((id) => Number(id.slice(-12)))

describe('the wall', () => {
  test('shows what is released at once, first, and counts it', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [2, 1]), first), [released(3)], 11, here)
    expect([seen(state), state.total, state.all]).toEqual([[3, 2, 1], 3, 3])
    expect(seen(takeThings(state, [released(3)], 12, here))).toEqual([3, 2, 1])
  })

  test('while the reader is further down nothing moves: what is new waits, and is drawn when they come', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [2, 1]), first), [released(3)], 11, away)
    expect([seen(state), state.held.size, state.total]).toEqual([[2, 1], 1, 3])
    const asked = takeFirst(state, page(12, [4, 3, 2, 1]), { ...again, hold: true })
    expect([seen(asked), asked.held.size]).toEqual([[2, 1], 2])
    expect(seen({ ...asked, held: new Set() })).toEqual([4, 3, 2, 1])
  })

  test('what was withdrawn leaves at once, and no late page, event or search brings it back', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [3, 2, 1]), first), [gone(2)], 12, here)
    expect([seen(state), state.total, state.all, state.known.has(idOf(2))]).toEqual([[3, 1], 2, 2, false])
    for (const late of [takeFirst(state, page(11, [3, 2, 1]), again), takeThings(state, [released(2)], 11, here), takeNext(state, page(11, [2])), takeFirst(state, page(11, [2]), first)]) {
      expect([seen(late).includes(2), late.known.has(idOf(2))]).toEqual([false, false])
    }
    expect(without(state, idOf(2))).toBe(state)
  })

  test('one that was held back and withdrawn is never drawn', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [1]), first), [released(2), gone(2)], 12, away)
    expect([seen(state), state.held.size, state.total]).toEqual([[1], 0, 1])
  })

  test('a page that was asked for before an event does not lose what the event brought', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [1]), first), [released(2)], 12, here)
    expect([seen(takeFirst(state, page(11, [1]), again)), takeFirst(state, page(11, [1]), again).all]).toEqual([[2, 1], 2])
    expect(seen(takeFirst(state, page(13, [1]), again))).toEqual([1])
  })

  test('the first page asked again leaves the pages after it, without a gap or a double', () => {
    const two = takeNext(takeFirst(emptyWall, page(10, [6, 5], { next: 'a', total: 6, all: 6 }), first), page(10, [4, 3], { next: 'b', total: 6, all: 6 }))
    const more = takeFirst(two, page(12, [7, 6], { next: 'c', total: 7, all: 7 }), again)
    expect([seen(more), more.next, more.total]).toEqual([[7, 6, 5, 4, 3], 'b', 7])
    const whole = takeFirst(more, page(13, [7, 6], { total: 2, all: 2 }), again)
    expect([seen(whole), whole.next]).toEqual([[7, 6], null])
  })

  test('what moves up from below after a withdrawal is no news', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [3, 2], { next: 'a' }), first), [gone(3)], 11, away)
    expect(seen(takeFirst(state, page(12, [2, 1]), { ...again, hold: true }))).toEqual([2, 1])
  })

  test('in a search a release is counted, and shown once the server has found it', () => {
    const state = takeThings(takeFirst(emptyWall, page(10, [1], { all: 5 }), { ...first, isFiltered: true }), [released(2)], 11, { isFiltered: true, hold: false })
    expect([seen(state), state.total, state.all]).toEqual([[1], 1, 6])
    expect(seen(takeFirst(state, page(12, [2, 1], { all: 6 }), { ...again, isFiltered: true }))).toEqual([2, 1])
  })
})

describe('a search in the address', () => {
  test.each([
    ['', {}],
    ['?words=mesa+uno&place=La+Libertad&day=2027-02-28', { words: 'mesa uno', place: 'La Libertad', day: '2027-02-28' }],
    ['?day=2027-02-30&place=&other=1', {}],
    [`?words=${'x'.repeat(300)}&place=San+Miguel`, { place: 'San Miguel' }],
  ])('%s', (query, filter) => expect(filterOf(new URLSearchParams(query))).toEqual(filter))

  test('is the same whatever the order in which it was asked', () => {
    expect(keyOf({ day: '2027-02-28', words: 'a' })).toBe(keyOf({ words: 'a', day: '2027-02-28' }))
  })
})
