/** Repeatable chance: the same seed gives the same draws on every machine. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next: () => number
  between: (from: number, to: number) => number
  /** A whole number, both ends included. */
  whole: (from: number, to: number) => number
  pick: <Thing>(things: readonly Thing[]) => Thing
  maybe: (likelihood: number) => boolean
}

/** Mulberry32: 32 bits of state, enough for an exercise, never for a secret. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (things) => {
      const thing = things[Math.floor(next() * things.length)]
      if (thing === undefined) throw new Error('nothing to pick from')
      return thing
    },
    maybe: (likelihood) => next() < likelihood,
  }
}

/** A seed of its own for each name, so that adding one thing does not change all others. */
export function seedOf(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** UUID of version 7 at a moment, or of version 4 without one. */
export function uuidFrom(chance: Chance, at?: Date): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => chance.whole(0, 15).toString(16)).join('')
  const head = at ? at.getTime().toString(16).padStart(12, '0') : hex(12)
  return `${head.slice(0, 8)}-${head.slice(8)}-${at ? '7' : '4'}${hex(3)}-${chance.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`
}
