import { describe, expect, test } from 'vitest'
import { codeFrom, groupedCode, shortCodeIn } from '../../shared/codes.ts'
import { cellsInOrder, faultInWords, findColumns, judgeDelegation, languageNamed } from '../../server/features/delegation/rules.ts'
import type { Against } from '../../server/features/delegation/rules.ts'

const at = { name: 0, organisation: 1, telephone: 2, language: 3 }
const against: Against = { languages: ['es', 'en'], known: [{ name: 'Ana Paz', organisation: 'Misión Dos', number: 101 }] }
const judge = (rows: readonly string[][], given = against) => judgeDelegation(rows.map((cells, index) => ({ line: index + 2, cells, broken: false })), 4, at, given)

describe('the heading of a list of people', () => {
  test('in English or Spanish, in any order, with columns that are left aside', () => {
    expect(findColumns(['Teléfono', 'NOMBRE', 'remarks', 'Organización', 'Idioma'])).toEqual({ at: { name: 1, organisation: 3, telephone: 0, language: 4 } })
    expect(findColumns(['name', 'organisation'])).toEqual({ at: { name: 0, organisation: 1, telephone: -1, language: -1 } })
  })
  test('says which columns it lacks, and which stand twice', () => {
    expect(findColumns(['idioma', 'idioma', 'nombre'])).toEqual({ fields: [{ path: 'organisation', reason: 'required' }, { path: 'language', reason: 'repeated' }] })
  })
})

describe('[R135] each line of a list of people', () => {
  test('that is right is a person, with the mission’s first language where none stands', () => {
    expect(judge([['Luis  Gómez', 'Red B', '+503 7000-1234', 'English'], ['Zoë Ndiaye', 'Red B', '', '']])).toEqual({
      right: [{ line: 2, name: 'Luis Gómez', organisation: 'Red B', telephone: '+503 7000-1234', language: 'en' }, { line: 3, name: 'Zoë Ndiaye', organisation: 'Red B', telephone: null, language: 'es' }], faults: [],
    })
  })
  test.each([
    [['', 'Red B', '', ''], 'name', 'required', null],
    [['Luis', '', '', ''], 'organisation', 'required', null],
    [['x'.repeat(121), 'Red B', '', ''], 'name', 'too_long', 'x'.repeat(120)],
    [['Luis', 'Red B', 'ask Ana', ''], 'telephone', 'bad_telephone', 'ask Ana'],
    [['Luis', 'Red B', '', 'Klingon'], 'language', 'unknown_language', 'Klingon'],
    [['ana  paz', 'MISION DOS', '', ''], 'name', 'here_already', 'ana paz'],
    [['Luis', 'Red B'], null, 'too_few_columns', '2'],
    [['Luis', 'Red B', '', '', 'more'], null, 'too_many_columns', '5'],
  ])('%s: %s %s', (cells, column, reason, found) => {
    const { right, faults } = judge([cells])
    expect(right).toEqual([])
    expect(faults).toMatchObject([{ line: 2, column, reason, found }])
  })
  test('a person twice: the first line counts, the second says where the first stands', () => {
    const { right, faults } = judge([['Luis', 'Red B', '', ''], ['Eva', 'Red B', '', ''], ['LUIS', 'red b', '', '']])
    expect(right.map(({ name }) => name)).toEqual(['Luis', 'Eva'])
    expect(faults).toEqual([{ line: 4, column: 'name', reason: 'twice', found: 'LUIS', hint: null, otherLine: 2 }])
  })
  test('of one name in two organisations are two people', () => {
    expect(judge([['Luis', 'Red B', '', ''], ['Luis', 'Red C', '', '']]).right).toHaveLength(2)
  })
  test('a quote that is not closed is one fault, in words for whoever mends the file', () => {
    const { faults } = judgeDelegation([{ line: 7, cells: ['"Luis'], broken: true }], 4, at, against)
    expect(faults.map(faultInWords)).toEqual(['quotes'])
    expect(faultInWords({ line: 4, column: 'name', reason: 'twice', found: 'Luis', hint: null, otherLine: 2 })).toBe('name: twice Luis (line 2)')
  })
  test('a mark that keeps a spreadsheet from reckoning is no part of the cell', () => {
    expect(cellsInOrder({ line: 2, cells: ['Luis', 'Red B', "'+503 7000 1234", 'es'], broken: false }, at)).toEqual(['Luis', 'Red B', '+503 7000 1234', 'es'])
  })
  test('a language by its code or its name in either language', () => {
    expect(['ES', 'Español', 'castellano', 'Inglés', 'eng', ''].map((text) => languageNamed(text, ['es', 'en']))).toEqual(['es', 'es', 'es', 'en', 'en', 'es'])
    expect(languageNamed('fr', ['es', 'en'])).toBeNull()
    expect(languageNamed('fr', ['es', 'fr'])).toBe('fr')
  })
})

describe('a short code', () => {
  test('has twelve signs, none of which is read as another, and is typed as people type', () => {
    const code = codeFrom(new Uint8Array(Array.from({ length: 32 }, (_, at) => at * 7)))
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
    expect(groupedCode(code)).toMatch(/^.{4}-.{4}-.{4}$/)
    expect(shortCodeIn(` ${groupedCode(code).toLowerCase()} `)).toBe(code)
    expect(shortCodeIn('oil0-0000-0000')).toBe('011000000000')
  })
  test.each(['', '7K3M-9PWX-0RT', '7K3M-9PWX-0RTD1', '7K3M-9PWX-0RTU', 'x'.repeat(43)])('%s is none', (text) => expect(shortCodeIn(text)).toBeNull())
})
