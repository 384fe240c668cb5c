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
  if (fields.some((field) => field.path === 'file' && field.reason === 'required')) return words.noLines
  if (thrown.code === 'wrong_type' || fields.some((field) => field.path === 'file')) return words.notCsv
  const named = (reason: string) => registerColumns.filter((column) => fields.some((field) => field.path === column && field.reason === reason))
  const [lacks, twice] = [named('required'), named('repeated')]
  // Other names for the columns, or lines without a heading.
  if (lacks.length === registerColumns.length) return words.headingUnknown
  if (lacks.length + twice.length === 0) return tell(thrown)
  return [words.headingWrong, lacks.length > 0 && words.headingLacks(lacks.join(', ')), twice.length > 0 && words.headingTwice(twice.join(', '))].filter(Boolean).join(' ')
}
