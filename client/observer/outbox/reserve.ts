import { computed } from '@preact/signals'
import { attempt, isFull, onFull } from './queue.ts'
import type { Filed } from './records.ts'
import { mostFree, usualBytes } from './space.ts'

// A browser may say that there is room where there is none (Chromium tells every page of ten free gigabytes). So some room is taken while there is some, and given up at the first refusal:
// what was refused is kept, and its owner hears that the room runs out before anything fails. It is taken in pieces: how many can be had then tells how much room is left.

const pieceBytes = 1_000_000
/** Pieces for a picture of any phone’s camera, and the next. They are taken in this order: where the last is, all are. */
const pieces = [...Array.from('abcdefghijklmnopqrstuvw', (letter) => `reserve_${letter}` as const), 'reserve' as const]
/** The first seconds belong to what its owner came for, and those after a refusal to what was refused. */
const afterMilliseconds = 3000

/** Bytes that no disk makes smaller than they are, and no database. */
const filling = () => new Blob(Array.from({ length: pieceBytes / 50_000 }, () => crypto.getRandomValues(new Uint8Array(50_000))))

let timesGiven = 0
/** How many pieces could be had when something found no room although all were given up; null: nothing was refused since there was room. */
let refusedAt: number | null = null

/** Takes what is not there of the reserve, as much as there is room for. */
async function hold(): Promise<void> {
  const given = timesGiven
  for (const [held, piece] of pieces.entries()) {
    // What was refused meanwhile is to have the room.
    if (given !== timesGiven) return
    try {
      const isWhole = await attempt(['kept'], async (tx) => {
        const kept = tx.objectStore('kept')
        if ((await kept.getKey('reserve')) !== undefined) return true
        if ((await kept.getKey(piece)) === undefined) await kept.put(filling(), piece)
        return false
      }, true)
      if (isWhole) break
    } catch (thrown) {
      if (isFull(thrown) && given === timesGiven) tell(held)
      return
    }
  }
  if (given !== timesGiven) return
  mostFree.value = null
  refusedAt = null
}

/** Tells what is left, but of nothing that was not there already when a picture found no room. */
function tell(held: number): void {
  if (mostFree.peek() === 0) refusedAt ??= held
  if (refusedAt !== null && held > refusedAt) refusedAt = null
  mostFree.value = refusedAt === null ? held * pieceBytes : 0
}

let giving: Promise<boolean> | null = null
/** Gives the reserve up; writes that are refused at the same moment share it. Tells whether there was any. */
function giveUp(): Promise<boolean> {
  timesGiven += 1
  giving ??= drop().finally(() => (giving = null))
  return giving
}

async function drop(): Promise<boolean> {
  const held = await attempt(['kept'], async (tx) => {
    const kept = tx.objectStore('kept')
    const all = IDBKeyRange.bound('reserve', 'reserve_~')
    const count = await kept.count(all)
    await kept.delete(all)
    return count
  }, false)
  // Some of it goes to what was refused. Where there was none nothing helps.
  mostFree.value = Math.max(0, held * pieceBytes - usualBytes)
  return held > 0
}

/** From now on what the phone refuses may have the reserve. */
export const offerReserve = (): void => onFull(giveUp)

const originalsIn = (mine: readonly Filed[]) => mine.reduce((sum, { photos }) => sum + photos.filter(({ receivedAt }) => !receivedAt).length, 0)

/** Keeps the reserve filled: soon after the start, after it was given up, and whenever the room may have changed: as an original came or left, or its owner comes back from another app. */
export function keepReserve(mine: () => readonly Filed[]): void {
  offerReserve()
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void hold(), afterMilliseconds)
  }
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && soon())
  computed(() => `${String(originalsIn(mine()))} ${String(mostFree.value)}`).subscribe(soon)
}
