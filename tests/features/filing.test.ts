import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amendReportCall } from '../../shared/amendments.ts'
import { fileForCall, listObserversCall } from '../../shared/filing.ts'
import { carryAmendmentCall, carryReportCall, openSealedCall, sealKeyCall } from '../../shared/sealed.ts'
import { noticesCall } from '../../shared/notices.ts'
import { leaveCall } from '../../shared/mission.ts'
import { joinCall, newLinkCall, retireCall } from '../../shared/people.ts'
import { fileReportCall, getReportCall, myReportsCall, myStatementsCall } from '../../shared/reports.ts'
import { claimReportCall, giveVerdictCall, takeUpReportCall } from '../../shared/verification.ts'
import { madeWith, seal, unseal } from '../../client/kit/seal.ts'
import { isFromReplacedPhone } from '../../server/features/sessions/rules.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { phonePicture, setRules, setUp, verdictOn } from '../support/desk.ts'
import { callerOf, startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { registeredKey } from '../support/phone-key.ts'
import { amendmentOf, file, hashOf, statementOf } from '../support/reports.ts'

let house: TestHouse
let lead: Caller
let desk: Caller
let other: Caller
let ana: Caller

beforeAll(async () => {
  house = await startHouse()
  lead = await house.person('lead')
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[desk, other, ana] = [await house.person('coordinator', { name: 'Dora' }), await house.person('coordinator'), await house.person('observer', { name: 'Ana' })]
})
afterAll(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const told = (given: object = {}) => ({ id: uuid7(Date.parse(house.clock.now())), author: ana.id, channel: 'phone' as const, category: 'voting.queue', severity: 'medium' as const, station: 'CE-01', table: '77119', atStation: true, observedAt: house.clock.now(), words: 'The queue is long.', language: 'en', ...given })

describe('[R141] filing for someone', () => {
  test('keeps words and pictures in the observer’s name, by the coordinator’s hand, unsigned and by its channel', async () => {
    const pictures = [await phonePicture(81), await phonePicture(82)]
    const report = told({ channel: 'messenger' })
    const { status, reply } = await desk.call(fileForCall, report, { photos: pictures })
    expect([status, reply.id]).toEqual([201, report.id])
    await house.picturesDone()
    const page = (await other.call(getReportCall, { id: report.id })).reply
    expect(page).toMatchObject({ channel: 'messenger', signed: 'unsigned', filedBy: { id: desk.id, name: 'Dora' }, setAsideFor: null, words: 'The queue is long.' })
    expect(page.line).toMatchObject({ status: 'received', station: 'CE-01', author: { id: ana.id, name: 'Ana' } })
    expect(page.photos.map(({ sha256, state, how }) => [sha256, state, how])).toEqual(pictures.map((bytes) => [hashOf(bytes), 'ready', 'gallery']))
    expect((await ana.call(myReportsCall, {})).reply.reports.map(({ id }) => id)).toContain(report.id)
  })

  test('[R331] leaves open whether the observer was there where that was not told', async () => {
    for (const atStation of [null, true, false]) {
      const report = told({ atStation })
      await desk.call(fileForCall, report)
      expect((await other.call(getReportCall, { id: report.id })).reply.atStation).toBe(atStation)
    }
  })

  test('both are its author: neither the one who filed it nor the observer judges it, another does', async () => {
    const report = told()
    await desk.call(fileForCall, report)
    expect((await desk.call(claimReportCall, { id: report.id })).problem).toMatchObject({ problem: 'not_allowed', fields: [{ reason: 'own_report' }] })
    await other.call(claimReportCall, { id: report.id })
    expect((await other.call(giveVerdictCall, verdictOn(house, report.id))).status).toBe(201)
  })

  test('other content under the same id is a conflict; whoever is no observer of ours is not found; what is wrong is said', async () => {
    const report = told()
    await desk.call(fileForCall, report)
    expect((await desk.call(fileForCall, { ...report, words: 'Longer.' })).problem).toEqual({ problem: 'conflict' })
    expect((await desk.call(fileForCall, { ...report, channel: 'messenger' })).problem).toEqual({ problem: 'conflict' })
    for (const author of [desk.id, lead.id, randomUUID()]) expect((await desk.call(fileForCall, told({ author }))).problem).toEqual({ problem: 'not_found' })
    const gone = await house.person('observer')
    await lead.call(retireCall, { id: gone.id })
    expect((await desk.call(fileForCall, told({ author: gone.id }))).problem).toEqual({ problem: 'not_found' })
    expect((await desk.call(fileForCall, told({ station: 'CE-99' }))).problem).toMatchObject({ problem: 'invalid_input', fields: [{ path: 'station' }] })
    expect((await desk.call(fileForCall, told({ channel: 'web' }) as never)).problem).toMatchObject({ problem: 'invalid_input', fields: [{ path: 'channel' }] })
    expect((await desk.call(fileForCall, told(), { photos: [Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(400)])] })).problem?.problem).toBe('wrong_type')
  })

  test('[R18] the desk alone files for others and has the list to call back', async () => {
    const before = house.engine.head().number
    for (const caller of [ana]) {
      expect((await caller.call(fileForCall, told())).problem).toEqual({ problem: 'not_allowed' })
      expect((await caller.call(listObserversCall, {})).problem).toEqual({ problem: 'not_allowed' })
    }
    expect(house.engine.head().number).toBe(before)
    expect((await desk.call(listObserversCall, {})).reply.observers.find(({ id }) => id === ana.id)).toMatchObject({ name: 'Ana', number: 101, telephone: null })
  })
})

describe('[R262] what a phone sealed into a file', () => {
  const signed = async (by: Caller, given: Parameters<typeof statementOf>[2] = {}) => {
    const key = await keyOf(by)
    const stated = await statementOf(house, by, given)
    const statement = JSON.stringify(stated)
    return { id: stated.id, statement, signature: key.sign(statement), sentAt: house.clock.now() }
  }
  const keys = new Map<string, ReturnType<typeof registeredKey>>()
  const keyOf = (by: Caller) => {
    const key = keys.get(by.id) ?? registeredKey(by)
    keys.set(by.id, key)
    return key
  }

  test('arrives as if the phone had sent it: signed, in its author’s name alone, originals to the byte; the journal says who brought it', async () => {
    const pictures = [await phonePicture(31), await phonePicture(32)]
    const report = await signed(ana, { pictures })
    const { status, reply } = await desk.call(carryReportCall, report, { photos: pictures })
    expect(status).toBe(201)
    const page = (await desk.call(getReportCall, { id: report.id })).reply
    expect(page).toMatchObject({ signed: 'signed', channel: 'web', filedBy: null, setAsideFor: null, line: { author: { id: ana.id }, photoCount: 2, photosReceived: 2 } })
    for (const bytes of pictures) expect(await house.files.originals.has(hashOf(bytes))).toBe(true)
    expect(page.history.find(({ kind }) => kind === 'report.filed')?.by).toMatchObject({ id: desk.id })
    // Whoever sends it again is answered the same: another coordinator, and the phone once it has a network.
    expect((await other.call(carryReportCall, { ...report, sentAt: house.clock.now() }, { photos: pictures })).reply).toEqual(reply)
    await house.picturesDone()
    const head = house.engine.head().number
    expect((await ana.call(fileReportCall, { ...report, sentAt: house.clock.now() })).reply).toEqual(reply)
    expect(house.engine.head().number).toBe(head)
    expect((await desk.call(getReportCall, { id: report.id })).reply.may).toContain('claim')
  })

  test('brings what was missing to a report whose words the phone had sent', async () => {
    const bytes = await phonePicture(33)
    const report = await signed(ana, { pictures: [bytes] })
    const { reply } = await ana.call(fileReportCall, report)
    expect((await desk.call(carryReportCall, report, { photos: [bytes] })).reply).toEqual(reply)
    expect((await desk.call(getReportCall, { id: report.id })).reply.line.photosReceived).toBe(1)
  })

  test('is not taken without a signature that holds, from anyone but the desk, or with other content under the same id', async () => {
    // What the pictures of others are looked at for is a fact of its own.
    await house.picturesDone()
    const before = house.engine.head().number
    const report = await signed(ana)
    const { signature, ...unsigned } = report
    expect((await desk.call(carryReportCall, unsigned)).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'signature', reason: 'required' }] })
    expect((await desk.call(carryReportCall, { ...report, statement: report.statement.replace('flat', 'round') })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'signature', reason: 'does_not_agree' }] })
    expect((await desk.call(carryReportCall, { ...report, statement: 'no' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'statement', reason: 'format' }] })
    expect((await desk.call(carryReportCall, { ...report, id: uuid7(Date.parse(house.clock.now())) })).problem?.problem).toBe('invalid_input')
    expect((await ana.call(carryReportCall, report)).problem).toEqual({ problem: 'not_allowed' })
    expect(signature.length).toBeGreaterThan(80)
    expect(house.engine.head().number).toBe(before)
  })

  test('is set aside where its phone was signed out or replaced before the report was finished', async () => {
    const bea = await house.person('observer', { name: 'Bea' })
    await keyOf(bea)
    await bea.call(leaveCall, {})
    house.clock.forward(60_000)
    const key = await keyOf(bea)
    const stated = await statementOf(house, bea)
    const statement = JSON.stringify(stated)
    expect((await desk.call(carryReportCall, { id: stated.id, statement, signature: key.sign(statement), sentAt: house.clock.now() })).status).toBe(201)
    expect((await desk.call(getReportCall, { id: stated.id })).reply).toMatchObject({ signed: 'signed', setAsideFor: 'replaced_phone', line: { status: 'set_aside' } })
  })
})

describe('[R288] what was said of a report later', () => {
  let cara: Caller
  let key: Awaited<ReturnType<typeof registeredKey>>
  beforeAll(async () => {
    cara = await house.person('observer', { name: 'Cara' })
    key = await registeredKey(cara)
  })
  const signed = <Sent extends { statement: string }>(sent: Sent) => ({ ...sent, signature: key.sign(sent.statement) })
  const said = async (report: string, given: Parameters<typeof amendmentOf>[3] = {}) => signed(await amendmentOf(house, cara, report, given))

  test('arrives in the same file after its report: in its order, signed, with its pictures, once, whoever sends it again', async () => {
    const [first, second] = [await phonePicture(41), await phonePicture(42)]
    const stated = await statementOf(house, cara, { pictures: [first] })
    const report = signed({ id: stated.id, statement: JSON.stringify(stated), sentAt: house.clock.now() })
    const later = [await said(stated.id, { words: 'It was the third stack.' }), await said(stated.id, { type: 'addition', words: 'Its seal was broken.', pictures: [second] })]
    expect((await desk.call(carryReportCall, report, { photos: [first] })).status).toBe(201)
    const receipts = []
    for (const [at, one] of later.entries()) receipts.push((await desk.call(carryAmendmentCall, one, { photos: at === 1 ? [second] : [] })).reply)
    await house.picturesDone()
    const page = await pageOf(stated.id)
    expect(page.words).toBe('It was the third stack.\n\nIts seal was broken.')
    expect(page.versions.map((one) => [one.type, one.signed, one.photos, one.setAsideFor])).toEqual([['report', 'signed', 1, null], ['correction', 'signed', 0, null], ['addition', 'signed', 1, null]])
    expect(page.photos.map(({ sha256, state }) => [sha256, state])).toEqual([first, second].map((bytes) => [hashOf(bytes), 'ready']))
    expect(page.history.find(({ kind }) => kind === 'report.corrected')?.by).toMatchObject({ id: desk.id })
    const before = house.engine.head().number
    for (const [at, one] of later.entries()) {
      expect((await other.call(carryAmendmentCall, one, { photos: at === 1 ? [second] : [] })).reply).toEqual(receipts[at])
      expect((await cara.call(amendReportCall, one)).reply).toEqual(receipts[at])
    }
    expect(house.engine.head().number).toBe(before)
  })

  test('after a verdict it reopens the report and says so to who judged it, whoever of them brought it; who only brought it may judge', async () => {
    const { id } = await file(house, cara)
    await other.call(claimReportCall, { id })
    await other.call(giveVerdictCall, verdictOn(house, id))
    expect((await other.call(carryAmendmentCall, await said(id, { words: 'It was the fourth.' }))).status).toBe(201)
    expect((await other.call(noticesCall, {})).reply.notices.at(-1)).toMatchObject({ kind: 'reopened', amended: 'correction', by: 'Cara', report: { id } })
    expect((await other.call(getReportCall, { id })).reply).toMatchObject({ round: 2, may: expect.arrayContaining(['claim']) as unknown })
    expect((await desk.call(carryAmendmentCall, await said(id, { type: 'withdrawal', words: 'It was nothing.' }))).status).toBe(201)
    expect((await pageOf(id)).line.status).toBe('withdrawn')
    expect((await desk.call(carryAmendmentCall, await said(id))).problem).toEqual({ problem: 'conflict', fields: [{ path: 'reportId', reason: 'ended' }] })
  })

  test('is not taken without its report, without a signature that holds, about another’s report, for another mission, or from anyone but the desk', async () => {
    const [own, foreign] = [await file(house, cara), await file(house, ana)]
    await house.picturesDone()
    const before = house.engine.head().number
    const sent = await said(own.id)
    const { signature, ...unsigned } = sent
    expect(signature.length).toBeGreaterThan(80)
    expect((await desk.call(carryAmendmentCall, await said(uuid7(Date.parse(house.clock.now()))))).problem).toEqual({ problem: 'not_found' })
    expect((await desk.call(carryAmendmentCall, unsigned)).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'signature', reason: 'required' }] })
    expect((await desk.call(carryAmendmentCall, { ...sent, statement: sent.statement.replace('third', 'ninth') })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'signature', reason: 'does_not_agree' }] })
    expect((await desk.call(carryAmendmentCall, await said(foreign.id))).problem).toEqual({ problem: 'not_allowed', fields: [{ path: 'author', reason: 'does_not_agree' }] })
    expect((await desk.call(carryAmendmentCall, await said(own.id, { mission: randomUUID() }))).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'mission', reason: 'does_not_agree' }] })
    expect((await cara.call(carryAmendmentCall, sent)).problem).toEqual({ problem: 'not_allowed' })
    expect(house.engine.head().number).toBe(before)
  })
})

describe('[R263] a sealed file', () => {
  const inside = async (bytes: number) => {
    const { reply: { sealedTo } } = await ana.call(sealKeyCall, {})
    const content = new Blob([randomBytes(bytes)])
    return { content, file: await seal(content, sealedTo) }
  }
  const opened = async (by: Caller, sealed: Blob) => {
    const { reply, problem } = await by.call(openSealedCall, { made: (await madeWith(sealed)) ?? '' })
    return problem ?? unseal(sealed, reply.key)
  }

  test.each([0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])('of %i bytes is opened by the desk of its mission, whole', async (size) => {
    const { content, file: sealed } = await inside(size)
    const found = await opened(desk, sealed)
    expect(found instanceof Blob && Buffer.from(await found.arrayBuffer()).equals(Buffer.from(await content.arrayBuffer()))).toBe(true)
  })

  test('is opened by nobody else: not by its author, not by another mission, not with a byte changed, a piece left out, turned round or cut off', async () => {
    const { file: sealed } = await inside(3 << 20)
    expect(await opened(ana, sealed)).toEqual({ problem: 'not_allowed' })
    const bytes = Buffer.from(await sealed.arrayBuffer())
    expect(bytes.includes('statement')).toBe(false)
    const piece = (1 << 20) + 16
    const pieceAt = (at: number) => bytes.subarray(73 + at * piece, 73 + (at + 1) * piece)
    const start = bytes.subarray(0, 73)
    const flipped = Buffer.from(bytes)
    flipped[100] = (flipped[100] ?? 0) ^ 1
    // Past its first piece it is known to be of this mission.
    for (const changed of [flipped, Buffer.concat([start, pieceAt(1), pieceAt(0), pieceAt(2)])]) expect(await opened(desk, new Blob([changed]))).toBe('shut')
    for (const changed of [bytes.subarray(0, -1), Buffer.concat([start, pieceAt(0), pieceAt(1)]), Buffer.concat([start, pieceAt(0), pieceAt(2)])]) expect(await opened(desk, new Blob([changed]))).toBe('damaged')
    const elsewhere = await startHouse()
    expect(await opened(await elsewhere.person('coordinator'), sealed)).toBe('shut')
    await elsewhere.stop()
    expect(await madeWith(new Blob(['nothing of ours']))).toBeNull()
    expect((await desk.call(openSealedCall, { made: `B${'A'.repeat(86)}` })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'made', reason: 'format' }] })
  })
})

test('[R256] the same report with several pictures, sent a thousand times, is one report with one receipt', async () => {
  const stated = await statementOf(house, ana, { pictures: [await phonePicture(84), await phonePicture(85)] })
  const sent = { id: stated.id, statement: JSON.stringify(stated), sentAt: house.clock.now() }
  const first = await ana.call(fileReportCall, sent)
  for (let time = 0; time < 1000; time += 50) {
    for (const { reply } of await Promise.all(Array.from({ length: 50 }, () => ana.call(fileReportCall, sent)))) expect(reply).toEqual(first.reply)
  }
  const facts = await house.db.readers.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').select('kind').where('id', '=', stated.id).execute()
  expect(facts).toEqual([{ kind: 'report.filed' }])
})

const signedIn = (answer: { headers: Headers }, id: string): Caller => callerOf(house, { id, role: 'observer', token: /^veedor=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '' })
const joinOn = async (person: string, phone: string): Promise<Caller> => {
  const { reply } = await lead.call(newLinkCall, { id: person })
  return signedIn(await house.nobody.call(joinCall, { token: reply.link.split('#')[1] ?? '', phone }), person)
}
const newPhone = () => uuid7(Date.parse(house.clock.now()))
const send = (by: Caller, statement: { id: string }) => by.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
const pageOf = async (id: string) => (await desk.call(getReportCall, { id })).reply

describe('[R142] a replaced phone', () => {
  test('that joins again delivers what was finished before: kept, set aside, and taken into work with a reason', async () => {
    const { id } = await house.person('observer')
    const [old, fresh] = [newPhone(), newPhone()]
    const first = await joinOn(id, old)
    const unsent = await statementOf(house, first)
    house.clock.forward(60_000)
    await joinOn(id, fresh)
    expect((await send(first, unsent)).problem).toEqual({ problem: 'not_signed_in' })
    const meanwhile = await statementOf(house, first, { words: 'Written without a network.' })
    house.clock.forward(60_000)
    const again = await joinOn(id, old)
    for (const statement of [unsent, meanwhile]) {
      expect((await send(again, statement)).status).toBe(201)
      const page = await pageOf(statement.id)
      expect(page).toMatchObject({ setAsideFor: 'replaced_phone', line: { status: 'set_aside' } })
      expect(page.may).toContain('take_up')
    }
    expect((await desk.call(claimReportCall, { id: unsent.id })).problem?.problem).toBe('conflict')
    expect((await desk.call(takeUpReportCall, { id: unsent.id, reason: ' ' })).problem).toMatchObject({ fields: [{ path: 'reason', reason: 'required' }] })
    expect((await desk.call(takeUpReportCall, { id: unsent.id, reason: 'Called back: it is hers.' })).status).toBe(200)
    const taken = await pageOf(unsent.id)
    expect(taken).toMatchObject({ setAsideFor: 'replaced_phone', line: { status: 'received' } })
    expect(taken.history.at(-1)).toMatchObject({ kind: 'report.taken_up', by: { name: 'Dora' } })
    expect(taken.history.at(-1)?.changes).toContainEqual({ field: 'reason', from: null, to: 'Called back: it is hers.' })
    const after = await statementOf(house, again)
    await send(again, after)
    expect((await pageOf(after.id)).setAsideFor).toBeNull()
  })

  test('the same phone that joins again, after its session was ended or it signed out, is no other phone', async () => {
    const { id } = await house.person('observer')
    const phone = newPhone()
    const first = await joinOn(id, phone)
    const unsent = await statementOf(house, first)
    house.clock.forward(60_000)
    const again = await joinOn(id, phone)
    expect((await send(again, unsent)).status).toBe(201)
    expect(await pageOf(unsent.id)).toMatchObject({ setAsideFor: null, line: { status: 'received' } })
  })

  test('a report that is not set aside is not taken up', async () => {
    const { id } = await file(house, ana)
    expect((await desk.call(takeUpReportCall, { id, reason: 'Why not' })).problem?.problem).toBe('conflict')
    expect((await pageOf(id)).may).not.toContain('take_up')
  })

  const session = (id: string, phone: string | null, createdAt: string, endedAt: string | null) => ({ id, phone, createdAt, endedAt })
  test.each([
    ['finished in this session', [session('s', 'x', '1', null)], '2', false],
    ['finished before, no other phone', [session('a', 'x', '1', '3'), session('s', 'x', '4', null)], '2', false],
    ['finished before, another phone since', [session('a', 'x', '1', '3'), session('b', 'y', '3', '4'), session('s', 'x', '4', null)], '2', true],
    ['finished while another phone held the account', [session('b', 'y', '1', '4'), session('s', 'x', '4', null)], '2', true],
    ['another phone, but long before', [session('b', 'y', '1', '2'), session('s', 'x', '4', null)], '3', false],
    ['a phone that does not say which it is', [session('b', 'y', '1', '4'), session('s', null, '4', null)], '2', true],
    ['sessions of which no phone is known', [session('b', null, '1', '4'), session('s', 'x', '4', null)], '2', false],
    ['a session that is not there', [], '2', false],
  ])('%s', (_, sessions, finishedAt, expected) => expect(isFromReplacedPhone(sessions, 's', finishedAt)).toBe(expected))
})

describe('[R143] statements of one’s own', () => {
  test('come to the phone of their author as they were made, and to nobody else', async () => {
    const report = told()
    await desk.call(fileForCall, report)
    const { id } = await file(house, ana)
    const { reply } = await ana.call(myStatementsCall, { ids: [id, report.id, randomUUID()] })
    expect(reply.reports.map(({ id: one, channel }) => [one, channel]).sort()).toEqual([[id, 'web'], [report.id, 'phone']].sort())
    expect(JSON.parse(reply.reports[0]?.statement ?? '{}')).toMatchObject({ author: ana.id })
    const bea = await house.person('observer')
    expect((await bea.call(myStatementsCall, { ids: [id, report.id] })).reply.reports).toEqual([])
    expect((await ana.call(myStatementsCall, { ids: Array.from({ length: 51 }, () => randomUUID()) })).problem?.problem).toBe('invalid_input')
  })
})
