import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Reply, type Job, type Task } from './jobs.ts'

/** A child's answer, or how it ended without one. */
export type Outcome = Exclude<Reply, { outcome: 'ready' }> | { outcome: 'crashed' | 'not_started'; why: string }

/** One child process with at most one job, so that a crash costs that picture alone and tells which one it was. */
export type Worker = {
  /** Starts the child if there is none. `limitMs` of computing, then it is killed. Never throws. */
  run(job: Job, limitMs: number): Promise<Outcome>
  /** Of a child that is ready for work, or at it. */
  pid(): number | undefined
  /** Kills the child; a running job ends as `crashed`. */
  stop(): Promise<void>
}

/** `hear` and `gone` belong to the job that runs: a child lives through many. */
type Child = { process: ChildProcess; isReady: boolean; ended: Promise<void>; hear: (reply: Reply) => void; gone: (why: string) => void }

const startLimitMs = 60_000

/**
 * The child counts its own computing time and says when that is over: a busy machine must not make a sound picture unreadable. For a
 * child that says nothing at all the clock on the wall counts, this many times as long.
 */
const patience = 6

export function createWorker(): Worker {
  let current: Child | null = null

  function running(): Child {
    if (current) return current
    const child = start()
    current = child
    void child.ended.then(() => {
      if (current === child) current = null
    })
    return child
  }

  return {
    async run(job, limitMs) {
      const child = running()
      const outcome = await converse(child, job, limitMs)
      // Whatever it still does, the next job starts a new one.
      if (outcome.outcome === 'overran') await kill(child)
      return outcome
    },
    pid: () => (current?.isReady ? current.process.pid : undefined),
    async stop() {
      if (current) await kill(current)
    },
  }
}

function converse(child: Child, job: Job, limitMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout
    const end = (outcome: Outcome) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const send = () => {
      clearTimeout(timer)
      timer = setTimeout(() => end({ outcome: 'overran', why: 'No answer' }), limitMs * patience)
      child.process.send({ job, limitMs } satisfies Task, (error) => {
        if (error) child.process.kill('SIGKILL')
      })
    }
    child.hear = (reply) => {
      if (reply.outcome === 'ready') send()
      else end(reply)
    }
    child.gone = (why) => end({ outcome: child.isReady ? 'crashed' : 'not_started', why })
    timer = setTimeout(() => child.process.kill('SIGKILL'), startLimitMs)
    if (child.isReady) send()
  })
}

function start(): Child {
  // By its full address, since the server may have been started from any folder. The child inherits nothing of the environment.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const spawned = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [], { execArgv: ['--import', tsx], env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let lastWords = ''
  spawned.stderr?.setEncoding('utf8').on('data', (words: string) => {
    lastWords = (lastWords + words).slice(-2000)
  })
  const child: Child = {
    process: spawned,
    isReady: false,
    ended: new Promise((resolve) => {
      const end = (why: string) => {
        child.gone(why)
        resolve()
      }
      spawned.on('exit', (code, signal) => end(`${signal ?? code} ${lastWords}`))
      spawned.on('error', (error) => end(error.message))
    }),
    hear: () => {},
    gone: () => {},
  }
  spawned.on('message', (message) => {
    const reply = Reply.safeParse(message)
    if (!reply.success) {
      spawned.kill('SIGKILL')
      return
    }
    if (reply.data.outcome === 'ready') child.isReady = true
    child.hear(reply.data)
  })
  return child
}

async function kill(child: Child): Promise<void> {
  child.process.kill('SIGKILL')
  await child.ended
}
