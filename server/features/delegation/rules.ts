import { fold } from '../../../shared/pack.ts'
import { delegationColumns } from '../../../shared/delegation.ts'
import type { DelegationColumn, PersonFault } from '../../../shared/delegation.ts'
import { Telephone } from '../../../shared/people.ts'
import type { FieldProblem } from '../../../shared/problem.ts'

export type RawLine = { line: number; cells: readonly string[]; broken: boolean }

/** A person as a line of a list has them. */
export type ListedPerson = { line: number; name: string; organisation: string; telephone: string | null; language: string }

/** What lines are judged against: the mission's languages, the first of which is taken where none stands, and who is here already. */
export type Against = { languages: readonly string[]; known: readonly { name: string; organisation: string; number: number | null }[] }

export type Judged = { right: ListedPerson[]; faults: PersonFault[] }

/** What people write above their columns, folded. */
const headings: Record<DelegationColumn, readonly string[]> = {
  name: ['name', 'names', 'full name', 'nombre', 'nombres', 'nombre completo'],
  organisation: ['organisation', 'organization', 'delegation', 'organizacion', 'delegacion', 'institucion'],
  telephone: ['telephone', 'phone', 'mobile', 'telefono', 'celular', 'movil'],
  language: ['language', 'idioma', 'lengua'],
}
const required: readonly DelegationColumn[] = ['name', 'organisation']

/** Where each column stands, -1 for one that may be missing. The order is free, columns that we do not know are left aside. */
export function findColumns(heading: readonly string[]): { at: Record<DelegationColumn, number> } | { fields: FieldProblem[] } {
  const names = heading.map((name) => fold(name).trim())
  const places = (column: DelegationColumn) => names.flatMap((name, at) => (headings[column].includes(name) ? [at] : []))
  const fields = delegationColumns.flatMap((column): FieldProblem[] => {
    const count = places(column).length
    if (count > 1) return [{ path: column, reason: 'repeated' }]
    return count === 0 && required.includes(column) ? [{ path: column, reason: 'required' }] : []
  })
  if (fields.length > 0) return { fields }
  return { at: Object.fromEntries(delegationColumns.map((column) => [column, places(column)[0] ?? -1])) as Record<DelegationColumn, number> }
}

/** The cells of a line in the order of `delegationColumns`; what is missing is empty. */
export const cellsInOrder = (line: RawLine, at: Record<DelegationColumn, number>): string[] => delegationColumns.map((column) => clean(line.cells[at[column]] ?? ''))

const longest = 120

/** Every line that can be taken, and every reason why another cannot; both in the file's order. The first of two lines about one person counts. */
export function judgeDelegation(lines: readonly RawLine[], width: number, at: Record<DelegationColumn, number>, { languages, known }: Against): Judged {
  const right: ListedPerson[] = []
  const faults: PersonFault[] = []
  const here = new Map(known.map((one) => [keyOf(one), one]))
  const before = new Map<string, number>()
  for (const line of lines) {
    const [name = '', organisation = '', telephone = '', spoken = ''] = cellsInOrder(line, at)
    const own: PersonFault[] = []
    const fault = (column: DelegationColumn | null, reason: PersonFault['reason'], more: Partial<Pick<PersonFault, 'found' | 'hint' | 'otherLine'>> = {}) =>
      void own.push({ line: line.line, column, reason, found: more.found?.slice(0, longest) ?? null, hint: more.hint ?? null, otherLine: more.otherLine ?? null })
    const filled = line.cells.findLastIndex((cell) => cell.trim() !== '') + 1
    if (line.broken) fault(null, 'quotes')
    else if (line.cells.length < width) fault(null, 'too_few_columns', { found: String(line.cells.length), hint: String(width) })
    else if (filled > width) fault(null, 'too_many_columns', { found: String(filled), hint: String(width) })
    else {
      for (const [column, found] of [['name', name], ['organisation', organisation]] as const) {
        if (found === '') fault(column, 'required')
        else if (found.length > longest) fault(column, 'too_long', { found, hint: String(longest) })
      }
      if (telephone !== '' && !Telephone.safeParse(telephone).success) fault('telephone', 'bad_telephone', { found: telephone })
      if (languageNamed(spoken, languages) === null) fault('language', 'unknown_language', { found: spoken, hint: languages.join(', ') })
      const key = keyOf({ name, organisation })
      const [there, otherLine] = [here.get(key), before.get(key)]
      if (name !== '' && there) fault('name', 'here_already', { found: name, hint: there.number === null ? null : String(there.number) })
      else if (name !== '' && otherLine !== undefined) fault('name', 'twice', { found: name, otherLine })
      else before.set(key, line.line)
    }
    faults.push(...own)
    if (own.length === 0) right.push({ line: line.line, name, organisation, telephone: telephone || null, language: languageNamed(spoken, languages) ?? '' })
  }
  return { right, faults }
}

const keyOf = ({ name, organisation }: { name: string; organisation: string }): string => `${plain(name)}\n${plain(organisation)}`
const plain = (text: string): string => fold(text).replace(/\s+/g, ' ').trim()

const languageWords: Record<string, readonly string[]> = { es: ['es', 'spa', 'espanol', 'castellano', 'spanish'], en: ['en', 'eng', 'ingles', 'english'] }

/** A language of the mission by its code or its name; the mission's first where none stands; null for any other. */
export function languageNamed(text: string, languages: readonly string[]): string | null {
  const word = plain(text)
  if (word === '') return languages[0] ?? null
  return languages.find((code) => code === word || languageWords[code]?.includes(word)) ?? null
}

// A quote mark before a formula's beginning is how we, and spreadsheets, write text that only looks like one.
const clean = (cell: string): string => cell.replace(/[\s\p{Cc}]+/gu, ' ').trim().replace(/^'(?=[=+\-@])/, '')

/** A fault as the last column of a mended file has it: `name: twice Ana Paz (line 12)`. */
export function faultInWords({ column, reason, found, hint, otherLine }: PersonFault): string {
  return [column === null ? reason : `${column}: ${reason}`, found, hint === null ? null : `-> ${hint}`, otherLine === null ? null : `(line ${otherLine})`].filter((part) => part !== null && part !== '').join(' ')
}

/** How many organisations a list names, and which of them are not among those known. */
export function organisationsIn(people: readonly { organisation: string }[], known: readonly string[]): { all: number; fresh: string[] } {
  const names = new Map(people.map((one) => [plain(one.organisation), one.organisation]))
  const here = new Set(known.map(plain))
  return { all: names.size, fresh: [...names].filter(([name]) => !here.has(name)).map(([, name]) => name) }
}
