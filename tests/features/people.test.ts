import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { livePath } from '../../shared/live.ts'
import { leaveCall, meCall } from '../../shared/mission.ts'
import { inviteCall, joinCall, listOrganisationsCall, listPeopleCall, lookAtLinkCall, newLinkCall, retireCall, takeBackCall } from '../../shared/people.ts'
import type { Invitation } from '../../shared/people.ts'
import { callerOf, startHouse } from '../support/house.ts'
import { fileReportCall, myReportsCall } from '../../shared/reports.ts'
import { statementOf } from '../support/reports.ts'
import type { Caller, TestHouse } from '../support/house.ts'

let house: TestHouse
let lead: Caller
const logged: unknown[] = []
const log = { error: (...line: unknown[]) => void logged.push(line), warn: (...line: unknown[]) => void logged.push(line), info: (...line: unknown[]) => void logged.push(line) }

beforeEach(async () => {
  logged.length = 0
  house = await startHouse({ log })
  lead = await house.person('lead', { name: 'Lea Lead' })
})
afterEach(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
})

const invitation = (more: Partial<Invitation> = {}): Invitation => ({ id: randomUUID(), name: 'Ana Ejemplo', role: 'observer', organisation: 'Delegación Uno', language: 'es', ...more })
const tokenIn = (link: string): string => link.slice(link.indexOf('#') + 1)
const invited = async (more: Partial<Invitation> = {}) => {
  const { reply } = await lead.call(inviteCall, invitation(more))
  return { ...reply, token: tokenIn(reply.link) }
}
const join_ = (token: string) => house.nobody.call(joinCall, { token })
/** Joins by the front door; the caller holds the cookie that came. */
async function joined(more: Partial<Invitation> = {}): Promise<Caller> {
  const { token, person } = await invited(more)
  return signedIn(await join_(token), person.id)
}
function signedIn(answer: { status: number; headers: Headers }, id: string): Caller {
  expect(answer.status).toBe(201)
  const [, token] = /^veedor=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  return callerOf(house, { id, role: null, token: token ?? '' })
}
const kindsOf = async (): Promise<string[]> => (await house.db.readers.selectFrom('journal').select('kind').orderBy('number').execute()).map((fact) => fact.kind)
const stateOf = async (id: string) => (await lead.call(listPeopleCall, {})).reply.people.find((person) => person.id === id)

describe('inviting', () => {
  test('gives a link with its token in the fragment, and observers a number from 101', async () => {
    const [ana, luis] = [await invited(), await invited({ name: 'Luis Ejemplo' })]
    expect(ana.link).toMatch(/^\/join#[A-Za-z0-9_-]{43}$/)
    expect([ana.person.number, luis.person.number]).toEqual([101, 102])
    expect(ana.until).toBeNull()
    expect(ana.person).toMatchObject({ name: 'Ana Ejemplo', role: 'observer', organisation: 'delegacion-uno', state: 'invited', joinedAt: null, lastHeardAt: null, linkUntil: null })
  })

  test('staff have no number, and two days to join', async () => {
    const { person, until } = await invited({ role: 'press' })
    expect(person.number).toBeNull()
    expect(Date.parse(until ?? '') - Date.parse(person.invitedAt)).toBe(48 * 3_600_000)
    expect(person.linkUntil).toBe(until)
  })

  test('one organisation, however it is written; another of the same letters gets another code', async () => {
    await invited({ organisation: 'Misión Dos' })
    await invited({ organisation: 'MISION  DOS' })
    await invited({ organisation: 'Misión, Dos!' })
    const { organisations } = (await lead.call(listPeopleCall, {})).reply
    expect(organisations.filter((one) => one.code.startsWith('mision'))).toEqual([{ code: 'mision-dos-2', name: 'Misión, Dos!' }, { code: 'mision-dos', name: 'Misión Dos' }].sort((one, other) => (one.name < other.name ? -1 : 1)))
  })

  test('[R68] the same content gives a fresh link and ends the one before; other content is a conflict', async () => {
    const given = invitation()
    const first = await lead.call(inviteCall, given)
    const second = await lead.call(inviteCall, given)
    expect([first.status, second.status]).toEqual([201, 201])
    expect((await join_(tokenIn(first.reply.link))).status).toBe(404)
    expect(second.reply.person.number).toBe(101)
    for (const other of [{ name: 'Ana Otra' }, { role: 'press' as const }, { organisation: 'Otra' }, { language: 'en' }]) expect((await lead.call(inviteCall, { ...given, ...other })).problem).toEqual({ problem: 'conflict' })
    expect((await join_(tokenIn(second.reply.link))).status).toBe(201)
  })

  test('[R18] only leads invite, and nobody else lists people', async () => {
    const before = house.engine.head()
    for (const role of ['observer', 'coordinator', 'press'] as const) {
      const other = await house.person(role)
      const head = house.engine.head().number
      expect((await other.call(inviteCall, invitation())).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(newLinkCall, { id: lead.id })).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(retireCall, { id: lead.id })).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(listPeopleCall, {})).problem).toEqual({ problem: 'not_allowed' })
      expect((await other.call(listOrganisationsCall, {})).status).toBe(role === 'coordinator' ? 200 : 403)
      expect(house.engine.head().number).toBe(head)
    }
    expect((await house.nobody.call(inviteCall, invitation())).problem).toEqual({ problem: 'not_signed_in' })
    expect(house.engine.head().number).toBeGreaterThan(before.number)
  })

  test('says which field is wrong', async () => {
    const { problem } = await lead.call(inviteCall, { ...invitation({ name: ' ', role: 'chief' as never, language: 'Español' }), colour: 'red' } as never)
    expect(problem?.problem).toBe('invalid_input')
    expect(problem?.fields).toEqual(expect.arrayContaining([{ path: 'name', reason: 'required' }, { path: 'role', reason: 'not_in_list' }, { path: 'language', reason: 'format' }, { path: 'colour', reason: 'unknown_field' }]))
  })
})

describe('joining', () => {
  test('shows who the link is for, then signs in with a cookie, and one by which the browser is known again', async () => {
    const { token, person } = await invited()
    const look = await house.nobody.call(lookAtLinkCall, { token })
    expect(look.reply).toEqual({ name: 'Ana Ejemplo', role: 'observer', number: 101, organisationName: 'Delegación Uno', language: 'es', mission: '', exercise: false })
    const answer = await join_(token)
    expect(answer.headers.get('set-cookie')).toMatch(/^veedor=[A-Za-z0-9_-]{43}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict, veedor-device=[A-Za-z0-9_-]{43}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
    expect(answer.reply.person).toEqual({ id: person.id, name: 'Ana Ejemplo', role: 'observer', number: 101, organisation: 'delegacion-uno', organisationName: 'Delegación Uno', language: 'es' })
    const ana = signedIn(answer, person.id)
    expect((await ana.call(meCall, {})).reply.person.id).toBe(person.id)
    expect(await stateOf(person.id)).toMatchObject({ state: 'joined' })
  })

  test('[R60] a link works once: of twenty at once one gets in, the others learn nothing, and each is a fact', async () => {
    const { token } = await invited()
    const answers = await Promise.all(Array.from({ length: 20 }, () => join_(token)))
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
    for (const answer of answers.filter((one) => one.status !== 201)) {
      expect(answer.problem).toEqual({ problem: 'not_found' })
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    expect((await kindsOf()).filter((kind) => kind === 'invite.reused')).toHaveLength(19)
    expect((await house.nobody.call(lookAtLinkCall, { token })).problem).toEqual({ problem: 'not_found' })
  })

  test('[R62] a link that never was, one that ended and one whose time is over answer alike', async () => {
    const { token, person } = await invited({ role: 'coordinator' })
    house.clock.forward(48 * 3_600_000)
    lead = await house.person('lead')
    expect((await join_(token)).problem).toEqual({ problem: 'not_found' })
    expect((await join_('x'.repeat(43))).problem).toEqual({ problem: 'not_found' })
    expect(await stateOf(person.id)).toMatchObject({ state: 'link_ended', linkUntil: null })
    expect((await join_('short')).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'token', reason: 'required' }] })
  })

  test('[R67] an observer joins with another phone: the one before is signed out; staff keep both', async () => {
    for (const [role, status] of [['observer', 401], ['coordinator', 200]] as const) {
      const first = await joined({ role })
      const { reply } = await lead.call(newLinkCall, { id: first.id })
      expect((await first.call(meCall, {})).status).toBe(200)
      const second = signedIn(await join_(tokenIn(reply.link)), first.id)
      expect((await second.call(meCall, {})).status).toBe(200)
      expect((await first.call(meCall, {})).status).toBe(status)
    }
  })

  test('[R61] neither link nor cookie is written anywhere', async () => {
    const { token, person } = await invited()
    const ana = signedIn(await join_(token), person.id)
    const secrets = [token, ana.cookie.slice('veedor='.length)]
    const files = (await readdir(house.folder)).filter((name) => name.startsWith('mission.db'))
    expect(files).toContain('mission.db-wal')
    const kept = Buffer.concat(await Promise.all(files.map((name) => readFile(join(house.folder, name)))))
    expect(kept.includes('Ana Ejemplo')).toBe(true)
    for (const secret of secrets) {
      expect(kept.includes(secret)).toBe(false)
      expect(JSON.stringify(logged)).not.toContain(secret)
    }
  })

  test('[R19] a page of another site can neither join nor invite', async () => {
    const { token } = await invited()
    for (const headers of [{ Origin: 'https://elsewhere.example' }, { 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'null' }]) {
      expect((await house.nobody.call(joinCall, { token }, { headers })).problem).toEqual({ problem: 'not_allowed' })
      expect((await lead.call(inviteCall, invitation(), { headers })).problem).toEqual({ problem: 'not_allowed' })
    }
    expect((await house.nobody.call(joinCall, { token }, { headers: { 'Content-Type': 'text/plain' } })).problem).toEqual({ problem: 'wrong_type' })
    expect((await join_(token)).status).toBe(201)
  })
})

describe('a new link', () => {
  test('ends the one before, for people who are invited and for people who have joined', async () => {
    const { token, person } = await invited()
    const { reply } = await lead.call(newLinkCall, { id: person.id })
    expect((await join_(token)).problem).toEqual({ problem: 'not_found' })
    expect((await join_(tokenIn(reply.link))).status).toBe(201)
    expect((await lead.call(newLinkCall, { id: person.id })).reply.person.state).toBe('joined')
  })
  test('not for the unknown, not for the retired', async () => {
    expect((await lead.call(newLinkCall, { id: randomUUID() })).problem).toEqual({ problem: 'not_found' })
    const { person } = await invited()
    await lead.call(retireCall, { id: person.id })
    expect((await lead.call(newLinkCall, { id: person.id })).problem).toEqual({ problem: 'conflict' })
  })
})

describe('retiring', () => {
  test('[R64] [R17] ends cookie, sockets and links in that call', async () => {
    const ana = await joined({ role: 'coordinator' })
    const { reply } = await lead.call(newLinkCall, { id: ana.id })
    const socket = await connected(ana)
    const closed = new Promise<void>((done) => socket.once('disconnect', () => done()))
    expect((await lead.call(retireCall, { id: ana.id })).reply).toEqual({ done: true })
    expect((await ana.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await join_(tokenIn(reply.link))).problem).toEqual({ problem: 'not_found' })
    await closed
    expect(await stateOf(ana.id)).toMatchObject({ state: 'retired', linkUntil: null })
  })

  test('[R64] sent twice is done once; the unknown is not found; the same invitation does not bring anyone back', async () => {
    const given = invitation()
    await lead.call(inviteCall, given)
    expect((await lead.call(retireCall, { id: given.id })).status).toBe(200)
    const { number } = house.engine.head()
    expect((await lead.call(retireCall, { id: given.id })).status).toBe(200)
    expect(house.engine.head().number).toBe(number)
    expect((await lead.call(retireCall, { id: randomUUID() })).problem).toEqual({ problem: 'not_found' })
    expect((await lead.call(inviteCall, given)).problem).toEqual({ problem: 'conflict' })
  })

  test('[R229] a lead takes somebody back: nothing that ended lives again, and what was unsent arrives once', async () => {
    const ana = await joined()
    const { reply: before } = await lead.call(newLinkCall, { id: ana.id })
    const unsent = []
    for (let count = 0; count < 3; count++) unsent.push(await statementOf(house, ana))
    await lead.call(retireCall, { id: ana.id })
    const send = (by: Caller, statement: { id: string }) => by.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
    expect((await send(ana, unsent[0]!)).problem).toEqual({ problem: 'not_signed_in' })

    const coordinator = await house.person('coordinator')
    expect((await coordinator.call(takeBackCall, { id: ana.id })).problem).toEqual({ problem: 'not_allowed' })
    expect(await stateOf(ana.id)).toMatchObject({ state: 'retired' })
    const { reply } = await lead.call(takeBackCall, { id: ana.id })
    expect(reply.person).toMatchObject({ id: ana.id, number: 101, state: 'invited' })
    expect((await ana.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await join_(tokenIn(before.link))).problem).toEqual({ problem: 'not_found' })

    const again = signedIn(await join_(tokenIn(reply.link)), ana.id)
    for (const statement of [...unsent, ...unsent]) expect((await send(again, statement)).status).toBe(201)
    expect((await again.call(myReportsCall, {})).reply.reports.map(({ id }) => id).sort()).toEqual(unsent.map(({ id }) => id).sort())
    expect((await kindsOf()).filter((kind) => kind === 'person.taken_back')).toHaveLength(1)
  })

  test('[R65] nobody retires themselves, and of two leads who retire each other at once one stays', async () => {
    expect((await lead.call(retireCall, { id: lead.id })).problem).toEqual({ problem: 'not_allowed' })
    const other = await house.person('lead', { name: 'Otra Lead' })
    const answers = await Promise.all([lead.call(retireCall, { id: other.id }), other.call(retireCall, { id: lead.id })])
    expect(answers.map((answer) => answer.status).sort((one, two) => one - two)).not.toEqual([200, 200])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const left = answers[0]?.status === 200 ? lead : other
    expect((await left.call(listPeopleCall, {})).reply.people.filter((person) => person.role === 'lead' && person.state === 'joined')).toHaveLength(1)
    lead = left
  })
})

describe('leaving', () => {
  test('ends this session and its sockets, and no other of the same person', async () => {
    const ana = await joined({ role: 'press' })
    const { reply } = await lead.call(newLinkCall, { id: ana.id })
    const elsewhere = signedIn(await join_(tokenIn(reply.link)), ana.id)
    const socket = await connected(ana)
    const closed = new Promise<void>((done) => socket.once('disconnect', () => done()))
    const answer = await ana.call(leaveCall, {})
    expect(answer.headers.get('set-cookie')).toMatch(/^veedor=; Path=\/; Expires=Thu, 01 Jan 1970/)
    await closed
    expect((await ana.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await ana.call(leaveCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    expect((await elsewhere.call(meCall, {})).status).toBe(200)
    expect(await kindsOf()).toContain('person.left')
  })
})

describe('sessions', () => {
  test('[R63] staff who give no sign of life are signed out after an hour, observers never', async () => {
    const [ana, luis] = [await joined({ role: 'coordinator' }), await joined({ role: 'observer' })]
    house.clock.forward(3_600_000)
    expect((await ana.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
    house.clock.forward(40 * 86_400_000)
    expect((await luis.call(meCall, {})).status).toBe(200)
  })

  test('[R63] each call is a sign of life; after 18 hours it is over all the same', async () => {
    const ana = await joined({ role: 'coordinator' })
    for (let minutes = 0; minutes < 18 * 60 - 45; minutes += 45) {
      house.clock.forward(45 * 60_000)
      expect((await ana.call(meCall, {})).status).toBe(200)
      await house.engine.idle()
    }
    house.clock.forward(45 * 60_000)
    expect((await ana.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
  })

  test('a sign of life is no fact, is written at most once a minute, and leads see when it was', async () => {
    const ana = await joined()
    const heardAt = async () => {
      await house.engine.idle()
      return Date.parse((await stateOf(ana.id))?.lastHeardAt ?? '')
    }
    const first = await heardAt()
    const { number } = house.engine.head()
    await ana.call(meCall, {})
    expect(await heardAt()).toBe(first)
    house.clock.forward(61_000)
    await ana.call(meCall, {})
    expect((await heardAt()) - first).toBeGreaterThanOrEqual(61_000)
    expect(house.engine.head().number).toBe(number)
  })

  test('a cookie that names no session is nobody', async () => {
    const stranger = callerOf(house, { id: randomUUID(), role: null, token: 'A'.repeat(43) })
    expect((await stranger.call(meCall, {})).problem).toEqual({ problem: 'not_signed_in' })
  })
})

describe('who hears of people', () => {
  test('leads do, coordinators and press do not', async () => {
    const heard: Record<string, string[]> = { lead: [], coordinator: [], press: [] }
    const marker = randomUUID()
    const people = [['lead', lead], ['coordinator', await house.person('coordinator')], ['press', await house.person('press')]] as const
    const arrived = people.map(async ([name, caller]) => {
      const socket = await connected(caller)
      await new Promise<void>((done) => {
        socket.on('changed', ({ things }: { things: { kind: string; id: string }[] }) => {
          for (const thing of things) heard[name]?.push(`${thing.kind} ${thing.id}`)
          // The mission is told to all of them: after it, whatever was to come has come.
          if (things.some((thing) => thing.kind === 'mission')) done()
        })
        ready.push(1)
      })
    })
    await expect.poll(() => ready.length).toBe(3)
    const { person } = await invited({ name: marker })
    const mission = (await lead.call(meCall, {})).reply.mission.id
    await house.engine.write({ kind: 'server' }, (work) => work.record('mission.named', { type: 'mission', id: mission }, { set: { mission: [{ id: mission, name: 'Marker' }] } }))
    await Promise.all(arrived)
    expect(heard['lead']).toContain(`people ${person.id}`)
    expect(heard['coordinator']?.filter((line) => line.startsWith('people'))).toEqual([])
    expect(heard['press']?.filter((line) => line.startsWith('people'))).toEqual([])
  })
  const ready: number[] = []
})

const sockets: Socket[] = []
afterEach(() => { for (const socket of sockets.splice(0)) socket.disconnect() })

async function connected(caller: Caller): Promise<Socket> {
  const socket = io(house.address, { path: livePath, transports: ['websocket'], reconnection: false, extraHeaders: { Cookie: caller.cookie, Origin: house.address }, auth: { since: house.engine.head().number } })
  sockets.push(socket)
  await new Promise<void>((done, fail) => { socket.once('connect', () => done()); socket.once('connect_error', fail) })
  return socket
}
