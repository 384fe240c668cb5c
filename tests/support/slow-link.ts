import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/**
 * `loss`: the share of segments that are lost once more each time they are sent; each is sent again a round trip later, and what is behind it on its connection waits.
 * Every so many seconds all connections end, and for two seconds none is made.
 */
export type Line = { bytesPerSecond: number; roundTripMilliseconds: number; loss: number; cutEverySeconds: number }

export type SlowLink = {
  address: string
  /** What the line is like from now on; null: as fast as this machine is. */
  become: (line: Line | null) => void
  /** Bytes that the near side gave to the line, each counted once however often it was lost on the way. */
  up: () => number
  close: () => Promise<void>
}

const segmentBytes = 1400
const outageMilliseconds = 2000
/** Timers are coarse: what is due so soon is due now. */
const coarseMilliseconds = 5

type Direction = { freeAt: number; bytes: number }

/** A line of a telephone network, for every byte between a phone and its server: both directions of all connections share what it carries. Chance is drawn from `seed`. */
export async function openSlowLink(target: string, seed = 1): Promise<SlowLink> {
  const { hostname, port } = new URL(target)
  const [up, down]: [Direction, Direction] = [{ freeAt: 0, bytes: 0 }, { freeAt: 0, bytes: 0 }]
  const open = new Set<Socket>()
  const chance = chances(seed)
  let line: Line | null = null
  let outUntil = 0
  let cutting: NodeJS.Timeout | undefined

  /** Takes the line for one segment; gives when it is at the other end. */
  const carry = async (direction: Direction, bytes: number): Promise<number> => {
    direction.bytes += bytes
    if (!line) return 0
    let losses = 0
    while (chance() < line.loss) losses += 1
    const air = (bytes / line.bytesPerSecond) * 1000
    const start = Math.max(performance.now(), direction.freeAt)
    direction.freeAt = start + air * (losses + 1)
    const arrives = start + air + line.roundTripMilliseconds * (losses + 0.5)
    await until(direction.freeAt)
    return arrives
  }

  const pass = (from: Socket, to: Socket, direction: Direction): void => {
    // One after the other: timers that end in the same moment keep no order.
    let delivered = Promise.resolve()
    const later = (arrives: number, act: () => void) => {
      delivered = delivered.then(async () => {
        await until(arrives)
        if (!to.destroyed) act()
      })
    }
    void (async () => {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length; at += segmentBytes) {
          const segment = chunk.subarray(at, at + segmentBytes)
          const arrives = await carry(direction, segment.length)
          if (from.destroyed && from.errored) return
          later(arrives, () => to.write(segment))
        }
      }
      later(0, () => to.end())
    })().catch(() => to.destroy())
  }

  const listener = createServer({ allowHalfOpen: true }, (near) => {
    if (performance.now() < outUntil) return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.setNoDelay(true).on('error', () => other.destroy()).on('close', () => open.delete(one))
    }
    pass(near, far, up)
    pass(far, near, down)
  })
  const cut = () => {
    outUntil = performance.now() + outageMilliseconds
    for (const socket of open) socket.destroy(new Error('cut'))
  }
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  return {
    address: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    become: (next) => {
      clearInterval(cutting)
      line = next
      up.freeAt = down.freeAt = 0
      if (next) cutting = setInterval(cut, next.cutEverySeconds * 1000)
    },
    up: () => up.bytes,
    close: () => new Promise((done) => {
      clearInterval(cutting)
      listener.close(() => done())
      for (const socket of open) socket.destroy()
    }),
  }
}

async function until(instant: number): Promise<void> {
  const left = instant - performance.now()
  if (left > coarseMilliseconds) await new Promise((done) => setTimeout(done, left))
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
