import type { Held } from '../../shared/live.ts'
import type { Covered } from '../../shared/tally.ts'

/** The set of things that a screen shows, as it can be compared with headquarters'. */
export type Covers = {
  /** Asks headquarters for count and digest of the same set; null while this screen is being loaded and has no set to speak of. */
  ask: (since: number) => Promise<Held> | null
  /** What the screen holds of it now. */
  shown: () => Covered
  /** The newest number of the journal that anything on the screen was asked for at. */
  upTo: () => number
  /** Another one whenever the screen shows another set: an answer about the set before is not for this one. */
  turn: () => unknown
  /** Loads the set anew. */
  again: () => Promise<void>
  tellFault: (fault: Fault) => Promise<void>
}

export type Fault = { number: number; held: number; shown: number }

/**
 * What a comparison says: that both agree at a moment; that they differ; that the screen is behind, so that it has something to fetch first; that headquarters has less than is known here, since it was restored from a backup; or nothing, since something came or went while it was
 * asked, or there is more than a screen holds.
 */
export type Comparison = { agreesAt: string } | Fault | 'behind' | 'set_back' | 'later'

/** While many reports come, something changes within most answers: then it is asked again at once, a few times. */
const tries = 3

export async function compare(covers: Covers, cursor: () => number): Promise<Comparison> {
  for (let left = tries; left > 0; left--) {
    const [since, turn] = [cursor(), covers.turn()]
    const reply = await covers.ask(since)
    if (reply === null) return 'later'
    if (reply.number < since) return 'set_back'
    if (turn !== covers.turn() || (cursor() !== since && cursor() !== reply.number)) continue
    if (reply.isAhead && cursor() === since) return 'behind'
    if (reply.held === null) return 'later'
    // What is here of a later number is not yet in the answer.
    if (covers.upTo() > reply.number) continue
    const shown = covers.shown()
    return shown.count === reply.held.count && shown.digest === reply.held.digest ? { agreesAt: reply.at } : { number: reply.number, held: reply.held.count, shown: shown.count }
  }
  return 'later'
}
