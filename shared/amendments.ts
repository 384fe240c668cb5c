import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Code, Instant, Language, Severity, Sha256, Uuid, Zone, isWhole, words } from './basics.ts'
import { Signed } from './keys.ts'
import { ReceiptCode } from './receipts.ts'
import { StatedPhoto, maxPhotos } from './statement.ts'
import type { Leaves, Statement } from './statement.ts'

// What an author says of a report that was sent: nothing of it is taken back, so that who relied on it can see what it said before.

/** `correction`: the words as they shall read now, and what else was wrong; `addition`: words or pictures that come to it; `withdrawal`: it was the wrong thing, and why; `restoration`: it was not, and why. */
export const AmendmentType = z.enum(['correction', 'addition', 'withdrawal', 'restoration'])
export type AmendmentType = z.infer<typeof AmendmentType>

/** How a report reads otherwise than it was filed. One whose withdrawal was taken back reads as it did before. */
export const AmendedHow = z.enum(['correction', 'addition', 'withdrawal'])
export type AmendedHow = z.infer<typeof AmendedHow>

/** By which way somebody said it: with their phone, or to a coordinator, who wrote it down. */
export const SaidBy = z.enum(['web', 'phone', 'messenger'])
export type SaidBy = z.infer<typeof SaidBy>

/** A correction starts from all that was said so far, also what was added. */
export const maxAmendedWords = 20_000
/** A report takes at most so many, and so many pictures with them. */
export const maxAmendments = 200
export const maxPhotosWithAdded = 200

/**
 * What a correction says anew besides the words. The place is said whole, since a table is one of its station, and whether one stood there is said of it. Where the phone was is measured and not said: it stays, and is held
 * against the new place.
 */
export const Corrected = z.strictObject({
  category: z.optional(Code),
  severity: z.optional(Severity),
  place: z.optional(z.strictObject({ station: z.nullable(Code), table: z.nullable(Code), atStation: z.nullable(z.boolean()) })),
  observedAt: z.optional(Instant),
}).check(z.refine((given) => Object.values(given).some((value) => value !== undefined), 'required'))
export type Corrected = z.infer<typeof Corrected>

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
  corrected: z.optional(Corrected),
}).check(
  z.refine(({ words: said, photos, corrected }) => said !== '' || photos.length > 0 || corrected !== undefined, { path: ['words'], error: 'required' }),
  z.refine(({ type, corrected }) => type === 'correction' || corrected === undefined, { path: ['corrected'], error: 'unknown_field' }),
  z.refine(({ type, photos }) => type === 'addition' || photos.length === 0, { path: ['photos'], error: 'too_many' }),
)
export type Amendment = z.infer<typeof Amendment>

/** Every field that its signature covers: each has its line in "what this sends". */
export type AmendedField = Leaves<Amendment, ''>

/** What a report says beside its words and pictures. */
export type SaidOfReport = Pick<Statement, 'category' | 'severity' | 'station' | 'table' | 'atStation'> & { observedAt: string }

export const saidOf = ({ category, severity, station, table, atStation, times: { observedAt } }: Pick<Statement, 'category' | 'severity' | 'station' | 'table' | 'atStation' | 'times'>): SaidOfReport => ({ category, severity, station, table, atStation, observedAt })

export const saidAfter = (before: SaidOfReport, corrected: Corrected | undefined): SaidOfReport =>
  ({ ...before, ...corrected?.place, category: corrected?.category ?? before.category, severity: corrected?.severity ?? before.severity, observedAt: corrected?.observedAt ?? before.observedAt })

export const SaidField = z.enum(['category', 'severity', 'station', 'table', 'atStation', 'observedAt'])
/** One thing that a correction says otherwise, before and after; null: nothing, or not told. */
export const SaidChange = z.object({ field: SaidField, from: z.nullable(z.string()), to: z.nullable(z.string()) })
export type SaidChange = z.infer<typeof SaidChange>

/** What reads otherwise after than before. Another station has other tables, whatever they are called. */
export function changesBetween(before: SaidOfReport, after: SaidOfReport): SaidChange[] {
  const text = (value: string | boolean | null): string | null => (value === null ? null : String(value))
  return SaidField.options.filter((field) => before[field] !== after[field]).map((field) => ({ field, from: text(before[field]), to: text(after[field]) }))
}

/** What of a report was corrected when it says this now; undefined where all of it reads as before. */
export function correctedIn(before: SaidOfReport, after: SaidOfReport): Corrected | undefined {
  const fields = new Set(changesBetween(before, after).map(({ field }) => field))
  const { category, severity, station, table, atStation, observedAt } = after
  if (fields.size === 0) return undefined
  return {
    ...(fields.has('category') && { category }), ...(fields.has('severity') && { severity }), ...(fields.has('observedAt') && { observedAt }),
    ...((['station', 'table', 'atStation'] as const).some((field) => fields.has(field)) && { place: { station, table, atStation } }),
  }
}

export const SentAmendment = z.strictObject({
  report: Uuid,
  id: Uuid,
  statement: z.string().check(z.minLength(2, 'required'), z.maxLength(65_536, 'too_long'), z.refine(isWhole, 'format')),
  signature: z.optional(z.string().check(z.maxLength(200, 'too_long'))),
  sentAt: Instant,
  /** What the same phone said of the report before and had a receipt for. Where headquarters lacks that, since it was restored from a backup, this is `not_found` until the phone has sent that again: what was said counts in its order. */
  after: z.optional(Uuid),
})

/** Fixed, as a report's receipt is; `number` is the report's. */
export const AmendmentReceipt = z.object({ id: Uuid, number: z.number(), receivedAt: Instant, signed: ReceiptCode })

/** One's own report alone; another's is `not_found` as an invented one. A report that was withdrawn takes nothing more but that it was not. */
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
  /** What it says otherwise than what was said before it, beside the words. */
  changes: z.array(SaidChange),
  /** What was told later, and to whom; how the report itself came stands with the report. */
  told: z.nullable(z.object({ by: z.enum(['phone', 'messenger']), to: z.object({ id: Uuid, name: z.string() }) })),
})
export type ReportVersion = z.infer<typeof ReportVersion>
