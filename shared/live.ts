import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Uuid } from './basics.ts'
import { LeadNotice } from './people.ts'
import { ReportLine } from './reports.ts'
import { ReleasedPicture } from './press.ts'
import { everyone } from './roles.ts'

/** A whole thing as it is now; the screen upserts it by kind and id. */
export const LiveThing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('report'), id: Uuid, thing: ReportLine }),
  z.object({ kind: z.literal('release'), id: Uuid, thing: ReleasedPicture }),
  z.object({ kind: z.literal('release_gone'), id: Uuid }),
  z.object({ kind: z.literal('people'), id: Uuid }),
  z.object({ kind: z.literal('mission'), id: Uuid }),
  z.extend(LeadNotice, { kind: z.literal('notice') }),
  /** Something that whoever relied on a thing has to confirm; what it says is asked for, since it depends on who asks. */
  z.object({ kind: z.literal('notices'), id: Uuid }),
])
export type LiveThing = z.infer<typeof LiveThing>

/** `number`: the journal up to which this is complete; `previous`: the last number sent on this connection, so that a gap is told from a secret. */
export const Changed = z.object({ number: z.number(), previous: z.number(), at: Instant, things: z.array(LiveThing) })
export type Changed = z.infer<typeof Changed>

/** Sent every 15 seconds: up to which moment and number this connection is complete, and which coordinators are here. */
export const Presence = z.object({ number: z.number(), at: Instant, reports: z.nullable(z.number()), here: z.array(z.object({ id: Uuid, name: z.string() })) })
export type Presence = z.infer<typeof Presence>

/** The same as over the socket, for where sockets are blocked: everything after `since` that this person may know, at most 500 things a page. */
export const changesCall = contract({
  name: 'changes', method: 'GET', path: '/api/live/changes', who: everyone, kind: 'reads', input: z.strictObject({ since: z.coerce.number().check(z.int(), z.gte(0)) }),
  reply: z.object({ number: z.number(), at: Instant, things: z.array(LiveThing), more: z.boolean(), reports: z.nullable(z.number()) }),
})

export const livePath = '/api/live/socket'
export const pageOfThings = 500
