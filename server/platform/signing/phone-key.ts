import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

const verifyAside = promisify(verify)

/** How every SPKI of an uncompressed P-256 point begins; 64 bytes of the point follow. */
const beginning = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')

const mostRead = 5_000
const keysRead = new Map<string, KeyObject>()

/** Reading a key costs as much as looking at a signature, and a phone signs every report with the same. */
function spkiOf(publicKey: string): KeyObject {
  const read = keysRead.get(publicKey) ?? createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
  if (keysRead.size >= mostRead) keysRead.clear()
  keysRead.set(publicKey, read)
  return read
}

/** Whether this is a phone's public key: P-256, written the one way in which a browser exports it, a point of the curve. */
export function isPhoneKey(publicKey: string): boolean {
  const bytes = Buffer.from(publicKey, 'base64url')
  if (bytes.length !== beginning.length + 64 || !bytes.subarray(0, beginning.length).equals(beginning) || bytes.toString('base64url') !== publicKey) return false
  try {
    return spkiOf(publicKey).asymmetricKeyDetails?.namedCurve === 'prime256v1'
  } catch {
    return false
  }
}

const bytesOf = (signature: string): Buffer | null => {
  const bytes = Buffer.from(signature, 'base64url')
  return bytes.length === 64 && bytes.toString('base64url') === signature ? bytes : null
}

/** Whether a phone's key signed these words (ECDSA P-256 with SHA-256, IEEE P1363, base64url). Whatever else came as a signature does not, and a key that cannot be read any more signed nothing. */
export function isSignedBy(publicKey: string, words: string, signature: string): boolean {
  const bytes = bytesOf(signature)
  try {
    return bytes !== null && verify('sha256', Buffer.from(words, 'utf8'), { key: spkiOf(publicKey), dsaEncoding: 'ieee-p1363' }, bytes)
  } catch {
    return false
  }
}

/** The same beside the thread that everything else waits for. */
export async function isSignedByAside(publicKey: string, words: string, signature: string): Promise<boolean> {
  const bytes = bytesOf(signature)
  try {
    return bytes !== null && (await verifyAside('sha256', Buffer.from(words, 'utf8'), { key: spkiOf(publicKey), dsaEncoding: 'ieee-p1363' }, bytes))
  } catch {
    return false
  }
}
