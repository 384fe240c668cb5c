import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Covers, compare } from '../../client/kit/covers.ts'
import { hashed, openTally } from '../../shared/tally.ts'

describe('the digest of a set', () => {
  const Things = fc.uniqueArray(fc.tuple(fc.uuid(), fc.nat()), { selector: ([id]) => id, maxLength: 40 })

  it('is the sum modulo 2^64 of the hashes, whatever the order and whatever came and went meanwhile', () => {
    fc.assert(fc.property(Things, Things, (stay, go) => {
      const left = go.filter(([id]) => stay.every(([other]) => other !== id))
      const tally = openTally()
      for (const [id, version] of [...left, ...stay]) tally.add(id, version)
      for (const [id, version] of left) tally.drop(id, version)
      const sum = stay.reduce((before, [id, version]) => {
        const [high, low] = hashed(`${id} ${version}`)
        return (before + (BigInt(high) << 32n) + BigInt(low)) & 0xffff_ffff_ffff_ffffn
      }, 0n)
      expect(tally.told()).toEqual({ count: stay.length, digest: sum.toString(16).padStart(16, '0') })
    }), { seed: 270 })
  })

  it('tells apart versions, and one thing too many from one too few', () => {
    const of = (...things: [string, number][]) => {
      const tally = openTally()
      for (const [id, version] of things) tally.add(id, version)
      return tally.told()
    }
    expect(of(['a', 1])).not.toEqual(of(['a', 2]))
    expect(of(['a', 1], ['b', 1])).not.toEqual(of(['a', 1], ['a', 1]))
  })
})

describe('a comparison', () => {
  const told = { number: 10, at: '2027-02-28T20:00:00.000Z', isAhead: false, held: { count: 2, digest: 'x' } }
  const covers = (given: Partial<Covers> = {}): Covers => ({ ask: () => Promise.resolve(told), shown: () => ({ count: 2, digest: 'x' }), upTo: () => 9, turn: () => 0, again: () => Promise.resolve(), tellFault: () => Promise.resolve(), ...given })

  it('says that both agree, that they differ, or that the screen is behind', async () => {
    expect(await compare(covers(), () => 10)).toEqual({ agreesAt: told.at })
    expect(await compare(covers({ shown: () => ({ count: 2, digest: 'y' }) }), () => 8)).toEqual({ number: 10, held: 2, shown: 2 })
    expect(await compare(covers({ ask: () => Promise.resolve({ ...told, isAhead: true, held: null }) }), () => 8)).toBe('behind')
  })

  it('says that headquarters was set back, where it has less than is known here', async () => {
    expect(await compare(covers(), () => 11)).toBe('set_back')
  })

  it('says nothing while the screen loads, of a set that is too large, or of another moment or set than the answer is about', async () => {
    const differs = { shown: () => ({ count: 1, digest: 'y' }) }
    expect(await compare(covers({ ...differs, ask: () => null }), () => 8)).toBe('later')
    expect(await compare(covers({ ...differs, ask: () => Promise.resolve({ ...told, held: null }) }), () => 8)).toBe('later')
    expect(await compare(covers({ ...differs, upTo: () => 11 }), () => 8)).toBe('later')
    let turn = 0
    expect(await compare(covers({ ...differs, turn: () => turn++ }), () => 8)).toBe('later')
    let cursor = 1
    expect(await compare(covers(differs), () => cursor++)).toBe('later')
  })
})
