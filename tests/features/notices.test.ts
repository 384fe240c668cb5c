import { auditCall } from '../../shared/audit.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesCall } from '../../shared/live.ts'
import { confirmNoticeCall, noticesCall } from '../../shared/notices.ts'
import { correctCall, downloadCall, listReleasesCall, myTakesCall, releaseImageCall, reportReleasesCall, retractCall, takeBackUseCall, useCall } from '../../shared/press.ts'
import type { Correction } from '../../shared/press.ts'
import { getReportCall, myReportsCall } from '../../shared/reports.ts'
import { namedFiles } from '../../server/features/photos/actions.ts'
import { reopenCall } from '../../shared/verification.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { release, releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { listen, toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let carla: Caller
let press: Caller
let away: Caller
let rival: Caller
let lead: Caller
let seed = 25_000

beforeAll(async () => {
  house = await startHouse()
  ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Network Canary' })
  ;[carla, lead] = [await house.person('coordinator', { name: 'Carla' }), await house.person('lead')]
  ;[press, away, rival] = [await house.person('press', { name: 'Paula', organisation: 'The Paper' }), await house.person('press', { name: 'Aldo', organisation: 'Radio' }), await house.person('press', { name: 'Raúl', organisation: 'Rival' })]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
})
afterAll(() => house.stop())

const head = () => house.engine.head().number
const released = async () => {
  const { report, photo } = await verifiedPicture(house, ana, [carla], seed++)
  return { report, photo, id: await release(carla, photo) }
}
const noticesOf = async (caller: Caller, id: string) => (await caller.call(noticesCall, {})).reply.notices.filter((one) => one.picture?.id === id)
const deskSees = async (report: string) => (await carla.call(reportReleasesCall, { id: report })).reply.releases[0]
const take = (caller: Caller, id: string, size: 'web' | 'full' = 'full') => caller.call(downloadCall, { id, size })

async function correction(id: string, photo: string, given: Partial<Correction> = {}): Promise<Correction> {
  const { captions, credit } = await releaseOf(carla, (await verifiedPicture(house, ana, [carla], seed++)).photo)
  return { id, of: 1, captions, alternatives: { es: 'Dos urnas.', en: 'Two ballot boxes.' }, credit, keptWords: [], wrong: 'It said that papers are seen.', right: 'Two ballot boxes are seen.', ...given }
}

describe('[R176] who took it', () => {
  it('stands on the desk with name, organisation, size and time; press sees its own alone', async () => {
    const { report, id } = await released()
    await take(press, id, 'web')
    await take(rival, id, 'full')
    expect((await deskSees(report))?.takes).toMatchObject([{ name: 'Paula', organisation: 'The Paper', size: 'web', version: 1 }, { name: 'Raúl', organisation: 'Rival', size: 'full', version: 1 }])
    const mine = await press.call(myTakesCall, { id })
    expect(mine.reply).toMatchObject({ takes: [{ size: 'web', version: 1 }], uses: [] })
    expect(JSON.stringify(mine.reply)).not.toContain('Raúl')
    expect((await carla.call(getReportCall, { id: report })).reply.history.filter(({ kind }) => kind === 'release.downloaded').map(({ by }) => by.name)).toEqual(['Paula', 'Raúl'])
  })
})

describe('[R177] "I used this"', () => {
  it('marks where a picture was published, for the desk; it can be taken back, and stays written', async () => {
    const { report, id } = await released()
    const since = await toldUpTo(press)
    const use = randomUUID()
    const sent = { id, use, place: 'Front page', link: 'https://paper.example/1', words: 'Evening edition' }
    expect((await press.call(useCall, sent)).status).toBe(201)
    expect((await deskSees(report))?.uses).toMatchObject([{ id: use, name: 'Paula', organisation: 'The Paper', place: 'Front page', link: 'https://paper.example/1', words: 'Evening edition', takenBackAt: null }])
    expect((await lead.call(auditCall, { thing: id, group: 'release' })).reply.facts[0]?.said).toEqual([{ field: 'place', value: 'Front page' }, { field: 'link', value: 'https://paper.example/1' }])
    expect((await press.call(useCall, { ...sent, place: 'Page 2' })).problem).toEqual({ problem: 'conflict' })
    for (const other of [rival, away]) {
      expect((await other.call(takeBackUseCall, { id, use })).problem).toEqual({ problem: 'not_found' })
      expect((await other.call(myTakesCall, { id })).reply.uses).toEqual([])
      expect((await other.call(changesCall, { since })).reply.things).toEqual([])
    }
    expect((await press.call(takeBackUseCall, { id, use })).status).toBe(200)
    expect((await deskSees(report))?.uses[0]?.takenBackAt).not.toBeNull()
    for (const link of ['javascript:alert(1)', 'paper.example', 'https://a b']) expect((await press.call(useCall, { ...sent, use: randomUUID(), link })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'link', reason: 'format' }] })
    for (const other of [carla, ana]) expect((await other.call(useCall, sent)).problem).toEqual({ problem: 'not_allowed' })
  })

  it('[R178] the observer is told that press took it and that it was used, and by nobody’s name', async () => {
    const { report, id } = await released()
    const mine = async () => (await ana.call(myReportsCall, {})).reply.reports.find((one) => one.id === report)
    // What the desk takes is not taken by press.
    await take(carla, id)
    expect(await mine()).toMatchObject({ takenAt: null, usedAt: null })
    await take(press, id)
    const use = randomUUID()
    await press.call(useCall, { id, use, place: 'Front page', link: null, words: '' })
    expect([(await mine())?.takenAt, (await mine())?.usedAt].every((at) => at !== null)).toBe(true)
    expect(JSON.stringify(await mine())).not.toMatch(/Paula|The Paper|Front page/)
    await press.call(takeBackUseCall, { id, use })
    expect((await mine())?.usedAt).toBeNull()
  })
})

describe('[R179] a correction', () => {
  it('is a new version with new files; the old ones are kept, and who took it is told what was wrong and what is right', async () => {
    const { report, photo, id } = await released()
    await take(press, id)
    const before = await house.db.readers.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const wall = await listen(house, press)
    const sent = await correction(id, photo)
    expect((await carla.call(correctCall, sent)).reply).toEqual({ id, version: 2 })
    await wall.until(({ things }) => things.some((thing) => thing.kind === 'release' && thing.id === id && thing.thing.version === 2) && things.some((thing) => thing.kind === 'notices'))
    wall.close()
    const shown = (await press.call(listReleasesCall, {})).reply.releases.find((one) => one.id === id)
    expect([shown?.alternatives['en'], shown?.version]).toEqual(['Two ballot boxes.', 2])
    expect(await noticesOf(press, id)).toMatchObject([{ kind: 'correction', wrong: sent.wrong, right: sent.right, picture: { alternatives: sent.alternatives, stands: true } }])
    expect(await noticesOf(rival, id)).toEqual([])
    const { reply } = await take(press, id)
    const file = Buffer.from(await (await press.fetch(reply.address)).arrayBuffer()).toString('latin1')
    expect([file.includes('Two ballot boxes.'), file.includes('Ballot papers on a table.')]).toEqual([true, false])
    expect((await press.call(releaseImageCall, { id, size: 'wall' })).status).toBe(200)
    expect((await deskSees(report))?.versions).toMatchObject([{ version: 1 }])
    expect((await press.call(listReleasesCall, { words: 'ballot boxes' })).reply.releases.map((one) => one.id)).toContain(id)
    // The files of the version before are still there, and are looked at by `verify`.
    const named = await house.db.readers.transaction().execute((tx) => namedFiles(tx))
    for (const sha256 of [before.fullSha256, before.webSha256, before.wallSha256]) {
      expect(named.renditions).toContain(sha256)
      expect(await house.files.renditions.verifyHash(sha256)).toBe(true)
    }
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('is refused where it says what it said, tells what is withheld, or mends another version', async () => {
    const { photo, id } = await released()
    const sent = await correction(id, photo)
    expect((await carla.call(correctCall, { ...sent, right: 'It was Ana Canaria at 20:14.' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'right', reason: 'does_not_agree' }] })
    expect((await carla.call(correctCall, { ...sent, captions: { es: 'Fraude en la mesa.', en: sent.captions['en'] ?? '' } })).problem).toMatchObject({ problem: 'invalid_input', fields: [{ path: 'captions.es', reason: 'blocks_release' }] })
    await carla.call(correctCall, sent)
    expect((await carla.call(correctCall, { ...sent, credit: 'Other' })).problem).toEqual({ problem: 'conflict', fields: [{ path: 'of', reason: 'ended' }] })
    expect((await carla.call(correctCall, { ...sent, of: 2 })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'captions', reason: 'repeated' }] })
    for (const other of [press, ana]) expect((await other.call(correctCall, sent)).problem).toEqual({ problem: 'not_allowed' })
  })
})

describe('[R180] a retraction', () => {
  it('reaches everyone who took or used it with its reason, also who was away, until each confirms; the desk sees who has', async () => {
    const { report, id } = await released()
    await take(press, id)
    await press.call(useCall, { id, use: randomUUID(), place: 'Front page', link: null, words: '' })
    await take(away, id, 'web')
    const [open, other] = [await listen(house, press), await listen(house, rival)]
    const since = await toldUpTo(press)
    await carla.call(retractCall, { id, reason: 'A face can be seen.' })
    for (const screen of [open, other]) await screen.until(({ things }) => things.some((thing) => thing.kind === 'release_gone' && thing.id === id))
    for (const screen of [open, other]) screen.close()
    expect((await away.call(changesCall, { since })).reply.things.map(({ kind }) => kind).sort()).toEqual(['notices', 'release_gone'])
    for (const caller of [press, away]) expect(await noticesOf(caller, id)).toMatchObject([{ kind: 'kill', reason: 'A face can be seen.', picture: { stands: false }, report: null, by: null }])
    expect(await noticesOf(rival, id)).toEqual([])

    const [notice] = await noticesOf(press, id)
    expect((await rival.call(confirmNoticeCall, { id: notice?.id ?? '' })).problem).toEqual({ problem: 'not_found' })
    expect((await press.call(confirmNoticeCall, { id: notice?.id ?? '' })).status).toBe(200)
    expect(await noticesOf(press, id)).toEqual([])
    expect((await deskSees(report))?.notices[0]?.copies.map((copy) => [copy.name, copy.confirmedAt !== null])).toEqual([['Aldo', false], ['Paula', true]])
    // Who used it may still say where, and see what they took.
    expect((await press.call(myTakesCall, { id })).reply.uses).toHaveLength(1)
    expect((await rival.call(myTakesCall, { id })).problem).toEqual({ problem: 'not_found' })
  })

  it('makes what was said before of the same picture void', async () => {
    const { photo, id } = await released()
    await take(press, id)
    await carla.call(correctCall, await correction(id, photo))
    await carla.call(retractCall, { id, reason: 'A face can be seen.' })
    const open = await noticesOf(press, id)
    expect(open.map(({ kind }) => kind)).toEqual(['kill'])
    await press.call(confirmNoticeCall, { id: open[0]?.id ?? '' })
    expect(await noticesOf(press, id)).toEqual([])
  })

  it('[R321] stands above everything that was said before it of other pictures, which keep their order', async () => {
    const reader = await house.person('press')
    const [mended, other, waits, killed] = [await released(), await released(), await released(), await released()]
    for (const { id } of [mended, other, waits, killed]) await take(reader, id)
    for (const { id, photo } of [mended, other]) await carla.call(correctCall, await correction(id, photo))
    expect((await lead.call(reopenCall, { id: waits.report, round: 1, reason: 'A second source places it elsewhere.' })).status).toBe(200)
    await carla.call(retractCall, { id: killed.id, reason: 'A face can be seen.' })
    const { notices } = (await reader.call(noticesCall, {})).reply
    expect(notices.map(({ kind, picture }) => [kind, picture?.id])).toEqual([['kill', killed.id], ['withhold', waits.id], ['correction', mended.id], ['correction', other.id]])
  })

  it('[R181] is refused where its reason would tell press who or where', async () => {
    const { id } = await released()
    const before = head()
    for (const reason of ['It was Ana Canaria.', 'Escuela Canaria, seen 20:14.']) expect((await carla.call(retractCall, { id, reason })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'reason', reason: 'does_not_agree' }] })
    expect(head()).toBe(before)
  })
})
