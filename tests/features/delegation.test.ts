import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importDelegationCall, maxDelegationLines, previewDelegationCall, wrongPeopleCall } from '../../shared/delegation.ts'
import { changesCall, livePath } from '../../shared/live.ts'
import { closeMissionCall, meCall, openMissionCall, reopenMissionCall, skipRegisterCall } from '../../shared/mission.ts'
import { changeRoleCall, endAccessCall, inviteCall, joinCall, listPeopleCall, lookAtLinkCall, makeTransferCall, newCardsCall, newLinkCall } from '../../shared/people.ts'
import type { Link } from '../../shared/people.ts'
import { listReleasesCall } from '../../shared/press.ts'
import { myReportsCall } from '../../shared/reports.ts'
import { groupedCode } from '../../shared/codes.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { setRules, setUp } from '../support/desk.ts'
import { callerOf, startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'

let house: TestHouse
let lead: Caller
const logged: unknown[] = []
const log = { error: (...line: unknown[]) => void logged.push(line), warn: (...line: unknown[]) => void logged.push(line), info: (...line: unknown[]) => void logged.push(line) }
const rules = { eyes: 2, otherOrganisation: false, releaserNotVerifier: false } as const

beforeEach(async () => {
  logged.length = 0
  house = await startHouse({ log })
  lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, rules)
  await lead.call(skipRegisterCall, {})
  await lead.call(openMissionCall, { rules })
})
afterEach(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const csv = ['nombre;organización;teléfono;idioma', 'Ana Paz;Misión Dos;+503 7000 1234;español', 'Zoë Ndiaye;Red B;;english', 'Łukasz Żak;Red B;7000-5555;', ';Red B;;', 'ana paz;MISION DOS;;', 'Luis Gómez;Red B;=1+1;'].join('\r\n')
const preview = async (text = csv) => (await lead.call(previewDelegationCall, {}, { file: { bytes: Buffer.from(text), name: 'delegación.csv' } }))
const imported = async (text = csv): Promise<Link[]> => {
  const { reply: { upload, right, wrong } } = await preview(text)
  const { reply, problem } = await lead.call(importDelegationCall, { upload, right, wrong })
  expect(problem).toBeNull()
  return reply.cards
}
const tokenIn = (link: string): string => link.slice(link.indexOf('#') + 1)
const codeOf = (card: Link | undefined): string => groupedCode(card?.code ?? '')
const join_ = (token: string, phone?: string) => house.nobody.call(joinCall, { token, ...(phone ? { phone } : {}) })
function signedIn(answer: { status: number; headers: Headers }, id: string): Caller {
  expect(answer.status).toBe(201)
  return callerOf(house, { id, role: 'observer', token: /^veedor=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '' })
}
const people = async () => (await lead.call(listPeopleCall, {})).reply.people

describe('[R135] a delegation', () => {
  test('is previewed line by line, and nobody is invited', async () => {
    const { number } = house.engine.head()
    const { reply, problem } = await preview()
    expect(problem).toBeNull()
    expect(reply).toMatchObject({ fileName: 'delegación.csv', lines: 6, right: 3, wrong: 3, organisations: 2, newOrganisations: ['Misión Dos', 'Red B'], more: false })
    expect(reply.faults).toEqual([
      { line: 5, column: 'name', reason: 'required', found: null, hint: null, otherLine: null },
      { line: 6, column: 'name', reason: 'twice', found: 'ana paz', hint: null, otherLine: 2 },
      { line: 7, column: 'telephone', reason: 'bad_telephone', found: '=1+1', hint: null, otherLine: null },
    ])
    expect(reply.cells.map(({ line }) => line)).toEqual([5, 6, 7, 2, 3, 4])
    expect(house.engine.head().number).toBe(number)
  })

  test('is invited in one fact, each with a number, a link and a code; a second import of the same list invites nobody', async () => {
    const { number } = house.engine.head()
    const cards = await imported()
    expect(house.engine.head().number).toBe(number + 1)
    expect(cards.map(({ person }) => [person.name, person.number, person.role, person.language, person.telephone, person.state])).toEqual([
      ['Ana Paz', 101, 'observer', 'es', '+503 7000 1234', 'invited'], ['Zoë Ndiaye', 102, 'observer', 'en', null, 'invited'], ['Łukasz Żak', 103, 'observer', 'es', '7000-5555', 'invited'],
    ])
    expect(new Set(cards.map(({ code }) => code)).size).toBe(3)
    for (const { link, code, until } of cards) expect([/^\/join#[\w-]{43}$/.test(link), /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code ?? ''), until]).toEqual([true, true, null])
    const { reply } = await preview()
    expect([reply.right, reply.faults.filter((fault) => fault.reason === 'here_already').map((fault) => [fault.line, fault.hint])]).toEqual([0, [[2, '101'], [3, '102'], [4, '103'], [6, '101']]])
    expect((await lead.call(importDelegationCall, { upload: reply.upload, right: 3, wrong: 3 })).problem).toEqual({ problem: 'conflict' })
  })

  test('of two leads who import one list at once, one does', async () => {
    const other = await house.person('lead')
    const { reply: { upload, right, wrong } } = await preview()
    const answers = await Promise.all([lead, other].map((one) => one.call(importDelegationCall, { upload, right, wrong })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await people()).filter((one) => one.role === 'observer')).toHaveLength(3)
  })

  test('[R74] its wrong lines leave as they stood, with the reasons, and are no formulas', async () => {
    const { reply: { upload } } = await preview()
    const response = await lead.fetch(`/api/delegation/wrong?upload=${upload}`)
    expect((await response.text()).replace('\ufeff', '').split('\r\n')).toEqual(['nombre;organización;teléfono;idioma;reason', ';Red B;;;name: required', 'ana paz;MISION DOS;;;name: twice ana paz (line 2)', `Luis Gómez;Red B;"'=1+1";;telephone: bad_telephone =1+1`, ''])
    expect((await lead.call(wrongPeopleCall, { upload: '0'.repeat(64) })).problem).toEqual({ problem: 'not_found' })
  })

  test('of 5,000 lines is taken, of one more is not; a heading, a picture and an empty file say what is wrong', async () => {
    const lines = Array.from({ length: maxDelegationLines }, (_, at) => `Persona ${at},Org ${at % 40}`)
    expect((await preview(['name,organisation', ...lines, 'Una Más,Org'].join('\n'))).problem).toMatchObject({ problem: 'too_large', limit: maxDelegationLines })
    expect((await imported(['name,organisation', ...lines].join('\n'))).length).toBe(maxDelegationLines)
    expect((await preview('nombre;idioma\nAna;es')).problem?.fields).toEqual([{ path: 'organisation', reason: 'required' }])
    expect((await preview('name,organisation')).problem?.fields).toEqual([{ path: 'file', reason: 'required' }])
    expect((await preview('\u0089PNG\u0000\u0000')).problem?.fields).toEqual([{ path: 'file', reason: 'format' }])
    expect((await lead.call(importDelegationCall, { upload: '0'.repeat(64), right: 1, wrong: 0 })).problem).toEqual({ problem: 'not_found' })
  })
})

describe('[R136] a short code', () => {
  test('says whom it is for, and joins once: of twenty at once one gets in, each other is a fact', async () => {
    const [card] = await imported()
    const typed = codeOf(card).toLowerCase()
    expect((await house.nobody.call(lookAtLinkCall, { token: typed })).reply).toMatchObject({ name: 'Ana Paz', number: 101 })
    const answers = await Promise.all(Array.from({ length: 20 }, () => join_(typed)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status !== 201 && status !== 404 && status !== 429)).toEqual([])
    const kinds = await house.db.readers.selectFrom('journal').select('kind').where('kind', '=', 'invite.reused').execute()
    expect(kinds).toHaveLength(19)
    expect((await join_(tokenIn(card?.link ?? ''))).problem).toEqual({ problem: 'not_found' })
  })

  test('is written nowhere but as its hash', async () => {
    const cards = await imported()
    await join_(codeOf(cards[0]))
    const kept = Buffer.concat(await Promise.all((await readdir(house.folder)).filter((name) => name.startsWith('mission.db')).map((name) => readFile(join(house.folder, name)))))
    expect(kept.includes('Ana Paz')).toBe(true)
    for (const { link, code } of cards) for (const secret of [tokenIn(link), code ?? '', groupedCode(code ?? '')]) expect([kept.includes(secret), JSON.stringify(logged).includes(secret)]).toEqual([false, false])
  })

  test('that is wrong is slowed after a handful, by address; a right one gets in all the same, and so does a link', async () => {
    const [ana, zoe, lukasz] = await imported()
    const wrong = () => house.nobody.call(lookAtLinkCall, { token: '0000-0000-0000' })
    for (let tries = 0; tries < 5; tries++) expect((await wrong()).problem).toEqual({ problem: 'not_found' })
    const slowed = await wrong()
    expect([slowed.status, slowed.problem?.problem, slowed.problem?.retryAfterSeconds]).toEqual([429, 'slow_down', 60])
    expect((await join_('0000-0000-0001')).problem?.problem).toBe('slow_down')
    expect((await join_(codeOf(ana))).status).toBe(201)
    expect((await join_(tokenIn(zoe?.link ?? ''))).status).toBe(201)
    // An invented link holds too much chance to be guessed: it is not counted, and answers as ever.
    expect((await join_('x'.repeat(43))).problem).toEqual({ problem: 'not_found' })
    house.clock.forward(61_000)
    expect((await wrong()).problem).toEqual({ problem: 'not_found' })
    expect((await join_(codeOf(lukasz))).status).toBe(201)
  })
})

describe('new cards', () => {
  test('for some at once, each in place of the one before; the retired get none', async () => {
    const cards = await imported()
    const ids = cards.map(({ person }) => person.id)
    const { reply } = await lead.call(newCardsCall, { ids: [...ids, ids[0] ?? ''] })
    expect(reply.cards).toHaveLength(3)
    expect((await join_(codeOf(cards[0]))).problem).toEqual({ problem: 'not_found' })
    expect((await join_(codeOf(reply.cards[0]))).status).toBe(201)
    expect((await lead.call(newCardsCall, { ids: [randomUUID()] })).problem).toEqual({ problem: 'not_found' })
  })
})

describe('[R137] a transfer', () => {
  test('takes the account to another phone: one code, ten minutes, once, and the phone before is signed out', async () => {
    const [card] = await imported()
    const first = signedIn(await join_(codeOf(card)), card?.person.id ?? '')
    const before = (await first.call(makeTransferCall, {})).reply
    const { reply } = await first.call(makeTransferCall, {})
    expect((await join_(before.code)).problem).toEqual({ problem: 'not_found' })
    expect((await first.call(meCall, {})).status).toBe(200)
    const second = signedIn(await join_(reply.code), first.id)
    expect((await second.call(meCall, {})).reply.person.name).toBe('Ana Paz')
    expect((await first.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await join_(tokenIn(reply.link))).problem).toEqual({ problem: 'not_found' })
  })

  test('ends after ten minutes, leaves the card as it is, and is ended by a new card', async () => {
    const [card] = await imported()
    const ana = signedIn(await join_(codeOf(card)), card?.person.id ?? '')
    const late = (await ana.call(makeTransferCall, {})).reply
    house.clock.forward(10 * 60_000)
    expect((await join_(late.code)).problem).toEqual({ problem: 'not_found' })
    const reissued = (await lead.call(newLinkCall, { id: ana.id })).reply
    const transfer = (await ana.call(makeTransferCall, {})).reply
    expect((await people()).find(({ id }) => id === ana.id)).toMatchObject({ hasLink: true })
    expect((await lead.call(newLinkCall, { id: ana.id })).status).toBe(200)
    expect((await join_(transfer.code)).problem).toEqual({ problem: 'not_found' })
    expect((await join_(codeOf(reissued))).problem).toEqual({ problem: 'not_found' })
  })
})

describe('ending a person’s access', () => {
  test('[R17] ends sessions, sockets and cards in that call, and the person stays', async () => {
    const press = await house.person('press')
    const socket = io(house.address, { path: livePath, transports: ['websocket'], reconnection: false, extraHeaders: { Cookie: press.cookie, Origin: house.address }, auth: { since: 0 } })
    await new Promise<void>((done) => socket.once('connect', () => done()))
    const closed = new Promise<void>((done) => socket.once('disconnect', () => done()))
    const { reply: link } = await lead.call(newLinkCall, { id: press.id })
    expect((await lead.call(endAccessCall, { id: press.id })).status).toBe(200)
    await closed
    expect((await press.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await join_(tokenIn(link.link))).problem).toEqual({ problem: 'not_found' })
    expect((await people()).find(({ id }) => id === press.id)).toMatchObject({ state: 'joined', hasLink: false })
    expect((await lead.call(endAccessCall, { id: lead.id })).problem).toEqual({ problem: 'not_allowed' })
    expect((await lead.call(endAccessCall, { id: randomUUID() })).problem).toEqual({ problem: 'not_found' })
  })
})

describe('[R138] a role', () => {
  test('that is changed ends sessions and links of the old one, gives a number where one is needed, and is told to every lead', async () => {
    const other = await house.person('lead')
    const press = await house.person('press', { name: 'Ximena' })
    const { reply: link } = await lead.call(newLinkCall, { id: press.id })
    const since = house.engine.head().number
    expect((await lead.call(changeRoleCall, { id: press.id, role: 'observer' })).status).toBe(200)
    expect((await press.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await join_(tokenIn(link.link))).problem).toEqual({ problem: 'not_found' })
    expect((await people()).find(({ id }) => id === press.id)).toMatchObject({ role: 'observer', number: 101 })
    const { reply } = await other.call(changesCall, { since })
    expect(reply.things.filter(({ kind }) => kind === 'people').map(({ id }) => id)).toEqual(expect.arrayContaining([press.id, other.id]))
    expect(reply.things.filter(({ kind }) => kind === 'notice')).toMatchObject([{ what: 'role_changed', name: 'Ximena', role: 'observer' }])
  })
  test('is nobody’s own to change, nor of the retired, and only leads change any', async () => {
    expect((await lead.call(changeRoleCall, { id: lead.id, role: 'observer' })).problem).toEqual({ problem: 'not_allowed' })
    const { number } = house.engine.head()
    const desk = await house.person('coordinator')
    const before = house.engine.head().number
    expect((await desk.call(changeRoleCall, { id: desk.id, role: 'lead' })).problem).toEqual({ problem: 'not_allowed' })
    expect(house.engine.head().number).toBe(before)
    expect(before).toBeGreaterThan(number)
  })
})

describe('[R139] a mission that is closed', () => {
  test('has no observers’ sessions and cards; the desk and the press go on; opened again it gives new cards', async () => {
    const [card, waiting] = await imported()
    const ana = signedIn(await join_(codeOf(card)), card?.person.id ?? '')
    const [desk, press] = [await house.person('coordinator'), await house.person('press')]
    expect((await lead.call(closeMissionCall, { name: 'Otra' })).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'name', reason: 'does_not_agree' }] })
    expect((await ana.call(myReportsCall, {})).status).toBe(200)
    expect((await lead.call(closeMissionCall, { name: ' Misión de prueba ' })).reply.mission).toMatchObject({ open: true, closed: true })
    expect((await ana.call(myReportsCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await join_(codeOf(waiting))).problem).toEqual({ problem: 'not_found' })
    expect((await press.call(listReleasesCall, {})).status).toBe(200)
    expect((await desk.call(meCall, {})).reply.mission.closed).toBe(true)
    expect((await lead.call(newLinkCall, { id: ana.id })).problem).toEqual({ problem: 'conflict' })
    expect((await lead.call(inviteCall, { id: randomUUID(), name: 'Eva', role: 'observer', organisation: 'Red B', language: 'es' })).problem).toEqual({ problem: 'conflict' })
    expect((await lead.call(reopenMissionCall, {})).reply.mission.closed).toBe(false)
    expect((await join_(codeOf(waiting))).problem).toEqual({ problem: 'not_found' })
    const { reply } = await lead.call(newLinkCall, { id: ana.id })
    expect((await join_(codeOf(reply))).status).toBe(201)
  })
})

describe('[R140] a telephone', () => {
  test('is in nothing that press or an observer can get', async () => {
    const cards = await imported()
    const ana = signedIn(await join_(codeOf(cards[0])), cards[0]?.person.id ?? '')
    const press = await house.person('press')
    for (const caller of [ana, press]) {
      for (const call of house.doors.contracts.filter(({ method }) => method === 'GET')) {
        const text = await (await caller.fetch(call.path.replace(':id', ana.id) + (call.name === 'changes' ? '?since=0' : ''))).text()
        expect([call.name, text.includes('7000 1234')]).toEqual([call.name, false])
      }
    }
    expect(JSON.stringify(await people())).toContain('7000 1234')
  })
})
