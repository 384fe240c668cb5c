import { signal } from '@preact/signals'
import { Problem } from '../../shared/problem.ts'

/** Whether the server wants to be shown first who this is. */
export const isProofDue = (thrown: unknown): boolean => thrown instanceof Problem && thrown.details.fields?.[0]?.reason === 'needs_proof'

/** Answers the dialog that stands open: whether it was shown. Null while none does. */
export const asked = signal<((shown: boolean) => void) | null>(null)
let waiting: Promise<boolean> | null = null

/** Asks whoever is here to show who they are; calls that wait at the same time share one dialog. */
export function askProof(): Promise<boolean> {
  waiting ??= new Promise((done) => {
    asked.value = (shown) => {
      asked.value = null
      waiting = null
      done(shown)
    }
  })
  return waiting
}
