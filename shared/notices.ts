import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { AmendmentType } from './amendments.ts'
import { Done, Instant, Texts, Uuid, nothing } from './basics.ts'
import type { Role } from './roles.ts'
import { desk } from './roles.ts'

/**
 * What is told to those who relied on something, and stands on top of their desk until they confirm it. Of pictures that left (AP, Statement of News Values): a correction (wrong, right, new file), wait,
 * use it again, kill. For the desk alone: a report was opened again, was decided otherwise while press has a picture of it, the journal was exported.
 */
export const NoticeKind = z.enum(['correction', 'withhold', 'lifted', 'kill', 'reopened', 'decided_otherwise', 'exported'])
export type NoticeKind = z.infer<typeof NoticeKind>

/** The reason of `decided_otherwise` where the report was verified again, and says something else now than its picture. */
export const saysOtherwise = 'says_otherwise'

/** Those that go to press. */
export const pressNotices: readonly NoticeKind[] = ['correction', 'withhold', 'lifted', 'kill']

/** For press without the report and without who said it. */
export const Notice = z.object({
  id: Uuid,
  kind: NoticeKind,
  at: Instant,
  /** Of an export what went out: `csv`, `csv_part` where a filter held, `jsonl`; of one decided otherwise `says_otherwise`, or nothing. */
  reason: z.nullable(z.string()),
  wrong: z.nullable(z.string()),
  right: z.nullable(z.string()),
  /** The picture in words; `stands`: it can still be had. */
  picture: z.nullable(z.object({ id: Uuid, captions: Texts, alternatives: Texts, stands: z.boolean() })),
  report: z.nullable(z.object({ id: Uuid, number: z.number() })),
  by: z.nullable(z.string()),
  /** Of a report that was opened again, withdrawn or taken back into work: what its author said of it. */
  amended: z.nullable(AmendmentType),
})
export type Notice = z.infer<typeof Notice>

const pressAndDesk: readonly Role[] = ['press', ...desk]

/** One's own that are not confirmed yet, in the order in which they have to be read, a kill first; what a later one of the same picture makes void is not among them. */
export const noticesCall = contract({ name: 'notices', method: 'GET', path: '/api/notices', who: pressAndDesk, kind: 'reads', input: nothing, reply: z.object({ notices: z.array(Notice) }) })

/** With it those that it made void. */
export const confirmNoticeCall = contract({ name: 'confirmNotice', method: 'PUT', path: '/api/notices/:id/confirmed', who: pressAndDesk, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Done })
