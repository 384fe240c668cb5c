import { sql } from 'kysely'
import type { Covered, Tally } from '../../../shared/tally.ts'
import { openTally } from '../../../shared/tally.ts'
import type { Tx } from '../database/open.ts'

export type Version = { id: string; version: number }

/** One kind of set that screens cover: who belongs to it now, of all or of these, each with the number of the last fact about it. At most `most`. */
export type Members = (tx: Tx, ids: readonly string[] | null, most: number) => Promise<Version[]>

export type Covers = {
  /** Count and digest of a set at a number of the journal; null where it holds more than a screen does, or was looked at from a later number already. */
  held: (set: { key: string; type: 'report' | 'release'; members: Members; most: number }, at: { tx: Tx; number: number }) => Promise<Covered | null>
}

type Cover = { number: number; versions: Map<string, number>; tally: Tally; isTooMany: boolean; turn: Promise<unknown> }

const mostCovers = 100
/** So many changed things are asked for by id; beyond that the set is read anew. */
const mostChanged = 2000

/**
 * The sets that screens cover, each brought forward from the last number at which it was asked for: only what changed since is looked at, by the same query that the lists use.
 * They live in memory, are made when first asked for, and the one that was not asked for longest goes.
 */
export function openCovers(): Covers {
  const covers = new Map<string, Cover>()

  const coverOf = (key: string): Cover => {
    const cover = covers.get(key) ?? { number: -1, versions: new Map(), tally: openTally(), isTooMany: false, turn: Promise.resolve() }
    covers.delete(key)
    covers.set(key, cover)
    const [oldest] = covers.keys()
    if (covers.size > mostCovers && oldest !== undefined) covers.delete(oldest)
    return cover
  }

  return {
    held: ({ key, type, members, most }, { tx, number }) => {
      const cover = coverOf(`${type} ${key}`)
      const bring = async (): Promise<Covered | null> => {
        if (cover.number > number) return null
        const changed = cover.number < 0 ? null : await changedBetween(tx, type, cover.number, number)
        // A set that was too large is counted anew after as many facts as would be read anew anyway.
        if (cover.isTooMany && changed !== null) return null
        if (changed === null) {
          const all = await members(tx, null, most + 1)
          cover.versions.clear()
          cover.tally.clear()
          cover.isTooMany = all.length > most
          if (!cover.isTooMany) for (const one of all) put(cover, one)
        } else if (changed.length > 0) {
          const present = await members(tx, changed, changed.length)
          for (const id of changed) drop(cover, id)
          for (const one of present) put(cover, one)
        }
        cover.number = number
        return cover.isTooMany ? null : cover.tally.told()
      }
      const mine = cover.turn.then(bring)
      cover.turn = mine.catch(() => undefined)
      return mine
    },
  }
}

function put(cover: Cover, { id, version }: Version): void {
  cover.versions.set(id, version)
  cover.tally.add(id, version)
}

function drop(cover: Cover, id: string): void {
  const version = cover.versions.get(id)
  if (version === undefined) return
  cover.versions.delete(id)
  cover.tally.drop(id, version)
}

/** What the facts in (since, until] are about, found by their numbers and not among all of a type; null where it is more than is asked for one by one. */
async function changedBetween(tx: Tx, type: string, since: number, until: number): Promise<string[] | null> {
  if (since === until) return []
  const rows = await tx.selectFrom('journalSubjects').select('id').distinct().where('number', '>', since).where('number', '<=', until).where(sql`coalesce(type, '')`, '=', type).limit(mostChanged + 1).execute()
  return rows.length > mostChanged ? null : rows.map(({ id }) => id)
}
