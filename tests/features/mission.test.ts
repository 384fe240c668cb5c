import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSetUp } from '../../server/features/mission/actions.ts'
import { wayIn } from '../../server/way-in.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { beginSetUpCall, meCall, openMissionCall, openSampleCall, proposeRulesCall, setBasicsCall, setCheckingCall, skipRegisterCall } from '../../shared/mission.ts'
import type { MissionBasics } from '../../shared/mission.ts'
import { inviteCall, joinCall, listPeopleCall, newLinkCall } from '../../shared/people.ts'
import { callerOf, startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'

let house: TestHouse
/** A house that is opened on a given folder leaves it. */
const leftFolders: string[] = []
beforeEach(async () => { house = await startHouse() })
afterEach(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
  for (const folder of leftFolders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const basics = (more: Partial<MissionBasics> = {}): MissionBasics => ({
  name: 'Misión Ejemplo 2027', country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], leadName: 'Lea Ejemplo', organisation: 'Delegación Uno', ...more,
})
const loose = { eyes: 1 as const, otherOrganisation: false, releaserNotVerifier: false }
const facts = async () => (await house.db.readers.selectFrom('journal').select('kind').orderBy('number').execute()).map((fact) => fact.kind)
const setUpToken = () => house.engine.write({ kind: 'server' as const }, openSetUp)
const stepOf = async (lead: Caller) => (await lead.call(meCall, {})).reply.mission.step

async function beginAsLead(given?: string): Promise<Caller> {
  const token = given ?? (await setUpToken())
  const answer = await house.nobody.call(beginSetUpCall, { token: token ?? '' })
  expect(answer.status).toBe(200)
  const [, cookie] = /^veedor=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  return callerOf(house, { id: answer.reply.person.id, role: 'lead', token: cookie ?? '' })
}

test('a new folder begins with the fact of its mission, made by the server', async () => {
  const first = await house.db.readers.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select(['kind', 'body']).where('journal.number', '=', 1).executeTakeFirstOrThrow()
  expect(first.kind).toBe('mission.begun')
  expect(JSON.parse(first.body)).toMatchObject({ actor: { kind: 'server' }, subject: { type: 'mission' } })
})

describe('[R69] the set-up link', () => {
  test('makes the first lead, once', async () => {
    const token = (await setUpToken()) ?? ''
    const answers = await Promise.all(Array.from({ length: 5 }, () => house.nobody.call(beginSetUpCall, { token })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404, 404, 404])
    const { reply, headers } = answers.find((answer) => answer.status === 200)!
    expect(reply).toMatchObject({ person: { role: 'lead', organisation: null }, mission: { open: false, step: 'mission', exercise: false, languages: ['es', 'en'] } })
    expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
    expect(await facts()).toEqual(['mission.begun', 'mission.key_made', 'person.invited', 'person.joined', ...Array<string>(4).fill('invite.reused')])
  })

  test('each start ends the one before, and none is made once a lead has joined', async () => {
    const [first, second] = [await setUpToken(), await setUpToken()]
    expect((await house.nobody.call(beginSetUpCall, { token: first ?? '' })).problem).toEqual({ problem: 'not_found' })
    expect((await house.nobody.call(beginSetUpCall, { token: second ?? '' })).status).toBe(200)
    expect(await setUpToken()).toBeNull()
    expect((await house.db.readers.selectFrom('people').selectAll().execute())).toHaveLength(1)
  })

  test('[R421] what a start prints has a way in at every time: the link until it was opened, after that the command that makes another', async () => {
    const printed = await wayIn(house.engine, house.address)
    expect(printed).toMatch(new RegExp(`^Set up your mission.*\\n${house.address}/setup#[A-Za-z0-9_-]{43}$`))
    const lead = await beginAsLead(printed.split('#')[1])
    expect(await wayIn(house.engine, house.address)).toMatch(/^Its set-up was begun: .* npm run lead-link$/)
    await open(lead)
    expect(await wayIn(house.engine, house.address)).toMatch(/^Open it in a browser .* npm run lead-link$/)
  })

  test('no other link begins set-up, and none does in an open mission', async () => {
    const lead = await beginAsLead()
    const { reply } = await lead.call(inviteCall, { id: randomUUID(), name: 'Ana', role: 'observer', organisation: 'Uno', language: 'es' })
    const observersToken = reply.link.split('#')[1] ?? ''
    expect((await house.nobody.call(beginSetUpCall, { token: observersToken })).problem).toEqual({ problem: 'not_found' })
    await open(lead)
    const again = (await lead.call(newLinkCall, { id: lead.id })).reply.link.split('#')[1] ?? ''
    expect((await house.nobody.call(beginSetUpCall, { token: again })).problem).toEqual({ problem: 'not_found' })
    expect((await house.nobody.call(joinCall, { token: observersToken })).status).toBe(201)
    expect((await house.nobody.call(joinCall, { token: again })).status).toBe(201)
  })
})

async function open(lead: Caller, rules: Parameters<typeof lead.call<typeof openMissionCall>>[1]['rules'] = loose) {
  await lead.call(setBasicsCall, basics())
  await lead.call(setCheckingCall, { credit: 'Misión Ejemplo', rules })
  await lead.call(skipRegisterCall, {})
  return lead.call(openMissionCall, { rules })
}

describe('set-up', () => {
  test('goes step by step to an open mission, each a fact', async () => {
    const lead = await beginAsLead()
    const named = await lead.call(setBasicsCall, basics({ days: ['2027-03-14', '2027-02-28'] }))
    expect(named.reply).toMatchObject({ person: { name: 'Lea Ejemplo', organisation: 'delegacion-uno', organisationName: 'Delegación Uno' }, mission: { name: 'Misión Ejemplo 2027', country: 'SV', zone: 'America/El_Salvador', days: ['2027-02-28', '2027-03-14'], step: 'checking' } })
    const checked = await lead.call(setCheckingCall, { credit: 'Misión Ejemplo', rules: loose })
    expect(checked.reply.mission).toMatchObject({ credit: 'Misión Ejemplo', rules: loose, step: 'register' })
    expect((await lead.call(skipRegisterCall, {})).reply.mission.step).toBe('people')
    const opened = await lead.call(openMissionCall, { rules: { ...loose, eyes: 2 } })
    expect(opened.reply.mission).toMatchObject({ open: true, step: 'done', rules: { ...loose, eyes: 2 } })
    expect((await facts()).slice(4)).toEqual(['mission.named', 'person.named', 'mission.checking_set', 'mission.step_done', 'mission.opened'])
  })

  test('[R70] goes on where it stopped after a restart', async () => {
    const lead = await beginAsLead()
    await lead.call(setBasicsCall, basics())
    await house.close()
    house = await startHouse({ folder: house.folder, clock: house.clock })
    const same = callerOf(house, { id: lead.id, role: 'lead', token: lead.cookie.slice('veedor='.length) })
    expect((await same.call(meCall, {})).reply.mission).toMatchObject({ name: 'Misión Ejemplo 2027', step: 'checking' })
    leftFolders.push(house.folder)
  })

  test('sent twice, nothing changes and nothing is recorded again', async () => {
    const lead = await beginAsLead()
    await open(lead)
    const { number } = house.engine.head()
    const before = (await lead.call(meCall, {})).reply.mission
    for (const answer of [await lead.call(setBasicsCall, basics()), await lead.call(setCheckingCall, { credit: 'Misión Ejemplo', rules: loose }), await lead.call(skipRegisterCall, {}), await lead.call(openMissionCall, { rules: loose })]) {
      expect(answer.status).toBe(200)
      expect(answer.reply.mission).toEqual(before)
    }
    expect(house.engine.head().number).toBe(number)
    expect((await lead.call(openMissionCall, { rules: { ...loose, eyes: 2 } })).problem).toEqual({ problem: 'conflict' })
  })

  test('[R70] an earlier step done again does not bring it back; a later one skips none', async () => {
    const lead = await beginAsLead()
    await lead.call(skipRegisterCall, {})
    expect(await stepOf(lead)).toBe('mission')
    expect((await lead.call(openMissionCall, { rules: loose })).problem).toEqual({ problem: 'conflict' })
    await open(lead)
    await lead.call(setBasicsCall, basics({ name: 'Otro nombre' }))
    expect(await stepOf(lead)).toBe('done')
  })

  test('says which field is wrong', async () => {
    const lead = await beginAsLead()
    const { problem } = await lead.call(setBasicsCall, basics({ name: ' ', country: 'Salvador', zone: 'America/Nowhere', days: ['2027-02-30', '2027-02-31'], languages: [], organisation: 'x'.repeat(121) }))
    expect(problem?.fields).toEqual([
      { path: 'name', reason: 'required' }, { path: 'country', reason: 'format' }, { path: 'zone', reason: 'not_in_list' }, { path: 'languages', reason: 'required' },
      { path: 'days.0', reason: 'format' }, { path: 'days.1', reason: 'format' }, { path: 'organisation', reason: 'too_long' },
    ])
    expect((await lead.call(setBasicsCall, basics({ languages: ['es', 'fr'] }))).problem).toEqual({ problem: 'invalid_input', fields: [{ path: 'languages', reason: 'not_in_list' }] })
    expect((await lead.call(setBasicsCall, basics({ days: ['2027-02-28', '2027-03-14', '2027-02-28'] }))).problem?.fields).toEqual([{ path: 'days.2', reason: 'repeated' }])
    expect((await lead.call(setCheckingCall, { credit: '', rules: { ...loose, eyes: 3 as never } })).problem?.fields).toEqual([{ path: 'credit', reason: 'required' }, { path: 'rules.eyes', reason: 'format' }])
    expect(await stepOf(lead)).toBe('mission')
    expect(await facts()).toEqual(['mission.begun', 'mission.key_made', 'person.invited', 'person.joined'])
  })

  test('[R71] proposes the strictest rules that the people who are invited can satisfy', async () => {
    const lead = await beginAsLead()
    await lead.call(setBasicsCall, basics())
    expect((await lead.call(proposeRulesCall, {})).reply).toEqual({ rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false }, coordinators: 1, organisations: 1 })
    for (const [role, organisation] of [['coordinator', 'Dos'], ['coordinator', 'Dos'], ['coordinator', 'Delegación Uno'], ['observer', 'Dos'], ['observer', 'Delegación Uno'], ['press', 'Tres']] as const) await lead.call(inviteCall, { id: randomUUID(), name: 'Alguien', role, organisation, language: 'es' })
    expect((await lead.call(proposeRulesCall, {})).reply).toEqual({ rules: { eyes: 2, otherOrganisation: true, releaserNotVerifier: true }, coordinators: 4, organisations: 2 })
  })
})

describe('who must not', () => {
  test('[R18] only leads set up a mission', async () => {
    for (const role of ['observer', 'coordinator', 'press'] as const) {
      const other = await house.person(role)
      const { number } = house.engine.head()
      for (const answer of [
        await other.call(setBasicsCall, basics()), await other.call(setCheckingCall, { credit: 'x', rules: loose }), await other.call(skipRegisterCall, {}),
        await other.call(openMissionCall, { rules: loose }), await other.call(proposeRulesCall, {}), await other.call(openSampleCall, {}),
      ]) expect(answer.problem).toEqual({ problem: 'not_allowed' })
      expect(house.engine.head().number).toBe(number)
    }
    for (const answer of [await house.nobody.call(setBasicsCall, basics()), await house.nobody.call(meCall, {}), await house.nobody.call(openSampleCall, {})]) expect(answer.problem).toEqual({ problem: 'not_signed_in' })
  })

  test('everyone sees the mission and themselves, and the server tells its time', async () => {
    for (const role of ['observer', 'coordinator', 'press', 'lead'] as const) {
      const { reply } = await (await house.person(role, { name: `Uno ${role}`, language: 'es' })).call(meCall, {})
      expect(reply).toMatchObject({ person: { name: `Uno ${role}`, role, language: 'es' }, mission: { open: false } })
      expect(reply.mission.pack.categories.length).toBeGreaterThan(10)
      expect(Math.abs(Date.parse(reply.serverTime) - Date.parse(house.clock.now()))).toBeLessThan(1000)
    }
  })
})

describe('the sample', () => {
  test('is opened beside a mission that is being set up, and not beside an open one', async () => {
    await house.stop()
    let opened = 0
    house = await startHouse({ openSample: () => Promise.resolve({ links: [{ role: 'lead', address: `http://lead.localhost/${++opened}` }] }) })
    const lead = await beginAsLead()
    expect((await lead.call(openSampleCall, {})).reply).toEqual({ links: [{ role: 'lead', address: 'http://lead.localhost/1' }] })
    await open(lead)
    expect((await lead.call(openSampleCall, {})).problem).toEqual({ problem: 'conflict' })
    expect(opened).toBe(1)
  })
})

test('a lead named in set-up is listed as such', async () => {
  const lead = await beginAsLead()
  await lead.call(setBasicsCall, basics())
  expect((await lead.call(listPeopleCall, {})).reply.people).toMatchObject([{ id: lead.id, name: 'Lea Ejemplo', role: 'lead', state: 'joined', organisation: 'delegacion-uno' }])
})
