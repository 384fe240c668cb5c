import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Sha256, Uuid, nothing, pageLimit, words } from './basics.ts'
import { HistoryLine } from './reports.ts'

/** What facts are about, by the first part of their kinds. */
export const FactGroup = z.enum(['report', 'photo', 'verdict', 'release', 'notice', 'person', 'mission', 'register', 'other'])
export type FactGroup = z.infer<typeof FactGroup>

/** `person`: who did it or whom it is about; `thing`: a report by its number (`R-4812`) or anything by its id; times are the server's. All of it stands in the address. */
export const auditFields = {
  group: z.optional(FactGroup),
  person: z.optional(Uuid),
  thing: z.optional(words(60)),
  from: z.optional(Instant),
  until: z.optional(Instant),
}

/** A fact as a line: who did what to which things, and what it says besides. Of an open first verdict only that one was given, as everywhere. */
export const AuditFact = z.object({
  number: z.number(),
  at: Instant,
  kind: z.string(),
  by: HistoryLine.shape.by,
  /** With a report's number, a person's name; null where a thing has no name of its own. */
  things: z.array(z.object({ type: z.string(), id: z.string(), label: z.nullable(z.string()) })),
  said: z.array(z.object({ field: z.string(), value: z.string() })),
})
export type AuditFact = z.infer<typeof AuditFact>

/** The journal, newest fact first; `before`: the last page's `next`. */
export const auditCall = contract({
  name: 'audit', method: 'GET', path: '/api/audit', who: ['lead'], kind: 'reads', input: z.strictObject({ ...auditFields, before: z.optional(z.coerce.number().check(z.int(), z.gte(1))), limit: pageLimit }),
  reply: z.object({ number: z.number(), facts: z.array(AuditFact), next: z.nullable(z.number()) }),
})

/** The chain's head, which stands for the whole journal up to it: as a hash, and as 24 words (BIP 39) that can be read aloud, in both languages. `anchor`: the line that `verify -- --anchor` reads. */
export const ChainHead = z.object({ mission: Uuid, number: z.number(), at: Instant, chain: Sha256, words: z.object({ en: z.array(z.string()), es: z.array(z.string()) }), anchor: z.string() })
export type ChainHead = z.infer<typeof ChainHead>
export const chainHeadCall = contract({ name: 'chainHead', method: 'GET', path: '/api/audit/head', who: ['lead'], kind: 'reads', input: nothing, reply: ChainHead })

/** csv: the lines of a filter, for a spreadsheet; jsonl: every fact with its leaf and chain, so that anybody can check them. An export is a fact that every other coordinator is told. */
export const ExportFormat = z.enum(['csv', 'jsonl'])
export type ExportFormat = z.infer<typeof ExportFormat>
export const exportAuditCall = contract({
  name: 'exportAudit', method: 'POST', path: '/api/audit/exports', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ ...auditFields, format: ExportFormat }),
  reply: z.object({ address: z.string(), fileName: z.string() }),
})
export const auditFileCall = contract({ name: 'auditFile', method: 'GET', path: '/api/audit/exports/:ticket', who: ['lead'], kind: 'reads', answers: 'file', input: z.strictObject({ ticket: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'format')) }), reply: nothing })
