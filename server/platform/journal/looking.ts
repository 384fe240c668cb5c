export type Fault = { where: string; what: string }

/** How far a look has come: what is looked at, how many of it, and of how many; null where that cannot be known. */
export type Told = (what: string, done: number, of: number | null) => void

/** What a look at everything says while it lasts. */
export type Looking = { fault: (where: string, what: string) => void; told: Told }

/** A database that agrees in nothing would fill the memory with what is wrong: beyond this many faults are counted, and not named. */
export const mostNamed = 1_000

/** Gathers what a look finds. `beyond`: how many faults there were that are not in the list. */
export function lookingWith(told: Told = () => undefined): Looking & { faults: Fault[]; beyond: () => number } {
  const faults: Fault[] = []
  let beyond = 0
  return {
    told, faults, beyond: () => beyond,
    fault: (where, what) => {
      if (faults.length < mostNamed) faults.push({ where, what })
      else beyond++
    },
  }
}
