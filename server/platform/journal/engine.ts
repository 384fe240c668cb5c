import type { Database, Tx } from '../database/open.ts'
import { openWriter } from '../database/writer.ts'
import type { WriterOptions } from '../database/writer.ts'
import { newToken, publicId, uuid7 } from '../ids.ts'
import { appender, readAhead, readHead } from './journal.ts'
import type { Head } from './journal.ts'
import type { Actor, Glance, Look, Work } from './work.ts'

export type Committed = { number: number; at: string; kinds: ReadonlySet<string> }

/** The one way to the database for whoever acts or looks. */
export type Engine = {
  /** Runs an action in the writing transaction; its facts are on the disk when this resolves. One at a time, in order of asking; those that wait at the same moment share a commit. */
  write: <Who extends Actor, Reply>(actor: Who, action: (work: Work<Who>) => Promise<Reply>) => Promise<Reply>
  /** The same for an action that is made of what was looked up, by all who share the commit at the same moment and before the first of them acts. */
  lookAndWrite: <Who extends Actor, Reply>(actor: Who, look: (tx: Tx) => Promise<(work: Work<Who>) => Promise<Reply>>) => Promise<Reply>
  /** Runs on a reader's snapshot, beside the writer. */
  read: <Who extends Actor, Reply>(actor: Who, look: (look: Look<Who>) => Promise<Reply>) => Promise<Reply>
  /** Looks by one statement, without a snapshot: a transaction around it would cost three more, at every call. */
  glance: <Found>(look: (glance: Glance) => Promise<Found>) => Promise<Found>
  now: () => string
  head: () => Head
  /** Told after each commit that recorded facts. */
  onCommitted: (listener: (committed: Committed) => void) => void
  /** Resolves when no write waits or runs. */
  idle: () => Promise<void>
}

export type EngineOptions = Partial<Omit<WriterOptions, 'begins'>>

export async function openEngine(db: Database, now: () => string, { failing = () => undefined, ...options }: EngineOptions = {}): Promise<Engine> {
  let committed = await readAhead(db.writer)
  /** The newest fact of the transaction that runs; it becomes the head with the commit, or never was. */
  let ahead = committed
  const listeners: ((committed: Committed) => void)[] = []
  const writer = openWriter(db.writer, { ...options, failing, begins: () => { ahead = committed } })

  const run = async <Who extends Actor, Reply>(actor: Who, action: (work: Work<Who>) => Promise<Reply>, tx: Tx) => {
    const at = now()
    const facts = appender(tx, actor, at, ahead)
    const reply = await action({ tx, actor, now: at, record: facts.record, lastOf: (counter) => facts.ahead().counters.get(counter) ?? null, newId: () => uuid7(Date.parse(at)), newPublicId: publicId, newToken })
    const isFact = facts.ahead().head.number > ahead.head.number
    ahead = facts.ahead()
    return { reply, isFact, ahead, at, kinds: facts.kinds() }
  }

  const lookAndWrite: Engine['lookAndWrite'] = async (actor, look) => {
    const lookFirst = async (tx: Tx) => {
      const action = await look(tx)
      return () => run(actor, action, tx)
    }
    const { reply } = await writer.write(lookFirst, (written) => {
      if (!written.isFact) return
      committed = written.ahead
      for (const listener of listeners) listener({ number: committed.head.number, at: written.at, kinds: written.kinds })
    })
    return reply
  }

  return {
    write: (actor, action) => lookAndWrite(actor, () => Promise.resolve(action)),
    lookAndWrite,
    read: (actor, look) =>
      db.readers.transaction().execute(async (tx) => look({ tx, actor, now: now(), number: (await readHead(tx)).number })),
    glance: (look) => look({ db: db.readers, now: now() }),
    now,
    head: () => committed.head,
    onCommitted: (listener) => void listeners.push(listener),
    idle: writer.idle,
  }
}
