/** A UUID of version 7 (RFC 9562): sorts by the time it was made. `chance` holds ten random bytes. */
export function uuid7(now: number, chance: Uint8Array): string {
  const bytes = new Uint8Array(16)
  for (let byte = 0; byte < 6; byte += 1) bytes[byte] = Math.floor(now / 256 ** (5 - byte)) % 256
  bytes.set(chance.subarray(0, 10), 6)
  return written(bytes, 7)
}

/** A new id for what is made on this screen, so that sending it twice is one thing. */
export const newId = (): string => uuid7(Date.now(), chance(10))

/** The same of version 4, which tells no time: for what press or the public will see. */
export const newPublicId = (): string => written(chance(16), 4)

// Not `randomUUID`, which is only there over a secure connection.
const chance = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

function written(bytes: Uint8Array, version: 4 | 7): string {
  bytes[6] = (version << 4) | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
