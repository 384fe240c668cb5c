import { createServer, request as ask } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What becomes of one request on its way. `lose_answer`: the server does it all, the phone hears nothing. `vanish`: nobody hears anything more, as when a phone changes its network. `late`: it comes whole, also when the phone has given it up long ago. */
export type Fate =
  | { kind: 'pass' }
  | { kind: 'cut'; afterBytes: number }
  | { kind: 'lose_answer' }
  | { kind: 'cut_answer' }
  | { kind: 'repeat' }
  | { kind: 'vanish' }
  | { kind: 'hold'; until: Promise<unknown> }
  | { kind: 'delay'; milliseconds: number }
  | { kind: 'late'; came: () => void; until: Promise<unknown>; arrived: () => void }
  | { kind: 'answer'; status: number; body: string; type?: string; headers?: Record<string, string> }

/** `offset`: where a piece begins; null for what is none. */
export type Asked = { method: string; path: string; sizeBytes: number; offset: number | null }

/** A piece of an original on its way: where it began, how long it was, how much of it came to the server. */
export type PieceSent = { upload: string; offset: number; sizeBytes: number; arrivedBytes: number }

export type BadNetwork = {
  address: string
  /** Decides of each request as it comes; whoever says nothing lets it pass. */
  decide: (asked: Asked) => Fate | undefined
  /** Where the server is now. */
  lead: (address: string) => void
  /** No connection is made, and those that are open end. */
  cut: (isCut: boolean) => void
  asked: Asked[]
  pieces: PieceSent[]
  close: () => Promise<void>
}

/** A network between a phone and its server that does what a test tells it to. */
export async function openBadNetwork(server: string): Promise<BadNetwork> {
  let target = new URL(server)
  let isCut = false
  const sockets = new Set<Socket>()
  const network: BadNetwork = { address: '', decide: () => undefined, lead: (address) => { target = new URL(address) }, cut: (next) => { isCut = next; if (next) for (const socket of sockets) socket.destroy() }, asked: [], pieces: [], close: () => Promise.resolve() }

  const listener = createServer((incoming, outgoing) => {
    incoming.on('error', () => undefined)
    const asked = { method: incoming.method ?? '', path: incoming.url ?? '', sizeBytes: Number(incoming.headers['content-length'] ?? 0), offset: pieceOf(incoming)?.offset ?? null }
    network.asked.push(asked)
    void follow(network.decide(asked) ?? { kind: 'pass' }, incoming, outgoing)
  })
  // Pieces may take long, and a held one as long as its test wants.
  listener.requestTimeout = 0
  listener.on('connection', (socket: Socket) => {
    if (isCut) return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
  })

  const follow = async (fate: Fate, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (fate.kind === 'vanish') return void incoming.resume()
    if (fate.kind === 'hold') await fate.until
    if (fate.kind === 'delay') await new Promise((done) => setTimeout(done, fate.milliseconds))
    if (fate.kind === 'answer') {
      await bytesOf(incoming)
      outgoing.writeHead(fate.status, { 'content-type': fate.type ?? 'application/json', ...fate.headers }).end(fate.body)
      return
    }
    if (fate.kind === 'late') {
      const body = await bytesOf(incoming)
      fate.came()
      await fate.until
      return void forward(incoming, body).then(({ status, headers, bytes }) => outgoing.writeHead(status, headers).end(bytes), () => outgoing.destroy()).finally(fate.arrived)
    }
    if (fate.kind === 'repeat') {
      const body = await bytesOf(incoming)
      await forward(incoming, body)
      return void forward(incoming, body).then(({ status, headers, bytes }) => outgoing.writeHead(status, headers).end(bytes), () => outgoing.destroy())
    }
    await carry(fate, incoming, outgoing)
  }

  const options = (incoming: IncomingMessage) => ({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers: incoming.headers })

  /** Passes bytes on as they come, in both directions, as far as its fate lets them. */
  const carry = (fate: Fate, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => new Promise((done) => {
    const upstream = ask(options(incoming))
    const piece = pieceOf(incoming)
    if (piece) network.pieces.push(piece)
    const end = () => {
      outgoing.destroy()
      upstream.destroy()
      done()
    }
    upstream.on('error', end)
    outgoing.on('close', done)
    incoming.on('close', () => { if (!incoming.complete) end() })
    let passed = 0
    incoming.on('data', (chunk: Buffer) => {
      const rest = fate.kind === 'cut' ? fate.afterBytes - passed : chunk.length
      const goes = chunk.subarray(0, Math.max(0, rest))
      passed += goes.length
      if (piece) piece.arrivedBytes = passed
      const isLast = fate.kind === 'cut' && passed >= fate.afterBytes
      if (isLast) {
        // What was let through has to get there before the line is gone.
        upstream.write(goes, () => setImmediate(end))
        incoming.pause()
      } else if (!upstream.write(goes)) {
        incoming.pause()
        upstream.once('drain', () => incoming.resume())
      }
    })
    incoming.on('end', () => (fate.kind === 'cut' ? end() : upstream.end()))
    upstream.on('response', (answer) => {
      if (fate.kind === 'lose_answer') {
        answer.resume().on('end', end).on('error', end)
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      if (fate.kind === 'cut_answer') {
        outgoing.flushHeaders()
        answer.resume().on('end', end).on('error', end)
        return
      }
      answer.on('error', end)
      answer.pipe(outgoing)
    })
  })

  const forward = async (incoming: IncomingMessage, body: Buffer) => new Promise<{ status: number; headers: IncomingMessage['headers']; bytes: Buffer }>((done, fail) => {
    const upstream = ask(options(incoming), (answer) => void bytesOf(answer).then((bytes) => done({ status: answer.statusCode ?? 502, headers: answer.headers, bytes }), fail))
    upstream.on('error', fail).end(body)
  })

  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  network.address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  network.close = () => new Promise((done) => {
    listener.close(() => done())
    for (const socket of sockets) socket.destroy()
  })
  return network
}

function pieceOf({ method, url, headers }: IncomingMessage): PieceSent | null {
  const upload = /^\/api\/uploads\/([0-9a-f]{32})$/.exec(url ?? '')?.[1]
  return method === 'PATCH' && upload ? { upload, offset: Number(headers['upload-offset']), sizeBytes: Number(headers['content-length']), arrivedBytes: 0 } : null
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** A problem of the house, as it travels. */
export const problemAnswer = (status: number, problem: Record<string, unknown>): Fate => ({ kind: 'answer', status, body: JSON.stringify(problem) })

/** What a wireless network of a hotel answers before one has accepted its terms. */
export const captivePortal: Fate = { kind: 'answer', status: 200, type: 'text/html', body: '<!doctype html><title>WiFi</title><form>Acepte las condiciones</form>' }

export const isPiece = ({ method }: Pick<Asked, 'method'>): boolean => method === 'PATCH'

/** Something that is waited for, and the word that it has come. */
export function awaited(): { come: Promise<void>; tell: () => void } {
  let tell = (): void => undefined
  const come = new Promise<void>((resolve) => {
    tell = resolve
  })
  return { come, tell }
}

/** Holds what answers to `which` on its way, once it has come, until it is let go. */
export function holding(network: BadNetwork, which: (asked: Asked) => boolean): { came: Promise<void>; letGo: () => void } {
  const [came, gone] = [awaited(), awaited()]
  network.decide = (asked) => {
    if (!which(asked)) return undefined
    came.tell()
    return { kind: 'hold', until: gone.come }
  }
  return { came: came.come, letGo: () => { network.decide = () => undefined; gone.tell() } }
}
