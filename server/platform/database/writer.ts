import { sql } from 'kysely'
import type { ControlledTransaction } from 'kysely'
import { isFailingDisk, shortenLog } from './dialect.ts'
import type { Handle, Tx } from './open.ts'
import type { Schema } from './schema.ts'

/** The one line in which everything is written, in order of asking. */
export type Writer = {
  /** Resolves with the action's result when it is on the disk; `committed` hears of it just before, each in its turn. */
  write: <Result>(action: (tx: Tx) => Promise<Result>, committed: (result: Result) => void) => Promise<Result>
  /** Resolves when no write waits or runs. */
  idle: () => Promise<void>
}

export type WriterOptions = {
  /** Before the first write of a transaction, and again where that transaction had to begin anew. */
  begins: () => void
  /** The disk failed. Nothing was acknowledged since, and nothing will be until the database is opened anew. */
  failing: (error: unknown) => void
  /** How many writes may share a commit. */
  most?: number
  /** Whoever came first waits no longer than this for the company of others. */
  longestMilliseconds?: number
}

/** Runs a write; gives what is left to do once it is committed. */
type Waiting = { run: (tx: Tx) => Promise<() => void>; fail: (error: unknown) => void }

const usualMost = 100
const usualLongest = 50
const commitsBetweenLooks = 16

/**
 * Writes that wait at the same moment share one commit, since most of what a commit costs is its sync. Each stands in a savepoint of its own: what it refuses, or what fails in it
 * alone, is undone alone. A disk that is full or fails has ended the whole transaction: then nobody is acknowledged. Also a refusal is told only after the commit, since it may
 * rest on what a neighbour has just written.
 */
export function openWriter(db: Handle, { begins, failing, most = usualMost, longestMilliseconds = usualLongest }: WriterOptions): Writer {
  const waiting: Waiting[] = []
  let working: Promise<void> | null = null
  let broken: { error: unknown } | null = null
  let commits = 0

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const together: Waiting[] = []
      try {
        for (const tell of await commitTogether(together)) tell()
        if (++commits % commitsBetweenLooks === 0) await shortenLog(db)
      } catch (error) {
        if (isFailingDisk(error)) stop(error)
        for (const { fail } of together) fail(error)
      }
    }
    working = null
  }

  async function commitTogether(together: Waiting[]): Promise<(() => void)[]> {
    const begun = performance.now()
    const tells: (() => void)[] = []
    let next = take(together)
    let tx = await begin()
    let isEmpty = true
    try {
      while (next) {
        const { run, fail } = next
        // The first needs no savepoint: as yet the transaction is its own.
        if (!isEmpty) await sql`savepoint own`.execute(tx)
        try {
          tells.push(await run(tx))
          if (!isEmpty) await sql`release own`.execute(tx)
          isEmpty = false
        } catch (error) {
          if (isFailingDisk(error)) throw error
          tells.push(() => fail(error))
          if (isEmpty) tx = await tx.rollback().execute().then(begin)
          else await sql`rollback to own`.execute(tx).then(() => sql`release own`.execute(tx))
        }
        next = together.length < most && performance.now() - begun < longestMilliseconds ? take(together) : undefined
      }
      await tx.commit().execute()
      return tells
    } catch (error) {
      await tx.rollback().execute().catch(() => undefined)
      throw error
    }
  }

  function take(together: Waiting[]): Waiting | undefined {
    const next = waiting.shift()
    if (next) together.push(next)
    return next
  }

  function begin(): Promise<ControlledTransaction<Schema>> {
    begins()
    return db.startTransaction().execute()
  }

  function stop(error: unknown): void {
    broken = { error }
    for (const { fail } of waiting.splice(0)) fail(error)
    failing(error)
  }

  return {
    write: (action, committed) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken.error as Error)
        const run = async (tx: Tx) => {
          const result = await action(tx)
          return () => {
            committed(result)
            resolve(result)
          }
        }
        waiting.push({ run, fail: reject })
        working ??= work()
      }),
    idle: async () => { await working },
  }
}
