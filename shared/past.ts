import * as z from 'zod/mini'
import { AmendedHow } from './amendments.ts'
import { Severity } from './basics.ts'
import { Signed } from './keys.ts'
import { Channel } from './reports.ts'
import { ReportStatus } from './verification.ts'

// What the past is folded from: the columns of the journal's facts that the room's lines are made of. Whatever else a fact holds is left out.

const text = z.nullable(z.string())
const figure = z.nullable(z.number())
export const PastReport = z.object({
  id: z.string(), number: z.number(), author: z.string(), category: z.string(), severity: Severity, status: ReportStatus, station: text, tableCode: text, department: text, latitude: figure, longitude: figure,
  words: z.string(), observedAt: z.string(), receivedAt: z.string(), seenAt: text, claimedBy: text, claimedUntil: text, awaitsSecond: z.number(), round: z.number(), photoCount: z.number(),
  signed: z._default(Signed, 'unsigned'), channel: z._default(Channel, 'web'),
  /** Facts of an earlier version do not name it. */
  quarantined: z._default(z.number(), 0),
  amendedHow: z._default(z.nullable(AmendedHow), null), amendedAt: z._default(text, null),
})
export type PastReport = z.infer<typeof PastReport>
export const PastPhoto = z.object({ report: z.string(), sha256: z.string(), place: z.number(), state: z.string(), previewAt: text, receivedAt: text })
export type PastPhoto = z.infer<typeof PastPhoto>
export const PastVerdict = z.object({ id: z.string(), report: z.string(), round: z.number() })
export type PastVerdict = z.infer<typeof PastVerdict>
export const PastRelease = z.object({ id: z.string(), report: z.string(), retractedAt: text })
export type PastRelease = z.infer<typeof PastRelease>
export const PastNote = z.object({ id: z.string(), report: z.string(), struckAt: text })
export type PastNote = z.infer<typeof PastNote>

// A row is parsed once all that is said of it is put together.
const Row = z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null)
const Rows = z.record(z.string(), z.array(Row))
export const PastBody = z.object({ data: z.object({ put: z.optional(Rows), set: z.optional(Rows) }) })
