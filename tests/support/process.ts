import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export type Running = { process: ChildProcess; address: string; printed: () => string; exited: Promise<number | null>; stop: (signal?: NodeJS.Signals) => Promise<number | null> }

/** Starts the server as a process of its own, as `npm start` does; `through` is put before it (a tracer). Resolves when it listens. */
export async function startServer({ folder, port = 0, args = [], through = [], environment = {} }: { folder: string; port?: number; args?: string[]; through?: string[]; environment?: Record<string, string> }): Promise<Running> {
  const [command = '', ...rest] = [...through, process.execPath, '--import', 'tsx', 'server/main.ts', ...args]
  const child = spawn(command, rest, { cwd: root, env: { ...process.env, PORT: String(port), DATA_DIR: folder, UV_THREADPOOL_SIZE: '16', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  const address = await new Promise<string>((done, fail) => {
    const look = (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const found = /is open at (http\S+?)\/\s/.exec(text)
      if (found?.[1]) done(found[1])
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    void exited.then((code) => fail(new Error(`The server ended with ${code}: ${text}`)))
  })
  return { process: child, address, printed: () => text, exited, stop: (signal = 'SIGTERM') => { child.kill(signal); return exited } }
}
