import { Problem } from '../../../shared/problem.ts'
import { tell } from '../problems.ts'
import { NoPasskey } from './passkey.ts'
import { signInWords } from './words/signin.ts'

/** What happened, in more words than a phone has room for; also where a browser did not finish with a passkey. */
export function told(thrown: unknown): string {
  if (thrown instanceof NoPasskey) return signInWords().cancelled
  const isWrong = thrown instanceof Problem && thrown.details.fields?.some(({ reason }) => reason === 'no_match')
  return isWrong ? signInWords().noMatch : tell(thrown)
}
