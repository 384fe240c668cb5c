import { describe, expect, test } from 'vitest'
import { alikeTo, bitsApart, isPreviewUnlike, saidIn, saysRow, shownFile, whyNotCopy } from '../../server/features/photos/rules.ts'

const half = '0f0f0f0f0f0f0f0f'
const seen = (report: string, sha256: string, dhash: string) => ({ report, sha256, dhash })

describe('fingerprints', () => {
  test.each([
    [half, half, 0], [half, 'f0f0f0f0f0f0f0f0', 64], [half, '0f0f0f0f0f0f0f0e', 1], ['8000000000000000', '0000000000000001', 2], ['ffffffffffffffff', '0000000000000000', 64],
  ])('%s and %s are %i bits apart', (one, other, bits) => expect(bitsApart(one, other)).toBe(bits))

  test('[R203] a small copy is unlike its original beyond 16 bits; without one nothing is said', () => {
    expect([null, 0, 16, 17, 64].map(isPreviewUnlike)).toEqual([false, false, false, true, true])
  })

  test('[R204] alike: of another report, near, nearest first; the same file whatever it shows', () => {
    const others = [seen('b', '2', '0f0f0f0f0f0f0000'), seen('c', '3', '0f0f0f0f0f0f0f0e'), seen('d', '4', 'f0f0f0f0f0f0f0f0'), seen('a', '5', half), seen('e', '1', half)]
    expect(alikeTo(seen('a', '1', half), others).map(({ report, distance }) => [report, distance])).toEqual([['e', 0], ['c', 1], ['b', 8]])
    const black = '0000000000000000'
    expect(alikeTo(seen('a', '1', black), [seen('b', '2', black), seen('c', '1', black)]).map(({ report }) => report)).toEqual(['c'])
  })
})

test('[R201] a decoded copy is for a HEIC that cannot be opened, by somebody else than who filed it', () => {
  const photo = { type: 'heic', state: 'unreadable', author: 'ana', filedBy: 'bea' }
  expect(whyNotCopy(photo, { id: 'desk' })).toBeNull()
  expect(['ana', 'bea'].map((id) => whyNotCopy(photo, { id })?.code)).toEqual(['not_allowed', 'not_allowed'])
  for (const other of [{ ...photo, type: 'jpeg' }, { ...photo, state: 'ready' }, { ...photo, state: 'awaited', type: null }]) expect(whyNotCopy(other, { id: 'desk' })?.code).toBe('conflict')
})

test('what is shown: the small copy until the original was looked into, and in its place what a person decoded', () => {
  const photo = { sha256: 'o', previewSha256: 'p', copySha256: null }
  expect((['awaited', 'preview', 'received', 'unreadable', 'ready'] as const).map((state) => shownFile({ ...photo, state }))).toEqual(['p', 'p', 'p', 'p', 'o'])
  expect(shownFile({ ...photo, state: 'ready', copySha256: 'c' })).toBe('c')
})

test('what a file says is the same out of its row', () => {
  const says = { takenAt: '2027-02-28T14:00:00', utcOffset: null, position: { latitude: 13.5, longitude: -89 }, device: 'Uno', software: null }
  expect(saidIn({ report: 'a', sha256: 'b', previewDistance: null, ...saysRow(says) })).toEqual(says)
})
