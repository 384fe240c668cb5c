import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { hasMoved } from '../../../shared/made-anew.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import { Outcome, ReportStatus, VerdictReason, blindFacts } from '../../../shared/verification.ts'
import type { Claim, May, Verdict, claimReportCall, giveVerdictCall, handBackReportCall, reopenCall, takeUpReportCall } from '../../../shared/verification.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Engine } from '../../platform/journal/engine.ts'
import type { Subject, Work } from '../../platform/journal/work.ts'
import { getMission } from '../mission/actions.ts'
import { tellDecision, tellReopening } from '../notices/actions.ts'
import { claimHolder, claimUntil, closesRound, isWorthRenewing, lacksJudge, mayOf, whyNotClaim, whyNotDuplicate, whyNotNote, whyNotRelease, whyNotReopen, whyNotTakeUp, whyNotVerdict } from './rules.ts'
import type { Asked, CheckedReport } from './rules.ts'
import * as store from './store.ts'
import type { VerdictRow } from './tables.ts'

const subject = (id: string): Subject => ({ type: 'report', id })

/** Everything that the rules look at. @throws not_found */
async function ask(tx: Tx, id: string, actor: { id: string }, now: string) {
  const report = await getChecked(tx, id)
  return { actor: await store.getPerson(tx, actor.id), report, verdicts: await store.verdictsOn(tx, id), rules: (await getMission(tx)).rules, now } satisfies Asked
}

async function getChecked(tx: Tx, id: string): Promise<CheckedReport> {
  const report = await store.findChecked(tx, id)
  if (!report) throw new Problem('not_found')
  return report
}

/** Takes a report for ten minutes, or renews one's own claim; it is in review from the first claim on. */
export async function claimReport({ id }: InputOf<typeof claimReportCall>, { tx, actor, now, record }: Work): Promise<Claim> {
  const asked = await ask(tx, id, actor, now)
  const problem = whyNotClaim(asked)
  if (problem) throw problem
  const own = claimHolder(asked.report, now) === actor.id ? asked.report.claimedUntil : null
  const claim = { by: actor.id, name: asked.actor.name }
  if (own !== null && !isWorthRenewing(own, now)) return { ...claim, until: own }
  const until = claimUntil(now)
  await record(own === null ? 'report.claimed' : 'report.claim_renewed', subject(id), { set: { reports: [{ id, claimedBy: actor.id, claimedUntil: until, status: 'in_review' }] } })
  return { ...claim, until }
}

/** Takes a report that was set aside into work; where somebody did so already, nothing is left to do. @throws conflict where it never was set aside */
export async function takeUpReport({ id, reason }: InputOf<typeof takeUpReportCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const asked = await ask(tx, id, actor, now)
  const problem = whyNotTakeUp(asked)
  if (problem?.code === 'conflict' && (await store.wasTakenUp(tx, id))) return done
  if (problem) throw problem
  await record('report.taken_up', subject(id), { set: { reports: [{ id, status: 'received' }] } }, { told: { reason } })
  return done
}

/** Nobody holds it any more. */
export const freed = { claimedBy: null, claimedUntil: null }

/** Ends one's own claim; where there is none any more, nothing is left to do. */
export async function handBackReport({ id }: InputOf<typeof handBackReportCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const report = await getChecked(tx, id)
  if (claimHolder(report, now) === actor.id) await record('report.handed_back', subject(id), { set: { reports: [{ id, ...freed }] } })
  return done
}

/** Frees the reports whose claims have ended: facts by the clock, since no person made them. */
export async function expireClaims(engine: Pick<Engine, 'read' | 'write'>): Promise<void> {
  const clock = { kind: 'clock' } as const
  if ((await engine.read(clock, ({ tx, now }) => store.selectExpired(tx, now))).length === 0) return
  await engine.write(clock, async ({ tx, now, record }) => {
    for (const { id } of await store.selectExpired(tx, now)) await record('report.claim_expired', subject(id), { set: { reports: [{ id, ...freed }] } })
  })
}

/**
 * Keeps a verdict, and decides the report when it closes its round. While the round is open the verdict is known to its giver alone. Sent again with the same content it
 * is answered as it was, whatever has happened since.
 */
export async function giveVerdict(input: InputOf<typeof giveVerdictCall>, work: Work) {
  const { tx, actor, now, record } = work
  const before = await store.findVerdict(tx, input.verdict)
  if (before) return answerAgain(tx, before, input, actor.id)
  const asked = await ask(tx, input.id, actor, now)
  // First of all: what was said since may have ended the round and the claim, and is why.
  if (input.of !== undefined && input.of !== ((await store.findLastSaid(tx, input.id))?.id ?? input.id)) throw refuse('of', 'ended', 'conflict')
  if (input.was !== undefined && hasMoved(await store.getStanding(tx, input.id), input.was)) throw refuse('was', 'ended', 'conflict')
  const problem = whyNotVerdict(asked) ?? (await whyNotContent(tx, input))
  if (problem) throw problem

  const { id, outcome, duplicateOf } = input
  const round = asked.verdicts.filter((verdict) => verdict.round === asked.report.round)
  const isClosed = closesRound(asked.rules.eyes, round, input)
  const verdict = { id: input.verdict, report: id, round: asked.report.round, giver: actor.id, outcome, reasons: JSON.stringify(input.reasons), words: input.words, duplicateOf, givenAt: now, open: isClosed ? 0 : 1 }
  const decided = { id, status: outcome, awaitsSecond: 0, duplicateOf, decidedAt: now, ...freed }
  if (isClosed) {
    const { put, set, touches } = await tellDecision(id, outcome, work)
    await record('verdict.given', subject(id), { put: { verdicts: [verdict], ...put }, set: { reports: [decided], verdicts: round.map((earlier) => ({ id: earlier.id, open: 0 })), ...set } }, { touches })
  } else await record(round.length === 0 ? 'verdict.first_given' : 'verdict.second_given', subject(id), { put: { verdicts: [verdict] }, set: { reports: [{ id, status: 'in_review', awaitsSecond: 1, ...freed }] } })
  return { id, status: isClosed ? outcome : ('in_review' as const), awaitsSecond: !isClosed }
}

/** What a report becomes when its next round begins. */
export const judgedAnew = { status: 'in_review', awaitsSecond: 0, duplicateOf: null, decidedAt: null, ...freed }

/** The open verdicts of a round that ends because the report says something else now, whether it was decided or not; null where nobody has judged it in this round. */
export async function endedRound(tx: Tx, id: string): Promise<{ id: string }[] | null> {
  const { round } = await getChecked(tx, id)
  const given = (await store.verdictsOn(tx, id)).filter((verdict) => verdict.round === round)
  return given.length === 0 ? null : given.filter(({ open }) => open === 1)
}

/** Begins the next round of a decided report. The same doubt told twice, or by two at once, opens one round. */
export async function reopenReport({ id, round, reason }: InputOf<typeof reopenCall>, work: Work): Promise<ReplyOf<typeof reopenCall>> {
  const { tx, actor, now, record } = work
  const asked = await ask(tx, id, actor, now)
  if (asked.report.round === round + 1 && (await store.findReopening(tx, id, round + 1))?.by === actor.id) return { id, round: round + 1 }
  if (asked.report.round !== round) throw refuse('round', 'ended', 'conflict')
  const problem = whyNotReopen(asked)
  if (problem) throw problem
  const { put, set, touches } = await tellReopening(id, reason, work)
  const reopened = { id, round: round + 1, ...judgedAnew }
  await record('report.reopened', subject(id), { put, set: { reports: [reopened], ...set } }, { touches, told: { reason } })
  return { id, round: round + 1 }
}

async function answerAgain(tx: Tx, row: VerdictRow, input: InputOf<typeof giveVerdictCall>, giver: string) {
  const given = { report: input.id, giver, outcome: input.outcome, reasons: JSON.stringify(input.reasons), words: input.words, duplicateOf: input.duplicateOf }
  if ((Object.keys(given) as (keyof typeof given)[]).some((column) => row[column] !== given[column])) throw new Problem('conflict')
  const stood = await store.findGivenFact(tx, row.report, row.id, ['verdict.given', ...blindFacts])
  if (!stood) throw new Error(`No fact gave verdict ${row.id}`)
  return { id: row.report, status: ReportStatus.parse(stood.status), awaitsSecond: stood.awaitsSecond === 1 }
}

async function whyNotContent(tx: Tx, { id, reasons, duplicateOf }: InputOf<typeof giveVerdictCall>): Promise<Problem | null> {
  if (new Set(reasons).size !== reasons.length) return refuse('reasons', 'repeated')
  return duplicateOf === null ? null : whyNotDuplicate(id, (await store.findStatus(tx, duplicateOf)) ?? null)
}

/** The verdicts on a report that this person may know: their own, and those of closed rounds. */
export async function visibleVerdicts(tx: Tx, report: string, viewer: string): Promise<Verdict[]> {
  const visible = (await store.verdictsOn(tx, report)).filter((verdict) => verdict.open === 0 || verdict.giver === viewer)
  return visible.map(({ id, round, giver, giverName, outcome, reasons, words, givenAt }) => ({
    id, round, by: giver, name: giverName, outcome: Outcome.parse(outcome), reasons: (JSON.parse(reasons) as unknown[]).map((reason) => VerdictReason.parse(reason)), words, givenAt,
  }))
}

/** What this person may do with a report next, by the rules that guard the actions. */
export const mayOfReport = async (tx: Tx, report: { id: string }, actor: { id: string }, now: string): Promise<May[]> => mayOf(await ask(tx, report.id, actor, now))

/** What keeps this person from writing a note on a report. @throws not_found */
export const whyNotNoteOn = async (tx: Tx, report: string, actor: { id: string }): Promise<Problem | null> =>
  whyNotNote({ actor: await store.getPerson(tx, actor.id), report: await getChecked(tx, report), verdicts: await store.verdictsOn(tx, report) })

/** Whether it waits for a verdict that nobody of the desk who has joined may give. */
export const awaitsNewJudge = async (tx: Tx, report: { id: string }, actor: { id: string }, now: string): Promise<boolean> => lacksJudge(await store.selectDesk(tx), await ask(tx, report.id, actor, now))

/** Whether this person may release pictures of a report, and how many people found it verified: those who did in its present round, of whom none knew the other's verdict. */
export async function releaseStanding(tx: Tx, report: string, actor: { id: string }, now: string): Promise<{ problem: Problem | null; eyes: 1 | 2 }> {
  const asked = await ask(tx, report, actor, now)
  const agreeing = asked.verdicts.filter((verdict) => verdict.round === asked.report.round && verdict.outcome === 'verified')
  return { problem: whyNotRelease(asked), eyes: agreeing.length >= 2 ? 2 : 1 }
}
