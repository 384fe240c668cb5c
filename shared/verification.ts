import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Done, Instant, Uuid, someWords, words } from './basics.ts'
import { Stood } from './made-anew.ts'
import { desk } from './roles.ts'

export const ReportStatus = z.enum(['received', 'in_review', 'verified', 'not_confirmed', 'false', 'duplicate', 'withdrawn', 'set_aside'])
export type ReportStatus = z.infer<typeof ReportStatus>

export const Outcome = z.enum(['verified', 'not_confirmed', 'false', 'duplicate'])
export type Outcome = z.infer<typeof Outcome>

/** What a verdict rests on: evidence that agrees, and reasons for doubt. After the Berkeley Protocol (OHCHR, 2022) and the Verification Handbook (EJC, 2014). */
export const VerdictReason = z.enum([
  'original_seen', 'place_agrees', 'time_agrees', 'observer_called', 'two_sources', 'matches_pictures', 'document',
  'place_differs', 'time_differs', 'old_picture', 'hearsay', 'unclear', 'explained_by_rule', 'unreachable', 'edited',
])
export type VerdictReason = z.infer<typeof VerdictReason>

/** What this person may do with a report next, computed by the rules that guard the actions. */
export const May = z.enum(['claim', 'hand_back', 'change', 'verdict', 'release', 'retract', 'reopen', 'take_up'])
export type May = z.infer<typeof May>

export const claimMinutes = 10

export const Claim = z.object({ by: Uuid, name: z.string(), until: Instant })
export type Claim = z.infer<typeof Claim>

/** A verdict that this person may know: one's own, or one of a round that is closed. */
export const Verdict = z.object({
  id: Uuid,
  round: z.number(),
  by: Uuid,
  name: z.string(),
  outcome: Outcome,
  reasons: z.array(VerdictReason),
  words: z.string(),
  givenAt: Instant,
})
export type Verdict = z.infer<typeof Verdict>

/** Takes the report for ten minutes, or renews one's own claim. `conflict` when someone else holds it. */
export const claimReportCall = contract({ name: 'claimReport', method: 'PUT', path: '/api/reports/:id/claim', who: desk, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Claim })

export const handBackReportCall = contract({ name: 'handBackReport', method: 'DELETE', path: '/api/reports/:id/claim', who: desk, kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid }), reply: Done })

/** Made within a call that may be left out: a phone, which gives none, does not load it. */
export const GivenVerdict = /* @__PURE__ */ (() => z.strictObject({
  id: Uuid,
  verdict: Uuid,
  outcome: Outcome,
  reasons: z.array(VerdictReason).check(z.minLength(1, 'required'), z.maxLength(15, 'too_many')),
  words: words(2000),
  duplicateOf: z.nullable(Uuid),
  /** What was last said of the report when it was judged, else the report itself. Where something that counts was said since, the answer is `conflict`, so that nobody judges what they have not read. */
  of: z.optional(Uuid),
  /** What the desk had made of it when it was judged. Where somebody changed that since, the answer is `conflict` too. */
  was: z.optional(Stood),
}).check(z.refine((given) => (given.outcome === 'duplicate') === (given.duplicateOf !== null), { path: ['duplicateOf'], error: 'required' })))()
export type GivenVerdict = z.infer<typeof GivenVerdict>

/** Needs one's own live claim. Verdict's id is made on the desk, so it can be sent twice. */
export const giveVerdictCall = contract({
  name: 'giveVerdict', method: 'PUT', path: '/api/reports/:id/verdicts/:verdict', who: desk, kind: 'writes', status: 201, input: GivenVerdict,
  reply: z.object({ id: Uuid, status: ReportStatus, awaitsSecond: z.boolean() }),
})

/**
 * Opens a decided report again, for a reason: the next round begins, the verdicts before stay and are shown. Who relied on it is told, and what press has of it waits.
 * `round`: the one that is doubted, so that two who doubt it at once, or one who asks twice, open one.
 */
export const reopenCall = contract({
  name: 'reopen', method: 'POST', path: '/api/reports/:id/rounds', who: desk, kind: 'writes', input: z.strictObject({ id: Uuid, round: z.number().check(z.int(), z.gte(1)), reason: someWords(500) }),
  reply: z.object({ id: Uuid, round: z.number() }),
})

/** Takes a report that was set aside into work, knowingly and with a reason. */
export const takeUpReportCall = contract({ name: 'takeUpReport', method: 'POST', path: '/api/reports/:id/taken-up', who: desk, kind: 'writes', input: z.strictObject({ id: Uuid, reason: someWords(500) }), reply: Done })

/** Facts of verdicts that leave their round open: that one was given is known to all, everything else of it to its giver alone. */
export const blindFacts: readonly string[] = ['verdict.first_given', 'verdict.second_given']
