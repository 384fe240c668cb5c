import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { confinement, usedBy, type Limits } from './confined.ts'
import { Reply, type Job } from './jobs.ts'

/** A child's answer, or how it ended without one: `overran` when it used more than it may, and was killed. */
export type Outcome = Exclude<Reply, { outcome: 'ready' }> | { outcome: 'crashed' | 'overran' | 'not_started'; why: string }

/** One child process with at most one job, so that a crash costs that picture alone and tells which one it was. */
export type Worker = {
  /** Starts the child if there is none. Beyond the limits it is killed. Never throws. */
  run(job: Job, limits: Limits): Promise<Outcome>
  /** Of a child that is ready for work, or at it. */
  pid(): number | undefined
  /** Kills the child; a running job ends as `crashed`. */
  stop(): Promise<void>
}

/** `hear` and `gone` belong to the job that runs: a child lives through many. */
type Child = { process: ChildProcess; isReady: boolean; ended: Promise<void>; hear: (reply: Reply) => void; gone: (why: string) => void }

const startLimitMs = 60_000
/** For what JavaScript holds; pixels lie beside it. */
const mostHeapMegabytes = 128

const lookEveryMs = 50

/**
 * What counts is the time that the child computes: a busy machine must not make a sound picture unreadable. For a child that waits for ever, and where the system does
 * not say what it uses, the clock on the wall counts, this many times as long.
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
    async run(job, limits) {
      const child = running()
      const outcome = await converse(child, job, limits)
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

function converse(child: Child, job: Job, limits: Limits): Promise<Outcome> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout
    let watch: NodeJS.Timeout | undefined
    const end = (outcome: Outcome) => {
      clearTimeout(timer)
      clearInterval(watch)
      resolve(outcome)
    }
    const overran = (why: string) => end({ outcome: 'overran', why })
    const send = () => {
      clearTimeout(timer)
      timer = setTimeout(() => overran('No answer'), limits.computingMs * patience)
      watch = watchUse(child.process.pid ?? 0, limits, overran)
      child.process.send(job, (error) => {
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

/** Looks from outside at what the child uses for this job, since a child that was taken over says what it likes. */
function watchUse(pid: number, { computingMs, memoryBytes }: Limits, overran: (why: string) => void): NodeJS.Timeout {
  const before = usedBy(pid)?.computingMs ?? 0
  return setInterval(() => {
    const used = usedBy(pid)
    if (!used) return
    if (used.computingMs - before > computingMs) overran(`Computed for more than ${computingMs} ms`)
    else if (used.memoryBytes > memoryBytes) overran(`Held more than ${memoryBytes} bytes in memory`)
  }, lookEveryMs)
}

function start(): Child {
  // By its full address, since the server may have been started from any folder. The child inherits nothing of the environment.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const [program = '', ...args] = [...confinement().before, process.execPath, `--max-old-space-size=${mostHeapMegabytes}`, '--import', tsx, fileURLToPath(new URL('child.ts', import.meta.url))]
  const spawned = spawn(program, args, { env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
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
