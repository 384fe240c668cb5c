import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyone } from '../../shared/roles.ts'
import type { Role } from '../../shared/roles.ts'
import type { Contract } from '../../shared/contract.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'

let house: TestHouse
const people = new Map<Role, Caller>()

beforeAll(async () => {
  house = await startHouse()
  for (const role of everyone) people.set(role, await house.person(role))
})
afterAll(() => house.stop())

/** A request to a call's address as somebody would make it who only knows the address. */
const knock = (caller: Caller, call: Contract, headers: Record<string, string> = {}) => {
  const types = { json: 'application/json', bytes: 'image/jpeg', file: 'multipart/form-data; boundary=x', nothing: '' }
  const type = types[call.carries]
  return caller.fetch(call.path.replace(/:[a-zA-Z]+/g, 'x'), { method: call.method, headers: { ...(type ? { 'Content-Type': type } : {}), ...headers }, ...(call.carries === 'json' ? { body: '{}' } : {}) })
}

// What a road is called, who may take it: written out here once more, so that a change of either must be said twice.
const expected: Record<string, string> = {
  me: 'observer coordinator press lead', beginSetUp: 'anyone', openSample: 'lead', setBasics: 'lead', setChecking: 'lead', skipRegister: 'lead', proposeRules: 'lead', openMission: 'lead', leave: 'observer coordinator press lead',
  register: 'observer coordinator lead', previewRegister: 'lead', importRegister: 'lead', wrongLines: 'lead',
  listPeople: 'lead', listOrganisations: 'coordinator lead', invite: 'lead', newLink: 'lead', retire: 'lead', lookAtLink: 'anyone', join: 'anyone',
  fileReport: 'observer', myReports: 'observer', sendPreview: 'observer', completePhoto: 'observer',
  listReports: 'coordinator lead', reportPoints: 'coordinator lead', getReport: 'coordinator lead', seeReport: 'coordinator lead', changeReport: 'coordinator lead', photoImage: 'coordinator lead',
  claimReport: 'coordinator lead', handBackReport: 'coordinator lead', giveVerdict: 'coordinator lead', releaseProposal: 'coordinator lead', release: 'coordinator lead', retract: 'coordinator lead',
  listReleases: 'press coordinator lead', releaseImage: 'press coordinator lead', download: 'press coordinator lead', downloadedFile: 'press coordinator lead',
  changes: 'observer coordinator press lead',
}

describe('every door', () => {
  it('[R18] is known by name with who may use it', () => {
    expect(Object.fromEntries(house.doors.contracts.map((call) => [call.name, call.who === 'anyone' ? 'anyone' : call.who.join(' ')]))).toEqual(expected)
  })

  it('[R18] is closed to every other role, and to nobody, before the input is looked at; nothing is recorded', async () => {
    const before = house.engine.head().number
    const wrong: string[] = []
    for (const call of house.doors.contracts) {
      if (call.who === 'anyone') continue
      const nobody = await knock(house.nobody, call)
      if (nobody.status !== 401) wrong.push(`${call.name} nobody ${nobody.status}`)
      for (const [role, caller] of people) {
        if (call.who.includes(role)) continue
        const answer = await knock(caller, call)
        if (answer.status !== 403 || (await answer.text()) !== '{"problem":"not_allowed"}') wrong.push(`${call.name} ${role} ${answer.status}`)
      }
    }
    expect(wrong).toEqual([])
    expect(house.engine.head().number).toBe(before)
  })

  it('[R19] that writes is closed to pages of others and to other content types', async () => {
    const wrong: string[] = []
    for (const call of house.doors.contracts) {
      if (call.method === 'GET') continue
      const role = call.who === 'anyone' ? 'observer' : call.who[0]
      const caller = role ? people.get(role) : undefined
      if (!caller) continue
      const foreign = await knock(caller, call, { 'Sec-Fetch-Site': 'cross-site' })
      if (foreign.status !== 403) wrong.push(`${call.name} cross-site ${foreign.status}`)
      if (call.carries === 'nothing') continue
      const other = await knock(caller, call, { 'Content-Type': 'text/plain' })
      if (other.status !== 415) wrong.push(`${call.name} text/plain ${other.status}`)
    }
    expect(wrong).toEqual([])
  })

  it('carries the headers that keep a page ours, errors too', async () => {
    for (const path of ['/', '/health', '/api/me', '/api/nothing', '/assets/nothing.js', '/observer/', '/%zz']) {
      const response = await house.nobody.fetch(path)
      expect([path, response.headers.get('content-security-policy')?.includes("default-src 'none'"), response.headers.get('x-content-type-options'), response.headers.get('access-control-allow-origin'), response.headers.get('x-powered-by')]).toEqual([path, true, 'nosniff', null, null])
    }
  })

  it('says of a file that is not there that it is not found, and of a part that a file does not have that it is wrong: nothing of that is broken', async () => {
    for (const path of ['/assets/of-a-build-long-gone.js', '/assets/', '/assets/%00', '/assets/..%2f..%2fpackage.json', '/%zz']) {
      const response = await house.nobody.fetch(path)
      expect([path, response.status, await response.json()]).toEqual([path, 404, { problem: 'not_found' }])
    }
    expect((await house.nobody.fetch('/observer/sw.js', { headers: { Range: 'bytes=99999999-' } })).status).toBe(400)
  })

  it('answers to our own names only', async () => {
    const { port } = house
    const { request } = await import('node:http')
    const status = await new Promise<number | undefined>((done) => request({ port, host: '127.0.0.1', path: '/health', headers: { Host: 'elsewhere.example' } }, (response) => done(response.statusCode)).end())
    expect(status).toBe(404)
  })
})
