/** A UUID of version 7 (RFC 9562): sorts by the time it was made. `chance` holds ten random bytes. */
export function uuid7(now: number, chance: Uint8Array): string {
  const bytes = new Uint8Array(16)
  for (let byte = 0; byte < 6; byte += 1) bytes[byte] = Math.floor(now / 256 ** (5 - byte)) % 256
  bytes.set(chance.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const newId = (): string => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
