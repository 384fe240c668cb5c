import type * as z from 'zod/mini'
import type { Contract } from '../../shared/contract.ts'
import { replyOf } from '../kit/call.ts'

/** Takes the answer to a call that was asked for before the app was here; where there is none, or it is of no use, the call is made. */
export async function atOnce<Input extends z.ZodMiniType, Reply extends z.ZodMiniType>(contract: Contract<Input, Reply>, came: Promise<Response | null>, ask: () => Promise<z.output<Reply>>): Promise<z.output<Reply>> {
  const answer = await came
  if (answer === null || answer.bodyUsed) return ask()
  try {
    return replyOf(contract, answer.status, await answer.text())
  } catch {
    return ask()
  }
}
