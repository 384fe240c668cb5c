import { randomUUID } from 'node:crypto'
import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteCall } from '../../shared/people.ts'
import { photoId } from '../../shared/photos.ts'
import { fileReportCall, getReportCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import { maxRegisterBytes, previewRegisterCall, wrongLinesCall } from '../../shared/stations.ts'
import { attachmentNamed } from '../../server/platform/http/names.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { phonePicture, setUp } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { beginUpload, file, hashOf, statementOf } from '../support/reports.ts'

// Input that was made to break us: each is the right problem of the table, nothing is recorded, and everybody else goes on.

let house: TestHouse
let ana: Caller
let desk: Caller
let lead: Caller
beforeAll(async () => {
  house = await startHouse()
  ;[ana, desk, lead] = [await house.person('observer'), await house.person('coordinator'), await house.person('lead')]
  await setUp(house, lead)
})
afterAll(() => house.stop())

const newId = () => uuid7(Date.parse(house.clock.now()))

/** A problem, with nothing recorded and the server alive; nothing of a body lies about afterwards. */
async function expectRefused(send: () => Promise<Response>, status: number, problem: string, path?: string): Promise<void> {
  const before = house.engine.head().number
  const response = await send()
  const text = await response.text()
  expect([response.status, text]).toEqual([status, expect.stringContaining(`"problem":"${problem}"`)])
  if (path !== undefined) expect(text).toContain(`"path":"${path}"`)
  expect(house.engine.head().number).toBe(before)
  expect((await house.nobody.fetch('/health')).status).toBe(200)
}

/** How many files this process, in which the house runs, has open: those of its data folder. */
const openFiles = async (): Promise<string[]> =>
  process.platform === 'linux' ? (await Promise.all((await readdir('/proc/self/fd')).map((one) => readlink(`/proc/self/fd/${one}`).catch(() => '')))).filter((path) => path.startsWith(join(house.folder, 'incoming'))) : []

const deep = (open: string, close: string, times: number) => `${open.repeat(times)}1${close.repeat(times)}`
const put = (body: BodyInit, headers: Record<string, string> = {}) => () => lead.fetch(`/api/people/${newId()}`, { method: 'PUT', headers: { 'Content-Type': 'application/json', ...headers }, body })

describe('[R222] JSON that was made to break us', () => {
  it.each<[string, () => () => Promise<Response>, number, string, string?]>([
    ['arrays 1,000 deep', () => put(`{"name":${deep('[', ']', 1000)}}`), 400, 'invalid_input', 'name'],
    ['objects 1,000 deep', () => put(`{"name":${deep('{"a":', '}', 1000)}}`), 400, 'invalid_input', 'name'],
    ['arrays 100,000 deep', () => put(`{"name":${deep('[', ']', 100_000)}}`), 400, 'invalid_input'],
    ['__proto__', () => put('{"__proto__":{"role":"lead"},"name":"A"}'), 400, 'invalid_input'],
    ['constructor', () => put('{"constructor":{"prototype":{"role":"lead"}},"name":"A"}'), 400, 'invalid_input', 'constructor'],
    ['an array', () => put('[]'), 400, 'invalid_input'],
    ['null', () => put('null'), 400, 'invalid_input'],
    ['a text', () => put('"text"'), 400, 'invalid_input'],
    ['half of it', () => put('{"name":"A'), 400, 'invalid_input'],
    ['nothing', () => put(''), 400, 'invalid_input'],
    ['a megabyte of words', () => put(JSON.stringify({ name: 'a'.repeat(1_000_000) })), 413, 'too_large'],
    ['a gigabyte in a megabyte', () => put(gzipSync(Buffer.alloc(100_000_000, 0x20)), { 'Content-Encoding': 'gzip' }), 413, 'too_large'],
    ['an encoding that nobody has', () => put('{}', { 'Content-Encoding': 'wonder' }), 400, 'invalid_input'],
    ['letters that nobody has', () => put('{}', { 'Content-Type': 'application/json; charset=wonder' }), 400, 'invalid_input'],
    ['half a million keys', () => put(`{${Array.from({ length: 40_000 }, (_, at) => `"${at}":1`).join(',')}}`), 413, 'too_large'],
    ['a question asked twice', () => () => desk.fetch('/api/reports?words=a&words=b'), 400, 'invalid_input', 'words'],
    ['a question with a field of its own', () => () => desk.fetch('/api/reports?__proto__=x'), 400, 'invalid_input'],
    ['a thousand questions', () => () => desk.fetch(`/api/reports?${'a=1&'.repeat(999)}`), 400, 'invalid_input'],
    ['an address with a zero in it', () => () => desk.fetch('/api/reports/%00'), 400, 'invalid_input', 'id'],
    ['an address that climbs', () => () => desk.fetch('/api/reports/..%2f..%2fmission.db'), 400, 'invalid_input', 'id'],
    ['an address that is none', () => () => desk.fetch('/api/reports/%zz'), 404, 'not_found'],
  ])('%s', async (_, send, status, problem, path) => {
    await expectRefused(send(), status, problem, path)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('[R223] a report', () => {
  const fileIt = async (given: Partial<Statement>) => {
    const statement = await statementOf(house, ana, given)
    return ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
  }
  const at = '2027-02-28T20:00:00.000Z'
  const times = (observedAt: string) => ({ observedAt, finishedAt: at, zone: 'America/El_Salvador' })
  const position = (latitude: number, longitude: number, accuracyMetres = 5, ageSeconds = 0) => ({ latitude, longitude, accuracyMetres, ageSeconds })

  it.each<[string, Partial<Statement>, string, string]>([
    ['beyond the pole', { position: position(90.0001, 0) }, 'position.latitude', 'format'],
    ['beyond the date line', { position: position(13, -180.0001) }, 'position.longitude', 'format'],
    ['of less than no accuracy', { position: position(13, -89, -1) }, 'position.accuracyMetres', 'format'],
    ['known in the future', { position: position(13, -89, 5, -1) }, 'position.ageSeconds', 'format'],
    ['in the thirteenth month', { times: times('2027-13-01T00:00:00.000Z') }, 'times.observedAt', 'format'],
    ['at 24 o’clock', { times: times('2027-02-28T24:00:00.000Z') }, 'times.observedAt', 'format'],
    ['in the year 10000', { times: times('+010000-01-01T00:00:00.000Z') }, 'times.observedAt', 'format'],
    ['with a bell in its words', { words: 'ring \u0007' }, 'words', 'format'],
    ['with a zero in its words', { words: 'zero \u0000' }, 'words', 'format'],
    ['of more words than a report has', { words: 'a'.repeat(5001) }, 'words', 'too_long'],
    ['in a zone of nowhere', { times: { ...times(at), zone: 'Mars/Olympus' } }, 'times.zone', 'not_in_list'],
  ])('%s is told beside its field', async (_, given, path, reason) => {
    const { status, problem } = await fileIt(given)
    expect([status, problem]).toEqual([400, { problem: 'invalid_input', fields: [{ path, reason }] }])
  })

  it('of more than 64 kB is told so', async () => {
    const { problem } = await ana.call(fileReportCall, { id: newId(), statement: `"${'a'.repeat(70_000)}"`, sentAt: at })
    expect(problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'statement', reason: 'too_long' }] })
  })

  it.each([
    ['long ago', { times: times('1970-01-01T00:00:00.000Z') }], ['years from now', { times: times('2099-12-31T23:59:59.999Z') }], ['before the calendar', { times: times('0001-01-01T00:00:00.000Z') }],
    ['at the pole', { position: position(90, 180) }], ['sure to no metre', { position: position(13.5, -89.2, 0) }],
  ] as [string, Partial<Statement>][])('%s is kept as it was stated, and the desk can open it', async (_, given) => {
    const { status, reply } = await fileIt(given)
    expect(status).toBe(201)
    const page = await desk.call(getReportCall, { id: reply.id })
    expect(page.reply).toMatchObject({ position: given.position ?? null, line: { observedAt: given.times?.observedAt ?? page.reply.line.observedAt } })
  })

  it.each(['1970-01-01T00:00:00.000Z', '2199-01-01T00:00:00.000Z'])('from a phone whose clock says %s is kept, and the difference is known', async (sentAt) => {
    const statement = await statementOf(house, ana)
    const { status } = await ana.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt })
    expect(status).toBe(201)
    expect(Math.abs((await desk.call(getReportCall, { id: statement.id })).reply.skewSeconds)).toBeGreaterThan(1e8)
  })

  it('whose words turn the line around or end in half a character is kept as it was stated, and shown as it reads', async () => {
    const { id, words } = await file(house, ana, { words: 'before \u202egnp.exe\u202c \u2066after\u2069 \ud83d' })
    expect((await house.db.readers.selectFrom('reports').select('statement').where('id', '=', id).executeTakeFirstOrThrow()).statement).toContain(JSON.stringify(words))
    expect((await desk.call(getReportCall, { id })).reply.words).toBe('before gnp.exe after \ufffd')
  })

  it('whose string no file can hold is refused', async () => {
    const statement = await statementOf(house, ana)
    const text = JSON.stringify(statement).replace('flat', '\ud83d')
    expect((await ana.call(fileReportCall, { id: statement.id, statement: text, sentAt: at })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'statement', reason: 'format' }] })
  })

  it('a name that turns the line around is taken without that', async () => {
    const { reply } = await lead.call(inviteCall, { id: randomUUID(), name: '\u202eaidaN\u202c Nadia', role: 'press', organisation: 'Red \u2067B', language: 'es' })
    expect(reply.person.name).toBe('aidaN Nadia')
  })

  it('and after all of it journal and tables agree', async () => {
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})

describe('[R224] forms and files', () => {
  const boundary = 'xxbound'
  const part = (head: string, body = 'a') => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n`
  const fileHead = 'Content-Disposition: form-data; name="file"; filename="a.csv"'
  const form = (body: string, type = `multipart/form-data; boundary=${boundary}`) => () => lead.fetch('/api/register/preview', { method: 'POST', headers: { 'Content-Type': type }, body })
  const end = `--${boundary}--\r\n`

  it.each<[string, () => Promise<Response>, number, string]>([
    ['10,000 parts', form(part(fileHead).repeat(10_000) + end), 400, 'invalid_input'],
    ['10,000 fields', form(part('Content-Disposition: form-data; name="a"').repeat(10_000) + end), 400, 'invalid_input'],
    ['a part without a name', form(part('Content-Disposition: form-data') + end), 400, 'invalid_input'],
    ['a part of another name', form(part('Content-Disposition: form-data; name="__proto__"; filename="a"') + end), 400, 'invalid_input'],
    ['a form in a form', form(part(`Content-Type: multipart/mixed; boundary=inner\r\nContent-Disposition: form-data; name="file"`, '--inner--') + end), 400, 'invalid_input'],
    ['a form that is cut', form(part(fileHead).slice(0, -3)), 400, 'invalid_input'],
    ['a form without a boundary', form('x', 'multipart/form-data'), 400, 'invalid_input'],
    ['nothing', form(''), 400, 'invalid_input'],
    ['headers of a part without end', form(`--${boundary}\r\n${fileHead}\r\n${'X-A: b\r\n'.repeat(5000)}\r\na\r\n${end}`), 400, 'invalid_input'],
    ['5 MB and a byte', form(part(fileHead, 'a'.repeat(maxRegisterBytes + 1)) + end), 413, 'too_large'],
  ])('%s: refused, and nothing of it stays', async (_, send, status, problem) => {
    await expectRefused(send, status, problem)
    await expect.poll(() => readdir(join(house.folder, 'incoming')).then((names) => names.filter((name) => !name.startsWith('register-'))), { timeout: 120_000 }).toEqual([])
    await expect.poll(openFiles, { timeout: 120_000 }).toEqual([])
  })

  it.each(['../../evil.csv', '/etc/passwd', '..\\..\\evil.csv', 'C:\\evil.csv', 'nul\u0000.csv', 'a\r\nSet-Cookie: x=y', '.htaccess', '', '💣'.repeat(200)])('the name %j is data: no file is called so', async (name) => {
    const csv = 'station_code,station_name,department,municipality,district,latitude,longitude,table\n=A1,x,y\n'
    const { status, reply, headers } = await lead.call(previewRegisterCall, {}, { file: { bytes: Buffer.from(csv), name } })
    expect([status === 200 || status === 400, headers.get('set-cookie')]).toEqual([true, null])
    expect((await readdir(house.folder)).filter((entry) => /evil|passwd|htaccess/.test(entry))).toEqual([])
    if (status !== 200) return
    const answer = await lead.fetch(wrongLinesCall.path + `?upload=${reply.upload}`)
    expect(await answer.text()).toContain(`"'=A1"`)
  })

  it.each([
    ['plain.csv', `attachment; filename="plain.csv"; filename*=UTF-8''plain.csv`],
    ['acta niñez ñ.csv', `attachment; filename="acta ninez n.csv"; filename*=UTF-8''acta%20ni%C3%B1ez%20%C3%B1.csv`],
    ['a"b\\c/d;e\r\nX: y.csv', `attachment; filename="a_bcd_eX_ y.csv"; filename*=UTF-8''a%22bcd%3BeX%3A%20y.csv`],
    ['\u202egpj.exe', `attachment; filename="gpj.exe"; filename*=UTF-8''gpj.exe`],
    ['../../.hidden', `attachment; filename="hidden"; filename*=UTF-8''hidden`],
    ['', `attachment; filename="file"; filename*=UTF-8''file`],
    ["it's (1)*.csv", `attachment; filename="it_s (1)_.csv"; filename*=UTF-8''it%27s%20%281%29%2A.csv`],
  ])('%j leaves as RFC 6266 has it', (name, wanted) => expect(attachmentNamed(name)).toBe(wanted))

  it('the headers of an upload are looked at before anything is made of them', async () => {
    const bytes = await phonePicture(94_001)
    const { id } = await file(house, ana, { pictures: [bytes] })
    const photo = photoId(id, hashOf(bytes))
    const named = `photo ${Buffer.from(photo).toString('base64')}`
    const begin = (headers: Record<string, string>) => () => ana.fetch('/api/uploads', { method: 'POST', headers: { 'Tus-Resumable': '1.0.0', ...headers } })
    for (const length of ['-1', '1e3', '0', 'NaN', '', '1.5', '0x10', '9'.repeat(400)]) await expectRefused(begin({ 'Upload-Length': length, 'Upload-Metadata': named }), 400, 'invalid_input')
    await expectRefused(begin({ 'Upload-Length': String(50_000_001), 'Upload-Metadata': named }), 413, 'too_large')
    for (const metadata of ['', 'photo', 'photo !!!', `photo ${Buffer.from('../../x').toString('base64')}`, `__proto__ ${Buffer.from(photo).toString('base64')}`, ','.repeat(5000)]) await expectRefused(begin({ 'Upload-Length': String(bytes.length), 'Upload-Metadata': metadata }), 400, 'invalid_input')

    const { upload } = await beginUpload(ana, photo, bytes.length)
    const ask = (method: string, headers: Record<string, string>) => ana.fetch(`/api/uploads/${upload}`, { method, headers: { 'Tus-Resumable': '1.0.0', ...headers }, ...(method === 'PATCH' ? { body: 'xx' } : {}) })
    for (const offset of ['-1', '1', 'NaN', '1e1', '', '9'.repeat(30)]) {
      const { status } = await ask('PATCH', { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' })
      expect([offset, status >= 400 && status < 500]).toEqual([offset, true])
    }
    // The library would take this for another verb.
    for (const verb of ['DELETE', 'PATCH']) expect((await ask('POST', { 'X-HTTP-Method-Override': verb, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' })).status).toBeGreaterThanOrEqual(400)
    expect((await ask('HEAD', {})).headers.get('upload-offset')).toBe('0')
    expect((await ask('OPTIONS', {})).status).toBe(404)
  })
})
