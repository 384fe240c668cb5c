import type { CheckingRules } from '../../../shared/mission.ts'
import { refuse } from '../../../shared/problem.ts'
import type { Problem } from '../../../shared/problem.ts'
import { claimMinutes } from '../../../shared/verification.ts'
import type { May } from '../../../shared/verification.ts'

/** What the rules look at of a report. `releases`: those that are not retracted. */
export type CheckedReport = {
  id: string
  status: string
  round: number
  author: string
  filedBy: string
  /** Coordinators who wrote down what its author told them of it later. */
  toldTo: readonly string[]
  authorOrganisation: string | null
  /** Since when its author is in quarantine. */
  authorQuarantinedAt: string | null
  claimedBy: string | null
  claimedUntil: string | null
  releases: number
}

export type GivenBefore = { round: number; giver: string; outcome: string; duplicateOf: string | null }

/** Who asks about which report, with every verdict on it, by which rules of the mission. */
export type Asked = { actor: { id: string; organisation: string | null }; report: CheckedReport; verdicts: readonly GivenBefore[]; rules: CheckingRules; now: string }

/** Nobody verifies their own report: who wrote it, who filed it for them and who wrote down what they said of it later all count as author. */
const isOwn = (actor: { id: string }, { author, filedBy, toldTo }: CheckedReport): boolean => [author, filedBy, ...toldTo].includes(actor.id)

function whyNotJudge({ actor, report, verdicts, rules }: Asked): Problem | null {
  if (report.authorQuarantinedAt !== null) return refuse('id', 'quarantined', 'conflict')
  if (report.status !== 'received' && report.status !== 'in_review') return refuse('id', 'ended', 'conflict')
  if (isOwn(actor, report)) return refuse('id', 'own_report', 'not_allowed')
  if (rules.otherOrganisation && (actor.organisation === null || actor.organisation === report.authorOrganisation)) return refuse('id', 'same_organisation', 'not_allowed')
  if (verdicts.some((verdict) => verdict.round === report.round && verdict.giver === actor.id)) return refuse('id', 'gave_already', 'not_allowed')
  return null
}

/** Whether a report waits for a verdict that none of these people may give. */
export const lacksJudge = (people: readonly Asked['actor'][], asked: Omit<Asked, 'actor'>): boolean =>
  asked.report.authorQuarantinedAt === null && (asked.report.status === 'received' || asked.report.status === 'in_review') && people.every((actor) => whyNotJudge({ ...asked, actor }) !== null)

/** A claim is for giving a verdict, so only those may hold one who may give it; nobody takes a report out of another's hands. */
export function whyNotClaim(asked: Asked): Problem | null {
  const holder = claimHolder(asked.report, asked.now)
  return whyNotJudge(asked) ?? (holder === null || holder === asked.actor.id ? null : refuse('id', 'not_yet', 'conflict'))
}

export function whyNotVerdict(asked: Asked): Problem | null {
  return whyNotJudge(asked) ?? (claimHolder(asked.report, asked.now) === asked.actor.id ? null : refuse('id', 'needs_claim', 'conflict'))
}

/** Only a verified report's pictures leave, and where the mission says so not by the hand of someone who judged it, in whatever round. */
export function whyNotRelease({ actor, report, verdicts, rules }: Asked): Problem | null {
  if (report.authorQuarantinedAt !== null) return refuse('photo', 'quarantined', 'conflict')
  if (report.status !== 'verified') return refuse('photo', 'not_yet', 'conflict')
  if (rules.releaserNotVerifier && verdicts.some((verdict) => verdict.giver === actor.id)) return refuse('photo', 'was_verifier', 'not_allowed')
  return null
}

const decided: readonly string[] = ['verified', 'not_confirmed', 'false', 'duplicate']

/** A decided report is opened again by anyone who may doubt it; who wrote it or filed it for them has no say in how it is judged. */
export function whyNotReopen({ actor, report }: Asked): Problem | null {
  if (!decided.includes(report.status)) return refuse('id', 'not_yet', 'conflict')
  return isOwn(actor, report) ? refuse('id', 'own_report', 'not_allowed') : null
}

/** A report that was set aside is taken into work by someone whose own it is not. */
export function whyNotTakeUp({ actor, report }: Pick<Asked, 'actor' | 'report'>): Problem | null {
  if (report.status !== 'set_aside') return refuse('id', 'ended', 'conflict')
  if (report.authorQuarantinedAt !== null) return refuse('id', 'quarantined', 'not_allowed')
  return isOwn(actor, report) ? refuse('id', 'own_report', 'not_allowed') : null
}

/** Whoever has judged in an open round tells nobody what they found, in a note either, until the round is closed: the next judges by themselves. */
export function whyNotNote({ actor, report, verdicts }: Pick<Asked, 'actor' | 'report' | 'verdicts'>): Problem | null {
  const isOpen = report.status === 'received' || report.status === 'in_review'
  return isOpen && verdicts.some((verdict) => verdict.round === report.round && verdict.giver === actor.id) ? refuse('id', 'gave_already', 'not_allowed') : null
}

/** What this person of the desk may do with a report next: by the same rules that guard the actions. */
export function mayOf(asked: Asked): May[] {
  const { actor, report, now } = asked
  const may: Record<May, boolean> = {
    claim: whyNotClaim(asked) === null,
    hand_back: claimHolder(report, now) === actor.id,
    change: report.status !== 'withdrawn',
    verdict: whyNotVerdict(asked) === null,
    release: whyNotRelease(asked) === null,
    retract: report.releases > 0,
    reopen: whyNotReopen(asked) === null,
    take_up: whyNotTakeUp(asked) === null,
  }
  return (Object.keys(may) as May[]).filter((what) => may[what])
}

/** Who holds a live claim at this moment; a claim ends at its `until`, whether or not the clock has said so yet. */
export const claimHolder = (report: Pick<CheckedReport, 'claimedBy' | 'claimedUntil'>, now: string): string | null =>
  report.claimedUntil !== null && report.claimedUntil > now ? report.claimedBy : null

export const claimUntil = (now: string): string => new Date(Date.parse(now) + claimMinutes * 60_000).toISOString()

/** Open pages renew again and again; only what adds more than a minute is worth a fact. */
export const isWorthRenewing = (until: string, now: string): boolean => Date.parse(claimUntil(now)) - Date.parse(until) > 60_000

/**
 * Whether a verdict closes its round, `before` being the round's earlier ones. One pair of eyes decides at once; of two, the second closes it when both agree,
 * and two that differ go to a third, who decides. A first of two that was given before the rule became one is not overruled by the next alone.
 */
export function closesRound(eyes: 1 | 2, before: readonly Pick<GivenBefore, 'outcome' | 'duplicateOf'>[], given: Pick<GivenBefore, 'outcome' | 'duplicateOf'>): boolean {
  const [first] = before
  if (first === undefined) return eyes === 1
  return before.length > 1 || (first.outcome === given.outcome && first.duplicateOf === given.duplicateOf)
}

/** What keeps a report from being called a duplicate of another: that must be there, be another, and not be a duplicate itself. */
export function whyNotDuplicate(report: string, other: { id: string; status: string } | null): Problem | null {
  if (other === null) return refuse('duplicateOf', 'not_in_list')
  return other.id === report || other.status === 'duplicate' ? refuse('duplicateOf', 'does_not_agree') : null
}
