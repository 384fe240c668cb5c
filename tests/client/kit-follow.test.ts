import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import type { LiveThing } from '../../shared/live.ts'
import { type CatchUp, SetBack, type Stretch, follow } from '../../client/kit/follow.ts'

const at = '2027-02-28T20:14:33.120Z'
const ids = ['a', 'b', 'c', 'd'].map((letter) => `0192f7a0-0000-7000-8000-00000000000${letter}`)

/** A thing that carries the journal's number in place of its content. */
const thing = (id: string, number: number): LiveThing => ({ kind: 'notice', number: 1, id, what: 'lead_link', at, name: String(number), role: null, by: null })

/** A journal whose facts each change one thing, or none that this person may know. */
function journalOf(facts: readonly (number | null)[], page = 500) {
  const known = facts.map((which, at) => ({ number: at + 1, id: which === null ? null : ids[which] ?? null }))
  const between = (since: number, until: number) => {
    const last = new Map<string, number>()
    for (const fact of known) if (fact.number > since && fact.number <= until && fact.id) last.set(fact.id, fact.number)
    return [...last].map(([id, number]) => thing(id, number))
  }
  return {
    ask: async (since: number, head = facts.length): Promise<CatchUp> => {
      const number = Math.min(head, since + page)
      return { number: Math.max(number, since), at, things: between(since, number), more: number < head, reports: null, here: [], earlier: [] }
    },
    /** What a connection from `since` is sent when it is told at each of `stops`. */
    events: (since: number, stops: readonly number[]): Stretch[] => {
      const sent: Stretch[] = []
      let previous = since
      for (const number of [...new Set(stops)].sort((one, other) => one - other)) {
        if (number <= previous) continue
        const things = between(previous, number)
        if (things.length === 0) continue
        sent.push({ number, previous, at, things })
        previous = number
      }
      return sent
    },
    present: () => new Map(between(0, facts.length).map((one) => [one.id, numberOf(one)])),
  }
}

const numberOf = (one: LiveThing): number => (one.kind === 'notice' ? Number(one.name) : Number.NaN)

describe('following the journal', () => {
  test('an event that joins on is applied, one that is known is not, one after a missing one is a gap', () => {
    const seen: number[] = []
    const following = follow({ since: 10, ask: () => Promise.reject(new Error('not asked')), onThings: (_, number) => seen.push(number) })
    expect(following.receive({ number: 12, previous: 10, at, things: [thing('a', 12)] })).toBe('applied')
    expect(following.receive({ number: 12, previous: 10, at, things: [thing('a', 12)] })).toBe('known')
    expect(following.receive({ number: 20, previous: 15, at, things: [thing('a', 20)] })).toBe('gap')
    expect(following.cursor()).toBe(12)
    // After a catch-up the connection may still count from an older number: the stretch overlaps.
    expect(following.receive({ number: 14, previous: 9, at, things: [thing('a', 14)] })).toBe('applied')
    expect(seen).toEqual([12, 14])
  })

  test('numbers of facts that are secret to this person are no gap', () => {
    const journal = journalOf([0, null, null, 1])
    const following = follow({ since: 0, ask: journal.ask, onThings: () => undefined })
    expect(journal.events(0, [1, 2, 3, 4]).map((event) => following.receive(event))).toEqual(['applied', 'applied'])
  })

  test('catching up asks page after page', async () => {
    const asked: number[] = []
    const journal = journalOf(Array.from({ length: 10 }, (_, number) => number % 4), 4)
    const following = follow({ since: 1, onThings: () => undefined, ask: (since) => (asked.push(since), journal.ask(since)) })
    await following.catchUp()
    expect(asked).toEqual([1, 5, 9])
    expect(following.cursor()).toBe(10)
  })

  test('a catch-up that fails leaves the cursor where it was, and the next goes on from there', async () => {
    const journal = journalOf([0, 1, 2])
    let down = true
    const following = follow({ since: 0, onThings: () => undefined, ask: (since) => (down ? Promise.reject(new Error('down')) : journal.ask(since)) })
    await expect(following.catchUp()).rejects.toThrow('down')
    expect(following.cursor()).toBe(0)
    down = false
    await following.catchUp()
    expect(following.cursor()).toBe(3)
  })

  test('an answer that is older than what came meanwhile changes nothing', async () => {
    const journal = journalOf([0, 0, 0])
    const shown = new Map<string, number>()
    const following = follow({
      since: 0,
      onThings: (things) => {
        for (const one of things) shown.set(one.id, numberOf(one))
      },
      ask: async (since) => {
        const old = await journal.ask(since, 2)
        for (const event of journal.events(0, [3])) following.receive(event)
        return old
      },
    })
    await following.catchUp()
    expect([...shown.values()]).toEqual([3])
  })

  test('[R344] a journal that ends before what is known is another one: nothing of it is applied, and that is said', async () => {
    const following = follow({ since: 12, ask: async () => ({ number: 11, at, things: [thing('a', 11)], more: false, reports: 1, here: [], earlier: [] }), onThings: () => expect.unreachable() })
    await expect(following.catchUp()).rejects.toThrow(SetBack)
    expect(following.cursor()).toBe(12)
  })

  test('whatever is dropped, repeated or reordered: after one catch-up the screen equals the journal, and no thing ever went back', async () => {
    const facts = fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 40 })
    await fc.assert(fc.asyncProperty(facts, fc.array(fc.nat(40)), fc.array(fc.record({ which: fc.nat(80), catchUp: fc.boolean() }), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (given, stops, deliveries, page) => {
      const journal = journalOf(given, page)
      const events = journal.events(0, stops.map((stop) => Math.min(stop, given.length)))
      const shown = new Map<string, number>()
      const following = follow({
        since: 0,
        ask: journal.ask,
        onThings: (things) => {
          for (const one of things) {
            expect(numberOf(one)).toBeGreaterThan(shown.get(one.id) ?? 0)
            shown.set(one.id, numberOf(one))
          }
        },
      })
      for (const { which, catchUp } of deliveries) {
        const event = events[which % Math.max(1, events.length)]
        if (event && following.receive(event) === 'gap' && catchUp) await following.catchUp()
      }
      await following.catchUp()
      expect(shown).toEqual(journal.present())
    }))
  })
})
