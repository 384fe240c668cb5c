import { createRouter } from '../../kit/router.ts'
import type { Step } from './steps.ts'

export const router = createRouter('/setup')

/** Goes to a step, or to the two doors; its heading takes the focus, so that keys and screen readers go on from there. */
export function show(step: Step | null): void {
  router.ask({ step: step ?? undefined }, { push: true })
  scrollTo(0, 0)
  requestAnimationFrame(() => document.querySelector('h1')?.focus())
}
