import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { livePath } from '../../shared/live.ts'
import { fileReportCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import { callerOf, startHouse, wallClock } from '../support/house.ts'
import { startServer } from '../support/process.ts'
import { statementOf } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'
import type { Figure } from './figure.ts'
import { beside, quantile } from './figure.ts'
import { now, openHearing } from './hearing.ts'
import type { Hearing } from './hearing.ts'

const sizes = [500, 2_000, 5_000]
const desks = 50
const times = 15
const warm = 3

/** From one report filed to the last of many screens that heard of it; beside the same bytes put to a bare express and broadcast by a bare socket.io. Server and sockets have a process each. */
export async function broadcast(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-bench-'))
  const house = await startHouse({ folder, clock: wallClock })
  const author = await house.person('observer')
  const screens = await Promise.all(Array.from({ length: desks }, () => house.person('coordinator')))
  const statements = await Promise.all(Array.from({ length: sizes.length * (times + warm) + 1 }, () => statementOf(house, author)))
  await house.close()
  const [server, bare] = [await startServer({ folder }), await startBare()]
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
      const ours = await measured({ address: server.address, path: livePath, sockets: screens.map(({ cookie }) => ({ cookie, count: size / desks })) }, () => file(statements.pop()))
      const plain = await measured({ address: bare.address, path: '/socket.io', sockets: [{ cookie: 'none=1', count: size }] }, put)
      figures.push(beside(`one report filed to the last of ${size} sockets, beside a bare socket.io broadcast`, ours, plain, 'ms', { of: 'ratio', most: 1.3 }))
    }
    return figures
  } finally {
    await server.stop()
    bare.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The middle of several: one after the other, each when the last socket has heard of the one before. */
async function measured(to: Parameters<typeof openHearing>[0], send: () => Promise<string>): Promise<number> {
  const hearing: Hearing = await openHearing(to)
  const taken: number[] = []
  for (let count = 0; count < times + warm; count += 1) {
    const begun = now()
    const last = await hearing.all(await send())
    if (count >= warm) taken.push(last - begun)
  }
  await hearing.close()
  return quantile(taken.sort((one, other) => one - other), 0.5)
}

/** What a screen of the desk is told of one report. */
async function messageOf(server: { address: string }, screen: { cookie: string }, send: () => Promise<string>) {
  const listener = await listen(server, screen)
  const told = await listener.until(speaksOf(await send()))
  listener.close()
  return told
}

async function startBare(): Promise<{ address: string; stop: () => void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', resolve(import.meta.dirname, 'bare-socket.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise<string>((done) => child.stdout.on('data', (text: Buffer) => { const found = /at (\S+)\/\n/.exec(text.toString())?.[1]; if (found) done(found) }))
  return { address, stop: () => void child.kill() }
}
