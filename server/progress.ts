import type { Told } from './platform/journal/looking.ts'

type Screen = { isTTY?: boolean; write: (text: string) => unknown }

const ticksApart = 10

/** Tells how far a look has come: with each tick in one line of a terminal, else with each tenth in a line of its own. */
export function progressOn(screen: Screen): { told: Told; tick: () => void; end: () => void } {
  let [line, ticks, isShown] = ['', 0, false]
  return {
    told: (what, done, of) => { line = of === null ? `Looking at ${what} ...` : `Looking at ${what}: ${done} of ${of}` },
    tick: () => {
      if (line === '') return
      if (screen.isTTY) screen.write(`\r${line}\x1b[K`)
      else if (ticks % ticksApart === 0) screen.write(`${line}\n`)
      isShown = screen.isTTY === true
      ticks++
    },
    end: () => void (isShown && screen.write('\r\x1b[K')),
  }
}

const tickMilliseconds = 1_000

/** The same with a tick each second: what is looked at sooner says nothing. */
export async function watched<Found>(screen: Screen, look: (told: Told) => Promise<Found>): Promise<Found> {
  const progress = progressOn(screen)
  const ticking = setInterval(progress.tick, tickMilliseconds)
  try {
    return await look(progress.told)
  } finally {
    clearInterval(ticking)
    progress.end()
  }
}
