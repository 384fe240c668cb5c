import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

// A passkey in software, as a browser and its authenticator answer (WebAuthn level 3, attestation `none`, ES256): for doors that a real browser cannot be made to knock at wrongly.

type Options = { options: { challenge: string; [field: string]: unknown } }
export type Answers = { origin: string; host: string; verified?: boolean; type?: string }

const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Buffer): string => bytes.toString('base64url')

/** Heads and short strings of CBOR: all that is needed here. */
const head = (major: number, value: number): Buffer => (value < 24 ? Buffer.from([(major << 5) | value]) : value < 256 ? Buffer.from([(major << 5) | 24, value]) : Buffer.from([(major << 5) | 25, value >> 8, value & 255]))
const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytesOf = (bytes: Buffer): Buffer => Buffer.concat([head(2, bytes.length), bytes])
const textOf = (text: string): Buffer => Buffer.concat([head(3, text.length), Buffer.from(text)])
const mapOf = (pairs: [Buffer, Buffer][]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

export function newAuthenticator() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  let counter = 0

  const clientData = (type: string, { options: { challenge } }: Options, { origin }: Answers): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  function authenticatorData({ host, verified = true }: Answers, flags: number, more: Buffer = Buffer.alloc(0)): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE((counter += 1))
    return Buffer.concat([sha256(host), Buffer.from([0x01 | (verified ? 0x04 : 0) | flags]), count, more])
  }

  return {
    id: base64url(id),
    make: (asked: Options, answers: Answers) => {
      const key = mapOf([[integer(1), integer(2)], [integer(3), integer(-7)], [integer(-1), integer(1)], [integer(-2), bytesOf(Buffer.from(x, 'base64url'))], [integer(-3), bytesOf(Buffer.from(y, 'base64url'))]])
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const attestation = mapOf([[textOf('fmt'), textOf('none')], [textOf('attStmt'), mapOf([])], [textOf('authData'), bytesOf(authenticatorData(answers, 0x40, credential))]])
      return { id: base64url(id), rawId: base64url(id), type: 'public-key' as const, clientExtensionResults: {}, response: { clientDataJSON: base64url(clientData(answers.type ?? 'webauthn.create', asked, answers)), attestationObject: base64url(attestation), transports: ['internal'] } }
    },
    use: (asked: Options, answers: Answers) => {
      const [client, data] = [clientData(answers.type ?? 'webauthn.get', asked, answers), authenticatorData(answers, 0)]
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return { id: base64url(id), rawId: base64url(id), type: 'public-key' as const, clientExtensionResults: {}, response: { clientDataJSON: base64url(client), authenticatorData: base64url(data), signature: base64url(signature), userHandle: null } }
    },
  }
}
