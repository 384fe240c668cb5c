import { STATUS_CODES, createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { ProblemCode } from '../../../shared/problem.ts'
import { problems } from '../../../shared/problem.ts'
import { ourHeaders } from './headers.ts'
import { isSecure } from './session.ts'

type Opened = { tls: { certificate: string; key: string } | null; publicAddress: string | null; idleMilliseconds: number }

const headersMilliseconds = 10_000
/** A whole request: a piece of a picture over the slowest network that still carries one. */
const requestMilliseconds = 900_000

/** The server before any of our code sees a request: what is too slow is cut, what is no request is answered with our own headers. */
export function openServer(listener: RequestListener, { tls, publicAddress, idleMilliseconds }: Opened): Server {
  const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, listener) : createHttpServer(listener)
  server.headersTimeout = headersMilliseconds
  server.requestTimeout = requestMilliseconds
  server.keepAliveTimeout = 60_000
  server.timeout = idleMilliseconds
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Nobody is there any more, or was too slow: no answer, and the phone tries again.
    if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return void socket.destroy()
    answerRaw(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 'too_large' : 'invalid_input', tls !== null || publicAddress?.startsWith('https:') === true)
  })
  server.on('checkExpectation', (request: IncomingMessage) => answerRaw(request.socket, 'invalid_input', isSecure(request, publicAddress)))
  return server
}

/** A problem with our headers where there is no response to write to; the connection ends. */
export function answerRaw(socket: Duplex, problem: ProblemCode, secure: boolean): void {
  const { status } = problems[problem]
  const body = JSON.stringify({ problem })
  const headers = { ...ourHeaders(secure), 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': String(body.length), Connection: 'close' }
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}
