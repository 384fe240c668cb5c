import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerKeyCall } from '../../shared/keys.ts'
import { leaveCall } from '../../shared/mission.ts'
import { changeRoleCall, endAccessCall, inviteCall, joinCall, newLinkCall, retireCall } from '../../shared/people.ts'
import { fileReportCall, getReportCall, listReportsCall, myReportsCall } from '../../shared/reports.ts'
import { claimReportCall } from '../../shared/verification.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { callerOf, startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { fileSigned, makePhoneKey, registeredKey } from '../support/phone-key.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'
import { lookAtSignatures } from '../support/signatures.ts'

let house: TestHouse
let desk: Caller
let lead: Caller

beforeAll(async () => {
  house = await startHouse()
  ;[desk, lead] = [await house.person('coordinator', { organisation: 'Network B' }), await house.person('lead')]
})
afterAll(() => house.stop())

const head = () => house.engine.head().number
const observer = () => house.person('observer')
const pageOf = async (id: string) => (await desk.call(getReportCall, { id })).reply

/** An observer with a link in hand, who joins by it as a phone does. */
async function invited(): Promise<{ id: string; join: () => Promise<Caller>; again: () => Promise<Caller> }> {
  const { reply } = await lead.call(inviteCall, { id: uuid7(Date.parse(house.clock.now())), name: 'Ana', role: 'observer', organisation: 'Delegation A', language: 'es' })
  const joinBy = async (link: string) => {
    const { headers } = await house.nobody.call(joinCall, { token: link.split('#')[1] ?? '' })
    return callerOf(house, { id: reply.person.id, role: 'observer', token: /veedor=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? null })
  }
  return { id: reply.person.id, join: () => joinBy(reply.link), again: async () => joinBy((await lead.call(newLinkCall, { id: reply.person.id })).reply.link) }
}

describe('a phone’s key', () => {
  it('[R120] is the first that its session registers: the same again is the same answer, another is a conflict', async () => {
    const ana = await observer()
    const { publicKey } = makePhoneKey()
    const first = await ana.call(registerKeyCall, { publicKey })
    expect(first.status).toBe(200)
    const before = head()
    expect((await ana.call(registerKeyCall, { publicKey })).reply).toEqual(first.reply)
    expect((await ana.call(registerKeyCall, { publicKey: makePhoneKey().publicKey })).problem).toEqual({ problem: 'conflict' })
    expect(head()).toBe(before)
  })

  it('[R120] is one person’s alone', async () => {
    const { publicKey } = await registeredKey(await observer())
    expect((await (await observer()).call(registerKeyCall, { publicKey })).problem).toEqual({ problem: 'conflict' })
  })

  it('[R120] is for observers', async () => {
    const { publicKey } = makePhoneKey()
    const before = head()
    for (const other of [desk, lead, await house.person('press')]) expect((await other.call(registerKeyCall, { publicKey })).problem).toEqual({ problem: 'not_allowed' })
    expect((await house.nobody.call(registerKeyCall, { publicKey })).problem).toEqual({ problem: 'not_signed_in' })
    expect(head()).toBe(before + 2)
  })

  it('is P-256 as a browser writes it, and a point of the curve', async () => {
    const ana = await observer()
    const { publicKey } = makePhoneKey()
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
    const offCurve = Buffer.from(publicKey, 'base64url')
    offCurve[90] = (offCurve[90] ?? 0) ^ 1
    const compressed = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')
    const before = head()
    for (const wrong of ['', 'x'.repeat(122), other, other.slice(0, 122), offCurve.toString('base64url'), compressed, `${publicKey.slice(0, 121)}${publicKey.endsWith('A') ? 'B' : 'A'}`, `${publicKey}=`])
      expect([wrong, (await ana.call(registerKeyCall, { publicKey: wrong })).problem]).toEqual([wrong, { problem: 'invalid_input', fields: [{ path: 'publicKey', reason: 'format' }] }])
    expect(head()).toBe(before)
  })

  it('[R121] ends with its session: when its owner leaves, joins with another phone, has their access ended, gets another role, or is retired', async () => {
    const endOf = async (person: string) => (await house.db.readers.selectFrom('phoneKeys').select('endedAt').where('person', '=', person).orderBy('madeAt').execute()).map(({ endedAt }) => endedAt !== null)
    const { id, join, again } = await invited()
    const first = await join()
    await registeredKey(first)
    const second = await again()
    expect(await endOf(id)).toEqual([true])
    await registeredKey(second)
    await second.call(leaveCall, {})
    expect(await endOf(id)).toEqual([true, true])
    await registeredKey(await again())
    await lead.call(endAccessCall, { id })
    expect(await endOf(id)).toEqual([true, true, true])
    await registeredKey(await again())
    expect(await endOf(id)).toEqual([true, true, true, false])
    await lead.call(retireCall, { id })
    expect(await endOf(id)).toEqual([true, true, true, true])
    const other = await observer()
    await registeredKey(other)
    await lead.call(changeRoleCall, { id: other.id, role: 'coordinator' })
    expect(await endOf(other.id)).toEqual([true])
  })
})

describe('a signature', () => {
  it('[R122] of the author’s phone is verified and kept with the statement, both as they came', async () => {
    const ana = await observer()
    const key = await registeredKey(ana)
    const { id, sent, answer } = await fileSigned(house, ana, key.sign)
    expect(answer.status).toBe(201)
    expect(await pageOf(id)).toMatchObject({ signed: 'signed', line: { signed: 'signed', status: 'received' } })
    expect(await house.db.readers.selectFrom('reports').select(['statement', 'signature']).where('id', '=', id).executeTakeFirst()).toEqual({ statement: sent.statement, signature: sent.signature })
  })

  it('[R122] is none where none came: the report is unsigned, and no less taken', async () => {
    const { id } = await file(house, await observer())
    expect(await pageOf(id)).toMatchObject({ signed: 'unsigned', line: { signed: 'unsigned', status: 'received' } })
  })

  it('[R122] of a phone that was replaced since is as true as before, also where the report arrives late', async () => {
    const { join, again } = await invited()
    const key = await registeredKey(await join())
    const second = await again()
    const late = await fileSigned(house, second, key.sign)
    await registeredKey(second)
    const later = await fileSigned(house, second, key.sign)
    for (const { id } of [late, later]) expect((await pageOf(id)).signed).toBe('signed')
  })

  it.each<[string, (mine: (words: string) => string, others: (words: string) => string) => (statement: string) => string]>([
    ['of another phone', (_, others) => others],
    ['of a key that nobody registered', () => makePhoneKey().sign],
    ['of words that differ by one byte', (mine) => (statement) => mine(statement.replace('flat', 'fiat'))],
    ['with one bit changed', (mine) => (statement) => `${mine(statement).slice(0, 40)}${mine(statement)[40] === 'A' ? 'B' : 'A'}${mine(statement).slice(41)}`],
    ['cut short', (mine) => (statement) => mine(statement).slice(0, 60)],
    ['that is none', () => () => 'signed, Ana'],
    ['that is empty', () => () => ''],
    ['of nothing but zeros', () => () => 'A'.repeat(86)],
  ])('[R123] %s fails: the phone is given its receipt and lets go, the report is set aside with a fact, and nothing of it is lost', async (_, forge) => {
    const ana = await observer()
    const key = await registeredKey(ana)
    const other = await registeredKey(await observer())
    const before = head()
    const { id, sent, answer } = await fileSigned(house, ana, forge(key.sign, other.sign))
    expect([answer.status, answer.reply.id]).toEqual([201, id])
    expect(head()).toBe(before + 2)
    const page = await pageOf(id)
    expect(page).toMatchObject({ signed: 'fails', words: 'The second stack is flat.', line: { status: 'set_aside', signed: 'fails' } })
    expect(page.history.map(({ kind, by, changes }) => [kind, by.kind, changes])).toEqual([['report.filed', 'person', []], ['report.set_aside', 'server', [{ field: 'status', from: 'received', to: 'set_aside' }]]])
    expect((await desk.call(claimReportCall, { id })).status).toBe(409)
    // Sent again it is the same receipt; without its signature it is another report under the same id.
    expect((await ana.call(fileReportCall, sent)).reply).toEqual(answer.reply)
    expect((await ana.call(fileReportCall, { id, statement: sent.statement, sentAt: sent.sentAt })).problem).toEqual({ problem: 'conflict' })
  })

  it('[R123] that fails is on the open room at once', async () => {
    const room = await listen(house, desk)
    const ana = await observer()
    const { id } = await fileSigned(house, ana, makePhoneKey().sign)
    expect((await room.until(speaksOf(id))).things.at(-1)).toMatchObject({ kind: 'report', thing: { status: 'set_aside', signed: 'fails' } })
    room.close()
    const { reply } = await desk.call(listReportsCall, { status: ['set_aside'] })
    expect(reply.reports.map((line) => line.id)).toContain(id)
    expect((await ana.call(myReportsCall, {})).reply.reports[0]).toMatchObject({ id, status: 'set_aside', decidedAt: null })
  })
})

it('[R124] every signature can be looked at again, and one that was tampered with is named', async () => {
  const ana = await observer()
  const key = await registeredKey(ana)
  const { id, answer } = await fileSigned(house, ana, key.sign)
  const look = () => lookAtSignatures(house.db.readers)
  const before = await look()
  expect(before.faults).toEqual([])
  expect(before.reports.signed).toBeGreaterThan(3)
  expect(before.reports.failing).toBeGreaterThan(8)
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.db.writer.updateTable('reports').set((row) => ({ statement: row.fn('replace', ['statement', row.val('flat'), row.val('neat')]) })).where('id', '=', id).execute()
  expect((await look()).faults).toEqual([{ where: `report ${answer.reply.number} ${id}`, what: 'is said to be signed by its phone, and the signature fails' }])
})
