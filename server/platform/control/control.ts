import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod/mini'

/** How a command of this machine finds the server that has the folder. Readable by this account alone. */
const ControlFile = z.object({ pid: z.number(), port: z.number(), controlPort: z.number(), secret: z.string() })

const Answer = z.object({ answer: z.unknown() })

export type Handlers = Record<string, (input: unknown) => Promise<unknown>>

export type Control = { close: () => Promise<void> }

const pathOf = (folder: string): string => join(folder, 'control.json')

/** Opens a door on loopback, at a random port, for commands that write while the server runs; who can read the folder may knock. `port` is the public one. */
export async function openControl(folder: string, { port, handlers }: { port: number; handlers: Handlers }): Promise<Control> {
  const secret = randomBytes(32).toString('base64url')
  const server = createServer((request, response) => {
    answer(request, secret, handlers).then(
      ({ status, body }) => send(response, status, body),
      () => send(response, 500, {}),
    )
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  server.unref()
  const { port: controlPort } = server.address() as AddressInfo
  const own = { pid: process.pid, port, controlPort, secret } satisfies z.infer<typeof ControlFile>
  await writeFile(`${pathOf(folder)}.new`, `${JSON.stringify(own)}\n`, { mode: 0o600 })
  await rename(`${pathOf(folder)}.new`, pathOf(folder))
  return {
    close: async () => {
      await rm(pathOf(folder), { force: true })
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

/** Asks the server that has this folder. Null where none runs: a file that a killed one left names a door that is shut, or another's. */
export async function askControl(folder: string, command: string, input: unknown): Promise<{ answer: unknown } | null> {
  const control = await readControl(folder)
  if (!control) return null
  let response: Response
  try {
    response = await fetch(`http://127.0.0.1:${control.controlPort}/${command}`, { method: 'POST', headers: { Authorization: `Bearer ${control.secret}`, 'Content-Type': 'application/json' }, body: JSON.stringify(input) })
  } catch {
    return null
  }
  if (response.status === 401 || response.status === 404) return null
  if (response.status !== 200) throw new Error(`The running server could not do this (${response.status}). Its log says more.`)
  return Answer.parse(await response.json())
}

async function readControl(folder: string): Promise<z.infer<typeof ControlFile> | null> {
  try {
    return ControlFile.parse(JSON.parse(await readFile(pathOf(folder), 'utf8')))
  } catch {
    return null
  }
}

async function answer(request: IncomingMessage, secret: string, handlers: Handlers): Promise<{ status: number; body: object }> {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${secret}`)) return { status: 401, body: {} }
  const handle = Object.hasOwn(handlers, (request.url ?? '').slice(1)) ? handlers[(request.url ?? '').slice(1)] : undefined
  if (!handle || request.method !== 'POST') return { status: 404, body: {} }
  return { status: 200, body: { answer: (await handle(JSON.parse(await textOf(request)))) ?? null } }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const mostBytes = 10_000

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) {
    text += String(piece)
    if (text.length > mostBytes) throw new Error('too long')
  }
  return text
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}
