import { setImmediate } from 'node:timers/promises'
import { endsTransaction, isFailingDisk, isWaitedInVain, shortenLog } from './dialect.ts'
import type { Handle, Tx } from './open.ts'

/** The one line in which everything is written, in order of asking. */
export type Writer = {
  /**
   * Resolves with the action's result when it is on the disk; `committed` hears of it just before, each in its turn. All that share a commit look up what they begin with at the same moment, before the first
   * action, and then act one after the other: none has seen what the others add.
   */
  write: <Result>(look: (tx: Tx) => Promise<(tx: Tx) => Promise<Result>>, committed: (result: Result) => void) => Promise<Result>
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
  /** Whoever came first waits no longer than this for those that share its commit. */
  longestMilliseconds?: number
}

/** Looks ahead; then runs; then tells, once it is committed. */
type Waiting = { look: (tx: Tx) => Promise<() => Promise<() => void>>; fail: (error: unknown) => void }

const usualMost = 100
const usualLongest = 50
const commitsBetweenLooks = 16

/**
 * Writes that wait at the same moment share one commit, since most of what a commit costs is its sync. Each stands in a savepoint of its own: what it refuses, or what fails in it
 * alone, is undone alone. A disk that is full or fails has ended the whole transaction: then nobody is acknowledged. Also a refusal is told only after the commit, since it may
 * rest on what a neighbour has just written. Where a row that had waited to be written with others is not taken, nothing of the commit stands, and each is written again by itself.
 */
export function openWriter(db: Handle, { begins, failing, most = usualMost, longestMilliseconds = usualLongest }: WriterOptions): Writer {
  const waiting: Waiting[] = []
  let working: Promise<void> | null = null
  let broken: { error: unknown } | null = null
  let commits = 0

  async function work(): Promise<void> {
    // Who comes in the same turn comes at the same moment.
    await setImmediate()
    while (waiting.length > 0) {
      const together = waiting.splice(0, most)
      try {
        await writeTogether(together)
      } catch (error) {
        if (isWaitedInVain(error)) await writeApart(together)
        else failAll(together, error)
      }
    }
    working = null
  }

  async function writeTogether(together: Waiting[]): Promise<void> {
    for (const tell of await commitTogether(together)) tell()
    if (++commits % commitsBetweenLooks === 0) await shortenLog(db)
  }

  async function writeApart(together: readonly Waiting[]): Promise<void> {
    for (const one of together) {
      if (broken) one.fail(broken.error)
      else await writeTogether([one]).catch((error: unknown) => failAll([one], isWaitedInVain(error) ? error.cause : error))
    }
  }

  function failAll(together: readonly Waiting[], error: unknown): void {
    if (isFailingDisk(error)) stop(error)
    for (const { fail } of together) fail(error)
  }

  async function commitTogether(together: Waiting[]): Promise<(() => void)[]> {
    const begun = performance.now()
    const tells: (() => void)[] = []
    begins()
    const tx = await db.startTransaction().execute()
    try {
      const runs = await Promise.all(together.map(({ look }) => look(tx)))
      for (const [at, run] of runs.entries()) {
        if (at > 0 && performance.now() - begun >= longestMilliseconds) {
          waiting.unshift(...together.splice(at))
          break
        }
        const own = await tx.savepoint('own').execute()
        try {
          tells.push(await run())
        } catch (error) {
          if (endsTransaction(error)) {
            waiting.unshift(...together.splice(at + 1))
            throw error
          }
          tells.push(() => together[at]?.fail(error))
          await own.rollbackToSavepoint('own').execute()
        }
      }
      await tx.commit().execute()
      return tells
    } catch (error) {
      await tx.rollback().execute().catch(() => undefined)
      throw error
    }
  }

  function stop(error: unknown): void {
    broken = { error }
    for (const { fail } of waiting.splice(0)) fail(error)
    failing(error)
  }

  return {
    write: (look, committed) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken.error as Error)
        const lookFirst = async (tx: Tx) => {
          const action = await look(tx)
          return async () => {
            const result = await action(tx)
            return () => {
              committed(result)
              resolve(result)
            }
          }
        }
        waiting.push({ look: lookFirst, fail: reject })
        working ??= work()
      }),
    idle: async () => { await working },
  }
}
