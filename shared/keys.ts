import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Uuid } from './basics.ts'

/** A phone's public key: SPKI of ECDSA P-256 (91 bytes), base64url without padding. */
export const PublicKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{122}$/, 'format'))
export type PublicKey = z.infer<typeof PublicKey>

/** A signature over a statement's UTF-8: r and s of 32 bytes each (IEEE P1363), base64url. What is longer or other is kept as it came, and fails. */
export const signatureLength = 86

/** The first key of a session, and no other: sent again it is the same answer, another key is a `conflict`. */
export const registerKeyCall = contract({
  name: 'registerKey', method: 'PUT', path: '/api/my/key', who: ['observer'], kind: 'writes',
  input: z.strictObject({ publicKey: PublicKey }), reply: z.object({ id: Uuid, madeAt: Instant }),
})

/** Whether a report is by the phone that its author joined with: signed by it, without a signature, or with one that fails. */
export const Signed = z.enum(['unsigned', 'signed', 'fails'])
export type Signed = z.infer<typeof Signed>
