import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export type Ran = { code: number | null; said: string; complained: string }

/** Begins a command of the operator as a process of its own, on this data folder. */
export function beginCommand(name: 'backup' | 'restore' | 'verify' | 'lead-link' | 'seed', args: readonly string[], folder: string): { process: ChildProcess; ended: Promise<Ran> } {
  const child = spawn(process.execPath, ['--import', 'tsx', `server/commands/${name}.ts`, ...args], { cwd: root, env: { ...process.env, DATA_DIR: folder }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ran: Ran = { code: null, said: '', complained: '' }
  child.stdout.on('data', (chunk: Buffer) => { ran.said += chunk.toString('utf8') })
  child.stderr.on('data', (chunk: Buffer) => { ran.complained += chunk.toString('utf8') })
  return { process: child, ended: new Promise((done) => child.once('close', (code) => done({ ...ran, code }))) }
}

export const runCommand = (...given: Parameters<typeof beginCommand>): Promise<Ran> => beginCommand(...given).ended
