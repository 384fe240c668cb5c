import type { SetUpStep } from '../../../shared/mission.ts'

/** The pages of set-up. The server's `people` stands for the last two: inviting has no end of its own. */
export const steps = ['mission', 'checking', 'register', 'people', 'open'] as const
export type Step = (typeof steps)[number]

/** What may still be done once the mission is open; people are invited in the room. */
export const lasting: readonly Step[] = ['checking', 'register']

/** How far one may go: what was done may be done again, nothing is skipped. */
export const mayShow = (step: Step, reached: SetUpStep): boolean => reached === 'done' || steps.indexOf(step) <= steps.indexOf(reached === 'people' ? 'open' : reached)

/** The page to show: the one asked for if it may be, else where set-up stopped. Null: nothing was begun, and two doors are open. */
export function stepToShow(asked: string | null, reached: SetUpStep): Step | null {
  const step = steps.find((one) => one === asked)
  if (step && mayShow(step, reached)) return step
  return reached === 'mission' ? null : (steps.find((one) => one === reached) ?? 'people')
}

/** What is behind: a tick stands beside it. */
export const isDone = (step: Step, reached: SetUpStep): boolean => reached === 'done' || steps.indexOf(step) < steps.indexOf(reached)
