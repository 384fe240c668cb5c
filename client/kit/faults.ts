import { screenFaultCall } from '../../shared/live.ts'
import { call } from './call.ts'
import type { Fault } from './covers.ts'
import { newId } from './ids.ts'

/** Tells the operator that this screen held something else than headquarters; nobody waits for it. */
export async function tellFault(screen: 'room' | 'wall', fault: Fault): Promise<void> {
  await call(screenFaultCall, { id: newId(), screen, ...fault }).catch(() => undefined)
}
