import { describe, expect, it } from 'vitest'
import { copyBytes, copyWasCut, freshPace, patienceFor, wasCut, wentThrough } from '../../client/observer/outbox/pieces.ts'
import type { Pace } from '../../client/observer/outbox/pieces.ts'
import { dangerOf, picturesThatFit } from '../../client/observer/outbox/space.ts'
import { isWorthSaying, minutesFor, toGo } from '../../client/observer/outbox/to-go.ts'
import { filed, now, receipt, withPhotos } from './outbox-samples.ts'

const hold = { code: 'conflict' as const, fields: [], reference: null, limit: null }
/** A line that carries so many bytes a second, as pieces find it out. */
function carried(bytesPerSecond: number, pieces: number): Pace {
  let pace = freshPace
  for (let at = 0; at < pieces; at += 1) pace = wentThrough(pace, pace.piece, (pace.piece / bytesPerSecond) * 1000)
  return pace
}

describe('how large a piece is', () => {
  it('[R250] grows on a quick line up to 4 MB, twice as large each time at most', () => {
    expect([1, 2, 3].map((pieces) => carried(100_000_000, pieces).piece)).toEqual([128_000, 256_000, 512_000])
    expect(carried(100_000_000, 20).piece).toBe(4_000_000)
  })

  it('[R250] on a slow line is what goes through in about six seconds', () => {
    expect(carried(8000, 6).piece).toBeCloseTo(48_000, -3)
    expect(carried(50_000, 6).piece).toBeCloseTo(300_000, -4)
  })

  it('[R250] shrinks to a quarter when it is cut, and never below 16 kB', () => {
    const quick = carried(1_000_000, 10)
    expect(wasCut(quick).piece).toBe(quick.piece / 4)
    expect(wasCut(wasCut(wasCut(wasCut(quick)))).piece).toBe(16_000)
    expect(wasCut(wasCut(wasCut(wasCut(wasCut(wasCut(quick)))))).piece).toBe(16_000)
  })

  it('[R250] [lesson 9] the line is taken for dead in some times of what a piece needs, within five minutes', () => {
    expect(patienceFor(carried(1_000_000, 10), 3_000_000)).toBe(32)
    expect(patienceFor(freshPace, 64_000)).toBe(84)
    expect(patienceFor(carried(2000, 4), 4_000_000)).toBe(300)
    expect(patienceFor(freshPace, 0)).toBe(20)
  })

  it('is not learned from what is too small to tell', () => {
    expect(wentThrough(freshPace, 7000, 5000)).toEqual(freshPace)
  })
})

describe('how large a small copy is', () => {
  it('[R311] 150 kB where nothing is known of the line, a third after each cut, and no less than what still shows something', () => {
    const cut = [freshPace]
    for (const at of [0, 1, 2, 3]) cut.push(copyWasCut(cut[at] ?? freshPace))
    expect(cut.map(copyBytes)).toEqual([150_000, 50_000, 16_667, 12_000, 12_000])
  })

  it('[R311] what a slow line carries in twelve seconds', () => {
    expect(copyBytes(carried(6400, 6))).toBeCloseTo(76_800, -3)
    expect([copyBytes(carried(1_000_000, 6)), copyBytes(carried(100, 6))]).toEqual([150_000, 12_000])
    expect(copyWasCut(carried(6400, 6))).toMatchObject({ piece: carried(6400, 6).piece })
  })
})

describe('[R253] what is to go', () => {
  const sent = withPhotos(filed(1, 'ab', { receipt }), { preview: 'sent' })
  it('counts texts, small copies and originals, less what has arrived', () => {
    expect(toGo([filed(2, 'abc')], true)).toEqual({ reports: 1, photos: 3, bytes: 2000 + 3 * 2000 })
    expect(toGo([withPhotos(sent, { upload: { id: 'u', offset: 400 } })], true)).toEqual({ reports: 0, photos: 2, bytes: 1200 })
  })

  it('leaves out what waits for its author, was filed elsewhere, or has arrived', () => {
    const none = { reports: 0, photos: 0, bytes: 0 }
    expect(toGo([filed(2, 'a', { hold }), withPhotos(sent, { hold }), { ...filed(3, 'a'), elsewhere: true }, withPhotos(sent, { receivedAt: receipt.receivedAt })], true)).toEqual(none)
  })

  it('leaves out originals that wait for Wi-Fi', () => {
    expect(toGo([sent, filed(2, 'a', { receipt })], false)).toEqual({ reports: 0, photos: 1, bytes: 1000 })
    const large = withPhotos(filed(2, 'a', { receipt }), { sizeBytes: 4_000_000 })
    expect(toGo([large], false)).toEqual({ reports: 0, photos: 1, bytes: 100_000 })
  })

  it('says how long in minutes, once it is known how fast', () => {
    expect(minutesFor({ bytes: 1_800_000 }, 10_000)).toBe(3)
    expect(minutesFor({ bytes: 10 }, 10_000)).toBe(1)
    expect(minutesFor({ bytes: 10 }, null)).toBeNull()
  })

  it('is not spoken of where it is there within half a minute', () => {
    expect([isWorthSaying({ bytes: 300_000 }, 10_000), isWorthSaying({ bytes: 310_000 }, 10_000), isWorthSaying({ bytes: 0 }, null), isWorthSaying({ bytes: 5_000_000 }, null)]).toEqual([false, true, false, true])
  })
})

describe('the phone’s own room', () => {
  it('[R259] is told in pictures before it runs out, with one picture’s room left for sending', () => {
    expect(picturesThatFit(null, [])).toBeNull()
    expect(picturesThatFit(10_000_000_000, [])).toBeNull()
    expect(picturesThatFit(31_000_000, [])).toBe(5)
    expect(picturesThatFit(6_000_000, [])).toBe(0)
    const large = { ...filed(1, 'a'), photos: filed(1, 'a').photos.map((photo) => ({ ...photo, sizeBytes: 20_000_000 })) }
    expect(picturesThatFit(81_000_000, [large])).toBe(3)
  })

  const later = now + 31 * 60_000
  const tab = { isPromised: false, isSafariTab: false, now: later }
  it.each([
    ['nothing waits', [withPhotos(filed(1, 'a', { receipt }), { receivedAt: receipt.receivedAt })], tab, null],
    ['it has only just begun to wait', [filed(1)], { ...tab, now: now + 1000 }, null],
    ['the browser has promised to keep it', [filed(1)], { ...tab, isPromised: true }, null],
    ['any browser may clear it under pressure', [filed(1)], tab, 'pressure'],
    ['Safari clears it after seven days without opening', [filed(1)], { ...tab, isSafariTab: true }, 'seven_days'],
  ] as const)('[R259] [lesson 13] [lesson 14] what waits here and could be cleared: %s', (_, mine, around, expected) => {
    expect(dangerOf([...mine], around)).toBe(expected)
  })
})
