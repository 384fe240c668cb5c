import { STATUS_CODES, createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { ProblemCode } from '../../../shared/problem.ts'
import { problems } from '../../../shared/problem.ts'
import { ourHeaders } from './headers.ts'
import { newReference } from './requests.ts'
import { isSecure } from './session.ts'

type Opened = { tls: { certificate: string; key: string } | null; publicAddress: string | null; idleMilliseconds: number; log: RawLog }
/** Writes the line of an answer that no response of Express carries. */
export type RawLog = (about: { socket: Duplex; request?: IncomingMessage; route: string; status: number; reference: string }) => void

const headersMilliseconds = 10_000
/** A whole request: a piece of a picture over the slowest network that still carries one. */
const requestMilliseconds = 900_000

/** The server before any of our code sees a request: what is too slow is cut, what is no request is answered with our own headers. */
export function openServer(listener: RequestListener, { tls, publicAddress, idleMilliseconds, log }: Opened): Server {
  const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, listener) : createHttpServer(listener)
  server.headersTimeout = headersMilliseconds
  server.requestTimeout = requestMilliseconds
  server.keepAliveTimeout = 60_000
  server.timeout = idleMilliseconds
  cutIdle(server)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Nobody is there any more, or was too slow: no answer, and the phone tries again.
    if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return void socket.destroy()
    const problem = error.code === 'HPE_HEADER_OVERFLOW' ? 'too_large' : 'invalid_input'
    log({ socket, route: '', ...answerRaw(socket, problem, tls !== null || publicAddress?.startsWith('https:') === true) })
  })
  server.on('checkExpectation', (request: IncomingMessage) => log({ socket: request.socket, request, route: '', ...answerRaw(request.socket, 'invalid_input', isSecure(request, publicAddress)) }))
  return server
}

/** Cuts a connection on which nothing moves, unless it waits for us: a picture that is being covered takes its time. */
function cutIdle(server: Server): void {
  const underWay = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>()
  server.on('request', (request, response) => {
    underWay.set(request.socket, { request, response })
    response.once('close', () => underWay.delete(request.socket))
  })
  server.on('timeout', (socket: Duplex) => {
    const call = underWay.get(socket)
    const waitsForUs = call !== undefined && call.request.complete && !call.response.headersSent
    if (!waitsForUs) socket.destroy()
  })
}

/** A problem with our headers where there is no response to write to; the connection ends. */
export function answerRaw(socket: Duplex, problem: ProblemCode, secure: boolean): { status: number; reference: string } {
  const { status } = problems[problem]
  const [body, reference] = [JSON.stringify({ problem }), newReference()]
  const headers = { ...ourHeaders(secure), Reference: reference, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': String(body.length), Connection: 'close' }
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
  return { status, reference }
}
