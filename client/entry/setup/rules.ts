import type { CheckingRules } from '../../../shared/mission.ts'

/** Whether rules ask more than others in anything. */
export const isStricter = (rules: CheckingRules, than: CheckingRules): boolean =>
  rules.eyes > than.eyes || (rules.otherOrganisation && !than.otherOrganisation) || (rules.releaserNotVerifier && !than.releaserNotVerifier)

/** Whether rules ask less than others in anything. */
export const isLooser = (rules: CheckingRules, than: CheckingRules): boolean => isStricter(than, rules)
