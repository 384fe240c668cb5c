import { Problem } from '../../../shared/problem.ts'

export type Guesses = {
  /** Runs what looks a short code up. A code that is not there counts against the address, and after a handful is answered with `slow_down`. A code that is right is never refused for what others typed. */
  guarded: <Found>(address: string, look: () => Promise<Found>) => Promise<Found>
}

const minute = 60_000
const freely = 5
/** Wrong codes of all addresses together in an hour. Beyond them nothing is looked up any more for an address that guesses: 60 bits are not found in that many tries, and a briefing does not mistype that often. */
const ceiling = 2_000
const mostAddresses = 50_000

/** Counts wrong short codes by address for a minute and of all for an hour. A link, or the same in a card's QR code, holds 256 bits and is not counted. In memory alone: a start forgets. */
export function countGuesses(now: () => number): Guesses {
  const wrong = new Map<string, { count: number; until: number }>()
  let hour = { count: 0, until: 0 }

  const of = (address: string) => {
    const found = wrong.get(address)
    return found && found.until > now() ? found : { count: 0, until: now() + minute }
  }
  const slowDown = (until: number) => new Problem('slow_down', { retryAfterSeconds: Math.max(1, Math.ceil((until - now()) / 1000)) })

  function miss(address: string): Problem | null {
    const next = { ...of(address), count: of(address).count + 1 }
    wrong.delete(address)
    wrong.set(address, next)
    // The oldest goes first: a flood of addresses does not fill the memory.
    if (wrong.size > mostAddresses) for (const oldest of [...wrong.keys()].slice(0, wrong.size - mostAddresses)) wrong.delete(oldest)
    hour = hour.until > now() ? { ...hour, count: hour.count + 1 } : { count: 1, until: now() + 60 * minute }
    return next.count > freely ? slowDown(next.until) : null
  }

  return {
    guarded: async (address, look) => {
      const { count, until } = of(address)
      if (count > freely && hour.until > now() && hour.count > ceiling) throw slowDown(until)
      try {
        return await look()
      } catch (error) {
        throw error instanceof Problem && error.code === 'not_found' ? (miss(address) ?? error) : error
      }
    },
  }
}
