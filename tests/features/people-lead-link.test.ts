import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { joinCall, listPeopleCall } from '../../shared/people.ts'
import { changesCall } from '../../shared/live.ts'
import { fixedClock, startHouse } from '../support/house.ts'
import type { TestHouse } from '../support/house.ts'

let folder: string
let house: TestHouse | null = null
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-link-'))
})
afterEach(async () => {
  if (house) {
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
    await house.stop()
  }
  house = null
  await rm(folder, { recursive: true, force: true })
})

/** The command as the operator types it, in a process of its own. */
const leadLink = (...args: string[]): Promise<{ code: number; out: string; error: string }> =>
  new Promise((done) => {
    const root = resolve(import.meta.dirname, '../..')
    execFile(process.execPath, ['--import', 'tsx', 'server/commands/lead-link.ts', ...args], { cwd: root, env: { ...process.env, DATA_DIR: folder, PORT: '8123' } }, (failed, out, error) => done({ code: typeof failed?.code === 'number' ? failed.code : 0, out, error }))
  })
const linkIn = (out: string) => /^(http:\/\/localhost:\d+)\/join#([A-Za-z0-9_-]{43})$/m.exec(out) ?? []

test('[R66] a running server gives a link that works once; it is the operator\'s fact, and leads alone are told', async () => {
  house = await startHouse({ folder })
  const lead = await house.person('lead', { name: 'Lea Ejemplo' })
  const other = await house.person('lead', { name: 'Otra Persona' })
  const coordinator = await house.person('coordinator')
  const { number: since } = house.engine.head()
  const { code, out } = await leadLink('Lea Ejemplo')
  expect(code).toBe(0)
  const [, address, token = ''] = linkIn(out)
  expect(address).toBe(house.address)
  expect(out).toContain('Lea Ejemplo')
  const notices = async (caller: typeof lead) => (await caller.call(changesCall, { since })).reply.things.filter((thing) => thing.kind === 'notice')
  for (const told of [lead, other]) {
    expect(await notices(told)).toMatchObject([{ kind: 'notice', what: 'lead_link', id: lead.id, name: 'Lea Ejemplo' }])
    // And for a lead whose browser is new: it stays among the people.
    expect((await told.call(listPeopleCall, {})).reply.notices).toMatchObject([{ id: lead.id, name: 'Lea Ejemplo' }])
  }
  expect(await notices(coordinator)).toEqual([])
  const answer = await house.nobody.call(joinCall, { token })
  expect([answer.status, answer.reply.person.id]).toEqual([201, lead.id])
  expect((await house.nobody.call(joinCall, { token })).status).toBe(404)
  const fact = await house.db.readers.selectFrom('journal').innerJoin('journalBodies', 'journalBodies.number', 'journal.number').select('body').where('kind', '=', 'lead.link_made').executeTakeFirstOrThrow()
  expect(JSON.parse(fact.body)).toMatchObject({ actor: { kind: 'operator' }, subject: { type: 'person', id: lead.id } })
  expect(fact.body).not.toContain(token)
})

test('where none runs the command writes by itself, and the next server knows the link', async () => {
  // The command has the machine's own clock, and the link two days.
  const clock = fixedClock(new Date().toISOString())
  house = await startHouse({ folder, clock })
  const lead = await house.person('lead')
  await house.close()
  const { code, out } = await leadLink()
  expect(code).toBe(0)
  const [, address, token = ''] = linkIn(out)
  expect(address).toBe('http://localhost:8123')
  house = await startHouse({ folder, clock })
  expect((await house.nobody.call(joinCall, { token })).reply.person.id).toBe(lead.id)
})

test('of several leads it asks which, and takes a name', async () => {
  house = await startHouse({ folder })
  await house.person('lead', { name: 'Lea Ejemplo' })
  const other = await house.person('lead', { name: 'Íñigo Ejemplo' })
  const { number } = house.engine.head()
  const asked = await leadLink()
  expect([asked.code, asked.out]).toEqual([1, ''])
  expect(asked.error).toContain('"Lea Ejemplo", "Íñigo Ejemplo"')
  expect((await leadLink('Nadie')).code).toBe(1)
  expect(house.engine.head().number).toBe(number)
  const [, , token = ''] = linkIn((await leadLink('inigo ejemplo')).out)
  expect((await house.nobody.call(joinCall, { token })).reply.person.id).toBe(other.id)
})

test('a folder without a mission is said in one sentence and left as it was', async () => {
  const { code, out, error } = await leadLink()
  expect([code, out]).toEqual([2, ''])
  expect(error.trim().split('\n')).toHaveLength(1)
  expect(error).toContain(folder)
})
