import { generateKeyPairSync, sign } from 'node:crypto'

export type PhoneKey = { publicKey: string; sign: (words: string) => string }

/** A key as a phone makes it, for observers who have no phone. */
export function makePhoneKey(): PhoneKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
    sign: (words) => sign('sha256', Buffer.from(words, 'utf8'), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
}
