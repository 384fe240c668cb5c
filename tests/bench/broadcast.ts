import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { livePath } from '../../shared/live.ts'
import { fileReportCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import { serverNode } from '../../tools/server-node.mjs'
import { callerOf, startHouse, wallClock } from '../support/house.ts'
import { statementOf } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'
import type { Figure } from './figure.ts'
import { beside, quantile } from './figure.ts'
import { now, openHearing } from './hearing.ts'
import type { Hearing, Listen } from './hearing.ts'

const sizes = [500, 2_000, 5_000]
const desks = 50
const times = 15
const warm = 3

/**
 * One message to many screens: from the commit of a report to the last that heard of it, beside the same bytes broadcast by a bare socket.io; and from its sending, beside the same bytes put to a bare
 * express, which keeps nothing. Server and sockets have a process each.
 */
export async function broadcast(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-bench-'))
  const house = await startHouse({ folder, clock: wallClock })
  const author = await house.person('observer')
  const screens = await Promise.all(Array.from({ length: desks }, () => house.person('coordinator')))
  const statements = await Promise.all(Array.from({ length: sizes.length * (times + warm) + 1 }, () => statementOf(house, author)))
  await house.close()
  const server = await start([...serverNode.args, resolve(import.meta.dirname, 'reports-server.ts'), folder, ''], serverNode.environment)
  const bare = await start(['--import', 'tsx', resolve(import.meta.dirname, 'bare-socket.ts')])
  try {
    const sender = callerOf(server, { ...author, token: author.cookie.replace('veedor=', '') })
    const file = async (statement: Statement | undefined): Promise<string> => {
      if (!statement) throw new Error('No report is left')
      const { status } = await sender.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: statement.times.finishedAt })
      if (status !== 201) throw new Error(`A report was answered ${status}`)
      return statement.id
    }
    const told = await messageOf(server, screens[0] ?? author, () => file(statements.pop()))
    const put = async (): Promise<string> => {
      const id = randomUUID()
      await fetch(bare.address, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...told, things: told.things.map((thing) => ({ ...thing, id })) }) })
      return id
    }
    const figures: Figure[] = []
    for (const size of sizes) {
      const ours = await measured(server, { path: livePath, sockets: screens.map(({ cookie }) => ({ cookie, count: size / desks })) }, () => file(statements.pop()))
      const plain = await measured(bare, { path: '/socket.io', sockets: [{ cookie: 'none=1', count: size }] }, put)
      figures.push(beside(`one message to the last of ${size} sockets, beside a bare socket.io broadcast`, ours.told, plain.told, 'ms', { of: 'ratio', most: 1.3 }))
      figures.push(beside(`from the sending of a report, with its write, to the last of ${size} sockets, beside a bare put and broadcast`, ours.sent, plain.sent, 'ms'))
    }
    return figures
  } finally {
    await server.stop()
    await bare.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds, the middle of several, one after the other, each when the last socket has heard of the one before: since it was sent, and since the server began to tell of it. */
async function measured(server: Started, { path, sockets }: Pick<Listen, 'path' | 'sockets'>, send: () => Promise<string>): Promise<{ sent: number; told: number }> {
  const hearing: Hearing = await openHearing({ address: server.address, path, sockets })
  const [sent, told]: [number[], number[]] = [[], []]
  for (let count = 0; count < times + warm; count += 1) {
    const begun = now()
    const telling = server.tells(begun)
    const last = await hearing.all(await send())
    if (count < warm) continue
    sent.push(last - begun)
    told.push(last - (await telling))
  }
  await hearing.close()
  const middle = (all: number[]) => quantile(all.sort((one, other) => one - other), 0.5)
  return { sent: middle(sent), told: middle(told) }
}

/** What a screen of the desk is told of one report. */
async function messageOf(server: { address: string }, screen: { cookie: string }, send: () => Promise<string>) {
  const listener = await listen(server, screen)
  const told = await listener.until(speaksOf(await send()))
  listener.close()
  return told
}

/** `tells`: the first instant after this one at which it begins to tell of something. */
type Started = { address: string; tells: (after: number) => Promise<number>; stop: () => Promise<unknown> }

async function start(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const { stdout } = child
  if (!stdout) throw new Error('A server without a voice')
  const exited = once(child, 'exit')
  const address = await new Promise<string>((done) => stdout.on('data', (text: Buffer) => { const found = /at (\S+)\/\n/.exec(text.toString())?.[1]; if (found) done(found) }))
  const tells = (after: number) => new Promise<number>((done) => {
    const hear = (at: unknown) => {
      if (Number(at) < after) return
      child.off('message', hear)
      done(Number(at))
    }
    child.on('message', hear)
  })
  return { address, tells, stop: () => { child.kill(); return exited } }
}
