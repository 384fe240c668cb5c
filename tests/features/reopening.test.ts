import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changesCall } from '../../shared/live.ts'
import { confirmNoticeCall, noticesCall } from '../../shared/notices.ts'
import { correctCall, downloadCall, listReleasesCall, releaseCall, releaseImageCall, reportReleasesCall, retractCall } from '../../shared/press.ts'
import { getReportCall, myReportsCall } from '../../shared/reports.ts'
import { claimReportCall, reopenCall } from '../../shared/verification.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { judge, release, releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend, file } from '../support/reports.ts'
import { toldUpTo } from '../support/sockets.ts'

let house: TestHouse
let ana: Caller
let carla: Caller
let diego: Caller
let elena: Caller
let press: Caller
let rival: Caller
let lead: Caller
let seed = 21_000

beforeAll(async () => {
  house = await startHouse()
  ana = await house.person('observer', { name: 'Ana Canaria', organisation: 'Network Canary' })
  ;[carla, diego, elena] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' }), await house.person('coordinator', { name: 'Elena' })]
  ;[press, rival, lead] = [await house.person('press', { name: 'Paula' }), await house.person('press', { name: 'Raúl' }), await house.person('lead', { name: 'Lidia' })]
  await setUp(house, lead)
})
beforeEach(() => setRules(lead, { eyes: 1 }))
afterAll(() => house.stop())

const head = () => house.engine.head().number
const pageFor = async (caller: Caller, id: string) => (await caller.call(getReportCall, { id })).reply
const doubt = (caller: Caller, id: string, round = 1, reason = 'A second source places it elsewhere.') => caller.call(reopenCall, { id, round, reason })
const noticesOf = async (caller: Caller) => (await caller.call(noticesCall, {})).reply.notices
const verified = () => verifiedPicture(house, ana, [carla], seed++)

describe('[R170] a decided report', () => {
  it('is opened again with a reason: the next round begins, the rounds before stay and are shown', async () => {
    const { id } = await file(house, ana)
    await judge(house, carla, id)
    expect((await pageFor(diego, id)).may).toContain('reopen')
    const { status, reply } = await doubt(diego, id)
    expect([status, reply]).toEqual([200, { id, round: 2 }])
    const { line, round, verdicts, history, may } = await pageFor(elena, id)
    expect([line.status, round, verdicts.map((one) => [one.round, one.name, one.outcome])]).toEqual(['in_review', 2, [[1, 'Carla', 'verified']]])
    expect(history.at(-1)).toMatchObject({ kind: 'report.reopened', by: { name: 'Diego' }, changes: [{ field: 'status', from: 'verified', to: 'in_review' }, { field: 'reason', from: null, to: 'A second source places it elsewhere.' }] })
    expect(may).toEqual(['claim', 'change'])
    const mine = (await ana.call(myReportsCall, {})).reply.reports.find((one) => one.id === id)
    expect([mine?.status, mine?.decidedAt]).toEqual(['in_review', null])

    // Carla may judge again: it is another round. With one pair of eyes hers decides it anew.
    await judge(house, carla, id, { outcome: 'false', reasons: ['place_differs'] })
    const after = await pageFor(elena, id)
    expect([after.line.status, after.verdicts.map((one) => [one.round, one.outcome])]).toEqual(['false', [[1, 'verified'], [2, 'false']]])
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('opens one round for one doubt, told twice or by two', async () => {
    const { id } = await file(house, ana)
    await judge(house, carla, id)
    await doubt(diego, id)
    const before = head()
    expect((await doubt(diego, id)).reply).toEqual({ id, round: 2 })
    expect((await doubt(elena, id)).problem).toEqual({ problem: 'conflict', fields: [{ path: 'round', reason: 'ended' }] })
    expect(head()).toBe(before)
  })

  it('is not opened while it is open, nor by its author, nor without a reason, nor by another role', async () => {
    const { id } = await file(house, ana)
    expect((await doubt(diego, id)).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'not_yet' }] })
    await judge(house, carla, id)
    await house.engine.write({ kind: 'operator' }, ({ record }) => record('report.changed', { type: 'report', id }, { set: { reports: [{ id, filedBy: elena.id }] } }))
    const before = head()
    expect((await doubt(elena, id)).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'id', reason: 'own_report' }] })
    expect((await pageFor(elena, id)).may).not.toContain('reopen')
    expect((await doubt(diego, id, 1, '  ')).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'reason', reason: 'required' }] })
    for (const other of [ana, press]) expect((await doubt(other, id)).problem).toEqual({ problem: 'not_allowed' })
    expect(head()).toBe(before)
  })

  it('[R39] keeps the new round blind: an open first verdict of it is known to its giver alone', async () => {
    await setRules(lead, { eyes: 2 })
    const { id } = await file(house, ana)
    await judge(house, carla, id)
    await judge(house, diego, id)
    await doubt(elena, id)
    await judge(house, carla, id, { outcome: 'false', reasons: ['hearsay'], words: 'Canary of the new round' })
    const seen = JSON.stringify(await pageFor(diego, id))
    expect(seen).not.toContain('Canary of the new round')
    expect((await pageFor(diego, id)).verdicts.map((one) => [one.round, one.outcome])).toEqual([[1, 'verified'], [1, 'verified']])
    expect((await pageFor(diego, id)).history.at(-1)).toMatchObject({ kind: 'verdict.first_given', by: { id: null, name: null }, changes: [] })
  })
})

describe('[R171] who relied on it', () => {
  it('is told: who judged, who released, and who took a picture; each once, and what press reads names neither report nor colleague', async () => {
    const { report, photo } = await verified()
    const id = await release(diego, photo)
    await press.call(downloadCall, { id, size: 'full' })
    const since = await toldUpTo(press)
    await doubt(elena, report, 1, 'Canary reason for the desk.')
    for (const caller of [carla, diego]) expect((await noticesOf(caller)).at(-1)).toMatchObject({ kind: 'reopened', reason: 'Canary reason for the desk.', by: 'Elena', report: { id: report }, picture: null })
    for (const caller of [elena, lead, rival]) expect(JSON.stringify(await noticesOf(caller))).not.toContain('Canary reason')
    const [told] = await noticesOf(press)
    expect(told).toMatchObject({ kind: 'withhold', picture: { id, stands: true }, report: null, by: null, reason: null })
    const heard = (await press.call(changesCall, { since })).reply.things
    expect(heard.map(({ kind }) => kind).sort()).toEqual(['notices', 'release'])
    for (const secret of [report, elena.id, 'Elena', 'Canary reason']) expect(JSON.stringify([told, heard])).not.toContain(secret)
  })
})

describe('[R470] a report that was opened again', () => {
  it('and then withdrawn is told as withdrawn alone: nothing asks its judge to judge it any more', async () => {
    const { id } = await file(house, ana)
    await judge(house, carla, id)
    const told = async () => (await noticesOf(carla)).filter((one) => one.report?.id === id)
    await amend(house, ana, id, { words: 'It was another table.' })
    expect((await told()).map(({ kind, amended }) => [kind, amended])).toEqual([['reopened', 'correction']])
    await amend(house, ana, id, { type: 'withdrawal', words: 'It was not so.' })
    expect((await told()).map(({ kind, amended }) => [kind, amended])).toEqual([['reopened', 'withdrawal']])
    await carla.call(confirmNoticeCall, { id: (await told())[0]?.id ?? '' })
    expect(await told()).toEqual([])
  })
})

describe('[R172] a picture of a report that is looked at again', () => {
  it('waits: press sees so, takes no file of it, and may use it again when it is verified anew', async () => {
    const { report, photo } = await verified()
    const id = await release(diego, photo)
    const { address } = (await press.call(downloadCall, { id, size: 'full' })).reply
    const looks = async (caller: Caller) => [(await caller.fetch(address)).status, (await caller.call(releaseImageCall, { id, size: 'web' })).status, (await caller.call(releaseImageCall, { id, size: 'wall' })).status]
    expect(await looks(press)).toEqual([200, 200, 200])
    await doubt(elena, report)
    // An address that was given before opens nothing now, nor is the web size shown, whose bytes are the download's.
    expect(await looks(press)).toEqual([409, 409, 200])
    for (const caller of [carla, lead]) expect(await looks(caller)).toEqual([404, 409, 200])
    expect(await (await press.fetch(address)).json()).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'not_yet' }] })
    const shown = async () => (await press.call(listReleasesCall, {})).reply.releases.find((one) => one.id === id)
    expect((await shown())?.withheld).toBe(true)
    expect((await press.call(downloadCall, { id, size: 'full' })).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'not_yet' }] })
    // Neither is another picture of it released meanwhile.
    const { problem } = await diego.call(releaseCall, { ...(await releaseOf(diego, (await verified()).photo)), photo })
    expect(problem).toMatchObject({ problem: 'conflict' })

    await judge(house, carla, report)
    expect((await shown())?.withheld).toBe(false)
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(200)
    expect(await looks(press)).toEqual([200, 200, 200])
    // The word that it may be used again makes the word to wait void.
    const open = (await noticesOf(press)).filter((one) => one.picture?.id === id)
    expect(open.map(({ kind }) => kind)).toEqual(['lifted'])
    await press.call(confirmNoticeCall, { id: open[0]?.id ?? '' })
    expect((await noticesOf(press)).filter((one) => one.picture?.id === id)).toEqual([])
    const page = (await carla.call(reportReleasesCall, { id: report })).reply
    expect(page.releases[0]?.notices.map(({ kind, copies }) => [kind, copies.map((copy) => [copy.name, copy.confirmedAt !== null])])).toEqual([['withhold', [['Paula', true]]], ['lifted', [['Paula', true]]]])
  })

  it('[R469] of waiting and using again, however often they came unread, the last word alone stands, and once it is read none comes back', async () => {
    const { report, photo } = await verified()
    const id = await release(diego, photo)
    await press.call(downloadCall, { id, size: 'full' })
    const open = async () => (await noticesOf(press)).filter((one) => one.picture?.id === id)
    for (const round of [1, 2, 3]) {
      await doubt(elena, report, round)
      if (round < 3) await judge(house, carla, report)
    }
    const [last, ...others] = await open()
    expect([last?.kind, others]).toEqual(['withhold', []])
    await press.call(confirmNoticeCall, { id: last?.id ?? '' })
    expect(await open()).toEqual([])
  })

  it('[R485] that a report was decided otherwise asks its releaser to act no longer once it is open again, verified, or its picture is retracted; and asks once', async () => {
    const { report, photo } = await verified()
    const id = await release(diego, photo)
    await press.call(downloadCall, { id, size: 'full' })
    const otherwise = async () => (await noticesOf(diego)).filter((one) => one.report?.id === report && one.kind === 'decided_otherwise').map(({ reason }) => reason)
    const falsely: Parameters<typeof judge>[3] = { outcome: 'false', reasons: ['place_differs'] }
    await doubt(elena, report)
    await judge(house, carla, report, falsely)
    expect(await otherwise()).toEqual([null])
    const stale = (await noticesOf(diego)).find((one) => one.kind === 'decided_otherwise')?.id ?? ''
    // Whoever opens it again is told nothing of that.
    await doubt(diego, report, 2)
    expect(await otherwise()).toEqual([])
    // It may be on a page still, and is read there once.
    await diego.call(confirmNoticeCall, { id: stale })
    const before = head()
    await diego.call(confirmNoticeCall, { id: stale })
    expect(head()).toBe(before)
    await judge(house, carla, report)
    expect([await otherwise(), (await noticesOf(press)).filter((one) => one.picture?.id === id).map(({ kind }) => kind)]).toEqual([[], ['lifted']])
    await amend(house, ana, report, { corrected: { category: 'voting.queue' } })
    await judge(house, carla, report)
    expect(await otherwise()).toEqual(['says_otherwise'])
    await doubt(elena, report, 4)
    await judge(house, carla, report, falsely)
    expect(await otherwise()).toEqual([null])
    await diego.call(retractCall, { id, reason: 'It shows another place.' })
    expect(await otherwise()).toEqual([])
  })

  it('[R173] stays held back when the report is decided otherwise, until somebody retracts it: who released it is told', async () => {
    const { report, photo } = await verified()
    const id = await release(diego, photo)
    await press.call(downloadCall, { id, size: 'full' })
    await doubt(elena, report)
    await judge(house, carla, report, { outcome: 'false', reasons: ['place_differs'] })
    expect((await pageFor(diego, report)).releases[0]).toMatchObject({ retractedAt: null })
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(409)
    expect((await noticesOf(diego))[0]).toMatchObject({ kind: 'decided_otherwise', report: { id: report } })
    await diego.call(retractCall, { id, reason: 'It shows another place.' })
    expect((await noticesOf(press)).filter((one) => one.picture?.id === id)).toMatchObject([{ kind: 'kill', reason: 'It shows another place.', picture: { stands: false } }])
  })
})

describe('[R466] a picture whose report is verified again and says something else than the picture', () => {
  const changes: [string, Parameters<typeof amend>[3], boolean][] = [
    ['another category', { corrected: { category: 'voting.queue' } }, true],
    ['another station', { corrected: { place: { station: 'CE-03', table: null, atStation: true } } }, true],
    ['another table', { corrected: { place: { station: 'CE-01', table: null, atStation: true } } }, true],
    ['another time', { corrected: { observedAt: '2027-02-28T12:00:00.000Z' } }, true],
    ['other words and severity', { corrected: { severity: 'low' } }, false],
  ]
  it.each(changes)('%s', async (_name, given, waits) => {
    const { report, photo } = await verified()
    const [id, released] = [await release(diego, photo), photo]
    await press.call(downloadCall, { id, size: 'full' })
    // What was said before it was released, and what is said after and taken back, is no difference.
    await doubt(elena, report)
    await judge(house, carla, report)
    const kinds = async () => (await noticesOf(press)).filter((one) => one.picture?.id === id).map(({ kind }) => kind)
    expect(await kinds()).toEqual(['lifted'])
    expect((await amend(house, ana, report, given)).status).toBe(201)
    await judge(house, carla, report)
    const shown = (await press.call(listReleasesCall, {})).reply.releases.find((one) => one.id === id)
    const told = (await noticesOf(diego)).filter((one) => one.report?.id === report && one.kind === 'decided_otherwise')
    expect([(await pageFor(diego, report)).line.status, shown?.withheld, await kinds(), told.map(({ reason }) => reason)]).toEqual(['verified', waits, [waits ? 'withhold' : 'lifted'], waits ? ['says_otherwise'] : []])
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(waits ? 409 : 200)
    if (!waits) return
    // No words of it can be mended; retracted and released anew it goes to press as the report reads now.
    const { captions, credit } = await releaseOf(diego, (await verified()).photo)
    expect((await diego.call(correctCall, { id, of: 1, captions, alternatives: { es: 'Dos urnas.', en: 'Two ballot boxes.' }, credit, keptWords: [], wrong: 'The place.', right: 'Another.' })).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'not_yet' }] })
    await diego.call(retractCall, { id, reason: 'It says something that is not so.' })
    expect(await kinds()).toEqual(['kill'])
    expect((await press.call(downloadCall, { id: await release(diego, released), size: 'full' })).status).toBe(200)
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })

  it('may be used again once its report says again what it said, and is verified', async () => {
    const { report, photo } = await verified()
    const id = await release(diego, photo)
    await press.call(downloadCall, { id, size: 'full' })
    await amend(house, ana, report, { corrected: { place: { station: 'CE-03', table: null, atStation: true } } })
    await judge(house, carla, report)
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(409)
    await amend(house, ana, report, { corrected: { place: { station: 'CE-01', table: '77119', atStation: true } } })
    await judge(house, carla, report)
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(200)
  })
})

it('[R37] a person gives one verdict in each round', async () => {
  const { id } = await file(house, ana)
  await judge(house, carla, id)
  await doubt(diego, id)
  expect((await carla.call(claimReportCall, { id })).status).toBe(200)
})
