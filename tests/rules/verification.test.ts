import { describe, expect, test } from 'vitest'
import { claimHolder, closesRound, isWorthRenewing, mayOf, whyNotClaim, whyNotDuplicate, whyNotRelease, whyNotVerdict } from '../../server/features/verification/rules.ts'
import type { Asked } from '../../server/features/verification/rules.ts'
import type { Problem } from '../../shared/problem.ts'

const now = '2027-02-28T20:00:00.000Z'
const [past, present, future] = ['2027-02-28T19:59:59.999Z', now, '2027-02-28T20:00:00.001Z']

type Given = { report?: Partial<Asked['report']>; verdicts?: Asked['verdicts']; rules?: Partial<Asked['rules']>; actor?: Partial<Asked['actor']> }

/** Coordinator C of organisation c looks at a received report of author A of organisation a. */
const asked = ({ report, verdicts = [], rules, actor }: Given = {}): Asked => ({
  actor: { id: 'C', organisation: 'c', ...actor },
  report: { id: 'R', status: 'received', round: 1, author: 'A', filedBy: 'A', toldTo: [], authorOrganisation: 'a', authorQuarantinedAt: null, claimedBy: null, claimedUntil: null, releases: 0, ...report },
  verdicts, rules: { eyes: 2, otherOrganisation: false, releaserNotVerifier: false, ...rules }, now,
})
const mine = { claimedBy: 'C', claimedUntil: future }
const others = { claimedBy: 'B', claimedUntil: future }
const gave = (giver: string, round = 1, outcome = 'verified') => ({ giver, round, outcome, duplicateOf: null })
const said = (problem: Problem | null) => problem && `${problem.code} ${problem.details.fields?.map((field) => `${field.path} ${field.reason}`).join(', ')}`

describe('what a person may do with a report next', () => {
  test.each<[string, Given, string]>([
    ['received and free', {}, 'claim change'],
    ['claimed by another', { report: others }, 'change'],
    ['claimed by another until just now', { report: { ...others, claimedUntil: present } }, 'claim change'],
    ['claimed by this person', { report: { ...mine, status: 'in_review' } }, 'claim hand_back change verdict'],
    ['whose own claim has just ended', { report: { ...mine, claimedUntil: past, status: 'in_review' } }, 'claim change'],
    ['own', { actor: { id: 'A' } }, 'change'],
    ['filed for someone else', { report: { filedBy: 'C' } }, 'change'],
    ['of which its author told this person more', { report: { toldTo: ['B', 'C'] } }, 'change'],
    ['of the same organisation, where that does not matter', { actor: { organisation: 'a' } }, 'claim change'],
    ['of the same organisation, where it must be another', { actor: { organisation: 'a' }, rules: { otherOrganisation: true } }, 'change'],
    ['of another organisation, where it must be', { rules: { otherOrganisation: true } }, 'claim change'],
    ['by somebody of no known organisation, where it must be another', { actor: { organisation: null }, rules: { otherOrganisation: true } }, 'change'],
    ['judged by this person in this round', { report: { status: 'in_review' }, verdicts: [gave('C')] }, 'change'],
    ['judged by this person in an earlier round', { report: { status: 'in_review', round: 2 }, verdicts: [gave('C')] }, 'claim change'],
    ['judged by another in this round', { report: { status: 'in_review' }, verdicts: [gave('B')] }, 'claim change'],
    ['verified', { report: { status: 'verified' } }, 'change release reopen'],
    ['verified and released', { report: { status: 'verified', releases: 1 } }, 'change release retract reopen'],
    ['verified by this person, where that does not matter', { report: { status: 'verified' }, verdicts: [gave('C')] }, 'change release reopen'],
    ['verified by this person, where who releases may not have judged', { report: { status: 'verified' }, verdicts: [gave('C')], rules: { releaserNotVerifier: true } }, 'change reopen'],
    ['judged otherwise by this person in an earlier round, where who releases may not have judged', { report: { status: 'verified', round: 2 }, verdicts: [gave('C', 1, 'false')], rules: { releaserNotVerifier: true } }, 'change reopen'],
    ['verified by others, where who releases may not have judged', { report: { status: 'verified' }, verdicts: [gave('B')], rules: { releaserNotVerifier: true } }, 'change release reopen'],
    ['false', { report: { status: 'false' } }, 'change reopen'],
    ['not confirmed', { report: { status: 'not_confirmed' } }, 'change reopen'],
    ['a duplicate', { report: { status: 'duplicate' } }, 'change reopen'],
    ['withdrawn', { report: { status: 'withdrawn', releases: 1 } }, 'retract'],
    ['set aside', { report: { status: 'set_aside' } }, 'change take_up'],
  ])('%s', (_, given, may) => {
    expect(mayOf(asked(given)).join(' ')).toBe(may)
  })
})

describe('why not', () => {
  test.each<[string, Problem | null, string | null]>([
    ['own report', whyNotClaim(asked({ actor: { id: 'A' } })), 'not_allowed id own_report'],
    ['own report in another name', whyNotVerdict(asked({ report: { filedBy: 'C', ...mine } })), 'not_allowed id own_report'],
    ['same organisation', whyNotVerdict(asked({ report: mine, actor: { organisation: 'a' }, rules: { otherOrganisation: true } })), 'not_allowed id same_organisation'],
    ['a second verdict in a round', whyNotVerdict(asked({ report: mine, verdicts: [gave('C')] })), 'not_allowed id gave_already'],
    ['a claim of another', whyNotClaim(asked({ report: others })), 'conflict id not_yet'],
    ['a verdict without a claim', whyNotVerdict(asked()), 'conflict id needs_claim'],
    ['a verdict under the claim of another', whyNotVerdict(asked({ report: others })), 'conflict id needs_claim'],
    ['a verdict after the claim has ended', whyNotVerdict(asked({ report: { ...mine, claimedUntil: present } })), 'conflict id needs_claim'],
    ['a decided report', whyNotClaim(asked({ report: { status: 'false' } })), 'conflict id ended'],
    ['a release before it is verified', whyNotRelease(asked({ report: { status: 'in_review' } })), 'conflict photo not_yet'],
    ['a release by a verifier', whyNotRelease(asked({ report: { status: 'verified' }, verdicts: [gave('C')], rules: { releaserNotVerifier: true } })), 'not_allowed photo was_verifier'],
    ['a duplicate of nothing', whyNotDuplicate('R', null), 'invalid_input duplicateOf not_in_list'],
    ['a duplicate of itself', whyNotDuplicate('R', { id: 'R', status: 'in_review' }), 'invalid_input duplicateOf does_not_agree'],
    ['a duplicate of a duplicate', whyNotDuplicate('R', { id: 'S', status: 'duplicate' }), 'invalid_input duplicateOf does_not_agree'],
    ['a duplicate of another report', whyNotDuplicate('R', { id: 'S', status: 'false' }), null],
    ['a verdict under one’s own claim', whyNotVerdict(asked({ report: mine })), null],
  ])('%s', (_, problem, expected) => {
    expect(said(problem)).toBe(expected)
  })
})

describe('a round', () => {
  const verified = { outcome: 'verified', duplicateOf: null }
  const wrong = { outcome: 'false', duplicateOf: null }
  const like = (other: string) => ({ outcome: 'duplicate', duplicateOf: other })
  test.each<[string, 1 | 2, (typeof verified | ReturnType<typeof like>)[], typeof verified | ReturnType<typeof like>, boolean]>([
    ['one pair of eyes decides at once', 1, [], verified, true],
    ['the first of two leaves it open', 2, [], verified, false],
    ['the second who agrees closes it', 2, [verified], verified, true],
    ['the second who differs does not', 2, [verified], wrong, false],
    ['both call it a duplicate of the same report', 2, [like('S')], like('S'), true],
    ['both call it a duplicate, of different reports', 2, [like('S')], like('T'), false],
    ['a third decides, whatever the two said', 2, [verified, wrong], like('S'), true],
    ['a first of two was given before the rule became one: who differs from it does not decide alone', 1, [wrong], verified, false],
    ['and who agrees closes it', 1, [verified], verified, true],
  ])('%s', (_, eyes, before, given, closes) => {
    expect(closesRound(eyes, before, given)).toBe(closes)
  })
})

test('a claim is nobody’s from the moment at which it ends', () => {
  expect([past, present, future].map((claimedUntil) => claimHolder({ claimedBy: 'B', claimedUntil }, now))).toEqual([null, null, 'B'])
  expect(claimHolder({ claimedBy: null, claimedUntil: null }, now)).toBeNull()
})

test('renewing is worth a fact when it adds more than a minute', () => {
  expect(isWorthRenewing('2027-02-28T20:09:00.000Z', now)).toBe(false)
  expect(isWorthRenewing('2027-02-28T20:08:59.999Z', now)).toBe(true)
})
