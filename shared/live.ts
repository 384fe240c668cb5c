import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Done, Instant, Uuid } from './basics.ts'
import { LeadNotice } from './people.ts'
import { ReportLine, filterFields } from './reports.ts'
import { ReleasedPicture, mostOnWall, wallFields } from './press.ts'
import { desk, everyone } from './roles.ts'

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

/** A screen that follows the journal hears so often at least. */
export const presenceMilliseconds = 15_000

const desks = {
  here: z._default(z.array(z.object({ id: Uuid, name: z.string() })), []),
  earlier: z._default(z.array(z.object({ id: Uuid, name: z.string(), at: Instant })), []),
}

/** Sent so often: up to which moment and number this connection is complete, and which coordinators are here, or were within half a day. */
export const Presence = z.object({ number: z.number(), at: Instant, reports: z.nullable(z.number()), ...desks })
export type Presence = z.infer<typeof Presence>

const since = z.coerce.number().check(z.int(), z.gte(0))

/** The same as over the socket, for where sockets are blocked: everything after `since` that this person may know, at most 500 things a page. A desk that goes on asking is here. */
export const changesCall = contract({
  name: 'changes', method: 'GET', path: '/api/live/changes', who: everyone, kind: 'reads', input: z.strictObject({ since }),
  reply: z.object({ number: z.number(), at: Instant, things: z.array(LiveThing), more: z.boolean(), reports: z.nullable(z.number()), ...desks }),
})

export const Covered = z.object({ count: z.number(), digest: z.string() })

/** What a screen that follows the journal asks beside: whether anything came after `since` that it may know, and count and digest of the set that it covers at `number`. */
const Held = z.object({
  number: z.number(),
  at: Instant,
  /** Something was told after `since`: the screen is behind, and cannot compare. */
  isAhead: z.boolean(),
  /** Null where more belongs to the set than a screen holds. */
  held: z.nullable(Covered),
})
export type Held = z.infer<typeof Held>

/** The reports of a filter, for the room. */
export const heldReportsCall = contract({ name: 'heldReports', method: 'GET', path: '/api/live/held/reports', who: desk, kind: 'reads', input: z.strictObject({ since, ...filterFields }), reply: Held })

/** The first releases that a search finds, as many as this wall shows of it. */
export const heldReleasesCall = contract({ name: 'heldReleases', method: 'GET', path: '/api/live/held/releases', who: ['press', ...desk], kind: 'reads', input: z.strictObject({ since, ...wallFields, first: z.coerce.number().check(z.int(), z.gte(0), z.lte(mostOnWall)) }), reply: Held })

/** A screen that held another set than headquarters tells so, and loads anew. For the operator: nothing of who, and nothing of what. */
export const screenFaultCall = contract({
  name: 'screenFault', method: 'PUT', path: '/api/live/faults/:id', who: ['press', ...desk], kind: 'writes',
  input: z.strictObject({ id: Uuid, screen: z.enum(['room', 'wall']), number: z.number().check(z.int(), z.gte(0)), held: z.number().check(z.int(), z.gte(0)), shown: z.number().check(z.int(), z.gte(0)) }), reply: Done,
})

export const livePath = '/api/live/socket'
export const pageOfThings = 500
