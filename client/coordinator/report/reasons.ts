import type { Outcome, VerdictReason } from '../../../shared/verification.ts'

export const evidence: readonly VerdictReason[] = ['original_seen', 'place_agrees', 'time_agrees', 'observer_called', 'two_sources', 'matches_pictures', 'document']
export const doubts: readonly VerdictReason[] = ['place_differs', 'time_differs', 'old_picture', 'hearsay', 'unclear', 'explained_by_rule', 'unreachable', 'edited']

/** What a verdict may rest on: a verified report rests on evidence alone. */
export const reasonsFor = (outcome: Outcome | null): readonly VerdictReason[] => (outcome === null || outcome === 'verified' ? evidence : [...doubts, ...evidence])
