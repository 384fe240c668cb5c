import { signal } from '@preact/signals'
import { plugCall } from '../../../shared/plug.ts'
import { call } from '../../kit/call.ts'
import { signedIn } from '../../kit/me.ts'

/** Whether this mission is the sample, which has a plug to pull. */
export const hasPlug = signal(false)

/** A real mission is not even asked. */
export function lookForPlug(): void {
  if (signedIn().mission.exercise) call(plugCall, {}).then(() => (hasPlug.value = true), () => undefined)
}
