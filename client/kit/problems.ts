import { Problem } from '../../shared/problem.ts'
import { common } from './words/common.ts'

/** What happened, in the reader's words, for anything that a call threw. */
export function tell(thrown: unknown): string {
  const words = common()
  if (!(thrown instanceof Problem)) return words.noAnswer
  const { limit, retryAfterSeconds, reference, fields } = thrown.details
  if (thrown.code === 'too_large' && limit !== undefined) return words.tooLarge(limit)
  if (thrown.code === 'slow_down' && retryAfterSeconds !== undefined) return retryAfterSeconds < 120 ? words.waitSeconds(retryAfterSeconds) : words.waitMinutes(Math.ceil(retryAfterSeconds / 60))
  if (thrown.code === 'broken' && reference) return `${words.problems.broken} ${words.reference(reference)}`
  const only = fields?.length === 1 ? fields[0] : undefined
  if (only && (thrown.code !== 'invalid_input' || only.path === '')) return words.fields[only.reason]
  return words.problems[thrown.code]
}

/** What is wrong with one field, to stand beside it: the problem of its path or of anything below (`days` hears of `days.0`). */
export function beside(thrown: unknown, path: string): string | undefined {
  if (!(thrown instanceof Problem)) return undefined
  const found = thrown.details.fields?.find((field) => field.path === path || field.path.startsWith(`${path}.`))
  return found && common().fields[found.reason]
}
