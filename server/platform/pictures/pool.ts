import type { Limits } from './confined.ts'
import type { Job } from './jobs.ts'
import { createWorker, type Outcome, type Worker } from './worker.ts'

export type Ended = Outcome | { outcome: 'closed'; why: string }

/** Runs jobs in a few children. Never throws: how a job ended, also by `close`, is its outcome. */
export type Pool = {
  /** Urgent jobs go before those that are not. `beforeRetry` clears away what a child that died has left. */
  run(job: Job, limits: Limits, isUrgent: boolean, beforeRetry: () => Promise<void>): Promise<Ended>
  close(): Promise<void>
  pids(): number[]
}

type Waiting = { isUrgent: boolean; begin: (worker: Worker) => Promise<void>; giveUp: () => void }

const closed: Ended = { outcome: 'closed', why: 'The server is stopping' }

export function createPool(children: number): Pool {
  const workers = Array.from({ length: children }, createWorker)
  const idle = [...workers]
  const running = new Set<Promise<void>>()
  let queue: Waiting[] = []
  let isClosed = false

  function next(): void {
    const waiting = queue.find((one) => one.isUrgent) ?? queue[0]
    const worker = idle[0]
    if (!waiting || !worker) return
    queue = queue.filter((one) => one !== waiting)
    idle.shift()
    const turn = waiting.begin(worker).finally(() => {
      running.delete(turn)
      idle.unshift(worker)
      next()
    })
    running.add(turn)
  }

  /** A child can also die of what is not the picture's fault, so a second one tries again. */
  async function attempt(worker: Worker, job: Job, limits: Limits, beforeRetry: () => Promise<void>): Promise<Ended> {
    const first = await worker.run(job, limits)
    if (isClosed) return closed
    if (first.outcome !== 'crashed' && first.outcome !== 'not_started') return first
    await beforeRetry()
    if (isClosed) return closed
    const second = await worker.run(job, limits)
    return isClosed ? closed : second
  }

  return {
    run: (job, limits, isUrgent, beforeRetry) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          resolve(closed)
          return
        }
        queue.push({ isUrgent, begin: (worker) => attempt(worker, job, limits, beforeRetry).then(resolve, reject), giveUp: () => resolve(closed) })
        next()
      }),
    async close() {
      isClosed = true
      for (const waiting of queue) waiting.giveUp()
      queue = []
      await Promise.all(workers.map((worker) => worker.stop()))
      await Promise.all(running)
    },
    pids: () => workers.flatMap((worker) => worker.pid() ?? []),
  }
}
