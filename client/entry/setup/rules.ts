import type { CheckingRules } from '../../../shared/mission.ts'

/** Whether rules ask more than others in anything. */
export const isStricter = (rules: CheckingRules, than: CheckingRules): boolean =>
  rules.eyes > than.eyes || (rules.otherOrganisation && !than.otherOrganisation) || (rules.releaserNotVerifier && !than.releaserNotVerifier)

/** Whether rules ask less than others in anything. */
export const isLooser = (rules: CheckingRules, than: CheckingRules): boolean => isStricter(than, rules)

/** What two sets of rules both ask. */
export const laxest = (one: CheckingRules, other: CheckingRules): CheckingRules => ({
  eyes: one.eyes === 2 && other.eyes === 2 ? 2 : 1,
  otherOrganisation: one.otherOrganisation && other.otherOrganisation,
  releaserNotVerifier: one.releaserNotVerifier && other.releaserNotVerifier,
})
