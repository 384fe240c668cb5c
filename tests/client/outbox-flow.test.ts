import { describe, expect, it } from 'vitest'
import { flowed, freshFlow, rateOf, untilAsked } from '../../client/observer/outbox/flow.ts'
import { freshPace, patienceFor, wasCut, wentThrough } from '../../client/observer/outbox/pieces.ts'
import { chances } from '../support/slow-link.ts'

const rtt = 0.6

/** A line that carries so many bytes a second until it is cut, every so many seconds; of the cuts a share is silent, so that the phone waits out its patience. */
type Line = { speed: (at: number) => number; lasts: number; silent: number }

/** Sends so many bytes as the phone does, and gives what it said after each exchange over what it then took, and the rate that it said that by. */
function sent(total: number, { speed, lasts, silent }: Line, seed: number) {
  const chance = chances(seed)
  let [at, offset, pace, flow, since] = [0, 0, freshPace, freshFlow, 0]
  let cutAt = lasts * (0.5 + chance())
  const said: { at: number; seconds: number; rate: number }[] = []
  const came = (bytes: number) => {
    if (bytes > 0) {
      flow = flowed(flow, bytes, (at - since) * 1000)
      since = at
    }
    const rate = rateOf(flow, pace.line)
    if (rate !== null) said.push({ at, seconds: (total - offset) / rate, rate })
  }
  while (offset < total) {
    const piece = Math.min(pace.piece, total - offset)
    const carries = speed(at) * (0.8 + 0.4 * chance())
    const takes = rtt + piece / carries
    const patience = patienceFor(pace, piece)
    const endsAt = Math.min(cutAt, at + patience)
    if (at + takes < endsAt) {
      at += takes
      offset += piece
      pace = wentThrough(pace, piece, takes * 1000)
      came(piece)
      continue
    }
    const isCut = endsAt === cutAt
    const arrived = Math.max(0, Math.min(piece, Math.floor((endsAt - at - rtt / 2) * carries)))
    at = (isCut ? Math.max(cutAt + 2, chance() < silent ? at + patience : 0) : endsAt) + 1 + rtt
    pace = wasCut(pace)
    offset += arrived
    came(arrived)
    if (isCut) cutAt = at + lasts * (0.7 + 0.6 * chance())
  }
  return said.filter((one) => at - one.at > 60).map((one) => ({ ...one, ratio: one.seconds / (at - one.at) }))
}

const share = (of: readonly number[], part: number): number => [...of].sort((one, other) => one - other)[Math.floor(part * (of.length - 1))] ?? Number.NaN
const seeds = Array.from({ length: 12 }, (_, at) => at + 1)

describe('[R427] how long it takes', () => {
  it.each([['each cut silent', 1], ['every second cut silent', 0.5], ['no cut silent', 0]])('on a line that is cut every 30 seconds counts what the cuts cost, and stays: %s', (_, silent) => {
    const runs = seeds.map((seed) => sent(8_000_000, { speed: () => 15_000, lasts: 30, silent }, seed).filter(({ at }) => at > 60))
    const ratios = runs.flat().map(({ ratio }) => ratio)
    expect(share(ratios, 0.5)).toBeGreaterThan(0.85)
    expect(share(ratios, 0.5)).toBeLessThan(1.2)
    expect(share(ratios, 0.25)).toBeGreaterThan(0.75)
    expect(share(ratios, 0.75)).toBeLessThan(1.35)
    expect(share(ratios, 0.02)).toBeGreaterThan(0.5)
    const swings = runs.flatMap((run) => run.map(({ at }) => run.filter((one) => one.at >= at && one.at < at + 60).map(({ rate }) => rate)).map((rates) => Math.max(...rates) / Math.min(...rates)))
    expect(share(swings, 0.5)).toBeLessThan(1.4)
    expect(share(swings, 0.95)).toBeLessThan(2)
  })

  it('on a steady line is what it takes, and soon on one that becomes slower', () => {
    const steady = sent(4_000_000, { speed: () => 10_000, lasts: 1e9, silent: 0 }, 1).map(({ ratio }) => ratio)
    expect(share(steady, 0)).toBeGreaterThan(0.85)
    expect(share(steady, 1)).toBeLessThan(1.25)
    const slower = sent(60_000_000, { speed: (at) => (at < 60 ? 500_000 : 20_000), lasts: 1e9, silent: 0 }, 1).filter(({ at }) => at > 240).map(({ ratio }) => ratio)
    expect(share(slower, 0)).toBeGreaterThan(0.8)
    expect(share(slower, 1)).toBeLessThan(1.25)
  })

  it('is not told before a piece went through, nor from an outage or a phone that slept for an hour', () => {
    expect(rateOf(freshFlow, null)).toBeNull()
    const before = flowed(flowed(freshFlow, 100_000, 10_000), 100_000, 10_000)
    expect(rateOf(before, 10_000)).toBeCloseTo(10_000, 0)
    expect(rateOf(flowed(before, 1000, 3_600_000), 10_000)).toBe(rateOf(flowed(before, 1000, 60_000), 10_000))
  })

  it('is told as a few times longer, and no more, by an outage soon after the beginning, and as before soon after its end', () => {
    const before = flowed(freshFlow, 60_000, 5000)
    const after = flowed(before, 10_000, 50_000)
    expect(rateOf(after, 12_000)).toBeGreaterThan(12_000 / 3)
    expect(rateOf(after, 12_000)).toBeLessThan(12_000 / 1.5)
    let later = after
    for (let piece = 0; piece < 20; piece += 1) later = flowed(later, 36_000, 3000)
    expect(rateOf(later, 12_000)).toBeGreaterThan(12_000 / 1.25)
  })
})

describe('[R447] [lesson 16] how often headquarters is asked how far all is', () => {
  it('is seldom while a thin line is needed for pictures, often while an answer is waited for, seldom when none is', () => {
    const [often, seldom] = [untilAsked(true, null), untilAsked(false, null)]
    expect(often).toBeLessThan(seldom)
    expect([untilAsked(true, 8_000), untilAsked(true, 500_000), untilAsked(false, 500_000)]).toEqual([seldom, often, seldom])
    // A question and its answer are some 600 bytes up: less than one in a hundred of what such a line carries meanwhile.
    expect(600 / (8_000 * (untilAsked(true, 8_000) / 1000))).toBeLessThan(0.01)
  })
})
