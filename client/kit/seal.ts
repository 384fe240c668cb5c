import { pointBytes, sealedBeginning, sealedPiece, sealingInfo, tagBytes } from '../../shared/sealed.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
const beginning = new TextEncoder().encode(sealedBeginning)

/** Seals what is given to the holder of a public key; nobody else opens it, and this phone neither. A piece at a time, so that it never stands in memory as a whole. */
export async function seal(inside: Blob, sealedTo: string): Promise<Blob> {
  const to = fromBase64url(sealedTo)
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const made = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: await crypto.subtle.importKey('raw', to, curve, false, []) }, privateKey, 256)
  const salt = new Uint8Array([...made, ...to])
  const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(sealingInfo) }, await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']), { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const sealed: Blob[] = [new Blob([beginning, made])]
  const pieces = Math.max(1, Math.ceil(inside.size / sealedPiece))
  for (let at = 0; at < pieces; at++) {
    const piece = await inside.slice(at * sealedPiece, (at + 1) * sealedPiece).arrayBuffer()
    sealed.push(new Blob([await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce(at, at === pieces - 1) }, key, piece)]))
  }
  return new Blob(sealed)
}

/** The public key that a sealed file was made with; null for a file that is none. */
export async function madeWith(file: Blob): Promise<string | null> {
  const start = new Uint8Array(await file.slice(0, beginning.length + pointBytes).arrayBuffer())
  if (start.length < beginning.length + pointBytes || beginning.some((byte, at) => start[at] !== byte)) return null
  return base64url(start.subarray(beginning.length))
}

/** What is in a sealed file, with its key; `shut` where the key opens nothing of it, `damaged` where it opens the beginning, and further on a byte is another or a part is missing. */
export async function unseal(file: Blob, key: string): Promise<Blob | 'shut' | 'damaged'> {
  const secret = await crypto.subtle.importKey('raw', fromBase64url(key), 'AES-GCM', false, ['decrypt'])
  const inside: Blob[] = []
  const from = beginning.length + pointBytes
  const pieces = Math.max(1, Math.ceil((file.size - from) / (sealedPiece + tagBytes)))
  for (let at = 0; at < pieces; at++) {
    const piece = await file.slice(from + at * (sealedPiece + tagBytes), from + (at + 1) * (sealedPiece + tagBytes)).arrayBuffer()
    try {
      inside.push(new Blob([await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce(at, at === pieces - 1) }, secret, piece)]))
    } catch {
      return at === 0 ? 'shut' : 'damaged'
    }
  }
  return new Blob(inside)
}

/** Never the same twice under a key, which is one file's alone; the last says that it is the last. */
function nonce(at: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12)
  new DataView(bytes.buffer).setUint32(7, at)
  bytes[11] = isLast ? 1 : 0
  return bytes
}

const base64url = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const fromBase64url = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
