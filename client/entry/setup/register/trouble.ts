import { Problem } from '../../../../shared/problem.ts'
import { registerColumns } from '../../../../shared/stations.ts'
import { tell } from '../../../kit/problems.ts'
import { setUpWords } from '../../words/setup.ts'

/** Why a file could not be read at all. The heading's problems name its columns, as they must be written. */
export function fileTrouble(thrown: unknown): string {
  const words = setUpWords()
  if (!(thrown instanceof Problem)) return tell(thrown)
  const fields = thrown.details.fields ?? []
  if (thrown.code === 'too_large' && fields.some((field) => field.reason === 'too_many')) return words.tooManyLines(thrown.details.limit ?? 0)
  if (thrown.code === 'wrong_type' || fields.some((field) => field.path === 'file')) return words.notCsv
  const names = (reason: string) => registerColumns.filter((column) => fields.some((field) => field.path === column && field.reason === reason)).join(', ')
  const [lacks, twice] = [names('required'), names('repeated')]
  if (!lacks && !twice) return tell(thrown)
  return [words.headingWrong, lacks && words.headingLacks(lacks), twice && words.headingTwice(twice)].filter(Boolean).join(' ')
}
