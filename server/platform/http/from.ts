import type { Request } from 'express'
import { isLoopback } from '../../../shared/hosts.ts'
import { householdOf } from './addresses.ts'
import { deviceToken, isSecure, sessionToken } from './session.ts'

/** Where somebody comes from who signs in: what is told to them and kept beside the session, and what a passkey is bound to. */
export type From = {
  /** Cut to its network a day later. */
  address: string
  /** Whom guesses from there count as one. */
  household: string
  /** Browser and system in plain words, `Chrome · Android`; empty where the browser does not say. */
  device: string
  /** The name in the address that was asked for, without its port: what passkeys belong to. */
  host: string
  origin: string
  /** What this browser was given at an earlier sign-in. */
  knownDevice: string | null
  /** The session that this browser held until now. */
  before: string | null
}

export function fromOf(request: Request, publicAddress: string | null): From {
  const secure = isSecure(request, publicAddress)
  const asked = publicAddress !== null && !isLoopback(request.headers.host) ? publicAddress : `${secure ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`
  const { hostname, origin } = new URL(asked)
  const address = (request.ip ?? '').replace(/^::ffff:/, '')
  return { address, household: householdOf(address), device: deviceOf(request.headers['user-agent'] ?? ''), host: hostname, origin, knownDevice: deviceToken(request, secure), before: sessionToken(request, secure) }
}

// In this order: most browsers say that they are others, too.
const browsers = [['Edge', /\bEdgA?\//], ['Opera', /\bOPR\//], ['Samsung Internet', /\bSamsungBrowser\//], ['Firefox', /\b(Firefox|FxiOS)\//], ['Chrome', /(Chrome|CriOS)\//], ['Safari', /\bSafari\//]] as const
const systems = [['iPhone', /\biPhone\b/], ['iPad', /\biPad\b/], ['Android', /\bAndroid\b/], ['Windows', /\bWindows\b/], ['ChromeOS', /\bCrOS\b/], ['macOS', /\bMac OS X\b/], ['Linux', /\bLinux\b/]] as const

/** What a browser says of itself, by its two names alone: enough to know one's own, and nothing that tells devices of one kind apart. */
export function deviceOf(agent: string): string {
  const named = (list: readonly (readonly [string, RegExp])[]) => list.find(([, pattern]) => pattern.test(agent))?.[0]
  return [named(browsers), named(systems)].filter((name) => name !== undefined).join(' · ')
}
