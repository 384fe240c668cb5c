import * as z from 'zod/mini'
import { AmendmentReceipt, SentAmendment } from './amendments.ts'
import { Sha256, Uuid, nothing } from './basics.ts'
import { contract } from './contract.ts'
import { maxPhotos } from './photos.ts'
import { FiledReport, Receipt } from './reports.ts'
import { desk } from './roles.ts'

// A sealed file: everything that a phone could not send, for any messenger or stick to carry. Only its mission opens it.
//
// It begins with `sealedBeginning` and the public key of a pair that was made for this file alone (65 bytes: an uncompressed point of P-256). Its secret with the mission's key, by
// HKDF-SHA256 with both points as salt, gives the key of AES-256-GCM. Pieces of `sealedPiece` bytes follow, each with its tag of 16; their nonces are their number (11 bytes, big-endian) and a 1 on the last, so
// that pieces cannot be left out, turned round or cut off. What is inside begins with one line of JSON (`Sealed`), and the originals follow in the order in which it names them.

export const sealedBeginning = 'veedor1\n'
export const pointBytes = 65
export const sealedPiece = 1 << 20
export const tagBytes = 16
export const sealingInfo = 'veedor: sealed file 1'

/** The name ends so that it is told from a picture, whatever a messenger makes of it. */
export const sealedEnding = '.veedor'

/** An uncompressed point of P-256, base64url. */
export const Point = z.string().check(z.regex(/^B[A-Za-z0-9_-]{86}$/, 'format'))

const stated = {
  id: Uuid,
  statement: z.string().check(z.maxLength(65_536)),
  signature: z.optional(z.string().check(z.maxLength(200))),
  photos: z.array(z.strictObject({ sha256: Sha256, sizeBytes: z.number().check(z.int(), z.gte(1)) })).check(z.maxLength(maxPhotos)),
}

/** What stands in the first line inside: reports, and what was said later of these or of others, each in the order in which it was made. Files of an earlier version hold reports alone. */
export const Sealed = z.strictObject({
  v: z.literal(1),
  mission: Uuid,
  reports: z.array(z.strictObject(stated)).check(z.maxLength(1000)),
  amendments: z._default(z.array(z.strictObject({ report: Uuid, ...stated })).check(z.maxLength(1000)), []),
})
export type Sealed = z.infer<typeof Sealed>

/** What a phone seals its files to. It is kept there from the first word on, since it is needed when nothing more can be asked. */
export const sealKeyCall = contract({ name: 'sealKey', method: 'GET', path: '/api/seal-key', who: ['observer'], kind: 'reads', input: nothing, reply: z.object({ sealedTo: Point }) })

/** The key of one sealed file, from the public key at its beginning. */
export const openSealedCall = contract({
  name: 'openSealed', method: 'POST', path: '/api/sealed-files/open', who: desk, kind: 'reads', input: z.strictObject({ made: Point }), reply: z.object({ key: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'format')) }),
})

/**
 * Brings a report that a phone signed, out of a sealed file, as if the phone had sent it; originals come as parts `photos`, one at a time or together. Whoever sends it again, also the phone, is answered by the same receipt. One
 * that no phone of its author signed is not taken.
 */
export const carryReportCall = contract({ name: 'carryReport', method: 'POST', path: '/api/carried-reports', who: desk, kind: 'writes', status: 201, carries: 'report', input: FiledReport, reply: Receipt })

/** The same of what a report's author said of it later, once the report itself is there. */
export const carryAmendmentCall = contract({ name: 'carryAmendment', method: 'POST', path: '/api/carried-amendments', who: desk, kind: 'writes', status: 201, carries: 'report', input: SentAmendment, reply: AmendmentReceipt })

/** Whose report a statement says that it is; null where it says nothing that can be read. The statement itself is looked at where it is kept. */
export function authorOf(statement: string): string | null {
  try {
    return z.object({ author: Uuid }).parse(JSON.parse(statement)).author
  } catch {
    return null
  }
}
