import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../../shared/problem.ts'

/** N = 2^17, r = 8, p = 1 (OWASP): 128 MiB and most of a second each. */
const strength = { power: 17, blockSize: 8, parallel: 1 }
const mostAtOnce = 2
const mostWaiting = 40
const keyBytes = 32

/** What turns passphrases into what may be kept, and compares. At most two at a time: each takes a thread of the pool that the database and the files share. */
export type Passphrases = {
  hash: (passphrase: string) => Promise<string>
  /** Takes as long where there is nothing to compare with: an account that does not exist is not told from one that does. */
  matches: (passphrase: string, kept: string | null) => Promise<boolean>
  /** How many were worked out since the start. */
  runs: () => number
}

export function openPassphrases(): Passphrases {
  let running = 0
  let runs = 0
  const waiting: (() => void)[] = []

  async function derive(passphrase: string, salt: Buffer, { power, blockSize, parallel }: typeof strength): Promise<Buffer> {
    if (waiting.length >= mostWaiting) throw new Problem('slow_down', { retryAfterSeconds: 20 })
    // Who waits takes over the place of who has finished, so that nobody slips in between.
    if (running >= mostAtOnce) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    runs += 1
    try {
      const cost = 2 ** power
      // Node's own limit of memory is below what this takes.
      return await new Promise((done, fail) => scrypt(passphrase.normalize('NFKC'), salt, keyBytes, { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize }, (error, key) => (error ? fail(error) : done(key))))
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: async (passphrase) => {
      const salt = randomBytes(16)
      return ['scrypt', strength.power, strength.blockSize, strength.parallel, salt.toString('base64url'), (await derive(passphrase, salt, strength)).toString('base64url')].join('$')
    },
    matches: async (passphrase, kept) => {
      const [, power, blockSize, parallel, salt = '', key = ''] = (kept ?? '').split('$')
      const found = await derive(passphrase, Buffer.from(salt, 'base64url'), kept === null ? strength : { power: Number(power), blockSize: Number(blockSize), parallel: Number(parallel) })
      const expected = Buffer.from(key, 'base64url')
      return expected.length === found.length && timingSafeEqual(expected, found)
    },
    runs: () => runs,
  }
}

let common: Set<string> | null = null

/** Whether this is one of the 49,000 most used, whatever its case. */
export async function isCommon(passphrase: string): Promise<boolean> {
  if (!common) {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    common = new Set(dictionary['passwords-common'].map(String))
  }
  return common.has(passphrase.toLowerCase())
}
