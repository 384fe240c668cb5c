import { expect, test } from 'vitest'
import { openLooks } from '../../client/observer/outbox/looks.ts'

const shown = { isNewest: true, isUnedited: true }

test('a look with nothing beside it is shown', () => {
  const looks = openLooks()
  expect(looks.begin()()).toEqual(shown)
})

test('one that comes back after a later one is not', () => {
  const looks = openLooks()
  const [first, second] = [looks.begin(), looks.begin()]
  expect(second()).toEqual(shown)
  expect(first()).toEqual({ isNewest: false, isUnedited: false })
})

test('one that began before an edit, or while it was written, does not take it back, not even once it is written', () => {
  const looks = openLooks()
  const before = looks.begin()
  const written = looks.edit()
  const meanwhile = looks.begin()
  expect(before()).toEqual({ isNewest: true, isUnedited: false })
  written()
  expect(meanwhile()).toEqual({ isNewest: true, isUnedited: false })
  expect(looks.begin()()).toEqual(shown)
})

test('of two edits at once the last one that is written counts', () => {
  const looks = openLooks()
  const [first, second] = [looks.edit(), looks.edit()]
  first()
  const between = looks.begin()
  second()
  expect(between().isUnedited).toBe(false)
  expect(looks.begin()()).toEqual(shown)
})
