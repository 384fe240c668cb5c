import { createHash } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { FieldProblem } from '../../../shared/problem.ts'
import { readCsv, writeCsv } from './csv.ts'
import type { CsvEncoding, CsvLine, CsvSeparator } from './csv.ts'
import type { Files } from './files.ts'
import { isMissing } from './sync.ts'

// A list that somebody brings in two steps: it is read and kept, then what they saw is imported.

/** A file as it came, cut into its heading and its lines but not judged yet. */
export type TableFile<Column extends string> = { encoding: CsvEncoding; separator: CsvSeparator; heading: string[]; at: Record<Column, number>; lines: CsvLine[] }

/** Where each column stands, or what is wrong with the heading. */
export type FindColumns<Column extends string> = (heading: readonly string[]) => { at: Record<Column, number> } | { fields: FieldProblem[] }

/** @throws invalid_input naming the file where it is no text, or the columns that its heading lacks, too_large beyond the lines that are taken */
export function readTable<Column extends string>(bytes: Buffer, mostLines: number, findColumns: FindColumns<Column>): TableFile<Column> {
  const { encoding, separator, lines: [first, ...lines] } = readCsv(bytes)
  // A spreadsheet's own file, a picture: no text in single bytes has this one.
  if (encoding !== 'utf-16' && bytes.includes(0)) throw refuse('file', 'format')
  if (!first) throw refuse('file', 'required')
  const columns = findColumns(first.cells)
  if ('fields' in columns) throw new Problem('invalid_input', { fields: columns.fields })
  if (lines.length === 0) throw refuse('file', 'required')
  if (lines.length > mostLines) throw new Problem('too_large', { limit: mostLines, fields: [{ path: 'file', reason: 'too_many' }] })
  return { encoding, separator, heading: [...first.cells], at: columns.at, lines }
}

/** Keeps a file that a later call will want again, and gives its name there. */
export async function keepTable(what: string, path: string, bytes: Buffer, files: Files): Promise<string> {
  const upload = createHash('sha256').update(bytes).digest('hex')
  await copyFile(path, files.keptPath(what, upload))
  return upload
}

/** @throws not_found when it was not kept that long */
export async function readKept(what: string, upload: string, files: Files): Promise<Buffer> {
  try {
    return await readFile(files.keptPath(what, upload))
  } catch (error) {
    if (isMissing(error)) throw new Problem('not_found')
    throw error
  }
}

/** The lines that cannot be taken, as they stood, with the reasons in a last column. */
export function wrongLinesOf({ heading, lines, separator }: Omit<TableFile<never>, 'at'>, faults: readonly { line: number; words: string }[]): string {
  const reasons = new Map<number, string[]>()
  for (const { line, words } of faults) reasons.set(line, [...(reasons.get(line) ?? []), words])
  const rows = lines.flatMap((one) => {
    const why = reasons.get(one.line)
    return why ? [[...heading.map((_, index) => one.cells[index] ?? ''), why.join('; ')]] : []
  })
  return writeCsv([[...heading, 'reason'], ...rows], separator)
}
