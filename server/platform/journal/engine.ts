import type { Database } from '../database/open.ts'
import { newToken, uuid7 } from '../ids.ts'
import { appender, readHead } from './journal.ts'
import type { Head } from './journal.ts'
import type { Actor, Look, Work } from './work.ts'

export type Committed = { number: number; at: string; kinds: ReadonlySet<string> }

/** The one way to the database for whoever acts or looks. */
export type Engine = {
  /** Runs an action in the writing transaction; its facts are on the disk when this resolves. One at a time, in order of asking. */
  write: <Who extends Actor, Reply>(actor: Who, action: (work: Work<Who>) => Promise<Reply>) => Promise<Reply>
  /** Runs on a reader's snapshot, beside the writer. */
  read: <Who extends Actor, Reply>(actor: Who, look: (look: Look<Who>) => Promise<Reply>) => Promise<Reply>
  now: () => string
  head: () => Head
  /** Told after each commit that recorded facts. */
  onCommitted: (listener: (committed: Committed) => void) => void
  /** Resolves when no write waits or runs. */
  idle: () => Promise<void>
}

export async function openEngine(db: Database, now: () => string): Promise<Engine> {
  let head = await readHead(db.writer)
  let last: Promise<unknown> = Promise.resolve()
  const listeners: ((committed: Committed) => void)[] = []

  const run = async <Who extends Actor, Reply>(actor: Who, action: (work: Work<Who>) => Promise<Reply>): Promise<Reply> => {
    const at = now()
    const { reply, next, kinds } = await db.writer.transaction().execute(async (tx) => {
      const facts = appender(tx, actor, at, head)
      const reply = await action({ tx, actor, now: at, record: facts.record, newId: () => uuid7(Date.parse(at)), newToken })
      return { reply, next: facts.head(), kinds: facts.kinds() }
    })
    if (next.number === head.number) return reply
    head = next
    for (const listener of listeners) listener({ number: head.number, at, kinds })
    return reply
  }

  return {
    write: (actor, action) => {
      const mine = last.then(() => run(actor, action))
      last = mine.catch(() => undefined)
      return mine
    },
    read: (actor, look) =>
      db.readers.transaction().execute(async (tx) => look({ tx, actor, now: now(), number: (await readHead(tx)).number })),
    now,
    head: () => head,
    onCommitted: (listener) => void listeners.push(listener),
    idle: async () => { await last },
  }
}
