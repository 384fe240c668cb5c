import type { Request, RequestHandler } from 'express'
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { maxPoints } from '../../../shared/reports.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Addresses } from './addresses.ts'
import { householdOf } from './addresses.ts'
import { bearerToken, isSecure, sessionToken } from './session.ts'

export type Figures = {
  /** Calls a minute from one address by whoever is not known. A hall of observers who all join at once fits. */
  strangerCalls: number
  /** Calls a minute by one person, however many addresses they come from. */
  personCalls: number
  /** Pieces of pictures that one person may send at the same time. */
  uploadsAtOnce: number
  /** Bytes of pictures that one person may send in a day. */
  uploadBytes: number
  /** A connection on which nothing moves for so long is cut. */
  idleMilliseconds: number
  /** Reports that one screen is sent: beyond them it shows the newest, and counts the rest. */
  mostOnScreen: number
}

export const usualFigures: Figures = { strangerCalls: 600, personCalls: 3_000, uploadsAtOnce: 4, uploadBytes: 2_000_000_000, idleMilliseconds: 60_000, mostOnScreen: maxPoints }

type Known = { id: string } | null

export type Limits = {
  /** Before a caller is known: by address. One who showed a good session before is not counted, so a flood from behind the same address locks nobody out. */
  strangers: RequestHandler
  /** The same for a socket's handshake. @throws slow_down */
  knock: (request: IncomingMessage) => Promise<void>
  /** Who knocked turned out to be known, and was no stranger. */
  knew: (request: IncomingMessage) => void
  /** Once a caller is known: by person. Wraps what tells whose a session or a token is. @throws slow_down */
  counted: <Found extends Known>(identify: (token: string) => Promise<Found>) => (token: string) => Promise<Found>
  /** Runs while pictures come in, and no longer than their sender is there. @throws slow_down where this person sends too many at once, or has sent a day's bytes */
  receiving: <Done>(person: string, request: Request, take: () => Promise<Done>) => Promise<Done>
  /** Counts what came. */
  received: (person: string, sizeBytes: number) => Promise<void>
}

const mostProved = 50_000
const daySeconds = 86_400

/** Limits live in memory: a restart forgets them, and with them nothing that anybody needs. */
export function openLimits(figures: Figures, addresses: Pick<Addresses, 'of'>, publicAddress: string | null): Limits {
  const strangers = new RateLimiterMemory({ points: figures.strangerCalls, duration: 60 })
  const people = new RateLimiterMemory({ points: figures.personCalls, duration: 60 })
  const bytes = new RateLimiterMemory({ points: figures.uploadBytes, duration: daySeconds })
  const proved = new Set<string>()
  const underWay = new Map<string, number>()

  const credentialOf = (request: IncomingMessage) => bearerToken(request) ?? sessionToken(request, isSecure(request, publicAddress))
  const isProved = (request: IncomingMessage) => {
    const token = credentialOf(request)
    return token !== null && proved.has(hashOf(token))
  }
  const prove = (key: string) => {
    if (proved.size >= mostProved) proved.clear()
    proved.add(key)
  }
  const knock = async (request: IncomingMessage) => {
    if (!isProved(request)) await spend(strangers, householdOf(addresses.of(request)), 1)
  }

  const knew = (request: IncomingMessage) => {
    const token = credentialOf(request)
    if (token === null || isProved(request)) return
    prove(hashOf(token))
    void strangers.reward(householdOf(addresses.of(request)), 1)
  }

  return {
    knock,
    knew,
    strangers: function strangerLimit(request, response, next) {
      if (isProved(request)) return next()
      const household = householdOf(addresses.of(request))
      // Whoever turns out to be known was no stranger.
      response.once('close', () => { if (isProved(request)) void strangers.reward(household, 1) })
      knock(request).then(() => next(), next)
    },
    counted: (identify) => async (token) => {
      const found = await identify(token)
      const key = hashOf(token)
      if (found === null) proved.delete(key)
      else {
        prove(key)
        await spend(people, found.id, 1)
      }
      return found
    },
    receiving: async (person, request, take) => {
      if ((underWay.get(person) ?? 0) >= figures.uploadsAtOnce) throw new Problem('slow_down', { retryAfterSeconds: 5 })
      const today = await bytes.get(person)
      if (today && today.consumedPoints >= figures.uploadBytes) throw slowDown(today)
      underWay.set(person, (underWay.get(person) ?? 0) + 1)
      try {
        return await Promise.race([take(), whenLeft(request)])
      } finally {
        const left = (underWay.get(person) ?? 1) - 1
        if (left > 0) underWay.set(person, left)
        else underWay.delete(person)
      }
    },
    received: async (person, sizeBytes) => {
      if (sizeBytes > 0) await bytes.penalty(person, sizeBytes)
    },
  }
}

/** Rejects when a caller goes before the answer has: not everybody who reads a body hears of that, least of all where the line was cut before its first byte, and then waits for ever. */
const whenLeft = (request: Request): Promise<never> =>
  new Promise((_, reject) => {
    const { res: response, socket } = request
    const left = () => void (response?.writableFinished || reject(new Problem('invalid_input')))
    if (socket.destroyed) left()
    else response?.once('close', left)
  })

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

async function spend(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points)
  } catch (refused) {
    throw refused instanceof RateLimiterRes ? slowDown(refused) : refused
  }
}

const slowDown = ({ msBeforeNext }: RateLimiterRes): Problem => new Problem('slow_down', { retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) })
