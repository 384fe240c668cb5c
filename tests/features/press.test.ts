import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Changed } from '../../shared/live.ts'
import { changesCall, heldReleasesCall, livePath } from '../../shared/live.ts'
import { meCall } from '../../shared/mission.ts'
import { noticesCall } from '../../shared/notices.ts'
import { photoImageCall } from '../../shared/photos.ts'
import { downloadCall, downloadedFileCall, listReleasesCall, releaseCall, releaseImageCall, retractCall } from '../../shared/press.ts'
import { getReportCall } from '../../shared/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { claim, judge, release, releaseOf, reportWithPicture, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file, hashOf } from '../support/reports.ts'
import { listen as listenTo, toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let carla: Caller
let press: Caller
let rival: Caller
let lead: Caller
let seed = 1000

beforeAll(async () => {
  house = await startHouse()
  ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Network Canary' })
  carla = await house.person('coordinator', { name: 'Carla' })
  press = await house.person('press', { name: 'Paula' })
  rival = await house.person('press', { name: 'Raúl' })
  lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

const head = () => house.engine.head().number
const verified = (given?: Parameters<typeof verifiedPicture>[4]) => verifiedPicture(house, ana, [carla], seed++, given)
const wall = async (input: object = {}) => (await press.call(listReleasesCall, input)).reply
const imageAddress = (id: string, size = 'wall') => `/api/releases/${id}/image?size=${size}`

/** Everything of an answer that could tell two things apart. */
async function whole(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'reference').sort()
  return JSON.stringify([response.status, headers, await response.text()])
}

/** Listens as a screen does; `until` waits for a thing and gives all that came before it. */
async function listen(caller: Caller): Promise<{ socket: Socket; until: (id: string, kind?: string) => Promise<Changed['things']> }> {
  const socket = io(house.address, { path: livePath, transports: ['websocket'], auth: { since: await toldUpTo(caller) }, extraHeaders: { Cookie: caller.cookie, Origin: house.address } })
  const things: Changed['things'] = []
  let greeted = false
  socket.on('changed', (changed: Changed) => {
    greeted = true
    things.push(...changed.things)
  })
  await vi.waitFor(() => expect(greeted).toBe(true), { timeout: 120_000 })
  return { socket, until: async (id, kind) => {
    await vi.waitFor(() => expect(things.some((thing) => thing.id === id && (!kind || thing.kind === kind))).toBe(true), { timeout: 120_000 })
    return things
  } }
}

describe('[R50] the wall', () => {
  it('holds what was released and nothing of phone, observer, station or second', async () => {
    const observedAt = '2027-02-28T20:17:43.219Z'
    const { report, bytes } = await verified({ words: 'The canary words.', times: { observedAt, finishedAt: observedAt, zone: 'America/El_Salvador' }, position: { latitude: 13.5812, longitude: -89.2834, accuracyMetres: 4, ageSeconds: 1 } })
    const photo = (await carla.call(getReportCall, { id: report })).reply.photos[0]?.id ?? ''
    const started = (await wall()).number
    const id = await release(carla, photo)
    const listed = await press.call(listReleasesCall, {})
    const changes = await press.call(changesCall, { since: started })
    const image = await press.fetch(imageAddress(id))
    const download = await press.call(downloadCall, { id, size: 'full' })
    const full = Buffer.from(await (await press.fetch(download.reply.address)).arrayBuffer())
    const texts = [JSON.stringify(listed.reply), JSON.stringify(changes.reply), JSON.stringify(download.reply), ...[listed, changes, image, download].map(({ headers }) => JSON.stringify([...headers])), full.toString('latin1')]
    const secrets = ['Ana Canaria', 'Network Canary', ana.id, 'canary words', 'CE-01', 'Escuela Canaria', '77119', 'Zaragoza', report, hashOf(bytes), carla.id, 'Carla', '20:17', '14:17', '13.58', '-89.28', 'CanaryPhone']
    for (const text of texts) {
      for (const secret of secrets) expect(text).not.toContain(secret)
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
    }
    expect(Object.keys(listed.reply.releases[0] ?? {}).sort()).toEqual(['alternatives', 'captions', 'covered', 'credit', 'embargoEndedAt', 'fullBytes', 'height', 'id', 'precision', 'quote', 'releasedAt', 'version', 'webBytes', 'width', 'withheld'])
  })

  it('[R322] is numbered by what press was told: nothing that happens in between moves a number, and what it is told to do has an id of chance', async () => {
    const { report, photo } = await verified()
    const id = await release(carla, photo)
    await press.call(downloadCall, { id, size: 'web' })
    const screen = await listenTo(house, press)
    const since = (await wall()).number
    const numbers = async (caller: Caller) => [(await caller.call(listReleasesCall, {})).reply.number, (await caller.call(changesCall, { since })).reply.number, (await caller.call(heldReleasesCall, { since, first: 1 })).reply.number]
    expect(await numbers(press)).toEqual([since, since, since])
    const before = head()
    // A report, a claim, a download of another newsroom's and a verdict: facts, and nothing for press.
    const other = await reportWithPicture(house, ana, seed++)
    await judge(house, carla, other.report)
    await rival.call(downloadCall, { id, size: 'web' })
    expect(head()).toBeGreaterThan(before + 3)
    expect(await numbers(press)).toEqual([since, since, since])
    // The desk goes on by the journal's own, also on the press wall.
    expect(new Set(await numbers(carla))).toEqual(new Set([head()]))
    expect((await ana.call(changesCall, { since: 0 })).reply).toMatchObject({ number: 0, things: [] })

    await lead.call(retractCall, { id, reason: 'Wrong place' })
    expect(await numbers(press)).toEqual([since + 1, since + 1, since + 1])
    await screen.until(({ number }) => number === since + 1)
    screen.close()
    expect(screen.heard.map(({ previous, number }) => [previous, number])).toEqual([[since, since], [since, since + 1]])
    const { things } = (await press.call(changesCall, { since })).reply
    expect(things.map(({ kind }) => kind)).toEqual(['release_gone', 'notices'])
    const told = JSON.stringify([screen.heard, screen.presences, things, (await press.call(noticesCall, {})).reply])
    expect(told).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
    expect(told).not.toContain(report)
    // A screen with a number from nowhere is told everything, or nothing: never less than it lacks.
    expect((await press.call(changesCall, { since: 0 })).reply.things.length).toBeGreaterThan(things.length)
    expect((await press.call(changesCall, { since: 99_999 })).reply).toMatchObject({ number: since + 1, things: [] })
  })

  it('is empty for nobody else: unreleased pictures are in no list, and cannot be had by guessing', async () => {
    const { report, photo, bytes } = await verified()
    expect(JSON.stringify(await wall())).not.toContain(report)
    for (const guess of [report, hashOf(bytes), photo, uuid7(0)]) {
      const answer = await press.fetch(imageAddress(guess))
      expect([400, 404]).toContain(answer.status)
    }
    for (const size of ['thumb', 'screen', 'full'] as const) expect((await press.call(photoImageCall, { id: photo, size })).problem).toEqual({ problem: 'not_allowed' })
    expect((await press.call(getReportCall, { id: report })).problem).toEqual({ problem: 'not_allowed' })
    for (const path of [`/uploads/originals/${hashOf(bytes)}`, `/originals/${hashOf(bytes).slice(0, 2)}/${hashOf(bytes).slice(2, 4)}/${hashOf(bytes)}`, `/api/releases/${report}`]) expect((await press.fetch(path)).status).toBe(404)
    // What stands there is a ticket of the desk's, and no hash is one.
    expect([(await press.fetch(`/api/originals/${hashOf(bytes)}`)).status, (await carla.fetch(`/api/originals/${hashOf(bytes)}`)).status]).toEqual([403, 404])
  })

  it('is searched by words without accents, by place and by day, as the precision has them', async () => {
    const day = (instant: string) => ({ times: { observedAt: instant, finishedAt: instant, zone: 'America/El_Salvador' } })
    const alternatives = { es: 'Una mesa con el papelógrafo zeta.', en: 'A table.' }
    const far = await release(carla, (await verified({ station: 'CE-03', table: null, ...day('2027-03-02T03:00:00.000Z') })).photo, { alternatives })
    const near = await release(carla, (await verified({ station: 'CE-01', ...day('2027-03-02T12:00:00.000Z') })).photo)
    const found = async (input: object) => (await wall(input)).releases.map((one) => one.id)
    expect(await found({ words: 'papelografo' })).toEqual([far])
    expect(await found({ words: 'PAPELÓ zeta' })).toEqual([far])
    expect(await found({ words: 'papelografo', place: 'La Libertad' })).toEqual([])
    expect(await found({ place: 'San Miguel' })).toEqual([far])
    expect(await found({ day: '2027-03-01' })).toEqual([far])
    expect(await found({ day: '2027-03-02' })).toEqual([near])
    // The station's own municipality and centre were withheld, so nobody finds them.
    for (const withheld of ['San Miguel Centro', 'Chirilagua', 'Lejana', 'CE-03']) expect([await found({ words: withheld, place: 'San Miguel' }), await found({ place: withheld })]).toEqual([[], []])
    const { places, days, total, all } = await wall({ place: 'San Miguel' })
    expect([places, days.slice(0, 2), total]).toEqual([['La Libertad', 'San Miguel'], ['2027-03-02', '2027-03-01'], 1])
    expect(all).toBe((await wall()).total)
    expect((await press.call(listReleasesCall, { day: '2027-02-30' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'day', reason: 'format' }] })
  })

  it('is found by its municipality once five observers make it tellable', async () => {
    const at = { times: { observedAt: '2027-03-03T15:00:00.000Z', finishedAt: '2027-03-03T15:00:00.000Z', zone: 'America/El_Salvador' } }
    for (let one = 0; one < 4; one++) await file(house, await house.person('observer'), { station: 'CE-02', ...at })
    const id = await release(carla, (await verified({ station: 'CE-01', ...at })).photo)
    for (const place of ['La Libertad Este', 'La Libertad']) expect((await wall({ place })).releases[0]?.id).toBe(id)
    expect((await wall()).places).toEqual(['La Libertad', 'La Libertad Este', 'San Miguel'])
  })

  it('is paged without losing or repeating one', async () => {
    const all = (await wall()).releases.map((one) => one.id)
    const paged: string[] = []
    for (let after: string | undefined; ;) {
      const page = await wall({ limit: 2, ...(after ? { after } : {}) })
      paged.push(...page.releases.map((one) => one.id))
      expect(page.total).toBe(all.length)
      if (!page.next) break
      after = page.next
    }
    expect(all.length).toBeGreaterThan(3)
    expect(paged).toEqual(all)
    expect((await press.call(listReleasesCall, { after: 'yesterday' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'after', reason: 'format' }] })
  })
})

describe('[R51] a picture', () => {
  it('comes in the sizes of the wall, and is stored by no cache', async () => {
    const id = await release(carla, (await verified()).photo)
    for (const size of ['wall', 'web']) {
      const response = await press.fetch(imageAddress(id, size))
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control'), response.headers.get('etag'), response.headers.get('last-modified')]).toEqual([200, 'image/jpeg', 'private, no-store', null, null])
      expect((await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width).toBe(400)
    }
    expect((await press.fetch(imageAddress(id, 'full'))).status).toBe(400)
    expect((await press.fetch(imageAddress(id), { headers: { 'If-None-Match': '*' } })).status).toBe(200)
  })

  it('[R52] that was retracted is not there, byte for byte as one that never was, whatever is asked', async () => {
    const id = await release(carla, (await verified()).photo)
    const { address } = (await press.call(downloadCall, { id, size: 'full' })).reply
    const { address: webAddress } = (await carla.call(downloadCall, { id, size: 'web' })).reply
    expect((await press.fetch(address)).status).toBe(200)
    await lead.call(retractCall, { id, reason: 'Wrong place' })

    const never = randomUUID()
    const asks: RequestInit[] = [{}, { method: 'HEAD' }, { headers: { Range: 'bytes=0-99' } }, { headers: { 'If-None-Match': '*' } }, { headers: { 'If-Modified-Since': new Date(0).toUTCString() } }, { headers: { 'If-Range': '"x"', Range: 'bytes=0-' } }]
    for (const caller of [press, carla, lead]) {
      for (const size of ['wall', 'web']) {
        for (const ask of asks) {
          const answer = await caller.fetch(imageAddress(id, size), ask)
          expect(answer.status).toBe(404)
          expect(await whole(answer)).toBe(await whole(await caller.fetch(imageAddress(never, size), ask)))
        }
      }
      const download = await caller.call(downloadCall, { id, size: 'full' })
      expect([download.status, download.reply]).toEqual([404, { problem: 'not_found' }])
    }
    for (const [caller, ticket] of [[press, address], [carla, webAddress]] as const) {
      for (const ask of asks) expect(await whole(await caller.fetch(ticket, ask))).toBe(await whole(await caller.fetch(`/api/downloads/${'0'.repeat(64)}`, ask)))
    }
    expect((await wall()).releases.map((one) => one.id)).not.toContain(id)
    expect((await press.call(changesCall, { since: 0 })).reply.things.filter((thing) => thing.id === id)).toEqual([{ kind: 'release_gone', id }])
  })

  it('whose file was changed on the disk does not leave', async () => {
    const id = await release(carla, (await verified()).photo)
    const row = await house.db.readers.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const path = house.files.renditions.path(row.wallSha256)
    const bytes = await readFile(path)
    await writeFile(path, Buffer.concat([bytes.subarray(0, 200), Buffer.from([(bytes[200] ?? 0) ^ 1]), bytes.subarray(201)]))
    expect((await press.call(releaseImageCall, { id, size: 'wall' })).problem).toMatchObject({ problem: 'broken' })
    await writeFile(path, bytes)
    expect((await press.call(releaseImageCall, { id, size: 'wall' })).status).toBe(200)
  })
})

describe('[R53] a download', () => {
  it('changes no wall, least of all another newsroom’s', async () => {
    const id = await release(carla, (await verified()).photo)
    const since = new Map(await Promise.all([rival, press, carla, lead].map(async (caller) => [caller, await toldUpTo(caller)] as const)))
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(200)
    // The marker: a second release, which all may know.
    const marker = await release(carla, (await verified()).photo)
    for (const caller of [rival, press, carla, lead]) {
      const heard = (await caller.call(changesCall, { since: since.get(caller) ?? 0 })).reply.things.map((thing) => thing.id)
      expect([heard.includes(marker), heard.includes(id)]).toEqual([true, false])
    }
  })

  it('is a fact, and an attachment under the release’s public name', async () => {
    const id = await release(carla, (await verified()).photo)
    for (const [size, fileName] of [['full', `veedor-${id}.jpg`], ['web', `veedor-${id}-web.jpg`]] as const) {
      const before = head()
      const { reply } = await press.call(downloadCall, { id, size })
      expect(reply.fileName).toBe(fileName)
      expect(head()).toBe(before + 1)
      const fact = await house.db.readers.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['kind', 'body']).where('journal.number', '=', before + 1).executeTakeFirstOrThrow()
      expect([fact.kind, JSON.parse(fact.body)]).toMatchObject(['release.downloaded', { actor: { id: press.id }, subject: { type: 'release', id }, told: { size } }])
      const file = await press.fetch(reply.address)
      expect([file.status, file.headers.get('content-disposition'), file.headers.get('cache-control')]).toEqual([200, `attachment; filename="${fileName}"; filename*=UTF-8''${fileName}`, 'private, no-store'])
      const { sizeBytes } = await house.db.readers.selectFrom('releases').select(size === 'full' ? 'fullBytes as sizeBytes' : 'webBytes as sizeBytes').where('id', '=', id).executeTakeFirstOrThrow()
      expect((await file.arrayBuffer()).byteLength).toBe(sizeBytes)
    }
  })

  it('has an address for the person who asked, and for 60 seconds', async () => {
    const id = await release(carla, (await verified()).photo)
    const { address } = (await press.call(downloadCall, { id, size: 'web' })).reply
    for (const other of [rival, carla, lead]) expect((await other.fetch(address)).status).toBe(404)
    expect((await house.nobody.fetch(address)).status).toBe(401)
    expect((await press.fetch(address)).status).toBe(200)
    house.clock.forward(60_000)
    expect((await press.fetch(address)).status).toBe(404)
    expect((await press.call(downloadedFileCall, { ticket: 'x' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'ticket', reason: 'format' }] })
  })
})

describe('[R54] live', () => {
  it('a release is heard by press and desk; nothing before it, and never by observers', async () => {
    const [screen, desk] = [await listen(press), await listen(carla)]
    const { report, photo } = await reportWithPicture(house, ana, seed++)
    await judge(house, carla, report)
    const id = await release(carla, photo)
    expect((await screen.until(id)).map((thing) => thing.kind)).toEqual(['release'])
    expect(new Set((await desk.until(id, 'release')).map((thing) => thing.kind))).toEqual(new Set(['report', 'release']))
    await lead.call(retractCall, { id, reason: 'Wrong place' })
    expect(await screen.until(id, 'release_gone')).toMatchObject([{ kind: 'release' }, { kind: 'release_gone', id }])

    // A claim, a verdict and a picture that is only received are not for the press: the next release is the next thing it hears.
    const other = await reportWithPicture(house, ana, seed++)
    await claim(carla, other.report)
    const marker = await release(carla, (await verified()).photo)
    expect((await screen.until(marker)).slice(2)).toMatchObject([{ kind: 'release', id: marker }])
    screen.socket.close()
    desk.socket.close()
    const observer = io(house.address, { path: livePath, transports: ['websocket'], reconnection: false, extraHeaders: { Cookie: ana.cookie, Origin: house.address } })
    await new Promise<void>((refused) => observer.once('connect_error', () => refused()))
    observer.close()
  })
})

describe('who may ask', () => {
  it('[R55] observers and strangers see no wall and take no picture: refusals leave no fact', async () => {
    const { photo } = await verified()
    const id = await release(carla, photo)
    const { address } = (await press.call(downloadCall, { id, size: 'web' })).reply
    const before = head()
    for (const [caller, problem] of [[house.nobody, 'not_signed_in'], [ana, 'not_allowed']] as const) {
      expect((await caller.call(listReleasesCall, {})).problem).toEqual({ problem })
      expect((await caller.call(releaseImageCall, { id, size: 'wall' })).problem).toEqual({ problem })
      expect((await caller.call(downloadCall, { id, size: 'web' })).problem).toEqual({ problem })
      expect((await caller.call(downloadedFileCall, { ticket: address.split('/').at(-1) ?? '' })).problem).toEqual({ problem })
    }
    expect((await press.call(downloadCall, { id: randomUUID(), size: 'web' })).problem).toEqual({ problem: 'not_found' })
    expect((await press.call(downloadCall, { id, size: 'original' as 'web' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'size', reason: 'not_in_list' }] })
    expect((await press.call(releaseCall, await releaseOf(carla, photo))).problem).toEqual({ problem: 'not_allowed' })
    expect(head()).toBe(before)
    for (const caller of [press, carla, lead]) expect((await caller.call(listReleasesCall, {})).status).toBe(200)
    expect((await press.call(meCall, {})).status).toBe(200)
  })
})
