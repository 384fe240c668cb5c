import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { fileReportCall, myReportsCall } from '../../shared/reports.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { phonePicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { beginUpload, file, hashOf, sendOriginal, sendPiece, statementOf } from '../support/reports.ts'

const disk = mkdtempSync(join(tmpdir(), 'veedor-disk-'))
// A disk of its own, small enough to be filled: in memory, where this account may mount one.
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status === 0
afterAll(() => {
  if (mounted) spawnSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

describe.skipIf(!mounted)('[R219] a disk that is really full (needs the right to mount one)', () => {
  let house: TestHouse
  let ana: Caller
  let guarded = true
  const ballast = join(disk, 'ballast')
  const share = () => { const { bavail, blocks } = statfsSync(disk); return bavail / blocks }
  /** Leaves this many bytes free, or fewer where the house itself writes meanwhile: measured before each piece, since a log may grow between two of them. */
  const leave = (bytes: number) => {
    rmSync(ballast, { force: true })
    for (let pieces = 0; pieces < 500; pieces++) {
      const { bavail, bsize } = statfsSync(disk)
      const over = Math.min(bavail * bsize - bytes, 1 << 20)
      if (over <= 0) return
      try {
        appendFileSync(ballast, Buffer.alloc(over))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  }

  beforeAll(async () => {
    house = await startHouse({ folder: join(disk, 'mission'), measureDisk: () => Promise.resolve(guarded ? share() : 1) })
    ana = await house.person('observer')
  })
  afterAll(() => house.stop())

  it('takes words when it takes no more originals', async () => {
    const bytes = await phonePicture(95_001)
    const { id } = await file(house, ana, { pictures: [bytes] })
    leave(2_000_000)
    expect((await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)).status).toBe(507)
    expect((await file(house, ana)).number).toBeGreaterThan(0)
    rmSync(ballast)
    expect((await sendOriginal(ana, id, bytes)).status).toBe(201)
    await house.picturesDone()
  })

  it('answers `full` where no byte is left, loses nothing that it acknowledged, and goes on when there is room', async () => {
    guarded = false
    const bytes = await phonePicture(95_002, [1600, 1200])
    const { id } = await file(house, ana, { pictures: [bytes] })
    const { upload } = await beginUpload(ana, photoId(id, hashOf(bytes)), bytes.length)
    leave(0)
    const refused = []
    for (let count = 0; count < 60; count++) {
      const statement = await statementOf(house, ana, { words: 'w'.repeat(4000) })
      const sent = { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() }
      const { status, problem } = await ana.call(fileReportCall, sent)
      if (status !== 201) refused.push({ sent, problem })
    }
    expect(refused.length).toBeGreaterThan(0)
    expect([...new Set(refused.map(({ problem }) => problem?.problem))]).toEqual(['full'])
    expect((await sendPiece(ana, upload, 0, bytes)).status).toBeGreaterThanOrEqual(500)
    expect((await house.nobody.fetch('/health')).status).toBe(200)
    const known = (await ana.call(myReportsCall, {})).reply.reports.length

    rmSync(ballast)
    for (const { sent } of refused) {
      const first = await ana.call(fileReportCall, sent)
      expect([first.status, (await ana.call(fileReportCall, sent)).reply]).toEqual([201, first.reply])
    }
    expect((await ana.call(myReportsCall, {})).reply.reports).toHaveLength(known + refused.length)
    const here = Number((await ana.fetch(`/api/uploads/${upload}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } })).headers.get('upload-offset'))
    await sendPiece(ana, upload, here, bytes.subarray(here))
    expect((await ana.call(completePhotoCall, { id: photoId(id, hashOf(bytes)), upload })).status).toBe(201)
    await house.picturesDone()
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('[R242] that fills up while sixty send at once acknowledges nobody of a commit that it did not take', async () => {
    const everybody = await Promise.all(Array.from({ length: 60 }, () => house.person('observer')))
    const finish = () => Promise.all(everybody.map(async (author) => {
      const statement = await statementOf(house, author, { words: 'w'.repeat(4000) })
      return { author, call: { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() } }
    }))
    const fileAll = (these: Awaited<ReturnType<typeof finish>>) => Promise.all(these.map(({ author, call }) => author.call(fileReportCall, call)))
    guarded = false
    const sent = await finish()
    const first = await fileAll(sent)
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([201]))
    leave(100_000)
    // The log takes some more in the room that it has already, or nothing: sixty may be one commit.
    while (!first.some(({ problem }) => problem?.problem === 'full') && sent.length < 1_200) {
      const more = await finish()
      sent.push(...more)
      first.push(...(await fileAll(more)))
    }
    expect(new Set(first.map(({ status, problem }) => problem?.problem ?? status))).toEqual(new Set([201, 'full']))
    const there = new Set((await house.db.readers.selectFrom('reports').select('id').execute()).map(({ id }) => id))
    expect(sent.map(({ call }) => there.has(call.id))).toEqual(first.map(({ status }) => status === 201))

    rmSync(ballast)
    const second = await fileAll(sent)
    for (const [at, { status, reply }] of second.entries()) expect([status, reply]).toEqual([201, first[at]?.status === 201 ? first[at]?.reply : reply])
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})
