import type { Role } from '../../../shared/roles.ts'
import type { Tx } from '../database/open.ts'

/** Facts in (since, until] of which one role hears something, by number. */
export type Heard = (tx: Tx, since: number, until: number) => Promise<number[]>

/** The numbers by which screens follow the journal, as their role is told them. */
export type Numbers = {
  /** The number to tell for one of the journal. */
  told: (role: Role, number: number, tx: Tx) => Promise<number>
  /** The number of the journal that is meant by one that was told; never beyond `upTo`. */
  meant: (role: Role, told: number, at: { tx: Tx; upTo: number }) => Promise<number>
}

/**
 * The journal's own number grows with every claim, verdict and report, so whoever is told two of them knows how much happened between. Press is told how many facts it heard of itself; an observer,
 * who hears of none, nothing.
 *
 * Which ones those are is found in memory, from the beginning at each start. A picture that was held when its fact was found counts once its embargo ends; found after that it counts twice, so after a start a
 * number may mean an earlier place in the journal than before, never a later one: what a screen has already is told again, and nothing is left out.
 */
export function openNumbers(heardByPress: Heard): Numbers {
  const heard: number[] = []
  let looked = 0

  async function lookUpTo(until: number, tx: Tx): Promise<void> {
    if (until <= looked) return
    const found = await heardByPress(tx, looked, until)
    // Another look may have gone further meanwhile.
    heard.push(...found.filter((number) => number > looked))
    looked = Math.max(looked, until)
  }

  return {
    told: async (role, number, tx) => {
      if (role === 'observer') return 0
      if (role !== 'press') return number
      await lookUpTo(number, tx)
      return countUpTo(heard, number)
    },
    meant: async (role, told, { tx, upTo }) => {
      if (role !== 'press') return told
      await lookUpTo(upTo, tx)
      return told <= 0 ? 0 : Math.min(heard[told - 1] ?? upTo, upTo)
    },
  }
}

/** How many of these numbers, which rise, are not above another. */
function countUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low
}
