import type { Server as HttpServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import type { Changed, LiveThing, Presence } from '../../../shared/live.ts'
import { livePath, presenceMilliseconds } from '../../../shared/live.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ProblemCode } from '../../../shared/problem.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Tx } from '../database/open.ts'
import { toldOf } from '../http/problems.ts'
import type { Log } from '../http/problems.ts'
import { ourHeaders } from '../http/headers.ts'
import { isOwnOrigin } from '../http/origin.ts'
import { newReference } from '../http/requests.ts'
import { answerRaw } from '../http/server.ts'
import type { RawLog } from '../http/server.ts'
import { isSecure, sessionToken } from '../http/session.ts'
import type { Sessions } from '../http/sessions.ts'
import type { Engine } from '../journal/engine.ts'
import type { Look, PersonActor } from '../journal/work.ts'
import type { Numbers } from './numbers.ts'
import { openPolling } from './polling.ts'

/** What one role may know of the facts in (since, until]: whole things as they are now, at most one page, complete up to `number`. */
export type ChangesBetween = (tx: Tx, role: Role, since: number, until: number) => Promise<{ things: LiveThing[]; number: number; more: boolean }>

export type HubParts = {
  server: HttpServer
  engine: Engine
  log: Log
  publicAddress: string | null
  sessions: Sessions
  /** Slows who knocks too often without being known. */
  knock: (request: IncomingMessage) => Promise<void>
  knew: (request: IncomingMessage) => void
  logHandshake: RawLog
  changesBetween: ChangesBetween
  numbers: Numbers
  countReports: (tx: Tx) => Promise<number>
  namesOf: (tx: Tx, ids: string[]) => Promise<{ id: string; name: string }[]>
  /** Coordinators who were heard of since, other than these, the latest first. */
  heardSince: (tx: Tx, at: string, others: readonly string[]) => Promise<{ id: string; name: string; at: string }[]>
}

export type WhoIsHere = Pick<Presence, 'here' | 'earlier'>

export type Hub = {
  disconnectSession: (session: string) => void
  announced: () => Promise<void>
  /** For whoever asks the journal without a socket: the same that presence tells on one. A desk that asks so is here too, for as long as it goes on. */
  whoIsHere: (look: Pick<Look, 'tx' | 'actor' | 'now'>) => Promise<WhoIsHere>
  /** Looks at once who is here, as it does by itself every quarter of a minute. */
  lookAround: () => Promise<void>
  close: () => Promise<void>
}

/** `sent`: the last number told on this connection, as its role is told numbers; `looked`: up to where the journal was looked through for it. */
type Listener = { socket: Socket; actor: PersonActor; sent: number; looked: number }

const presenceGatherMilliseconds = 100
const earlierMilliseconds = 12 * 3_600_000
const deskRoles: readonly Role[] = ['coordinator', 'lead']
const nobody: WhoIsHere = { here: [], earlier: [] }

function by<Key>(listeners: Iterable<Listener>, keyOf: (listener: Listener) => Key): Map<Key, Listener[]> {
  const groups = new Map<Key, Listener[]>()
  for (const listener of listeners) {
    const key = keyOf(listener)
    const group = groups.get(key)
    if (group) group.push(listener)
    else groups.set(key, [listener])
  }
  return groups
}

/** Listeners of one role who know the same: they are told the same. */
const alike = (listeners: Iterable<Listener>): Listener[][] => [...by(listeners, ({ actor, looked }) => `${actor.role} ${looked}`).values()]

/**
 * Tells screens what was committed. One line of work does everything in turn, joining, announcing, presence, so that each listener's numbers follow one another:
 * `previous` is the last number sent on that connection. Sockets are a hint; the journal is the truth, and catching up runs through the same function.
 */
export function openHub(parts: HubParts): Hub {
  const { engine, log } = parts
  const listeners = new Set<Listener>()
  const polling = openPolling(presenceMilliseconds)
  const identified = new WeakMap<IncomingMessage, PersonActor>()
  let turn: Promise<void> = Promise.resolve()
  let waiting = false
  const joining: { listener: Listener; since: number | null }[] = []
  let presenceSoon: NodeJS.Timeout | null = null
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch((error: unknown) => log.error({ error: toldOf(error) }, 'live'))
    return turn
  }

  const io = new Server(parts.server, {
    path: livePath, transports: ['websocket'], allowUpgrades: false, serveClient: false, maxHttpBufferSize: 16_384,
    // `cors` lets a WebSocket through: the origin is compared here.
    allowRequest: (request, done) => {
      const secure = isSecure(request, parts.publicAddress)
      // The library's own refusal has neither our headers nor our problems.
      const refuse = (problem: ProblemCode) => {
        parts.logHandshake({ socket: request.socket, request, route: livePath, ...answerRaw(request.socket, problem, secure) })
        done(null, false)
      }
      if (!isOwnOrigin(request)) return refuse('not_allowed')
      const token = sessionToken(request, secure)
      if (!token) return refuse('not_signed_in')
      parts.knock(request).then(() => parts.sessions.identify(token)).then(
        (actor) => {
          if (actor === null) return refuse('not_signed_in')
          parts.knew(request)
          if (actor.role === 'observer') return refuse('not_allowed')
          identified.set(request, actor)
          parts.logHandshake({ socket: request.socket, request, route: livePath, status: 101, reference: newReference() })
          done(null, true)
        },
        (error: unknown) => refuse(error instanceof Problem ? error.code : 'broken'),
      )
    },
  })

  // What asks for the socket's address without being a socket is answered by the library: with our headers all the same.
  parts.server.prependListener('request', (request, response) => {
    if (request.url?.startsWith(livePath)) for (const [name, value] of Object.entries(ourHeaders(isSecure(request, parts.publicAddress)))) response.setHeader(name, value)
  })

  io.on('connection', (socket) => {
    const actor = identified.get(socket.request)
    if (!actor) return void socket.disconnect(true)
    const since = Number((socket.handshake.auth as { since?: unknown }).since)
    const listener: Listener = { socket, actor, sent: 0, looked: 0 }
    socket.on('disconnect', () => {
      listeners.delete(listener)
      tellPresence()
    })
    if (joining.push({ listener, since: Number.isSafeInteger(since) && since >= 0 ? since : null }) === 1) void inTurn(join)
  })

  /** What goes to many is encoded once for all of them. Never nobody: the library takes that for everybody. */
  const to = (together: readonly Listener[]) => io.to(together.map(({ socket }) => socket.id))

  /** From where each is told: after the number that it has, or from now on. */
  const begin = (come: typeof joining): Promise<void> =>
    engine.read({ kind: 'server' }, async ({ tx, number }) => {
      for (const { listener, since } of come) {
        const { role } = listener.actor
        listener.looked = since === null ? number : Math.min(await parts.numbers.meant(role, since, { tx, upTo: number }), number)
        listener.sent = await parts.numbers.told(role, listener.looked, tx)
      }
    })

  /** Those who came meanwhile, together: after a restart they all come at once. */
  async function join(): Promise<void> {
    const come = joining.splice(0)
    await begin(come)
    for (const together of alike(come.map(({ listener }) => listener))) {
      await catchUp(together, true)
      for (const listener of together) {
        if (!listener.socket.connected) continue
        listeners.add(listener)
        // From here on the socket tells when they go.
        if (listener.actor.session) polling.left(listener.actor.session)
      }
    }
    tellPresence()
  }

  /** Who is here goes to everybody: once for all who came or went meanwhile, or a thousand that come at once are told a million times. */
  function tellPresence(): void {
    presenceSoon ??= setTimeout(() => {
      presenceSoon = null
      void inTurn(sendPresence)
    }, presenceGatherMilliseconds)
  }

  /** Brings listeners of one role and one position forward, page by page. */
  async function catchUp(together: Listener[], greet: boolean): Promise<void> {
    const [first] = together
    if (!first) return
    for (let more = true, greeted = !greet; more;) {
      const since = first.looked
      const { role } = first.actor
      const page = await engine.read({ kind: 'server' }, async ({ tx, now, number }) => {
        const found = await parts.changesBetween(tx, role, since, number)
        return { at: now, told: await parts.numbers.told(role, found.number, tx), ...found }
      })
      more = page.more
      if (page.things.length > 0 || !greeted) {
        for (const [previous, alikeToo] of by(together, ({ sent }) => sent)) to(alikeToo).emit('changed', { number: page.told, previous, at: page.at, things: page.things } satisfies Changed)
        for (const listener of together) listener.sent = page.told
      }
      for (const listener of together) listener.looked = page.number
      greeted = true
    }
  }

  async function announce(): Promise<void> {
    waiting = false
    for (const together of alike(listeners)) await catchUp(together, false)
  }

  async function deskAt(tx: Tx, now: string): Promise<WhoIsHere> {
    const listening = [...listeners].filter(({ actor }) => deskRoles.includes(actor.role)).map(({ actor }) => actor.id)
    const ids = [...new Set([...listening, ...polling.people(now)])]
    return { here: await parts.namesOf(tx, ids), earlier: await parts.heardSince(tx, new Date(Date.parse(now) - earlierMilliseconds).toISOString(), ids) }
  }

  async function sendPresence(): Promise<void> {
    if (listeners.size === 0) return
    await announce()
    const { at, reports, here, earlier } = await engine.read({ kind: 'server' }, async ({ tx, now }) => ({ at: now, reports: await parts.countReports(tx), ...(await deskAt(tx, now)) }))
    for (const [isDesk, together] of by(listeners, ({ actor }) => deskRoles.includes(actor.role))) {
      for (const [number, alikeToo] of by(together, ({ sent }) => sent)) {
        to(alikeToo).emit('presence', { number, at, reports: isDesk ? reports : null, here: isDesk ? here : [], earlier: isDesk ? earlier : [] } satisfies Presence)
      }
    }
  }

  engine.onCommitted(() => {
    if (waiting) return
    waiting = true
    void inTurn(announce)
  })
  /** An open socket is presence, so its session is not idle; one that has ended or run out all the same loses its socket. */
  async function keepPresence(): Promise<void> {
    for (const { socket, actor } of [...listeners]) {
      if (!actor.session || !(await parts.sessions.recheck(actor.session))) socket.disconnect(true)
      else parts.sessions.touch(actor.session)
    }
    await sendPresence()
  }

  const ticking = setInterval(() => void inTurn(keepPresence), presenceMilliseconds)
  ticking.unref()

  return {
    disconnectSession: (session) => {
      for (const { socket, actor } of listeners) if (actor.session === session) socket.disconnect(true)
      if (polling.left(session)) tellPresence()
    },
    whoIsHere: ({ tx, actor, now }) => {
      if (!deskRoles.includes(actor.role)) return Promise.resolve(nobody)
      const hasSocket = [...listeners].some((listener) => listener.actor.session === actor.session)
      if (!hasSocket && polling.asked(actor, now)) tellPresence()
      return deskAt(tx, now)
    },
    announced: () => inTurn(async () => undefined),
    lookAround: () => inTurn(keepPresence),
    close: async () => {
      clearInterval(ticking)
      // Not io.close(): that also closes the http server, and waits for connections that are kept alive.
      io.disconnectSockets(true)
      io.engine.close()
      await turn
      if (presenceSoon) clearTimeout(presenceSoon)
    },
  }
}
