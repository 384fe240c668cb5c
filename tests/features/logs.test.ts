import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../../shared/contract.ts'
import { inviteCall, joinCall, lookAtLinkCall } from '../../shared/people.ts'
import { livePath } from '../../shared/live.ts'
import { meCall } from '../../shared/mission.ts'
import { originalFileCall, photoId, photoImageCall, takeOriginalCall } from '../../shared/photos.ts'
import { listReportsCall } from '../../shared/reports.ts'
import { makeBackup } from '../../server/backup.ts'
import { toldOf } from '../../server/platform/http/problems.ts'
import { serveFile } from '../../server/platform/http/serve.ts'
import { phonePicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, hashOf, sendOriginal } from '../support/reports.ts'
import { listen } from '../support/sockets.ts'
import { uuid7 } from '../../server/platform/ids.ts'

let house: TestHouse
let [ana, desk, lead]: Caller[] = []
const lines: Record<string, unknown>[] = []
const keep = (about: object, text: string) => void lines.push({ ...about, text })

const canary = { name: 'Canaria Nombre', words: 'CANARIO-PALABRAS-8841', latitude: 13.694412, longitude: -89.187731 }

beforeAll(async () => {
  house = await startHouse({ log: { error: keep, warn: keep, info: keep }, trustProxy: ['127.0.0.1'] })
  ;[ana, desk, lead] = [await house.person('observer', { name: canary.name }), await house.person('coordinator'), await house.person('lead')]
})
afterAll(() => house.stop())

/** Resolves when the line of this answer is written, which is after it left. */
async function lineOf(reference: string | null): Promise<Record<string, unknown>> {
  await expect.poll(() => lines.filter((line) => line['text'] === 'request' && line['reference'] === reference).length, { timeout: 120_000 }).toBe(1)
  return lines.find((line) => line['text'] === 'request' && line['reference'] === reference) ?? {}
}

async function everythingIn(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(found.filter((one) => one.isFile()).map(async (one) => ({ path: join(one.parentPath, one.name), bytes: await readFile(join(one.parentPath, one.name)) })))
}

describe('[R220] the log', () => {
  it('has one line a request, with the reference that its answer carries, the route’s pattern, and the network alone', async () => {
    if (!desk) throw new Error('Nobody')
    for (const [path, route, status] of [['/api/me', '/api/me', 200], [`/api/reports/${uuid7(0)}`, '/api/reports/:id', 404], [`/api/reports?words=${canary.words}`, '/api/reports', 200], [`/api/${canary.words}`, '', 404], [`/${canary.words}`, '/*rest', 404], ['/%zz', '', 404], ['/health', '/health', 200]] as const) {
      const answer = await desk.fetch(path, { headers: { 'X-Forwarded-For': '198.51.100.23' } })
      const line = await lineOf(answer.headers.get('reference'))
      const { reference, milliseconds, ...rest } = line
      expect([String(reference), typeof milliseconds]).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/), 'number'])
      expect(rest).toEqual({ method: 'GET', route, status, network: '198.51.100.0/24', text: 'request' })
      expect(answer.status).toBe(status)
    }
  })

  it('has a line for a socket and for what is no request, too', async () => {
    if (!desk) throw new Error('Nobody')
    const before = lines.length
    ;(await listen(house, desk)).close()
    await expect(listen(house, house.nobody)).rejects.toThrow()
    await new Promise<void>((done) => connect(house.port, '127.0.0.1').on('close', () => done()).resume().end(`HELLO ${canary.words}\r\n\r\n`))
    const told = lines.slice(before).map(({ route, status, method, network }) => ({ route, status, method, network }))
    expect(told).toEqual([
      { route: livePath, status: 101, method: 'GET', network: '127.0.0.0/24' }, { route: livePath, status: 401, method: 'GET', network: '127.0.0.0/24' }, { route: '', status: 400, method: undefined, network: '127.0.0.0/24' },
    ])
  })

  it('tells what broke, under the reference of the answer, and nothing of what was written', async () => {
    if (!desk) throw new Error('Nobody')
    await house.db.writer.schema.alterTable('report_words').renameTo('report_words_gone').execute()
    // Words that nobody asked for before: what was found of others is kept.
    const answer = await desk.call(listReportsCall, { words: `${canary.words} una vez` })
    await house.db.writer.schema.alterTable('report_words_gone').renameTo('report_words').execute()
    expect([answer.status, answer.problem]).toEqual([500, { problem: 'broken', reference: answer.headers.get('reference') }])
    const told = lines.find((line) => line['text'] === 'broken' && line['reference'] === answer.problem?.reference)
    expect(JSON.stringify(told)).toContain('no such table: report_words')
    expect(JSON.stringify(told)).not.toContain(canary.words)
  })

  it('[R452] has one line, which says cut, of who left before a picture or amid it, and a second only where reading it failed', async () => {
    if (!ana || !desk) throw new Error('Nobody')
    // Behind its end, as phones keep films of a moment there: more than the system keeps of an answer that nobody reads.
    const bytes = Buffer.concat([await phonePicture(92_002), Buffer.alloc(11_000_000)])
    const { id } = await file(house, ana, { pictures: [bytes] })
    const photo = photoId(id, hashOf(bytes))
    expect((await sendOriginal(ana, id, bytes)).status).toBe(201)
    await house.picturesDone()
    const original = (await desk.call(takeOriginalCall, { id: photo })).reply.address
    const before = lines.length
    const since = (text: string, route: string) => lines.slice(before).filter((line) => line['text'] === text && (text === 'broken' || line['route'] === route))
    const leave = (path: string, when: 'at once' | 'amid it') => {
      const socket = connect(house.port, '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${desk?.cookie ?? ''}\r\n\r\n`, () => { if (when === 'at once') socket.destroy() })
      socket.once('data', () => socket.destroy())
    }

    leave(original, 'amid it')
    await expect.poll(() => since('request', originalFileCall.path), { timeout: 120_000 }).toEqual([expect.objectContaining({ status: 200, cut: true })])
    // The whole size is made only once it is asked for, and whoever asked is gone by then.
    leave(`/api/photos/${photo}/image?size=full`, 'at once')
    await expect.poll(() => since('request', photoImageCall.path), { timeout: 120_000 }).toEqual([expect.objectContaining({ status: 0, cut: true })])
    await expect.poll(async () => (await house.db.readers.selectFrom('renditions').select('size').where('parent', '=', hashOf(bytes)).where('size', '=', 'full').execute()).length, { timeout: 120_000 }).toBe(1)
    // What is asked for after it is answered after it.
    expect((await (await desk.fetch(`/api/photos/${photo}/image?size=full`)).arrayBuffer()).byteLength).toBeGreaterThan(0)
    expect(since('broken', '')).toEqual([])

    const unreadable = contract({ name: 'unreadable', method: 'GET', path: '/api/unreadable', who: ['coordinator'], kind: 'reads', answers: 'file', input: z.strictObject({}), reply: z.strictObject({}) })
    serveFile(house.doors, unreadable, () => Promise.resolve(house.folder), (path) => Promise.resolve({ from: { path }, type: 'image/jpeg' }))
    await desk.fetch(unreadable.path).catch(() => undefined)
    await expect.poll(() => since('broken', ''), { timeout: 120_000 }).toEqual([expect.objectContaining({ error: expect.objectContaining({ code: 'EISDIR' }) as object, reference: since('request', unreadable.path)[0]?.['reference'] })])
  })

  it('takes of an error’s message what is not quoted', () => {
    const quoted = toldOf(new SyntaxError(`Unexpected token 'q', "${canary.words} and more" is not valid JSON\nsecond line of ${canary.words}`))
    expect(quoted).toMatchObject({ name: 'SyntaxError', message: 'Unexpected token …, … is not valid JSON' })
    expect(quoted.at?.[0]).toContain('tests/features/logs.test.ts')
    expect(JSON.stringify([quoted, toldOf(`thrown ${canary.words}`), toldOf(new Error(`unclosed "${canary.words}`))])).not.toContain(canary.words)
  })

  it('[R61] no token, cookie, name, word or position is in it; and no token or cookie in any answer, in the database, in a copy of the folder or in a backup', async () => {
    if (!ana || !desk || !lead) throw new Error('Nobody')
    const { reply } = await lead.call(inviteCall, { id: uuid7(Date.parse(house.clock.now())), name: `${canary.name} Dos`, role: 'observer', organisation: 'Canaria Organización', language: 'es' })
    const token = reply.link.split('#')[1] ?? ''
    const answers = [await house.nobody.call(lookAtLinkCall, { token }), await house.nobody.call(joinCall, { token }), await house.nobody.call(joinCall, { token }), await house.nobody.call(lookAtLinkCall, { token: `${token}x` })]
    const cookie = /veedor=([^;]+)/.exec(answers[1]?.headers.get('set-cookie') ?? '')?.[1] ?? ''
    expect(cookie).toHaveLength(43)
    const bytes = await phonePicture(92_001)
    const position = { latitude: canary.latitude, longitude: canary.longitude, accuracyMetres: 9, ageSeconds: 1 }
    const filed = await file(house, ana, { words: canary.words, position, pictures: [bytes] })
    await sendOriginal(ana, filed.id, bytes)
    await house.picturesDone()
    const asked = [
      await ana.fetch(`/api/reports/${filed.id}`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: `{"words":"${canary.words}` }),
      await ana.fetch(`/api/reports/${filed.id}?cookie=${cookie}&token=${token}`, { headers: { Authorization: `Bearer ${token}`, Cookie: `veedor=${cookie}` } }),
      await house.nobody.fetch('/api/me', { headers: { Cookie: `veedor=${cookie.slice(0, 42)}A` } }),
      await desk.fetch(`/join?${token}`),
    ]
    const refusals = (await Promise.all(asked.map((one) => one.text()))).join('\n')
    await lineOf(asked[3]?.headers.get('reference') ?? null)
    expect((await ana.call(meCall, {})).status).toBe(200)

    const log = JSON.stringify(lines)
    expect(log).not.toMatch(/[0-9a-f]{64}/)
    for (const secret of [token, cookie, ana.cookie.slice(7), canary.words, canary.name, 'Canaria', String(canary.latitude), String(canary.longitude), '13.69', '127.0.0.1']) expect([secret, log.includes(secret)]).toEqual([secret, false])
    for (const secret of [cookie, ana.cookie.slice(7), canary.words, 'SQLITE', 'node_modules', '    at ']) expect([secret, refusals.includes(secret)]).toEqual([secret, false])
    expect(answers.map(({ reply: said }) => JSON.stringify(said)).join('').includes(cookie)).toBe(false)
    const kept = await everythingIn(house.folder)
    expect(kept.some(({ path }) => path.endsWith('mission.db-wal'))).toBe(true)
    for (const secret of [token, cookie, ana.cookie.slice(7), desk.cookie.slice(7), lead.cookie.slice(7)]) expect([secret, kept.filter(({ bytes: content }) => content.includes(secret)).map(({ path }) => path)]).toEqual([secret, []])
    const elsewhere = await mkdtemp(join(tmpdir(), 'veedor-logs-'))
    await makeBackup({ dataFolder: house.folder, path: join(elsewhere, 'backup.tar'), withKey: false, now: house.clock.now, say: () => undefined })
    const backup = await readFile(join(elsewhere, 'backup.tar'))
    for (const secret of [token, cookie, ana.cookie.slice(7), desk.cookie.slice(7), lead.cookie.slice(7), 'PRIVATE KEY']) expect([secret, backup.includes(secret)]).toEqual([secret, false])
    await rm(elsewhere, { recursive: true })
    // The search is able to find: words are in the database, as they must be.
    for (const contents of [kept.map(({ bytes: content }) => content), [backup]]) expect(contents.some((content) => content.includes(canary.words))).toBe(true)
  })
})
