import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { namedFiles } from '../../server/features/photos/actions.ts'
import { CannotOpen } from '../../server/folder.ts'
import { openHouse } from '../../server/house.ts'
import { FolderInUse, lockFolder } from '../../server/platform/database/lock.ts'
import { openReaders } from '../../server/platform/database/open.ts'
import type { Handle } from '../../server/platform/database/open.ts'
import { openFiles } from '../../server/platform/files/files.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { drawAll, fileOf } from '../../server/sample/draw-all.ts'
import { openSampleHouse } from '../../server/sample/house.ts'
import type { SignInLink } from '../../server/sample/house.ts'
import { fillSample } from '../../server/sample/open.ts'
import { meCall } from '../../shared/mission.ts'
import { joinCall } from '../../shared/people.ts'
import { listReleasesCall } from '../../shared/press.ts'
import { Texts } from '../../shared/basics.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { phonePicture } from '../support/desk.ts'
import { callerOf, defaultPack } from '../support/house.ts'
import { startServer } from '../support/process.ts'
import { hashOf } from '../support/reports.ts'
import { lookAtSignatures } from '../support/signatures.ts'

const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }
const configOf = (dataFolder: string, publicAddress: string | null = null) => ({ port: 0, host: '127.0.0.1', dataFolder, publicAddress, tls: null })
const folders: string[] = []
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-sample-'))
  folders.push(folder)
  return folder
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

describe('the sample mission', () => {
  let folder = ''
  let db: Handle
  const said: string[] = []
  const fill = async (into: string, now = '2027-03-05T12:00:00.000Z') => fillSample({ config: configOf(into), log: quiet, pack: await defaultPack(), say: (line) => void said.push(line), now: () => now })

  beforeAll(async () => {
    folder = await newFolder()
    // One that was interrupted: it is thrown away and made anew.
    await writeFile(join(folder, 'sample-unfinished'), '')
    await writeFile(join(folder, 'mission.db'), 'half a database')
    await mkdir(join(folder, 'originals', 'ab'), { recursive: true })
    await writeFile(join(folder, 'originals', 'ab', 'left-over'), 'x')
    await writeFile(join(folder, 'notes.txt'), 'not ours')
    await fill(folder)
    db = openReaders(join(folder, 'mission.db'), 2)
  })
  afterAll(() => db.destroy())

  test('is finished, leaves nothing behind of its making or of the one before, and says what takes a while', async () => {
    expect((await readdir(folder)).filter((name) => name === 'drawn' || name === 'sample-unfinished')).toEqual([])
    expect(existsSync(join(folder, 'originals', 'ab', 'left-over'))).toBe(false)
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('not ours')
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
    expect(said).toHaveLength(2)
  })

  test('verify holds: the chain, the fold of the journal, every signature, every file', async () => {
    const { facts, faults } = await verifyJournal(db)
    expect(faults).toEqual([])
    expect(facts).toBeGreaterThan(300)
    expect(await lookAtSignatures(db)).toEqual({ reports: { signed: 50, failing: 0 }, later: { signed: 0, failing: 0 }, faults: [] })
    const files = await openFiles(folder)
    const named = await db.transaction().execute((tx) => namedFiles(tx))
    expect(named.originals.length).toBeGreaterThan(50)
    for (const sha256 of named.originals) expect(await files.originals.verifyHash(sha256)).toBe(true)
    for (const sha256 of named.renditions) expect(await files.renditions.verifyHash(sha256)).toBe(true)
  })

  test('holds the mission, its register, people, and fifty reports in every status, filed on election day', async () => {
    const mission = await db.selectFrom('mission').selectAll().executeTakeFirstOrThrow()
    expect(mission).toMatchObject({ name: 'San Lorenzo', country: 'SV', zone: 'America/El_Salvador', exercise: 1, step: 'done', days: '["2027-02-28"]' })
    expect(mission.openedAt).not.toBeNull()
    const countOf = async (table: 'stations' | 'stationTables' | 'people' | 'organisations') => Number((await db.selectFrom(table).select((e) => e.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)
    expect([await countOf('stations'), await countOf('stationTables'), await countOf('people'), await countOf('organisations')]).toEqual([40, 220, 25, 3])
    const statuses = await db.selectFrom('reports').select(['status', (e) => e.fn.countAll().as('n')]).groupBy('status').execute()
    expect(Object.fromEntries(statuses.map(({ status, n }) => [status, Number(n)]))).toEqual({ duplicate: 3, false: 4, in_review: 10, not_confirmed: 3, received: 9, verified: 21 })
    const awaiting = await db.selectFrom('reports').select(['id']).where('awaitsSecond', '=', 1).execute()
    expect(awaiting).toHaveLength(6)
    expect(await db.selectFrom('reports').select('id').where('claimedBy', 'is not', null).execute()).toEqual([])
    expect(await db.selectFrom('photos').select('state').distinct().orderBy('state').execute()).toEqual([{ state: 'awaited' }, { state: 'ready' }])
  })

  test('each fact is at its time: later facts are never earlier, and a picture is ready before the next thing happens', async () => {
    const facts = await db.selectFrom('journal').select(['number', 'kind', 'at']).orderBy('number').execute()
    expect(facts.every((fact, index) => index === 0 || (facts[index - 1]?.at ?? '') <= fact.at)).toBe(true)
    const times = (kind: string) => facts.filter((fact) => fact.kind === kind).map((fact) => fact.at)
    expect(times('photo.ready')).toEqual(times('photo.received'))
    expect(facts.filter((fact) => fact.kind === 'report.filed').every((fact) => fact.at > '2027-02-28T11:00' && fact.at < '2027-03-01T08:00')).toBe(true)
  })

  test('one picture is the same file in two reports, one report is placed by a coordinator, one severity was changed', async () => {
    const shared = await db.selectFrom('photos').select(['sha256', (e) => e.fn.countAll().as('n')]).groupBy('sha256').having((e) => e.fn.countAll(), '>', 1).execute()
    expect(shared).toHaveLength(1)
    expect(await db.selectFrom('reports').select(['station', 'department', 'status']).where('department', 'is not', null).execute()).toEqual([{ station: null, department: 'San Salvador', status: 'verified' }])
    expect(await db.selectFrom('journal').select('number').where('kind', '=', 'report.changed').execute()).toHaveLength(2)
  })

  test('eight pictures were released, one taken back; every caption says that it is an exercise; what must be covered is covered', async () => {
    const releases = await db.selectFrom('releases').selectAll().orderBy('releasedAt').execute()
    expect(releases).toHaveLength(8)
    expect(releases.filter((release) => release.retractedAt !== null)).toHaveLength(1)
    for (const release of releases) {
      const captions = Texts.parse(JSON.parse(release.captions))
      expect(captions['es']).toMatch(/^Ejercicio\. .* del domingo 28 de febrero de 2027\./)
      expect(captions['en']).toMatch(/^Exercise\. .* on Sunday, 28 February 2027\./)
    }
    expect(releases.map((release) => release.captions).join()).toContain('A ramp of planks')
    expect(new Set(releases.map((release) => (JSON.parse(release.precision) as { level: string }).level))).toEqual(new Set(['department_halfday', 'municipality_hour']))
    const covered = releases.find((release) => release.covers !== '[]')
    const covers = JSON.parse(covered?.covers ?? '[]') as { left: number; top: number; width: number; height: number }[]
    expect(covers).toHaveLength(2)
    const { data, info } = await sharp((await openFiles(folder)).renditions.path(covered?.fullSha256 ?? '')).raw().toBuffer({ resolveWithObject: true })
    for (const { left, top, width, height } of covers) {
      const at = ((top + Math.floor(height / 2)) * info.width + left + Math.floor(width / 2)) * info.channels
      for (const [channel, value] of [0x16, 0x20, 0x2b].entries()) expect(Math.abs((data[at + channel] ?? 0) - value)).toBeLessThan(6)
    }
  })

  test('a second time it is found there and left as it is', async () => {
    const before = await db.selectFrom('journal').select('chain').orderBy('number', 'desc').limit(1).executeTakeFirst()
    await fill(folder, '2029-01-01T00:00:00.000Z')
    expect(await db.selectFrom('journal').select('chain').orderBy('number', 'desc').limit(1).executeTakeFirst()).toEqual(before)
    expect(said).toHaveLength(2)
  })

  describe('opened', () => {
    const open = async (publicAddress: string | null = null) => openSampleHouse({ config: configOf(folder, publicAddress), log: quiet, pack: await defaultPack(), say: () => undefined })
    const tokenOf = (link: SignInLink | undefined) => link?.address.split('#')[1] ?? ''

    test('gives links for the whole story, each person at a host of their own, that work again and again and are kept nowhere', async () => {
      const { house, links, token } = await open()
      try {
        expect(links.map((link) => link.role)).toEqual(['observer', 'coordinator', 'coordinator', 'press', 'lead'])
        expect(links.map((link) => new URL(link.address).hostname)).toEqual(['observer.localhost', 'ulises.localhost', 'victoria.localhost', 'press.localhost', 'lead.localhost'])
        const nobody = callerOf(house, { id: '', role: null, token: null })
        const signedIn = []
        for (const link of links) signedIn.push((await nobody.call(joinCall, { token: tokenOf(link) })).reply)
        expect(signedIn.map((me) => me.person.name)).toEqual(['Ana Ejemplo', 'Ulises Ejemplo', 'Victoria Example', 'Ximena Ejemplo', 'Zoila Ejemplo'])
        expect(new Set(signedIn.slice(0, 3).map((me) => me.person.organisation)).size).toBe(3)
        expect(signedIn.every((me) => me.mission.exercise && me.mission.open)).toBe(true)

        const again = await nobody.call(joinCall, { token: tokenOf(links[3]) })
        const cookie = /veedor=([^;]+)/.exec(again.headers.get('set-cookie') ?? '')?.[1] ?? ''
        const press = callerOf(house, { id: again.reply.person.id, role: 'press', token: cookie })
        expect((await press.call(meCall, {})).status).toBe(200)
        expect((await press.call(listReleasesCall, {})).reply.total).toBe(7)

        const read = await fetch(`${house.address}/api/my/reports`, { headers: { Authorization: `Bearer ${token}` } })
        expect([read.status, ((await read.json()) as { person: string }).person]).toEqual([200, signedIn[0]?.person.id])

        const bytes = await readFile(join(folder, 'mission.db'))
        expect(bytes.includes(token ?? '')).toBe(false)
        for (const link of links) expect(bytes.includes(tokenOf(link))).toBe(false)
      } finally {
        await house.close()
      }
    })

    test('[R149] started as `npm start -- --sample` does, prints a token on a line of its own, with which a report arrives with its pictures', async () => {
      const server = await startServer({ folder, args: ['--sample'], environment: { HOST: '127.0.0.1' } })
      try {
        await expect.poll(server.printed, { timeout: 120_000 }).toMatch(/^token +\S+$/m)
        const token = /^token +(\S+)$/m.exec(server.printed())?.[1] ?? ''
        const report = { id: uuid7(Date.now()), category: 'voting.queue', severity: 'low', station: null, observedAt: new Date().toISOString(), words: 'By a program.', language: 'en' }
        const pictures = [await phonePicture(14_901), await phonePicture(14_902)]
        const form = new FormData()
        form.append('report', JSON.stringify(report))
        for (const [at, bytes] of pictures.entries()) form.append('photos', new Blob([new Uint8Array(bytes)]), `${at}.jpg`)
        const port = new URL(server.address).port
        const answer = await fetch(`http://127.0.0.1:${port}/api/reports`, { method: 'POST', body: form, headers: { Authorization: `Bearer ${token}` } })
        expect([answer.status, ((await answer.json()) as { id: string }).id]).toEqual([201, report.id])
        const photos = await db.selectFrom('photos').select(['sha256', 'receivedAt']).where('report', '=', report.id).orderBy('place').execute()
        expect(photos).toEqual(pictures.map((bytes) => ({ sha256: hashOf(bytes), receivedAt: expect.any(String) as string })))
      } finally {
        expect(await server.stop()).toBe(0)
      }
    })

    test('gives none where others may reach it, and others than the last time', async () => {
      const reached = await open('https://veedor.example.org')
      await reached.house.close()
      expect([reached.links, reached.token]).toEqual([[], null])
      const first = await open()
      await first.house.close()
      const other = await open()
      await other.house.close()
      expect(tokenOf(other.links[0])).not.toBe(tokenOf(first.links[0]))
    })
  })
})

test('a folder that holds a real mission is refused, and nothing in it changes', async () => {
  const folder = await newFolder()
  const real = await openHouse({ config: configOf(folder), log: quiet, pack: await defaultPack(), exercise: false })
  await real.close()
  const before = await readFile(join(folder, 'mission.db'))
  await expect(fillSample({ config: configOf(folder), log: quiet, pack: await defaultPack(), say: () => undefined })).rejects.toThrow(CannotOpen)
  expect((await readFile(join(folder, 'mission.db'))).equals(before)).toBe(true)
})

test('one that another process is making is left alone', async () => {
  const folder = await newFolder()
  await writeFile(join(folder, 'sample-unfinished'), '')
  await writeFile(join(folder, 'mission.db'), 'being made')
  const other = await lockFolder(folder)
  await expect(fillSample({ config: configOf(folder), log: quiet, pack: await defaultPack(), say: () => undefined })).rejects.toThrow(FolderInUse)
  await other.release()
  expect(await readFile(join(folder, 'mission.db'), 'utf8')).toBe('being made')
})

test('pictures are drawn in a child process as JPEG files without metadata, each order once', async () => {
  const folder = await newFolder()
  const order = { scene: 'queue', seed: 3, place: 4, label: '90001', hour: 9 } as const
  const upright = { ...order, scene: 'door' } as const
  await drawAll([order, order, upright], folder)
  expect(await readdir(folder)).toHaveLength(2)
  const about = await sharp(fileOf(folder, order)).metadata()
  expect([about.format, about.width, about.height, about.exif, about.xmp]).toEqual(['jpeg', 1600, 1200, undefined, undefined])
  expect((await sharp(fileOf(folder, upright)).metadata()).height).toBe(1600)
})
