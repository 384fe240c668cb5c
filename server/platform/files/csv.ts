import { parse } from 'csv-parse/sync'
import { shownAsIs } from '../../../shared/basics.ts'

export type CsvEncoding = 'utf-8' | 'utf-16' | 'windows-1252'
export type CsvSeparator = ',' | ';' | '\t'

/** A line with its number in the file. `broken`: its quotes do not close, and it is one cell. */
export type CsvLine = { line: number; cells: string[]; broken: boolean }

/**
 * Reads a table that people made in a spreadsheet: UTF-8, UTF-16 with its mark or windows-1252; comma, semicolon or tab; one record a line. Lines without any text are left out.
 * Not for cells that hold line breaks: a record over several lines is a quote that was not closed; then each line is read for itself, and only that one is broken.
 */
export function readCsv(bytes: Uint8Array): { encoding: CsvEncoding; separator: CsvSeparator; lines: CsvLine[] } {
  const { text: whole, encoding } = decode(bytes)
  const text = shownAsIs(whole)
  const separator = separatorOf(text)
  const lines = attempt(text, separator) ?? text.split(/\r\n|\n|\r/).flatMap((line, index) => (attempt(line, separator) ?? [{ cells: [line], broken: true }]).map((one) => ({ ...one, line: index + 1 })))
  return { encoding, separator, lines: lines.filter((one) => one.cells.some((cell) => cell.trim() !== '')) }
}

/** A table for a spreadsheet. The mark in front is how spreadsheets tell UTF-8. */
export function writeCsv(rows: readonly (readonly string[])[], separator: CsvSeparator): string {
  return `\ufeff${rows.map((cells) => `${cells.map((cell) => cellOut(cell, separator)).join(separator)}\r\n`).join('')}`
}

/** What a spreadsheet would take for a formula gets a quote mark in front (OWASP, CSV injection), in full-width signs too; a plain number is none. */
export function cellOut(cell: string, separator: CsvSeparator): string {
  const safe = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell
  return safe.includes(separator) || /["\r\n]/.test(safe) || safe !== cell ? `"${safe.replace(/"/g, '""')}"` : safe
}

// What is not UTF-8 is what spreadsheets write on Windows: "Unicode text" with its mark, or the old code page.
function decode(bytes: Uint8Array): { text: string; encoding: CsvEncoding } {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' }
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: windows1252(bytes), encoding: 'windows-1252' }
  }
}

const from0x80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

// Node from 20.18.3 on decodes windows-1252 as Latin-1: control characters instead of these 32 (nodejs/node#56542).
const windows1252 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => from0x80[sign.charCodeAt(0) - 0x80] ?? sign)

function separatorOf(text: string): CsvSeparator {
  const heading = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? ''
  const plain = heading.replace(/"[^"]*"/g, '')
  const times = (separator: CsvSeparator) => plain.split(separator).length
  return ([',', ';', '\t'] as const).reduce((most, one) => (times(one) > times(most) ? one : most))
}

function attempt(text: string, separator: CsvSeparator): CsvLine[] | null {
  try {
    const records = parse(text, { delimiter: separator, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, on_record: (cells: string[], { lines }) => [String(lines), ...cells] })
    const lines = records.map(([line, ...cells]) => ({ line: Number(line), cells, broken: false }))
    return lines.some((one) => one.cells.some((cell) => /[\r\n]/.test(cell))) ? null : lines
  } catch {
    return null
  }
}
