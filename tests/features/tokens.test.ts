import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meCall } from '../../shared/mission.ts'
import { retireCall } from '../../shared/people.ts'
import { getReportCall, listReportsCall, myReportsCall } from '../../shared/reports.ts'
import { TokenContract, endTokenCall, listTokensCall, makeTokenCall } from '../../shared/tokens.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { phonePicture, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { hashOf } from '../support/reports.ts'

let house: TestHouse
let lead: Caller
let desk: Caller
let ana: Caller
let one: Buffer
let two: Buffer

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[desk, ana] = [await house.person('coordinator'), await house.person('observer', { name: 'Ana' })]
  ;[one, two] = [await phonePicture(1501), await phonePicture(1502)]
})
afterAll(() => house.stop())

const inDays = (days: number) => new Date(Date.parse(house.clock.now()) + days * 86_400_000).toISOString()
const newId = () => uuid7(Date.parse(house.clock.now()))
const tokenOf = async (owner: Caller, contracts: TokenContract[] = ['fileByToken', 'myReports'], until = inDays(2)) => (await lead.call(makeTokenCall, { id: newId(), name: 'Hotline', owner: owner.id, contracts, until })).reply

const reportNow = (given: object = {}) => ({ id: newId(), category: 'voting.queue', severity: 'medium', station: 'CE-01', observedAt: house.clock.now(), words: 'The queue reaches the street.', language: 'en', ...given })

type Sent = { status: number; reply: Record<string, unknown> }
/** As a program sends it: with its token, and from nowhere near our pages. */
async function send(token: string | null, report: unknown, pictures: Buffer[] = [], headers: Record<string, string> = {}): Promise<Sent> {
  const form = new FormData()
  if (report !== undefined) form.append('report', typeof report === 'string' ? report : JSON.stringify(report))
  for (const [at, bytes] of pictures.entries()) form.append('photos', new Blob([new Uint8Array(bytes)]), `${at}.jpg`)
  const response = await fetch(`${house.address}/api/reports`, { method: 'POST', body: form, headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers } })
  return { status: response.status, reply: (await response.json()) as Record<string, unknown> }
}
const read = (token: string, path: string) => fetch(`${house.address}${path}`, { headers: { Authorization: `Bearer ${token}` } })
/** Temporary files, beside the register that is kept for its import. */
const incoming = async () => (await readdir(join(house.folder, 'incoming'))).filter((name) => !name.startsWith('register-'))

describe('a token', () => {
  it('[R150] is shown once, kept as a hash, listed with owner, calls, expiry and last use, and ended by a lead', async () => {
    const { token, text } = await tokenOf(ana)
    expect(token).toMatchObject({ name: 'Hotline', owner: { id: ana.id, name: 'Ana' }, contracts: ['fileByToken', 'myReports'], createdBy: 'Lidia', endedAt: null, lastUsedAt: null })
    expect(JSON.stringify(await house.db.readers.selectFrom('tokens').selectAll().execute())).not.toContain(text)
    expect(JSON.stringify(await house.db.readers.selectFrom('journalBodies').select('body').execute())).not.toContain(text)
    expect((await read(text, '/api/my/reports')).status).toBe(200)
    const listed = (await lead.call(listTokensCall, {})).reply.tokens.find(({ id }) => id === token.id)
    expect(listed?.lastUsedAt).not.toBeNull()
    await lead.call(endTokenCall, { id: token.id })
    expect((await read(text, '/api/my/reports')).status).toBe(401)
    expect((await lead.call(listTokensCall, {})).reply.tokens.find(({ id }) => id === token.id)?.endedAt).not.toBeNull()
    expect((await lead.call(endTokenCall, { id: newId() })).problem).toEqual({ problem: 'not_found' })
  })

  it('[R151] ends at its time, and with its owner', async () => {
    const { text } = await tokenOf(ana)
    const bruno = await house.person('observer')
    const ofBruno = (await tokenOf(bruno)).text
    await lead.call(retireCall, { id: bruno.id })
    expect((await read(ofBruno, '/api/my/reports')).status).toBe(401)
    house.clock.forward(2 * 86_400_000)
    expect((await read(text, '/api/my/reports')).status).toBe(401)
    house.clock.forward(-2 * 86_400_000)
    expect((await read(text, '/api/my/reports')).status).toBe(200)
    expect((await read(`${text.slice(0, -1)}_`, '/api/my/reports')).status).toBe(401)
  })

  it('[R152] may be made for filing and reading alone: what a token can be made for is what calls say of themselves', () => {
    const marked = house.doors.contracts.filter((call) => call.token)
    expect(marked.map(({ name }) => name).sort()).toEqual([...TokenContract.options].sort())
    expect(marked.filter(({ kind }) => kind === 'writes').map(({ name }) => name)).toEqual(['fileByToken'])
  })

  it('[R152] opens nothing but the calls it was made for, none that its owner may not make, and no socket or upload', async () => {
    const all = (await tokenOf(desk, [...TokenContract.options])).text
    const before = house.engine.head().number
    const wrong: string[] = []
    for (const call of house.doors.contracts) {
      if (call.who === 'anyone' || (call.token && (call.who.includes('coordinator') || call.who.length === 0))) continue
      const types = { json: 'application/json', bytes: 'image/jpeg', file: 'multipart/form-data; boundary=x', report: 'multipart/form-data; boundary=x', nothing: '' }
      const response = await fetch(`${house.address}${call.path.replace(/:[a-zA-Z]+/g, 'x')}`, { method: call.method, headers: { Authorization: `Bearer ${all}`, ...(types[call.carries] ? { 'Content-Type': types[call.carries] } : {}) }, ...(call.carries === 'json' ? { body: '{}' } : {}) })
      if (response.status !== 403) wrong.push(`${call.name} ${response.status}`)
    }
    expect(wrong).toEqual([])
    expect((await fetch(`${house.address}/api/uploads`, { method: 'POST', headers: { Authorization: `Bearer ${all}`, 'Tus-Resumable': '1.0.0', 'Upload-Length': '9' } })).status).toBe(403)
    expect(house.engine.head().number).toBe(before)
    const { text } = await tokenOf(desk, ['listReports'])
    expect([(await read(text, listReportsCall.path)).status, (await read(text, meCall.path)).status]).toEqual([200, 403])
    // An observer's token reads no list of the desk, whatever it was made for.
    expect((await read((await tokenOf(ana, ['listReports', 'myReports'])).text, listReportsCall.path)).status).toBe(403)
  })

  it('[R320] sees a released picture as the wall does, and takes no file of it: what was taken unseen nobody could be told to take down', async () => {
    const { photo } = await verifiedPicture(house, ana, [desk], 1503)
    const id = await release(desk, photo)
    const [press, owner] = [await house.person('press'), desk]
    const before = house.engine.head().number
    for (const person of [press, owner]) {
      const { text } = await tokenOf(person, ['listReleases', 'releaseImage'])
      expect((await read(text, '/api/releases')).status).toBe(200)
      expect((await read(text, `/api/releases/${id}/image?size=wall`)).headers.get('content-type')).toBe('image/jpeg')
      const web = await read(text, `/api/releases/${id}/image?size=web`)
      expect([web.status, await web.json()]).toEqual([403, { problem: 'not_allowed' }])
      // Byte for byte as one that never was, so that a token learns nothing.
      expect(await (await read(text, `/api/releases/${randomUUID()}/image?size=web`)).json()).toEqual({ problem: 'not_allowed' })
      for (const size of ['web', 'full']) expect((await fetch(`${house.address}/api/releases/${id}/downloads`, { method: 'POST', body: JSON.stringify({ size }), headers: { Authorization: `Bearer ${text}`, 'Content-Type': 'application/json' } })).status).toBe(403)
    }
    const kinds = await house.db.readers.selectFrom('journal').select('kind').where('number', '>', before).execute()
    expect(kinds.map(({ kind }) => kind)).toEqual(['token.made', 'token.made'])
    // On its own screen a person sees it larger.
    expect((await press.fetch(`/api/releases/${id}/image?size=web`)).status).toBe(200)
  })

  it('[R152] is not helped by a cookie beside it, and a cookie does not do what asks for a token', async () => {
    expect((await send('veedor_nothing', reportNow(), [], { Cookie: ana.cookie, Origin: house.address })).status).toBe(401)
    expect((await send(null, reportNow(), [], { Cookie: ana.cookie, Origin: house.address })).reply).toEqual({ problem: 'not_allowed' })
    expect((await send(null, reportNow(), [], { Cookie: ana.cookie, Origin: 'https://elsewhere.example' })).reply).toEqual({ problem: 'not_allowed' })
    expect((await send(null, reportNow())).reply).toEqual({ problem: 'not_allowed' })
  })

  it('is for somebody who is here, for a time to come of a year at most; another under the same id is a conflict', async () => {
    const asked = { id: newId(), name: 'Hotline', owner: ana.id, contracts: ['fileByToken' as const], until: inDays(1) }
    expect((await lead.call(makeTokenCall, { ...asked, owner: newId() })).problem?.fields).toEqual([{ path: 'owner', reason: 'not_in_list' }])
    expect((await lead.call(makeTokenCall, { ...asked, until: inDays(-1) })).problem?.fields).toEqual([{ path: 'until', reason: 'ended' }])
    expect((await lead.call(makeTokenCall, { ...asked, until: inDays(400) })).problem?.fields).toEqual([{ path: 'until', reason: 'too_large' }])
    expect((await lead.call(makeTokenCall, { ...asked, contracts: ['release' as 'me'] })).problem?.problem).toBe('invalid_input')
    const first = (await lead.call(makeTokenCall, asked)).reply.text
    const second = (await lead.call(makeTokenCall, asked)).reply.text
    expect(second).not.toBe(first)
    expect([(await read(first, '/api/my/reports')).status, (await read(second, '/api/my/reports')).status]).toEqual([401, 403])
    expect((await lead.call(makeTokenCall, { ...asked, name: 'Other' })).problem).toEqual({ problem: 'conflict' })
  })
})

describe('a report by token', () => {
  it('[R153] is filed with its pictures in one call: on the disk before the receipt, unsigned, in its owner\'s name, and the journal names the token too', async () => {
    const { text, token } = await tokenOf(ana)
    const report = reportNow({ position: { latitude: 13.58, longitude: -89.28, accuracyMetres: 10 } })
    const { status, reply } = await send(text, report, [one, two])
    expect([status, reply['id']]).toEqual([201, report.id])
    for (const bytes of [one, two]) expect(await house.files.originals.verifyHash(hashOf(bytes))).toBe(true)
    await house.picturesDone()
    const page = (await desk.call(getReportCall, { id: report.id })).reply
    expect(page).toMatchObject({ signed: 'unsigned', words: report.words, line: { author: { name: 'Ana' }, station: 'CE-01', photosReceived: 2 } })
    expect(page.photos.map(({ sha256, state }) => [sha256, state])).toEqual([one, two].map((bytes) => [hashOf(bytes), 'ready']))
    const { body } = await house.db.readers.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select('body').where('kind', '=', 'report.filed').orderBy('journal.number', 'desc').executeTakeFirstOrThrow()
    expect((JSON.parse(body) as { actor: unknown }).actor).toEqual({ kind: 'person', id: ana.id, token: token.id })
    expect((await ana.call(myReportsCall, {})).reply.reports.map(({ id }) => id)).toContain(report.id)
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('[R331] leaves open whether its author was there where the program does not say, and says it where it does', async () => {
    const { text } = await tokenOf(ana)
    for (const [given, atStation] of [[{}, null], [{ atStation: null }, null], [{ atStation: true }, true], [{ atStation: false }, false]] as const) {
      const report = reportNow(given)
      expect((await send(text, report)).status).toBe(201)
      expect((await desk.call(getReportCall, { id: report.id })).reply.atStation).toBe(atStation)
    }
  })

  it('[R154] sent again is the same receipt and nothing more; other content under its id is a conflict, and so is another person\'s id not found', async () => {
    const { text } = await tokenOf(ana)
    const report = reportNow()
    const first = await send(text, report, [one])
    await house.picturesDone()
    const { number } = house.engine.head()
    expect(await send(text, report, [one])).toEqual(first)
    expect((await send(text, { ...report, words: 'Other words.' }, [one])).reply).toEqual({ problem: 'conflict' })
    expect((await send(text, report, [two])).reply).toEqual({ problem: 'conflict' })
    expect((await send((await tokenOf(await house.person('observer'))).text, report, [one])).reply).toEqual({ problem: 'not_found' })
    await house.picturesDone()
    // Making the other person and their token are the facts between.
    const kinds = await house.db.readers.selectFrom('journal').select('kind').where('number', '>', number).execute()
    expect(kinds.map(({ kind }) => kind)).toEqual(['person.invited', 'person.joined', 'token.made'])
  })

  it('[R154] that is not right is refused whole, in words of its fields, and leaves no file behind', async () => {
    const { text } = await tokenOf(ana)
    const before = house.engine.head().number
    const problemOf = async (report: unknown, pictures: Buffer[] = []) => (await send(text, report, pictures)).reply
    expect(await problemOf(undefined, [one])).toEqual({ problem: 'invalid_input', fields: [{ path: 'report', reason: 'required' }] })
    expect(await problemOf('not json', [one])).toEqual({ problem: 'invalid_input', fields: [{ path: 'report', reason: 'format' }] })
    expect(await problemOf('[]')).toEqual({ problem: 'invalid_input' })
    expect(await problemOf(reportNow({ severity: 'bad', more: 1 }))).toEqual({ problem: 'invalid_input', fields: [{ path: 'severity', reason: 'not_in_list' }, { path: 'more', reason: 'unknown_field' }] })
    expect(await problemOf(reportNow({ station: 'CE-99' }))).toEqual({ problem: 'invalid_input', fields: [{ path: 'station', reason: 'not_in_list' }] })
    expect(await problemOf(reportNow(), [one, one])).toEqual({ problem: 'invalid_input', fields: [{ path: 'photos', reason: 'repeated' }] })
    expect(await problemOf(reportNow(), [one, Buffer.from('%PDF-1.7 not a picture at all')])).toMatchObject({ problem: 'wrong_type' })
    expect(await problemOf(reportNow(), Array.from({ length: 51 }, () => one))).toEqual({ problem: 'invalid_input', fields: [{ path: 'photos', reason: 'too_many' }] })
    expect(await problemOf(reportNow(), [Buffer.alloc(50_000_001)])).toEqual({ problem: 'too_large', limit: 50_000_000 })
    expect(house.engine.head().number).toBe(before)
    expect(await incoming()).toEqual([])
  })
})

describe('the line of the docs', () => {
  it.each(['operator', 'operador'])('[R155] files a report with two pictures, as it stands in docs/%s.md', async (name) => {
    const line = /^ID=.*\nWHEN=.*\ncurl .*$/m.exec(await readFile(resolve(import.meta.dirname, `../../docs/${name}.md`), 'utf8'))?.[0] ?? ''
    expect(line.match(/-F photos=@/g)).toHaveLength(2)
    const folder = await mkdtemp(join(tmpdir(), 'veedor-curl-'))
    try {
      await writeFile(join(folder, 'one.jpg'), one)
      await writeFile(join(folder, 'two.jpg'), two)
      const { text } = await tokenOf(ana)
      const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('http://localhost:8080', house.address)], { cwd: folder, env: { ...process.env, TOKEN: text } })
      const { id } = JSON.parse(stdout) as { id: string }
      await house.picturesDone()
      const page = (await desk.call(getReportCall, { id })).reply
      expect(page.photos.map(({ sha256, state }) => [sha256, state])).toEqual([one, two].map((bytes) => [hashOf(bytes), 'ready']))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
