import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** UUID version 7 (RFC 9562): 48 bits of milliseconds, then chance. Sorts by time; for what the server files. */
export function uuid7(at: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** UUID version 4: chance alone, for what press or public sees. */
export const publicId = (): string => randomUUID()

/** A secret of 256 bits for links, cookies and tickets. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** How links, cookies and short codes are kept: their SHA-256 alone. They hold 256 bits of chance, a code 60, so no slow hash is needed. */
export const tokenHash = (token: string): string => sha256(token)

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
