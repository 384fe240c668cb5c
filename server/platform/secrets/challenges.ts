import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * What a passkey has to sign: ours by its seal, good for five minutes and for one purpose, and for one use. Nothing is kept of those that were only asked for, so asking for many
 * pushes out nobody's.
 */
export type Challenges = {
  make: (purpose: string) => Uint8Array<ArrayBuffer>
  /** Whether this one, as a page sends it back, is ours, in time, and used for the first time. */
  take: (given: string, purpose: string) => boolean
}

const nonceBytes = 16
const timeBytes = 6
const sealBytes = 16
const minutes = 5

export function openChallenges(now: () => string): Challenges {
  const key = randomBytes(32)
  const used = new Map<string, number>()
  const sealOf = (body: Buffer, purpose: string) => createHmac('sha256', key).update(body).update(purpose).digest().subarray(0, sealBytes)

  return {
    make: (purpose) => {
      const body = Buffer.alloc(nonceBytes + timeBytes)
      randomBytes(nonceBytes).copy(body)
      body.writeUIntBE(Date.parse(now()) + minutes * 60_000, nonceBytes, timeBytes)
      return new Uint8Array(Buffer.concat([body, sealOf(body, purpose)]))
    },
    take: (given, purpose) => {
      const bytes = Buffer.from(given, 'base64url')
      if (bytes.length !== nonceBytes + timeBytes + sealBytes) return false
      const body = bytes.subarray(0, nonceBytes + timeBytes)
      const [until, at] = [body.readUIntBE(nonceBytes, timeBytes), Date.parse(now())]
      if (!timingSafeEqual(bytes.subarray(nonceBytes + timeBytes), sealOf(body, purpose)) || until <= at || used.has(given)) return false
      for (const [one, ends] of used) if (ends <= at) used.delete(one)
      used.set(given, until)
      return true
    },
  }
}
