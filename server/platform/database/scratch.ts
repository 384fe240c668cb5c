import { Kysely, sql } from 'kysely'
import { isUnreadable, sqliteDialect } from './dialect.ts'

/**
 * Texts by place and key for the time of one look. They lie on the disk, and a few MB of them in memory, however many there are. Their file has no name from the moment it is made: it goes with
 * the process, however that ends.
 */
export type Scratch = {
  /** What a key had before is replaced. */
  keep: (place: string, texts: ReadonlyMap<string, string>) => Promise<void>
  find: (place: string, keys: readonly string[]) => Promise<Map<string, string>>
  count: (place: string) => Promise<number>
  /** The next ones in the order of their keys. */
  after: (place: string, key: string, limit: number) => Promise<{ key: string; text: string }[]>
  close: () => Promise<void>
}

/** There is no room for temporary files, or no place: nothing is known of what was to be looked at. */
export class NoScratch extends Error {
  constructor(cause: unknown) {
    super(`There is no room for the temporary file in which the journal is folded; it takes about 2.5 GB for a million reports. Name a folder on a disk that has room with SQLITE_TMPDIR. (${cause instanceof Error ? cause.message : String(cause)})`, { cause })
  }
}

type Kept = { place: string; key: string; text: string }

const textsAtOnce = 500
/** SQLite makes a file without a name for a database without one. What is lost with the process need not survive it: no journal, no sync. */
const settings = ['journal_mode = off', 'synchronous = off', 'temp_store = file', 'cache_size = -16000']

/** @throws NoScratch, as do its calls */
export async function openScratch(): Promise<Scratch> {
  const db = new Kysely<{ kept: Kept }>({ dialect: sqliteDialect('', { connections: 1, readOnly: false, pragmas: settings }) })
  const run = async <Found>(query: Promise<Found>): Promise<Found> => {
    try {
      return await query
    } catch (error) {
      throw isUnreadable(error) ? new NoScratch(error) : error
    }
  }
  await run(sql`create table kept (place text not null, key text not null, text text not null, primary key (place, key))`.execute(db))
  const keepSome = (place: string, texts: (readonly [string, string])[]) =>
    run(sql`insert into kept (place, key, text) select ${place}, value ->> 0, value ->> 1 from json_each(${JSON.stringify(texts)}) where true on conflict (place, key) do update set text = excluded.text`.execute(db))
  return {
    keep: async (place, texts) => {
      const all = [...texts]
      for (let start = 0; start < all.length; start += textsAtOnce) await keepSome(place, all.slice(start, start + textsAtOnce))
    },
    find: async (place, keys) => {
      // SQLite does not know how short the list is: a cross join is read in the order in which it is written.
      const { rows } = await run(sql<Kept>`select kept.key, kept.text from json_each(${JSON.stringify(keys)}) asked cross join kept where kept.place = ${place} and kept.key = asked.value`.execute(db))
      return new Map(rows.map(({ key, text }) => [key, text]))
    },
    count: async (place) => Number((await run(db.selectFrom('kept').select((eb) => eb.fn.countAll<number>().as('count')).where('place', '=', place).executeTakeFirstOrThrow())).count),
    after: (place, key, limit) => run(db.selectFrom('kept').select(['key', 'text']).where('place', '=', place).where('key', '>', key).orderBy('key').limit(limit).execute()),
    close: () => db.destroy(),
  }
}
