import type { Request, Response } from 'express'
import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../../../shared/hosts.ts'

/** On plain http at a loopback address browsers drop `Secure` cookies (Safari does), so there, and only there, the cookie has another name without it. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-veedor' : 'veedor')

/** Of the browser itself, whoever signs in with it: so that a known one is told from a new one. It opens nothing. */
const deviceCookieName = (secure: boolean): string => `${cookieName(secure)}-device`

/** The session's token in a request's cookies, or null. */
export const sessionToken = (request: IncomingMessage, secure: boolean): string | null => cookieOf(request, cookieName(secure))

export const deviceToken = (request: IncomingMessage, secure: boolean): string | null => cookieOf(request, deviceCookieName(secure))

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value && /^[A-Za-z0-9_-]{43}$/.test(value)) return value
  }
  return null
}

/** The API token that a request bears, as it came; null where it bears none. */
export function bearerToken(request: IncomingMessage): string | null {
  const given = /^Bearer +(\S{1,200})$/i.exec(request.headers.authorization ?? '')
  return given?.[1] ?? null
}

/** Two years from the last sign-in. */
export function setDeviceCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(deviceCookieName(secure), token, { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: 2 * 365 * 86_400_000 })
}

/** HttpOnly, SameSite=Strict, this host only. It lasts a year at most; the server decides when a session ends. */
export function setSessionCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(cookieName(secure), token, { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: 365 * 86_400_000 })
}

export function clearSessionCookie(response: Response, secure: boolean): void {
  response.clearCookie(cookieName(secure), { httpOnly: true, sameSite: 'strict', secure, path: '/' })
}

/** Whether this request came over TLS or through a public address that is https. */
export const isSecure = (request: Request | IncomingMessage, publicAddress: string | null): boolean => (publicAddress !== null && publicAddress.startsWith('https:') && !isLoopback(request.headers.host)) || ('encrypted' in request.socket && request.socket.encrypted === true)
