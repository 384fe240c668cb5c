import { describe, expect, test } from 'vitest'
import { cellOut, readCsv, writeCsv } from '../../server/platform/files/csv.ts'

const read = (text: string, encoding: BufferEncoding = 'utf8') => readCsv(Buffer.from(text, encoding))

describe('reading', () => {
  test.each([
    ['line feeds', 'a,b\n1,2\n'],
    ['carriage returns and line feeds', 'a,b\r\n1,2\r\n'],
    ['carriage returns alone', 'a,b\r1,2'],
    ['a byte order mark', '\ufeffa,b\n1,2'],
    ['semicolons', 'a;b\n1;2'],
    ['quotes that are not needed', '"a","b"\n"1","2"'],
  ])('%s', (_, text) => {
    expect(read(text).lines).toEqual([{ line: 1, cells: ['a', 'b'], broken: false }, { line: 2, cells: ['1', '2'], broken: false }])
  })

  test('tells UTF-8 from windows-1252 by what cannot be UTF-8', () => {
    expect(read('ñ – €', 'utf8')).toMatchObject({ encoding: 'utf-8', lines: [{ cells: ['ñ – €'] }] })
    expect(readCsv(Uint8Array.of(0xf1, 0x20, 0x96, 0x20, 0x80))).toMatchObject({ encoding: 'windows-1252', lines: [{ cells: ['ñ – €'] }] })
  })

  test('the separator is the one that the first line has more of', () => {
    expect(read('a;b;c,d\n1;2;3,4').separator).toBe(';')
    expect(read('a,b,c;d\n').separator).toBe(',')
    expect(read('a\tb\tc,d\n').separator).toBe('\t')
  })

  test('quotes around separators, doubled quotes, and quotes inside an open cell', () => {
    expect(read('"a,b","c ""d"" e",Centro "Uno"\n').lines[0]?.cells).toEqual(['a,b', 'c "d" e', 'Centro "Uno"'])
  })

  test('numbers of lines count the empty ones', () => {
    expect(read('a,b\n\n1,2\n,\n\n3,4').lines.map((one) => one.line)).toEqual([1, 3, 6])
  })

  test.each([
    ['at the end', 'a,b\n1,2\n3,"4\n5,6\n'],
    ['closed by a later one', 'a,b\n1,2\n3,"4\n5,"6\n7,8\n'],
    ['closed on the next line', 'a,b\n1,2\n3,"4\nfour"\n'],
  ])('a quote that is not closed spoils its line alone: %s', (_, text) => {
    const { lines } = read(text)
    expect(lines.slice(0, 2).map((one) => one.broken)).toEqual([false, false])
    expect(lines.find((one) => one.line === 3)).toEqual({ line: 3, cells: ['3,"4'], broken: true })
    expect(lines.map((one) => one.line)).toEqual(text.trimEnd().split('\n').map((__, index) => index + 1))
  })

  test('nothing at all', () => {
    expect(read('').lines).toEqual([])
    expect(read('\n\n').lines).toEqual([])
  })
})

describe('[R74] writing', () => {
  test.each(['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\tx', '\rx'])('%j cannot be a formula', (cell) => {
    expect(cellOut(cell, ',')).toBe(`"'${cell}"`)
  })
  test('a plain number stays one', () => {
    expect(cellOut('-89.1889', ',')).toBe('-89.1889')
    expect(cellOut('-89,1889', ';')).toBe('-89,1889')
  })
  test('what is written is read again', () => {
    const rows = [['a', 'b'], ['b, c', 'd; e'], ['Centro "Uno"; anexo', '-89.2'], ['ñ', '']]
    for (const separator of [',', ';'] as const) expect(read(writeCsv(rows, separator)).lines.map((one) => one.cells)).toEqual(rows)
  })
})
