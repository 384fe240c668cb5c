import type { Request, RequestHandler } from 'express'
import { randomBytes } from 'node:crypto'
import type { Addresses } from './addresses.ts'
import { networkOf } from './addresses.ts'
import type { Log } from './problems.ts'
import type { RawLog } from './server.ts'

/**
 * One structured line a request: reference, method, the route's pattern, status, time taken, and the network that it came from. No path and no query, which hold ids and what was
 * searched for; no names, words, positions or tokens; no whole address, and not who it was. The reference is in a header of the answer, so that what a person was shown finds its line.
 */
export const logRequests = (log: Log, addresses: Pick<Addresses, 'of'>): RequestHandler =>
  function logRequests(request, response, next) {
    const [begun, reference, network] = [process.hrtime.bigint(), newReference(), networkOf(addresses.of(request))]
    response.locals['reference'] = reference
    response.set('Reference', reference)
    response.once('close', () => {
      const milliseconds = Number((process.hrtime.bigint() - begun) / 1_000_000n)
      log.info({ reference, method: request.method, route: routeOf(request), status: response.headersSent ? response.statusCode : 0, milliseconds, network, ...(response.writableFinished ? {} : { cut: true }) }, 'request')
    })
    next()
  }

/** Six bytes of chance: a name for one answer, which says nothing of it. */
export const newReference = (): string => randomBytes(6).toString('hex')

/** The same line for what is answered before Express, or instead of it: a socket's handshake, what is no request. */
export const logRaw = (log: Log, addresses: Pick<Addresses, 'of'>): RawLog => ({ socket, request, route, status, reference }) => {
  const address = request ? addresses.of(request) : 'remoteAddress' in socket ? String(socket.remoteAddress) : ''
  log.info({ reference, ...(request ? { method: request.method } : {}), route, status, network: networkOf(address) }, 'request')
}

/** What answered, without what the caller wrote into the address. */
function routeOf(request: Request): string {
  const path: unknown = (request.route as { path?: unknown } | undefined)?.path
  return typeof path === 'string' ? path : Array.isArray(path) ? path.join(' ') : ''
}
