import type { LiveThing, Presence } from '../../shared/live.ts'

/** A stretch of the journal as this person may know it: everything after `previous` up to `number`. */
export type Stretch = { number: number; previous: number; at: string; things: readonly LiveThing[] }
/** What the server answers to "everything after this number"; `more`: ask again from its number. */
export type CatchUp = Omit<Stretch, 'previous'> & Pick<Presence, 'reports' | 'here' | 'earlier'> & { more: boolean }

/** Headquarters has less than is known here: what the screen holds is of another journal. */
export class SetBack extends Error {}

export type Following = {
  /** Takes an event of the socket: applies it, ignores one that is known, or tells (`gap`) that one before it is missing. */
  receive: (event: Stretch) => 'applied' | 'known' | 'gap'
  /** Asks for everything after the cursor until nothing is missing. Throws what `ask` throws, and `SetBack`; the cursor stays where it is. */
  catchUp: () => Promise<CatchUp>
  cursor: () => number
}

/**
 * Keeps a cursor on the journal, so that what was dropped, repeated or reordered on the way heals. A stretch is applied when it joins or overlaps what is known and
 * goes beyond it, so things are only ever replaced by later ones.
 */
export function follow({ since, ask, onThings }: { since: number; ask: (since: number) => Promise<CatchUp>; onThings: (things: readonly LiveThing[], number: number) => void }): Following {
  let cursor = since

  const receive = ({ number, previous, things }: Pick<Stretch, 'number' | 'previous' | 'things'>) => {
    if (number <= cursor) return 'known'
    if (previous > cursor) return 'gap'
    cursor = number
    if (things.length > 0) onThings(things, number)
    return 'applied'
  }

  return {
    receive,
    cursor: () => cursor,
    catchUp: async () => {
      for (;;) {
        const previous = cursor
        const reply = await ask(previous)
        // A journal that ends before what is known here is not the one that was followed: headquarters was restored from a backup.
        if (reply.number < previous) throw new SetBack('the journal ends sooner')
        receive({ ...reply, previous })
        if (!reply.more) return reply
        // A page that leads nowhere would be asked for for ever.
        if (reply.number <= previous) throw new Error('the journal does not go on')
      }
    },
  }
}
