import { Problem } from '../../../shared/problem.ts'

/** Something that guesses are counted for: an account as seen from one address, an address, a device. */
export type Counted = { key: string; most: number }

/**
 * Counts wrong guesses in a window of fifteen minutes, in memory. A guess is counted before it is looked at, so that many at once count as many, and taken back when it was right.
 * By the house's clock, which rate limiters do not take.
 */
export type Guesses = {
  /** @throws slow_down where one of these has had its share */
  take: (counted: readonly Counted[]) => void
  right: (counted: readonly Counted[]) => void
}

const windowMilliseconds = 15 * 60_000

export function openGuesses(now: () => string): Guesses {
  const counts = new Map<string, { count: number; ends: number }>()

  return {
    take: (counted) => {
      const at = Date.parse(now())
      for (const [key, { ends }] of counts) if (ends <= at) counts.delete(key)
      const full = counted.flatMap(({ key, most }) => {
        const found = counts.get(key)
        return found && found.count >= most ? [found.ends] : []
      })
      if (full.length > 0) throw new Problem('slow_down', { retryAfterSeconds: Math.ceil((Math.max(...full) - at) / 1000) })
      for (const { key } of counted) counts.set(key, { count: (counts.get(key)?.count ?? 0) + 1, ends: counts.get(key)?.ends ?? at + windowMilliseconds })
    },
    right: (counted) => {
      for (const { key } of counted) {
        const found = counts.get(key)
        if (found) found.count -= 1
      }
    },
  }
}
