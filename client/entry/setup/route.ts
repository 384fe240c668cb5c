import { createRouter } from '../../kit/router.ts'
import type { Step } from './steps.ts'

export const router = createRouter('/setup')

export function show(step: Step): void {
  router.ask({ step }, { push: true })
  scrollTo(0, 0)
}
