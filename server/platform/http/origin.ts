import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../../../shared/hosts.ts'

/** Whether the host that was asked for is one of ours: loopback, or the public address. Stops names that others point at us. */
export const isOurHost = (host: string | undefined, publicAddress: string | null, open: boolean): boolean => open || isLoopback(host) || (publicAddress !== null && host !== undefined && new URL(publicAddress).host === host.toLowerCase())

/** A write with a cookie must come from one of our own pages: by Sec-Fetch-Site, else by Origin. */
export function isOwnPage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return isOwnOrigin(request)
}

export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (!origin || !host) return false
  try {
    return new URL(origin).host === host.toLowerCase()
  } catch {
    return false
  }
}
