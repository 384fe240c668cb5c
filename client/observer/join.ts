import { joinCall } from '../../shared/people.ts'
import { call } from '../kit/call.ts'
import { phoneId } from '../kit/phone-id.ts'
import { askToPersist } from './device.ts'
import { learnMission, round, takeMe } from './headquarters.ts'
import { send } from './state.ts'

/** Uses a link and takes what the mission says; stations may come later. @throws Problem, NoAnswer when the link could not be used */
export async function join(token: string): Promise<void> {
  await takeMe(await call(joinCall, { token, phone: phoneId() }))
  void askToPersist()
  await learnMission().catch(() => undefined)
  send()
  // What was filed on another phone is listed at once.
  void round()
}
