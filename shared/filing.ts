import * as z from 'zod/mini'
import { Code, Instant, Language, Severity, Uuid, words } from './basics.ts'
import { AmendmentReceipt, AmendmentType, Corrected, maxAmendedWords } from './amendments.ts'
import { contract } from './contract.ts'
import { Receipt, maxWords } from './reports.ts'
import { desk } from './roles.ts'

/** By which way an observer told a coordinator what is filed for them. */
export const ToldBy = z.enum(['phone', 'messenger'])
export type ToldBy = z.infer<typeof ToldBy>

/** Observers for the desk, to call them back and to file for them: the only list with telephones beside the leads' own. */
export const ObserverLine = z.object({ id: Uuid, name: z.string(), number: z.nullable(z.number()), organisation: z.nullable(Code), telephone: z.nullable(z.string()) })
export type ObserverLine = z.infer<typeof ObserverLine>

export const listObserversCall = contract({ name: 'listObservers', method: 'GET', path: '/api/observers', who: desk, kind: 'reads', input: z.strictObject({}), reply: z.object({ observers: z.array(ObserverLine) }) })

/** What the part `report` of a form holds: a report that somebody told. Its pictures come as parts `photos`. */
export const ToldReport = z.strictObject({
  id: Uuid,
  author: Uuid,
  channel: ToldBy,
  category: Code,
  severity: Severity,
  station: z.nullable(Code),
  table: z.nullable(Code),
  /** The observer was at the place that it is about; null where that was not told. */
  atStation: z.nullable(z.boolean()),
  observedAt: Instant,
  words: words(maxWords),
  language: Language,
})
export type ToldReport = z.infer<typeof ToldReport>

/** Files for someone else: shown as such, unsigned, and both count as author. The same id with the same content gives the same receipt. */
export const fileForCall = contract({ name: 'fileFor', method: 'POST', path: '/api/told-reports', who: desk, kind: 'writes', status: 201, carries: 'report', input: ToldReport, reply: Receipt })

/** What the part `report` of a form holds: what somebody told of a report that is here. Pictures that come to it come as parts `photos`. */
export const ToldAmendment = z.strictObject({
  id: Uuid,
  report: Uuid,
  channel: ToldBy,
  type: AmendmentType,
  toldAt: Instant,
  words: words(maxAmendedWords),
  language: Language,
  corrected: z.optional(Corrected),
  /** What was last said of the report when this was written, else the report itself. Where something that counts was said since, the answer is `conflict`, so that a correction does not put back what its writer has not read. */
  of: z.optional(Uuid),
})
export type ToldAmendment = z.infer<typeof ToldAmendment>

/** Corrects, adds to, withdraws or restores a report for its author: shown as such and unsigned, and whoever wrote it down judges the report no more. */
export const amendForCall = contract({ name: 'amendFor', method: 'POST', path: '/api/told-amendments', who: desk, kind: 'writes', status: 201, carries: 'report', input: ToldAmendment, reply: AmendmentReceipt })
