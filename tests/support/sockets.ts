import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Changed, Presence } from '../../shared/live.ts'
import { livePath } from '../../shared/live.ts'
import { listReleasesCall } from '../../shared/press.ts'
import type { Caller, TestHouse } from './house.ts'

export type Listener = {
  socket: Socket
  heard: Changed[]
  presences: Presence[]
  /** Resolves with the first event, heard before or later, that satisfies; absence is shown by a marker that was sent after. */
  until: (satisfies: (changed: Changed) => boolean) => Promise<Changed>
  untilEnded: () => Promise<void>
  close: () => void
}

/** Opens a person's socket, as a page of ours would. Rejects when the handshake is refused. */
export function listen(house: Pick<TestHouse, 'address'>, caller: Pick<Caller, 'cookie'>, options: { since?: number; origin?: string | null } = {}): Promise<Listener> {
  const origin = options.origin === undefined ? house.address : options.origin
  const socket = io(house.address, {
    path: livePath, transports: ['websocket'], reconnection: false, forceNew: true, auth: options.since === undefined ? {} : { since: options.since },
    extraHeaders: { Cookie: caller.cookie, ...(origin === null ? {} : { Origin: origin }) },
  })
  const heard: Changed[] = []
  const presences: Presence[] = []
  const waiting = new Set<() => void>()
  socket.on('changed', (changed: Changed) => {
    heard.push(changed)
    for (const look of [...waiting]) look()
  })
  socket.on('presence', (presence: Presence) => void presences.push(presence))
  const until = (satisfies: (changed: Changed) => boolean): Promise<Changed> =>
    new Promise((done) => {
      const look = () => {
        const found = heard.find(satisfies)
        if (!found) return
        waiting.delete(look)
        done(found)
      }
      waiting.add(look)
      look()
    })
  return new Promise((done, fail) => {
    socket.once('connect_error', (error) => { socket.close(); fail(error) })
    socket.once('connect', () => done({ socket, heard, presences, until, close: () => void socket.close(), untilEnded: () => new Promise((ended) => (socket.connected ? socket.once('disconnect', () => ended()) : ended())) }))
  })
}

/** Up to where somebody was told, as their role is told numbers: the journal's own for the desk, one's own for press. */
export const toldUpTo = async (caller: Pick<Caller, 'call'>): Promise<number> => (await caller.call(listReleasesCall, { limit: 1 })).reply.number

export const speaksOf = (id: string) => (changed: Changed): boolean => changed.things.some((thing) => thing.id === id)
