import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Language, Sha256, Uuid, Zone, isWhole, words } from './basics.ts'
import { Signed } from './keys.ts'
import { ReceiptCode } from './receipts.ts'
import { StatedPhoto, maxPhotos } from './statement.ts'
import type { Leaves } from './statement.ts'

// What an author says of a report that was sent: nothing of it is taken back, so that who relied on it can see what it said before.

/** `correction`: the words as they shall read now; `addition`: words or pictures that come to it; `withdrawal`: it was the wrong thing, and why. */
export const AmendmentType = z.enum(['correction', 'addition', 'withdrawal'])
export type AmendmentType = z.infer<typeof AmendmentType>

/** A correction starts from all that was said so far, also what was added. */
export const maxAmendedWords = 20_000
/** A report takes at most so many, and so many pictures with them. */
export const maxAmendments = 200
export const maxPhotosWithAdded = 200

/** Made and signed on the phone as the report itself is, sent as a string and kept as it came. */
export const Amendment = z.strictObject({
  v: z.literal(1),
  mission: Uuid,
  type: AmendmentType,
  id: Uuid,
  reportId: Uuid,
  author: Uuid,
  times: z.strictObject({ finishedAt: Instant, zone: Zone }),
  words: words(maxAmendedWords),
  language: Language,
  photos: z.array(StatedPhoto).check(z.maxLength(maxPhotos, 'too_many')),
}).check(
  z.refine(({ words: said, photos }) => said !== '' || photos.length > 0, { path: ['words'], error: 'required' }),
  z.refine(({ type, photos }) => type === 'addition' || photos.length === 0, { path: ['photos'], error: 'too_many' }),
)
export type Amendment = z.infer<typeof Amendment>

/** Every field that its signature covers: each has its line in "what this sends". */
export type AmendedField = Leaves<Amendment, ''>

export const SentAmendment = z.strictObject({
  report: Uuid,
  id: Uuid,
  statement: z.string().check(z.minLength(2, 'required'), z.maxLength(65_536, 'too_long'), z.refine(isWhole, 'format')),
  signature: z.optional(z.string().check(z.maxLength(200, 'too_long'))),
  sentAt: Instant,
})

/** Fixed, as a report's receipt is; `number` is the report's. */
export const AmendmentReceipt = z.object({ id: Uuid, number: z.number(), receivedAt: Instant, signed: ReceiptCode })

/** One's own report alone; another's is `not_found` as an invented one. A report that was withdrawn takes nothing more. */
export const amendReportCall = contract({ name: 'amendReport', method: 'PUT', path: '/api/reports/:report/amendments/:id', who: ['observer'], kind: 'writes', status: 201, input: SentAmendment, reply: AmendmentReceipt })

/** A report as it was filed, or what was said of it later; `sha256`: of its statement. One that was set aside changed nothing: its signature fails, or it was finished on a phone that another has replaced since. */
export const ReportVersion = z.object({
  id: Uuid,
  type: z.enum(['report', ...AmendmentType.options]),
  words: z.string(),
  language: Language,
  photos: z.number(),
  finishedAt: Instant,
  receivedAt: Instant,
  signed: Signed,
  setAsideFor: z.nullable(z.enum(['signature', 'replaced_phone'])),
  sha256: Sha256,
})
export type ReportVersion = z.infer<typeof ReportVersion>
