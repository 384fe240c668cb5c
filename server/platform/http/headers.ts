import type { RequestHandler } from 'express'
import { Problem } from '../../../shared/problem.ts'
import { isOurHost } from './origin.ts'
import { isSecure } from './session.ts'

const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
  "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ')

const permissions = (who: string): string => `camera=(${who}), geolocation=(${who}), microphone=(), payment=(), usb=()`

const always = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': permissions('self'),
}

/** What every answer carries, errors too; over TLS also that nothing else will do for two years. */
export const ourHeaders = (secure: boolean): Record<string, string> => ({ ...always, ...(secure ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' } : {}) })

/** `frames`: what pages may hold in a frame, where they may hold anything: a phone, which asks where it is. */
export const headers = (publicAddress: string | null, frames?: () => string): RequestHandler =>
  function headers(request, response, next) {
    response.set(ourHeaders(isSecure(request, publicAddress)))
    if (frames) response.set({ 'Content-Security-Policy': `${policy}; frame-src ${frames()}`, 'Permissions-Policy': permissions(`self "${frames()}"`) })
    next()
  }

/** Refuses names that others point at us: only loopback names and the public address are ours, unless we hold a certificate of our own. */
export const ownHostOnly = (publicAddress: string | null, hasTls: boolean): RequestHandler =>
  function ownHostOnly(request, _response, next) {
    if (!isOurHost(request.headers.host, publicAddress, hasTls)) throw new Problem('not_found')
    next()
  }
