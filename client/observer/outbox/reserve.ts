import { effect } from '@preact/signals'
import { attempt, isFull, onFull } from './queue.ts'
import type { Filed } from './records.ts'
import { mostFree, usualBytes } from './space.ts'

// A browser may say that there is room where there is none (Chromium tells every page of ten free gigabytes). So some room is taken while there is some, and given up at the first refusal:
// what was refused is kept, and its owner hears that the room runs out before anything fails.

/** A picture of any phone’s camera, and the next. */
const reserveBytes = 24_000_000
/** What is counted on once the reserve is gone: some of it went to what was refused. */
const leftBytes = reserveBytes - usualBytes
/** The first seconds belong to what its owner came for. */
const afterMilliseconds = 3000

/** Bytes that no disk makes smaller than they are, and no database. */
const filling = () => new Blob(Array.from({ length: reserveBytes / 50_000 }, () => crypto.getRandomValues(new Uint8Array(50_000))))

/** Takes the reserve where it is not there. */
async function hold(): Promise<void> {
  try {
    await attempt(['kept'], async (tx) => {
      const kept = tx.objectStore('kept')
      if ((await kept.getKey('reserve')) === undefined) await kept.put(filling(), 'reserve')
    }, true)
    mostFree.value = null
  } catch (thrown) {
    if (isFull(thrown)) mostFree.value = leftBytes
  }
}

let giving: Promise<boolean> | null = null
/** Gives the reserve up; writes that are refused at the same moment share it. Tells whether there was one. */
function giveUp(): Promise<boolean> {
  giving ??= drop().finally(() => (giving = null))
  return giving
}

async function drop(): Promise<boolean> {
  const wasThere = await attempt(['kept'], async (tx) => {
    const kept = tx.objectStore('kept')
    const key = await kept.getKey('reserve')
    await kept.delete('reserve')
    return key !== undefined
  }, false)
  mostFree.value = wasThere ? leftBytes : 0
  return wasThere
}

/** From now on what the phone refuses may have the reserve. */
export const offerReserve = (): void => onFull(giveUp)

const originalsIn = (mine: readonly Filed[]) => mine.reduce((sum, { photos }) => sum + photos.filter(({ receivedAt }) => !receivedAt).length, 0)

/** Keeps the reserve filled: soon after the start, and once it is gone whenever there may be room again, as an original has left or its owner comes back from another app. */
export function keepReserve(mine: () => readonly Filed[]): void {
  offerReserve()
  setTimeout(() => void hold(), afterMilliseconds)
  const again = () => void (mostFree.peek() !== null && document.visibilityState === 'visible' && hold())
  document.addEventListener('visibilitychange', again)
  let before = 0
  effect(() => {
    const now = originalsIn(mine())
    if (now < before) again()
    before = now
  })
}
