import { io } from 'socket.io-client'
import type { Changed } from '../../shared/live.ts'
import type { Listen, Told } from './hearing.ts'

// Sockets of screens, in a process of their own (hearing.ts): told whom to listen as, it tells when all have heard of a thing, and in the end when each did.

const now = () => performance.timeOrigin + performance.now()
const tell = (told: Told) => process.send?.(told)

function listen({ address, path, sockets }: Listen): void {
  const all = sockets.reduce((sum, { count }) => sum + count, 0)
  const heard = new Map<string, { since: number; times: number[] }>()
  let connected = 0
  const open = (cookie: string) => {
    const socket = io(address, { path, transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { Cookie: cookie, Origin: address } })
    socket.once('connect', () => { if ((connected += 1) === all) tell({ kind: 'connected' }) })
    socket.once('connect_error', (error) => tell({ kind: 'failed', why: error.message }))
    socket.once('disconnect', (reason) => tell({ kind: 'failed', why: reason }))
    socket.on('changed', ({ things }: Changed) => {
      const at = now()
      for (const one of things) {
        const times = heard.get(one.id) ?? { since: sinceOf(one), times: [] }
        heard.set(one.id, times)
        times.times.push(at)
        if (times.times.length === all) tell({ kind: 'all', id: one.id, last: at })
      }
    })
  }
  for (const { cookie, count } of sockets) for (let at = 0; at < count; at += 1) open(cookie)
  process.on('message', (message) => {
    if (message === 'times') tell({ kind: 'times', times: [...heard].map(([id, { since, times }]) => [id, times.map((time) => time - since)]) })
  })
}

const sinceOf = (one: Changed['things'][number]): number => Date.parse(one.kind === 'report' ? one.thing.receivedAt : one.kind === 'release' ? one.thing.releasedAt : '')

process.once('message', (message) => listen(message as Listen))
