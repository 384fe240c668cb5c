import { setImmediate } from 'node:timers/promises'
import type { Tx } from './database/open.ts'

const most = 32

/**
 * Asks for many at once what is asked for one by one. Who comes while nobody is asked for is asked for at the end of the turn, with all who came in it: the first of many that come together would else be answered
 * alone, and write alone, while the others wait. Those who come meanwhile, together, when that is answered: nobody is told what was so before they came.
 */
export function gathered<Key, Found>(ask: (keys: readonly Key[]) => Promise<readonly Found[]>): (key: Key) => Promise<Found> {
  const waiting: { key: Key; resolve: (found: Found) => void; reject: (error: unknown) => void }[] = []
  let isAsking = false

  async function askAll(): Promise<void> {
    isAsking = true
    await setImmediate()
    while (waiting.length > 0) {
      const together = waiting.splice(0, most)
      try {
        const found = await ask(together.map(({ key }) => key))
        together.forEach(({ resolve }, at) => resolve(found[at] as Found))
      } catch (error) {
        for (const { reject } of together) reject(error)
      }
    }
    isAsking = false
  }

  return (key) => new Promise((resolve, reject) => {
    waiting.push({ key, resolve, reject })
    if (!isAsking) void askAll()
  })
}

/** The same of one transaction: all who ask in one turn are told by one statement. As many keys a statement as a power of two, one of them again and again: then few statements are ever prepared. */
export function gatheredInTurn<Key, Found>(ask: (tx: Tx, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Found>>): (tx: Tx, key: Key) => Promise<Found | undefined> {
  let turn: { tx: Tx; keys: Key[]; found: Promise<ReadonlyMap<Key, Found>> } | null = null

  function begin(tx: Tx): NonNullable<typeof turn> {
    const keys: Key[] = []
    const found = Promise.resolve().then(() => {
      turn = null
      return ask(tx, [...keys, ...Array<Key>(2 ** Math.ceil(Math.log2(keys.length)) - keys.length).fill(keys[0] as Key)])
    })
    return { tx, keys, found }
  }

  return async (tx, key) => {
    turn = turn?.tx === tx ? turn : begin(tx)
    turn.keys.push(key)
    return (await turn.found).get(key)
  }
}
