import { fork } from 'node:child_process'
import { resolve } from 'node:path'

/** So many sockets with each cookie. */
export type Listen = { address: string; path: string; sockets: { cookie: string; count: number }[] }
/** `all`: every socket has heard of this thing, and when the last did; `times`: milliseconds from a thing's own instant to each socket. */
export type Told = { kind: 'connected' } | { kind: 'failed'; why: string } | { kind: 'all'; id: string; last: number } | { kind: 'times'; times: [id: string, milliseconds: number[]][] }

export type Hearing = {
  /** Resolves with the instant at which the last socket heard of this thing. */
  all: (id: string) => Promise<number>
  times: () => Promise<Map<string, number[]>>
  close: () => Promise<void>
}

/** Instants of all processes on this machine are on one scale. */
export const now = (): number => performance.timeOrigin + performance.now()

/** Opens sockets in a process of their own; resolves when every one is connected. */
export async function openHearing(listen: Listen): Promise<Hearing> {
  const child = fork(resolve(import.meta.dirname, 'listeners.ts'), { execArgv: ['--import', 'tsx'] })
  const told = new Map<string, number>()
  const waiting = new Set<(told: Told) => void>()
  child.on('message', (message) => {
    const one = message as Told
    if (one.kind === 'all') told.set(one.id, one.last)
    for (const look of [...waiting]) look(one)
  })
  const until = <Found>(find: (told: Told) => Found | undefined) => new Promise<Found>((done, fail) => {
    const look = (one: Told) => {
      if (one.kind === 'failed') return fail(new Error(`A socket failed: ${one.why}`))
      const found = find(one)
      if (found === undefined) return
      waiting.delete(look)
      done(found)
    }
    waiting.add(look)
  })
  const connected = until((one) => (one.kind === 'connected' ? true : undefined))
  child.send(listen)
  await connected
  return {
    all: async (id) => told.get(id) ?? until((one) => (one.kind === 'all' && one.id === id ? one.last : undefined)),
    times: () => {
      const times = until((one) => (one.kind === 'times' ? new Map(one.times) : undefined))
      child.send('times')
      return times
    },
    close: () => new Promise((done) => {
      child.once('exit', () => done())
      child.kill()
    }),
  }
}
