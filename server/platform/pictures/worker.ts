import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Reply, type Job } from './jobs.ts'

/** A child's answer, or how it ended without one. */
export type Outcome = Exclude<Reply, { outcome: 'ready' }> | { outcome: 'crashed' | 'overran' | 'not_started'; why: string }

/** One child process with at most one job, so that a crash costs that picture alone and tells which one it was. */
export type Worker = {
  /** Starts the child if there is none. The time limit counts the work, not the start. Never throws. */
  run(job: Job, timeLimitMs: number): Promise<Outcome>
  /** Of a child that is ready for work, or at it. */
  pid(): number | undefined
  /** Kills the child; a running job ends as `crashed`. */
  stop(): Promise<void>
}

type Child = { process: ChildProcess; isReady: boolean; ended: Promise<string>; hear: (reply: Reply) => void }

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
    async run(job, timeLimitMs) {
      const child = running()
      const outcome = await converse(child, job, timeLimitMs)
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

function converse(child: Child, job: Job, timeLimitMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const end = (outcome: Outcome) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const send = () => {
      timer = setTimeout(() => end({ outcome: 'overran', why: `No answer within ${timeLimitMs} ms` }), timeLimitMs)
      child.process.send(job, (error) => {
        if (error) child.process.kill('SIGKILL')
      })
    }
    child.hear = (reply) => {
      if (reply.outcome === 'ready') send()
      else end(reply)
    }
    void child.ended.then((why) => end({ outcome: child.isReady ? 'crashed' : 'not_started', why }))
    if (child.isReady) send()
  })
}

function start(): Child {
  // By its full address, since the server may have been started from any folder. The child inherits nothing of the environment.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const process = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [], { execArgv: ['--import', tsx], env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let lastWords = ''
  process.stderr?.setEncoding('utf8').on('data', (words: string) => {
    lastWords = (lastWords + words).slice(-2000)
  })
  const child: Child = {
    process,
    isReady: false,
    ended: new Promise((resolve) => {
      process.on('exit', (code, signal) => resolve(`${signal ?? code} ${lastWords}`))
      process.on('error', (error) => resolve(error.message))
    }),
    hear: () => {},
  }
  process.on('message', (message) => {
    const reply = Reply.safeParse(message)
    if (!reply.success) {
      process.kill('SIGKILL')
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
