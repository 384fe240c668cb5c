import { joinCall } from '../../shared/people.ts'
import { call } from '../kit/call.ts'
import { askToPersist } from './device.ts'
import { learnMission, takeMe } from './headquarters.ts'
import { send } from './state.ts'

/** The token in what someone pasted or scanned: a whole link, its end, or the token alone. Null: none is in it. */
export function tokenIn(text: string): string | null {
  const token = text.trim().split('#').at(-1) ?? ''
  return /^[A-Za-z0-9_-]{16,200}$/.test(token) ? token : null
}

/** Uses a link and takes what the mission says; stations may come later. @throws Problem, NoAnswer when the link could not be used */
export async function join(token: string): Promise<void> {
  await takeMe(await call(joinCall, { token }))
  void askToPersist()
  await learnMission().catch(() => undefined)
  send()
}
