import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { amendReportCall } from '../../shared/amendments.ts'
import { registerKeyCall } from '../../shared/keys.ts'
import { changesCall, heldReportsCall } from '../../shared/live.ts'
import { noticesCall } from '../../shared/notices.ts'
import { downloadCall, listReleasesCall, releaseCall, retractCall } from '../../shared/press.ts'
import { quarantineCall } from '../../shared/quarantine.ts'
import { checkReceiptCall, contentOf, figuresOf } from '../../shared/receipts.ts'
import { asOfCall, getReportCall, listReportsCall, myReportsCall, myStatementsCall } from '../../shared/reports.ts'
import { claimReportCall } from '../../shared/verification.ts'
import { sha256 } from '../../server/platform/ids.ts'
import { checkDatabase, sayChecked } from '../../server/check.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { judge, phonePicture, release, releaseOf, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { makePhoneKey, registeredKey } from '../support/phone-key.ts'
import { amend, amendmentOf, file, hashOf, sendOriginal } from '../support/reports.ts'
import { toldUpTo } from '../support/sockets.ts'
import { lookAtSignatures } from '../support/signatures.ts'

let house: TestHouse
let ana: Caller
let bea: Caller
let carla: Caller
let diego: Caller
let elena: Caller
let press: Caller
let lead: Caller
let seed = 51_000

beforeAll(async () => {
  house = await startHouse()
  ;[ana, bea] = [await house.person('observer', { name: 'Ana Canaria', organisation: 'Network Canary' }), await house.person('observer')]
  ;[carla, diego, elena] = [await house.person('coordinator', { name: 'Carla' }), await house.person('coordinator', { name: 'Diego' }), await house.person('coordinator', { name: 'Elena' })]
  ;[press, lead] = [await house.person('press', { name: 'Paula' }), await house.person('lead', { name: 'Lidia' })]
  await setUp(house, lead)
})
beforeEach(() => setRules(lead, { eyes: 1 }))
afterAll(() => house.stop())

const head = () => house.engine.head().number
const pageOf = async (id: string) => (await elena.call(getReportCall, { id })).reply
const noticesOf = async (caller: Caller) => (await caller.call(noticesCall, {})).reply.notices
const ladderOf = async (id: string) => (await ana.call(myReportsCall, {})).reply.reports.find((one) => one.id === id)
const foldsRight = async () => expect((await verifyJournal(house.db.readers)).faults).toEqual([])

describe('[R279] what an author says of a report later', () => {
  it('[R308] is what the report says from then on, with the moment and every version before; the room hears it, and finds it by its new words', async () => {
    const { id, number } = await file(house, ana, { words: 'Voters of table seven were sent away.' })
    const since = await toldUpTo(elena)
    expect((await amend(house, ana, id, { words: 'Voters of table nine were sent away.' })).status).toBe(201)
    await amend(house, ana, id, { type: 'addition', words: 'The president of the table said why.' })
    const { line, words, versions, history } = await pageOf(id)
    expect(words).toBe('Voters of table nine were sent away.\n\nThe president of the table said why.')
    expect([line.words, line.amended?.how, line.status, line.number]).toEqual([words, 'addition', 'received', number])
    expect(versions.map(({ type, words: said, signed, setAsideFor }) => [type, said, signed, setAsideFor])).toEqual([
      ['report', 'Voters of table seven were sent away.', 'unsigned', null], ['correction', 'Voters of table nine were sent away.', 'unsigned', null], ['addition', 'The president of the table said why.', 'unsigned', null],
    ])
    expect(history.slice(-2).map(({ kind, by }) => [kind, by.name])).toEqual([['report.corrected', 'Ana Canaria'], ['report.added_to', 'Ana Canaria']])
    const [heard] = (await elena.call(changesCall, { since })).reply.things
    expect(heard).toMatchObject({ kind: 'report', id, thing: { words, version: line.version } })
    const found = async (asked: string) => (await elena.call(listReportsCall, { words: asked })).reply.reports.map((one) => one.id)
    expect([await found('table nine'), await found('table seven')]).toEqual([[id], []])
    expect(await house.db.readers.selectFrom('reportWords').select('rowid').where('report', '=', id).execute()).toEqual([{ rowid: number }])
    await foldsRight()
  })

  it('[R459] is not taken before what the same phone said of the report earlier, where headquarters lacks that', async () => {
    const { id } = await file(house, ana)
    const { id: other } = await file(house, ana)
    const [correction, withdrawal] = [await amendmentOf(house, ana, id), await amendmentOf(house, ana, id, { type: 'withdrawal' })]
    const withdraw = async (after: string) => (await ana.call(amendReportCall, { ...withdrawal, after })).status
    expect(await withdraw(correction.id)).toBe(404)
    await amend(house, ana, other)
    const { amendments: [ofOther = ''] = [] } = (await ladderOf(other)) ?? {}
    expect(await withdraw(ofOther)).toBe(404)
    expect((await ana.call(amendReportCall, correction)).status).toBe(201)
    expect([await withdraw(correction.id), await withdraw(ofOther), (await ladderOf(id))?.amendments]).toEqual([201, 201, [correction.id, withdrawal.id]])
    expect((await pageOf(id)).versions.map(({ type }) => type)).toEqual(['report', 'correction', 'withdrawal'])
  })

  it('leaves the digest of a screen’s set right, and the past as it was', async () => {
    const { id } = await file(house, ana, { words: 'As it was first.' })
    const before = house.clock.now()
    house.clock.forward(60_000)
    await amend(house, ana, id, { words: 'As it is now.' })
    const { number, total } = (await elena.call(listReportsCall, { limit: 500 })).reply
    const { held } = (await elena.call(heldReportsCall, { since: number })).reply
    expect(held?.count).toBe(total)
    const then = (await elena.call(asOfCall, { asOf: before })).reply.reports.find((one) => one.id === id)
    expect([then?.words, then?.amended]).toEqual(['As it was first.', null])
    const now = (await elena.call(asOfCall, { asOf: house.clock.now() })).reply.reports.find((one) => one.id === id)
    expect([now?.words, now?.amended?.how]).toEqual(['As it is now.', 'correction'])
  })

  it('brings pictures, which arrive as those of the report do', async () => {
    const [first, second] = [await phonePicture(seed++), await phonePicture(seed++)]
    const { id } = await file(house, ana, { pictures: [first] })
    // The first again, by mistake: it is there already.
    expect((await amend(house, ana, id, { type: 'addition', words: '', pictures: [first, second] })).status).toBe(201)
    expect((await pageOf(id)).line.photoCount).toBe(2)
    expect((await sendOriginal(ana, id, second)).status).toBe(201)
    await house.picturesDone()
    const { photos, versions } = await pageOf(id)
    expect(photos.map(({ sha256: hash, state }) => [hash, state])).toEqual([[hashOf(first), 'awaited'], [hashOf(second), 'ready']])
    expect(versions.map(({ photos: how }) => how)).toEqual([1, 2])
    await foldsRight()
  })

  it('is taken once, however often it is sent; other words under the same sign are a conflict', async () => {
    const { id } = await file(house, ana)
    const sent = await amendmentOf(house, ana, id)
    const { status, reply } = await ana.call(amendReportCall, sent)
    const before = head()
    expect([status, (await ana.call(amendReportCall, sent)).reply]).toEqual([201, reply])
    expect((await ana.call(amendReportCall, { ...sent, statement: sent.statement.replace('third', 'fourth') })).problem).toEqual({ problem: 'conflict' })
    const other = await file(house, ana)
    expect((await ana.call(amendReportCall, { ...sent, report: other.id })).problem).toEqual({ problem: 'conflict' })
    expect(head()).toBe(before + 1)
  })

  it('is listed with its report on another phone of its author', async () => {
    const { id } = await file(house, ana)
    const sent = await amendmentOf(house, ana, id)
    const { receivedAt } = (await ana.call(amendReportCall, sent)).reply
    expect((await ladderOf(id))?.amendments).toEqual([sent.id])
    const [stated] = (await ana.call(myStatementsCall, { ids: [id] })).reply.reports
    expect(stated?.amendments).toEqual([{ id: sent.id, statement: sent.statement, receivedAt, channel: 'web' }])
  })
})

describe('[R280] a report is its author’s to amend', () => {
  it('not another observer’s, nor anybody else’s, and each statement says of which report it is', async () => {
    const { id } = await file(house, ana)
    const [sent, beas] = [await amendmentOf(house, ana, id), await amendmentOf(house, bea, id)]
    const before = head()
    for (const one of [sent, beas]) expect((await bea.call(amendReportCall, one)).problem).toEqual({ problem: 'not_found' })
    for (const other of [carla, press, lead]) expect((await other.call(amendReportCall, sent)).problem).toEqual({ problem: 'not_allowed' })
    const wrong = async (path: string, reason: string, given: Parameters<typeof amend>[3], problem = 'invalid_input') => expect((await amend(house, ana, id, given)).problem).toEqual({ problem, fields: [{ path, reason }] })
    await wrong('author', 'does_not_agree', { author: bea.id }, 'not_allowed')
    await wrong('reportId', 'does_not_agree', { reportId: (await file(house, ana)).id })
    await wrong('words', 'required', { words: ' ' })
    await wrong('photos', 'too_many', { pictures: [await phonePicture(seed++)] })
    expect(head()).toBe(before + 1)
  })
})

describe('[R281] a correction or an addition after a verdict', () => {
  it('opens the report again: both who judged it are told what it says now, and judge it anew', async () => {
    await setRules(lead, { eyes: 2 })
    const { report, photo } = await verifiedPicture(house, ana, [carla, diego], seed++)
    await setRules(lead, { eyes: 2 })
    const id = await release(elena, photo)
    await press.call(downloadCall, { id, size: 'full' })
    const since = await toldUpTo(press)
    await amend(house, ana, report, { words: 'Canary of what it says now.' })
    const { line, round, verdicts, may } = await pageOf(report)
    expect([line.status, round, line.awaitsSecond, line.claim, may]).toEqual(['in_review', 2, false, null, ['claim', 'change', 'retract']])
    expect(verdicts.map((one) => [one.round, one.name])).toEqual([[1, 'Carla'], [1, 'Diego']])
    for (const caller of [carla, diego, elena]) expect((await noticesOf(caller)).at(-1)).toMatchObject({ kind: 'reopened', amended: 'correction', reason: 'Canary of what it says now.', by: 'Ana Canaria', report: { id: report } })
    expect(await noticesOf(lead)).toEqual([])
    // Press waits, and hears nothing of what was said nor by whom.
    expect((await noticesOf(press)).at(-1)).toMatchObject({ kind: 'withhold', amended: null, reason: null, by: null, report: null })
    expect(JSON.stringify([await noticesOf(press), (await press.call(changesCall, { since })).reply])).not.toMatch(/Canary|Ana/)
    expect((await press.call(listReleasesCall, {})).reply.releases.find((one) => one.id === id)?.withheld).toBe(true)
    expect((await elena.call(releaseCall, { ...(await releaseOf(elena, (await verifiedPicture(house, ana, [carla, diego], seed++)).photo)), photo })).problem).toMatchObject({ problem: 'conflict' })
    expect((await ladderOf(report))?.decidedAt).toBeNull()
    for (const caller of [carla, diego]) expect((await judge(house, caller, report)).status).toBe(201)
    expect((await press.call(listReleasesCall, {})).reply.releases.find((one) => one.id === id)?.withheld).toBe(false)
    await foldsRight()
  })

  it('ends a round that has a first verdict alone: nobody is second to what the report no longer says', async () => {
    await setRules(lead, { eyes: 2 })
    const { id } = await file(house, ana)
    await judge(house, carla, id)
    await amend(house, ana, id, { type: 'addition', words: 'There was a second stack.' })
    const { line, round } = await pageOf(id)
    expect([round, line.awaitsSecond]).toEqual([2, false])
    expect((await noticesOf(carla)).at(-1)).toMatchObject({ kind: 'reopened', amended: 'addition' })
    await judge(house, diego, id)
    expect((await pageOf(id)).line.awaitsSecond).toBe(true)
    await judge(house, carla, id)
    expect((await pageOf(id)).line.status).toBe('verified')
    await foldsRight()
  })

  it('leaves a report that nobody has judged as it stands, also in the hands of who has it', async () => {
    const { id } = await file(house, ana)
    await carla.call(claimReportCall, { id })
    const before = await noticesOf(carla)
    await amend(house, ana, id)
    const { line, round } = await pageOf(id)
    expect([line.status, round, line.claim?.name]).toEqual(['in_review', 1, 'Carla'])
    expect(await noticesOf(carla)).toEqual(before)
  })
})

describe('[R282] a withdrawn report', () => {
  it('stays to be seen with its reason, leaves the work, and takes nothing more', async () => {
    const { id } = await file(house, ana, { words: 'It is of another day.' })
    await carla.call(claimReportCall, { id })
    await amend(house, ana, id, { type: 'withdrawal', words: 'I chose the wrong picture.' })
    const { line, words, versions, may, history } = await pageOf(id)
    expect([line.status, line.amended?.how, line.claim, words, may]).toEqual(['withdrawn', 'withdrawal', null, 'It is of another day.', []])
    expect(versions.at(-1)).toMatchObject({ type: 'withdrawal', words: 'I chose the wrong picture.' })
    expect(history.at(-1)).toMatchObject({ kind: 'report.withdrawn', changes: [{ field: 'status', from: 'in_review', to: 'withdrawn' }, { field: 'reason', to: 'I chose the wrong picture.' }] })
    expect((await ladderOf(id))?.status).toBe('withdrawn')
    expect((await carla.call(claimReportCall, { id })).problem).toEqual({ problem: 'conflict', fields: [{ path: 'id', reason: 'ended' }] })
    expect((await amend(house, ana, id)).problem).toEqual({ problem: 'conflict', fields: [{ path: 'reportId', reason: 'ended' }] })
    await foldsRight()
  })

  it('is told to who judged it and who released from it; its pictures wait until somebody retracts them', async () => {
    const { report, photo } = await verifiedPicture(house, ana, [carla], seed++)
    const id = await release(diego, photo)
    await press.call(downloadCall, { id, size: 'full' })
    await amend(house, ana, report, { type: 'withdrawal', words: 'It was another table.' })
    for (const caller of [carla, diego]) expect((await noticesOf(caller)).at(-1)).toMatchObject({ kind: 'reopened', amended: 'withdrawal', reason: 'It was another table.', report: { id: report } })
    expect((await noticesOf(press)).find((one) => one.picture?.id === id)).toMatchObject({ kind: 'withhold', picture: { stands: true } })
    expect((await press.call(downloadCall, { id, size: 'full' })).status).toBe(409)
    expect((await pageOf(report)).may).toEqual(['retract'])
    expect((await diego.call(retractCall, { id, reason: 'Withdrawn by who sent it.' })).status).toBe(200)
    expect((await noticesOf(press)).find((one) => one.picture?.id === id)).toMatchObject({ kind: 'kill' })
  })
})

describe('[R283] [R386] a signature over an amendment', () => {
  it('counts as a report’s does; one that fails is kept, answered with a receipt, and changes nothing', async () => {
    const observer = await house.person('observer')
    const key = await registeredKey(observer)
    const { id } = await file(house, observer, { words: 'As it was.' })
    const sign = async (by: { sign: (statement: string) => string }, words: string) => {
      const sent = await amendmentOf(house, observer, id, { words })
      return observer.call(amendReportCall, { ...sent, signature: by.sign(sent.statement) })
    }
    expect((await sign(key, 'As it is.')).status).toBe(201)
    expect((await sign(makePhoneKey(), 'As a forger has it.')).status).toBe(201)
    const { words, versions, line, history } = await pageOf(id)
    expect([words, line.amended?.how]).toEqual(['As it is.', 'correction'])
    expect(versions.slice(1).map((one) => [one.signed, one.setAsideFor, one.words])).toEqual([['signed', null, 'As it is.'], ['fails', 'signature', 'As a forger has it.']])
    expect(history.at(-1)?.kind).toBe('report.amendment_set_aside')
    expect(await lookAtSignatures(house.db.readers)).toEqual({ reports: { signed: 0, failing: 0 }, later: { signed: 1, failing: 1 }, faults: [] })
    const said: string[] = []
    sayChecked({ ...(await checkDatabase(house.db.readers)), originals: 0, renditions: 0, screens: { count: 0, last: null } }, (line) => said.push(line))
    // Each once, and apart; no words that were searched before make a fault of the index.
    expect(said.slice(1, 3)).toEqual(['0 reports signed by their phones; 0 came with a signature that fails, and are marked so.', "Of what was said of reports later, 1 signed by the author's phone; 1 came with a signature that fails, and is marked so."])
    expect(said.at(-1)).toBe('Everything agrees.')
    await house.db.writer.updateTable('amendments').set({ signed: 'signed' }).where('signed', '=', 'fails').execute()
    expect((await lookAtSignatures(house.db.readers)).faults).toMatchObject([{ what: 'is said to be signed by its phone, and the signature fails' }])
    expect((await verifyJournal(house.db.readers)).faults).not.toEqual([])
    await house.db.writer.updateTable('amendments').set({ signed: 'fails' }).where('setAsideFor', '=', 'signature').execute()
    await foldsRight()
    expect((await observer.call(registerKeyCall, { publicKey: key.publicKey })).status).toBe(200)
  })

  it('[R284] is answered by a receipt that anybody can have checked, whole or in figures', async () => {
    const { id, number } = await file(house, ana)
    const sent = await amendmentOf(house, ana, id)
    const { signed, receivedAt } = (await ana.call(amendReportCall, sent)).reply
    expect(contentOf(signed)).toMatchObject({ type: 'amendment', report: id, number, receivedAt, statement: sha256(sent.statement) })
    expect(figuresOf(signed)).toHaveLength(333)
    expect((await house.nobody.call(checkReceiptCall, { receipt: signed })).reply.content).toEqual(contentOf(signed))
  })

  it('[R285] of somebody in quarantine is kept and shown, and tells its author nothing of that', async () => {
    const observer = await house.person('observer')
    const { id } = await file(house, observer)
    await carla.call(quarantineCall, { id: observer.id, reason: 'Pictures of another place' })
    const { status, reply } = await amend(house, observer, id)
    expect([status, Object.keys(reply).sort()]).toEqual([201, ['id', 'number', 'receivedAt', 'signed']])
    const { line, may, versions } = await pageOf(id)
    expect([line.amended?.how, may.includes('verdict'), versions.length]).toEqual(['correction', false, 2])
  })
})
