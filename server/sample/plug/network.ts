import { createServer, request as ask } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { isLoopback } from '../../../shared/hosts.ts'
import { slowMilliseconds } from '../../../shared/plug.ts'
import type { Network } from '../../../shared/plug.ts'

type Own = (request: IncomingMessage, response: ServerResponse) => Promise<void>
type Around = { server: () => number; port: number; path: string; own: Own; framedBy: () => string }

export type PhoneNetwork = { port: number; network: () => Network; set: (network: Network) => void; close: () => Promise<void> }

/** The network of the sample's phone: what goes through it arrives, arrives late, or breaks on its way. Pages below `path` are its own and always there. */
export async function openNetwork({ server, port, path, own, framedBy }: Around): Promise<PhoneNetwork> {
  let network: Network = 'open'
  const underWay = new Set<Socket>()
  const listener = createServer((request, response) => {
    request.on('error', () => undefined)
    // A name of others that was pointed at this machine gets nothing.
    if (!isLoopback(request.headers.host)) return void request.socket.destroy()
    if (request.url?.startsWith(path)) return void own(request, response).catch(() => response.destroy())
    void carry(request, response)
  })
  listener.requestTimeout = 0

  const carry = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { socket } = request
    underWay.add(socket)
    response.once('close', () => underWay.delete(socket))
    if (network === 'slow') await wait(slowMilliseconds)
    if (network === 'cut') return void socket.destroy()
    const upstream = ask({ host: '127.0.0.1', port: server(), method: request.method, path: request.url, headers: request.headers }, (answer) => {
      answer.once('error', () => socket.destroy())
      response.writeHead(answer.statusCode ?? 502, framed(answer.headers, framedBy()))
      answer.pipe(response)
    })
    // Without a server the line is as dead as without a network.
    upstream.once('error', () => socket.destroy())
    response.once('close', () => upstream.destroy())
    request.pipe(upstream)
  }

  await listen(listener, port)
  return {
    port: (listener.address() as AddressInfo).port,
    network: () => network,
    set: (next) => {
      network = next
      if (next === 'cut') for (const socket of underWay) socket.destroy()
    },
    close: () => new Promise((done) => {
      listener.close(() => done())
      listener.closeAllConnections()
    }),
  }
}

/** The phone may stand in a frame here, of the sample's own pages alone. */
const framed = (headers: IncomingMessage['headers'], by: string): IncomingMessage['headers'] => {
  const policy = headers['content-security-policy']
  return typeof policy === 'string' ? { ...headers, 'content-security-policy': policy.replace("frame-ancestors 'none'", `frame-ancestors ${by}`) } : headers
}

/** On the port beside the server's, so that the phone finds what it kept at the next start; on any that is free where that one is taken. */
async function listen(listener: Server, port: number): Promise<void> {
  const on = (wanted: number) => new Promise<void>((done, fail) => {
    listener.once('error', fail)
    listener.listen(wanted, '127.0.0.1', () => {
      listener.off('error', fail)
      done()
    })
  })
  await on(port).catch(() => on(0))
}
