import type { CheckingRules, SetUpStep } from '../../../shared/mission.ts'
import { desk } from '../../../shared/roles.ts'
import type { Role } from '../../../shared/roles.ts'

/** Until a lead decides: as strict as can be. */
export const strictest: CheckingRules = { eyes: 2, otherOrganisation: true, releaserNotVerifier: true }

const steps: readonly SetUpStep[] = ['mission', 'checking', 'register', 'people', 'done']

/** Set-up goes on step by step: doing an earlier step again does not bring it back, doing a later one skips none. */
export const stepAfter = (now: SetUpStep, reached: SetUpStep): SetUpStep => (steps.indexOf(reached) === steps.indexOf(now) + 1 ? reached : now)

/** A mission opens when every step before was done or knowingly skipped. */
export const mayOpen = (step: SetUpStep): boolean => step === 'people' || step === 'done'

type Somebody = { role: Role; organisation: string | null }

/**
 * The strictest rules that these people can satisfy for every observer's report. Two pairs of eyes come first; then, that there are as many of another organisation than
 * the author's; then, that somebody is left to release who gave no verdict. Before any observer is known, a report may come from any of the organisations.
 */
export function proposeRules(people: readonly Somebody[]): { rules: CheckingRules; coordinators: number; organisations: number } {
  const coordinators = people.filter((one) => desk.includes(one.role))
  const observers = people.filter((one) => one.role === 'observer')
  const authors = organisationsOf(observers.length > 0 ? observers : coordinators)
  const eyes = coordinators.length >= 2 ? 2 : 1
  const others = (organisation: string) => coordinators.filter((one) => one.organisation !== null && one.organisation !== organisation).length
  return {
    rules: { eyes, otherOrganisation: authors.length > 0 && authors.every((organisation) => others(organisation) >= eyes), releaserNotVerifier: coordinators.length >= eyes + 1 },
    coordinators: coordinators.length,
    organisations: organisationsOf(coordinators).length,
  }
}

const organisationsOf = (people: readonly Somebody[]): string[] => [...new Set(people.flatMap((one) => one.organisation ?? []))]

/** What of the wanted columns is not so yet. */
export function changesOf<Row extends object>(row: Row, wanted: Partial<Row>): Partial<Row> {
  return Object.fromEntries(Object.entries(wanted).filter(([column, value]) => row[column as keyof Row] !== value)) as Partial<Row>
}
