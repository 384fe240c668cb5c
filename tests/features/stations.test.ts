import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { meCall, setBasicsCall, setCheckingCall } from '../../shared/mission.ts'
import { listPeopleCall } from '../../shared/people.ts'
import { importRegisterCall, maxRegisterBytes, previewRegisterCall, registerCall, registerColumns, wrongLinesCall } from '../../shared/stations.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'

let house: TestHouse
let lead: Caller
beforeEach(async () => {
  house = await startHouse()
  lead = await house.person('lead')
  await lead.call(setBasicsCall, { name: 'Ejemplo', country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], leadName: 'Lea', organisation: 'Uno' })
})
afterEach(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const heading = registerColumns.join(',')
const line = (station: number, table: number, longitude = '-89.2') => `S${station},Centro Escolar Ejemplo ${station},San Salvador,San Salvador Centro,Mejicanos,13.72,${longitude},${table}`
const file = (...lines: string[]) => [heading, ...lines, ''].join('\n')
const bytesOf = (text: string) => Buffer.from(text, 'utf8')
const preview = (bytes: Uint8Array | string, by = lead, name = 'centros.csv') => by.call(previewRegisterCall, {}, { file: { bytes: typeof bytes === 'string' ? bytesOf(bytes) : bytes, name } })
const register = async (by = lead) => (await by.call(registerCall, {})).reply.register
async function importAll(text: string) {
  const { reply } = await preview(text)
  return lead.call(importRegisterCall, { upload: reply.upload, right: reply.right, wrong: reply.wrong })
}

const three = file(line(1, 90001), line(1, 90002), line(2, 90003))
const oneWrong = file(line(1, 90001), line(2, 90002, '89.2'), line(3, 90003), line(4, 90003))

describe('[R72] a preview', () => {
  test('says what the file holds, wrong lines first, and imports nothing', async () => {
    const { status, reply } = await preview(oneWrong, lead, 'centros – ñ.csv')
    expect(status).toBe(200)
    expect(reply).toMatchObject({
      upload: createHash('sha256').update(bytesOf(oneWrong)).digest('hex'), fileName: 'centros – ñ.csv', sizeBytes: bytesOf(oneWrong).length, encoding: 'utf-8', separator: ',',
      lines: 4, right: 2, wrong: 2, stations: 2, tables: 2, departments: 1, municipalities: 1, more: false,
      faults: [{ line: 3, column: 'longitude', reason: 'sign_missing', found: '89.2', hint: '-89.2' }, { line: 5, column: 'table', reason: 'table_twice', otherLine: 4 }],
    })
    expect(reply.cells.map((one) => one.line)).toEqual([3, 5, 2, 4])
    expect(reply.cells[0]?.cells).toEqual(line(2, 90002, '89.2').split(','))
    expect((await register())?.code).toEqual([])
  })

  test('reads windows-1252 and semicolons as Windows writes them, and columns in any order', async () => {
    const text = ['Table;Longitude;Latitude;District;Municipality;Department;Station_name;Station_code;Note', '90001;-89,2;13,72;Mejicanos;San Salvador Centro;San Salvador;"Centro ""Ñandú""; anexo";S1;x', ''].join('\r\n')
    const { reply } = await preview(Buffer.from(text, 'latin1'))
    expect(reply).toMatchObject({ encoding: 'windows-1252', separator: ';', right: 1, wrong: 0 })
    expect(reply.cells).toEqual([{ line: 2, cells: ['S1', 'Centro "Ñandú"; anexo', 'San Salvador', 'San Salvador Centro', 'Mejicanos', '13,72', '-89,2', '90001'] }])
    await lead.call(importRegisterCall, { upload: reply.upload, right: 1, wrong: 0 })
    expect(await register()).toMatchObject({ code: ['S1'], name: ['Centro "Ñandú"; anexo'], latitude: [13.72], longitude: [-89.2], tables: [['90001']] })
  })

  test('reads what a spreadsheet saves as Unicode text: UTF-16 with its mark, and tabs', async () => {
    const text = file(line(1, 90001), line(1, 90002)).replaceAll(',', '\t')
    const little = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const { reply } = await preview(bytes)
      expect(reply).toMatchObject({ encoding: 'utf-16', separator: '\t', right: 2, wrong: 0 })
    }
  })

  test('with a byte order mark, empty lines and lines of separators alone', async () => {
    const { reply } = await preview(`\ufeff${heading}\n\n${line(1, 90001)}\n,,,,,,,\n${line(1, 90002)}\n\n`)
    expect(reply).toMatchObject({ lines: 2, right: 2, wrong: 0 })
    expect(reply.cells.map((one) => one.line)).toEqual([3, 5])
  })

  test('a quote that does not close spoils its own line alone', async () => {
    const { reply } = await preview(file(line(1, 90001), line(2, 90002).replace('Centro', '"Centro'), line(3, 90003), line(4, 90004).replace('Centro', '"Centro')))
    expect(reply).toMatchObject({ lines: 4, right: 2, wrong: 2 })
    expect(reply.faults.map((fault) => [fault.line, fault.reason])).toEqual([[3, 'quotes'], [5, 'quotes']])
  })

  test('names the columns that the heading lacks', async () => {
    expect((await preview(`${heading.replace('latitude', 'lat')}\n`)).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'latitude', reason: 'required' }] })
    for (const bytes of [Buffer.alloc(0), randomBytes(5000), Buffer.from(`${heading}\r\n`)]) expect((await preview(bytes)).problem).toMatchObject({ problem: 'invalid_input' })
    expect((await lead.call(previewRegisterCall, {})).problem).toMatchObject({ problem: 'invalid_input' })
    expect((await preview('PK\u0003\u0004\u0000')).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'file', reason: 'format' }] })
    for (const text of ['', `${heading}\n`]) expect((await preview(text)).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'file', reason: 'required' }] })
  })

  test('takes 5 MB and 50,000 lines, and no more', async () => {
    const lines = (count: number) => file(...Array.from({ length: count }, (_, index) => `S,C,San Salvador,San Salvador Centro,,13.7,-89.2,${index}`))
    const fits = lines(50_000)
    expect((await preview(fits)).reply).toMatchObject({ lines: 50_000, right: 50_000 })
    expect((await preview(lines(50_001))).problem).toEqual({ problem: 'too_large', limit: 50_000, fields: [{ path: 'file', reason: 'too_many' }] })
    const padded = (bytes: number) => {
      const short = [`${heading},note`, `${line(1, 90001)},`].join('\n')
      return short + 'x'.repeat(bytes - bytesOf(short).length)
    }
    expect((await preview(padded(maxRegisterBytes))).status).toBe(200)
    expect((await preview(padded(maxRegisterBytes + 1))).problem).toEqual({ problem: 'too_large', limit: maxRegisterBytes })
  })

  test('shows the first two hundred wrong lines of many, and says that there are more', async () => {
    const { reply } = await preview(file(...Array.from({ length: 300 }, (_, index) => line(index, 90001))))
    expect(reply).toMatchObject({ right: 1, wrong: 299, more: true })
    expect(reply.faults).toHaveLength(200)
  })

  test('leaves no file behind but the one that is kept for the import', async () => {
    await preview(three)
    for (const other of ['nonsense', Buffer.alloc(maxRegisterBytes + 1, 'a')]) expect((await preview(other)).status).toBeGreaterThanOrEqual(400)
    expect(await readdir(`${house.folder}/incoming`)).toEqual([`register-${createHash('sha256').update(bytesOf(three)).digest('hex')}`])
  })
})

describe('[R73] an import', () => {
  test('takes the right lines in one fact and leaves the wrong ones out', async () => {
    const { status, reply } = await importAll(oneWrong)
    expect([status, reply]).toEqual([200, { stations: 2, tables: 2 }])
    expect(await register()).toMatchObject({ code: ['S1', 'S3'], tables: [['90001'], ['90003']] })
    const facts = await house.db.readers.selectFrom('journal').select('number').where('kind', '=', 'register.imported').execute()
    expect(facts).toHaveLength(1)
    expect((await register())?.version).toBe(String(facts[0]?.number))
  })

  test('sent twice, it changes nothing the second time', async () => {
    await importAll(three)
    const { number } = house.engine.head()
    const { status, reply } = await importAll(three)
    expect([status, reply]).toEqual([200, { stations: 2, tables: 3 }])
    expect(house.engine.head().number).toBe(number)
  })

  test('again: changes by code, moves tables, deletes nothing', async () => {
    await importAll(three)
    await importAll(file(line(2, 90002).replace('Ejemplo 2', 'Nuevo 2'), line(3, 90004)))
    expect(await register()).toMatchObject({ code: ['S1', 'S2', 'S3'], name: ['Centro Escolar Ejemplo 1', 'Centro Escolar Nuevo 2', 'Centro Escolar Ejemplo 3'], tables: [['90001'], ['90002', '90003'], ['90004']] })
  })

  test('other counts than the person saw are a conflict, an upload that is not there is not found', async () => {
    const { reply } = await preview(oneWrong)
    expect((await lead.call(importRegisterCall, { upload: reply.upload, right: 3, wrong: 1 })).problem).toEqual({ problem: 'conflict' })
    expect((await lead.call(importRegisterCall, { upload: '0'.repeat(64), right: 2, wrong: 2 })).problem).toEqual({ problem: 'not_found' })
    expect((await lead.call(importRegisterCall, { upload: '../mission.db', right: 2, wrong: 2 })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'upload', reason: 'format' }] })
    expect((await register())?.code).toEqual([])
  })

  test('two at once of the same file import it once', async () => {
    const { reply } = await preview(three)
    const answers = await Promise.all([1, 2, 3].map(() => lead.call(importRegisterCall, { upload: reply.upload, right: 3, wrong: 0 })))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(await house.db.readers.selectFrom('journal').select('number').where('kind', '=', 'register.imported').execute()).toHaveLength(1)
  })

  test('takes set-up on, and a mission whose set-up is not so far stays where it is', async () => {
    await importAll(three)
    expect((await lead.call(meCall, {})).reply.mission.step).toBe('checking')
    await lead.call(setCheckingCall, { credit: 'Ejemplo', rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } })
    await importAll(three)
    expect((await lead.call(meCall, {})).reply.mission.step).toBe('people')
  })

  test('a whole country: 1,600 centres with 8,600 tables', async () => {
    const lines = Array.from({ length: 8600 }, (_, index) => {
      const station = index % 1600
      return `C${String(station).padStart(4, '0')},Centro Escolar Ejemplo ${station},San Salvador,San Salvador Centro,Mejicanos,${(13.3 + (station % 40) / 40).toFixed(5)},${(-89.9 + Math.floor(station / 40) / 40).toFixed(5)},${10_000 + index}`
    })
    const { reply } = await importAll(file(...lines))
    expect(reply).toEqual({ stations: 1600, tables: 8600 })
    const all = await register(await house.person('observer'))
    expect(all?.code).toHaveLength(1600)
    expect(all?.tables.flat()).toHaveLength(8600)
    expect(new Set(all?.tables.flat()).size).toBe(8600)
    expect(all?.tables[0]).toEqual(['10000', '11600', '13200', '14800', '16400', '18000'])
  })
})

describe('the wrong lines', () => {
  test('[R74] come as they stood with their reasons, are no formulas, and can be mended and imported', async () => {
    const given = file(line(1, 90001), line(2, 90002, '89.2').replace('Centro Escolar Ejemplo 2', '=HYPERLINK(1)'))
    const { reply } = await preview(given)
    const answer = await lead.fetch(`/api/register/wrong?upload=${reply.upload}`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="wrong-lines.csv"; filename*=UTF-8''wrong-lines.csv`)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.toString('utf8')).toBe(`\ufeff${heading},reason\r\n${line(2, 90002, '89.2').replace('Centro Escolar Ejemplo 2', `"'=HYPERLINK(1)"`)},longitude: sign_missing 89.2 -> -89.2\r\n`)
    await importAll(bytes.toString('utf8').replace(',89.2,', ',-89.2,'))
    expect(await register()).toMatchObject({ code: ['S2'], name: ['=HYPERLINK(1)'], longitude: [-89.2] })
  })
  test('of a file that nobody previewed are not found', async () => {
    expect((await lead.call(wrongLinesCall, { upload: '0'.repeat(64) })).problem).toEqual({ problem: 'not_found' })
  })
})

describe('the register on the phone', () => {
  test('[R75] comes once for each version', async () => {
    await importAll(three)
    const observer = await house.person('observer')
    const { reply } = await observer.call(registerCall, {})
    expect(reply.register).toEqual({
      version: reply.register?.version, code: ['S1', 'S2'], name: ['Centro Escolar Ejemplo 1', 'Centro Escolar Ejemplo 2'], department: ['San Salvador', 'San Salvador'], municipality: ['San Salvador Centro', 'San Salvador Centro'],
      district: ['Mejicanos', 'Mejicanos'], latitude: [13.72, 13.72], longitude: [-89.2, -89.2], tables: [['90001', '90002'], ['90003']],
    })
    const have = reply.register?.version ?? ''
    expect((await observer.call(registerCall, { have })).reply).toEqual({ same: true, register: null })
    await importAll(file(line(3, 90004)))
    expect((await observer.call(registerCall, { have })).reply.register?.code).toEqual(['S1', 'S2', 'S3'])
  })
})

describe('who must not', () => {
  test('[R18] only leads import, press has no register, and refusals read no body', async () => {
    const { reply } = await preview(three)
    for (const role of ['observer', 'coordinator', 'press'] as const) {
      const other = await house.person(role)
      const { number } = house.engine.head()
      expect((await preview(three, other)).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(importRegisterCall, { upload: reply.upload, right: 3, wrong: 0 })).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(wrongLinesCall, { upload: reply.upload })).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(registerCall, {})).status).toBe(role === 'press' ? 403 : 200)
      expect(house.engine.head().number).toBe(number)
    }
    expect((await preview(three, house.nobody)).problem).toEqual({ problem: 'not_signed_in' })
    expect((await house.nobody.call(registerCall, {})).problem).toEqual({ problem: 'not_signed_in' })
  })

  test('a register is a form, nothing else', async () => {
    const answer = await lead.fetch('/api/register/preview', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: three })
    expect([answer.status, await answer.json()]).toEqual([415, { problem: 'wrong_type' }])
  })

  test('[R312] what every phone loads, the mission and the register, travels compressed; other answers, whose length could tell a secret, do not', async () => {
    await importAll(file(...Array.from({ length: 200 }, (_, index) => line(index, index))))
    await Promise.all(Array.from({ length: 12 }, () => house.person('observer')))
    const answers = await Promise.all([meCall, registerCall, listPeopleCall].map(({ path }) => lead.fetch(path)))
    expect(answers.map(({ status, headers }) => [status, headers.get('content-encoding')])).toEqual([[200, 'gzip'], [200, 'gzip'], [200, null]])
    expect((await answers[2]?.text())?.length).toBeGreaterThan(1024)
  })
})
