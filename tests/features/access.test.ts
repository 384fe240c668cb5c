import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf } from '../../shared/contract.ts'
import type { Contract } from '../../shared/contract.ts'
import { ProblemCode, problems } from '../../shared/problem.ts'
import { calls, doors, pages, rooms } from '../access.ts'
import type { Line } from '../access.ts'
import { actors, setStage, whiches } from '../support/access-stage.ts'
import type { ActorName, Stage, Which } from '../support/access-stage.ts'
import type { Caller } from '../support/house.ts'
import { expectOurHeaders } from '../support/headers.ts'
import { phonePicture } from '../support/desk.ts'
import { listen } from '../support/sockets.ts'

let stage: Stage
let preview: Buffer

beforeAll(async () => {
  ;[stage, preview] = [await setStage(), await phonePicture(69_999)]
})
afterAll(() => stage.stop())

type Case = { who: ActorName; which: Which | null; title: string }

/** Who knocks with which id. */
const casesOf = (line: Line): Case[] => actors.flatMap((who) => (line.names ? whiches : [null]).map((which) => ({ who, which, title: `${who}${which ? ` ${which}` : ''}` })))
const mayUse = (line: Line, who: ActorName): boolean => line.who === 'anyone' || line.who.split(' ').includes(who)

/** What is answered: a problem by its code, or `let in`, which is a success or, of what is as it is already, a conflict. */
function expected(line: Line, { who, which }: Case): string {
  if (!mayUse(line, who)) return who === 'nobody' || who === 'retired' || who === 'stranger' ? 'not_signed_in' : 'not_allowed'
  if (which === null || ((which === 'foreign' || which === 'invented') && line.makes)) return 'let in'
  if (which === 'own') return line.own ?? 'let in'
  if (which === 'another') return line.another ?? (line.sees === 'own' ? 'not_found' : 'let in')
  return 'not_found'
}

const contractOf = (name: string): Contract => {
  const found = stage.house.doors.contracts.find((call) => call.name === name)
  if (!found) throw new Error(`No call is named ${name}`)
  return found
}

function bodyOf(call: Contract, rest: Record<string, unknown>): { body?: BodyInit; headers: Record<string, string> } {
  if (call.carries === 'json') return { body: JSON.stringify(rest), headers: { 'Content-Type': 'application/json' } }
  if (call.carries === 'bytes') return { body: preview as BodyInit, headers: { 'Content-Type': 'image/jpeg' } }
  if (call.carries === 'nothing') return { headers: {} }
  const form = new FormData()
  if (call.carries === 'report') form.append('report', JSON.stringify(rest))
  else form.append('file', new Blob(['x']), 'x.csv')
  return { body: form, headers: {} }
}

function knock(caller: Caller, call: Contract, input: Record<string, unknown>, options: { query?: string; headers?: Record<string, string> } = {}): Promise<Response> {
  const { address, rest } = addressOf(call.path, input)
  const { body, headers } = bodyOf(call, rest)
  const query = [...(call.carries === 'nothing' ? Object.entries(rest).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`) : []), ...(options.query ? [options.query] : [])].join('&')
  return caller.fetch(query ? `${address}?${query}` : address, { method: call.method, ...(body === undefined ? {} : { body }), headers: { ...headers, ...options.headers } })
}

/** The whole refusal, as it must be to the byte: nothing tells one that is another's from one that never was. */
const refusal = (code: string): string => `{"problem":"${code}"}`
const statusOf = (code: string): number => problems[ProblemCode.parse(code)].status

async function expectAnswer(response: Response, wanted: string, before: number, method = ''): Promise<void> {
  const text = await response.text()
  expectOurHeaders(response.headers)
  if (wanted === 'let in') expect(response.status === 409 || response.ok, `${response.status} ${text.slice(0, 300)}`).toBe(true)
  else {
    expect([response.status, text]).toEqual([statusOf(wanted), method === 'HEAD' ? '' : refusal(wanted)])
    expect(stage.house.engine.head().number).toBe(before)
  }
}

const settled = async (): Promise<number> => {
  await stage.house.picturesDone()
  return stage.house.engine.head().number
}

describe.each(Object.entries(calls))('%s', (name, line) => {
  it.each(casesOf(line))('[R18] $title', async ({ who, which, title }) => {
    const call = contractOf(name)
    const wanted = expected(line, { who, which, title })
    const id = which ? await stage.idOf(who, line, which) : null
    const caller = await stage.callerFor(who, line)
    const before = await settled()
    // A call that names no thing is asked for one that it does not know of: whoever is let in is told so, and nothing is done.
    if (id === null) {
      const response = await knock(stage.callers[who], call, pathOnly(call), { query: 'no_such_field=1' })
      if (wanted !== 'let in') return expectAnswer(response, wanted, before)
      expectOurHeaders(response.headers)
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('{"path":"no_such_field","reason":"unknown_field"}')])
    } else {
      const input = { ...line.with, ...(name === 'makeToken' ? { owner: stage.ana.id } : name === 'fileFor' ? { author: stage.ana.id } : {}), [line.by ?? 'id']: id }
      const response = await knock(caller, call, name === 'fileReport' ? await stage.filed(id) : name === 'amendReport' ? await stage.amended(id) : input)
      await expectAnswer(response, wanted, before)
    }
  })

  if (line.names) it('[R18] a field that it does not know is refused', async () => {
    const who = actors.find((one) => mayUse(line, one)) ?? 'lead'
    const response = await knock(await stage.callerFor(who, line), contractOf(name), { ...line.with, [line.by ?? 'id']: await stage.idOf(who, line, 'own') }, { query: 'no_such_field=1' })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('{"path":"no_such_field","reason":"unknown_field"}')])
  })

  it('[R19] is closed to pages of others and to other content types, where it writes', async () => {
    const call = contractOf(name)
    if (call.method === 'GET') return
    const who = actors.find((one) => mayUse(line, one)) ?? 'lead'
    const before = await settled()
    // A token is sent by no browser on its own, so it may come from anywhere.
    if (who !== 'token') for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }, { Origin: 'https://elsewhere.example' }, { Origin: 'null' }]) {
      await expectAnswer(await knock(stage.callers[who], call, pathOnly(call), { headers }), 'not_allowed', before)
    }
    if (call.carries !== 'nothing') await expectAnswer(await knock(stage.callers[who], call, pathOnly(call), { headers: { 'Content-Type': 'text/plain' } }), 'wrong_type', before)
  })
})

/** What neither press nor another observer may read anywhere: who filed, what, where, and the names of what was not released. */
const secretsOfAna = (): string[] => {
  const { ana, anas, judge } = stage
  const [report = '', sha256 = ''] = anas.photo.split('.')
  return [ana.id, report, sha256, judge.id, 'The second stack is flat.', '"CE-01"', 'GPSLatitude', 'CanaryPhone']
}

describe('[R228] everything that may be read', () => {
  const readable = Object.entries(calls)
  it.each(readable.filter(([, line]) => mayUse(line, 'press')))('by press: %s tells nothing of who, where or what was not released', async (name, line) => {
    const text = await readAs(stage.callers.press, 'press', name, line)
    expect(secretsOfAna().filter((secret) => text.includes(secret))).toEqual([])
  })

  it.each(readable.filter(([, line]) => mayUse(line, 'observer')))('by another observer: %s tells nothing of a colleague', async (name, line) => {
    const text = await readAs(stage.bea, 'observer', name, line)
    // The register is every observer's.
    expect(secretsOfAna().filter((secret) => secret !== '"CE-01"' && text.includes(secret))).toEqual([])
  })

  /** Headers and body of what comes, whether asked for one's own, another's or nothing in particular; of calls that only read. */
  async function readAs(caller: Caller, who: ActorName, name: string, line: Line): Promise<string> {
    const call = contractOf(name)
    if (call.kind === 'writes') return ''
    const found: string[] = []
    for (const which of line.names ? (['own', 'another'] as const) : [null]) {
      const response = await knock(caller, call, { ...line.with, ...(which ? { [line.by ?? 'id']: await stage.idOf(who, line, which) } : {}) })
      // What needs more than an address is asked in the tests of that call.
      if (!line.names && call.method === 'GET' && line.who !== 'anyone') expect([name, response.status]).toEqual([name, 200])
      found.push(JSON.stringify([...response.headers]), Buffer.from(await response.arrayBuffer()).toString('latin1'))
    }
    return found.join('\n')
  }
})

const pathOnly = (call: Contract): Record<string, string> => Object.fromEntries([...call.path.matchAll(/:([a-zA-Z0-9]+)/g)].map(([, key = '']) => [key, 'x']))

describe.each(Object.entries(doors))('%s', (_name, line) => {
  it.each(casesOf(line))('[R18] $title', async (given) => {
    const id = given.which ? await stage.idOf(given.who, line, given.which) : ''
    const before = await settled()
    const wanted = expected(line, given)
    const tus = { 'Tus-Resumable': '1.0.0', ...(line.names === 'photo' ? { 'Upload-Length': String(stage.anas.bytes.length), 'Upload-Metadata': `photo ${Buffer.from(id).toString('base64')}` } : {}) }
    const response = await stage.callers[given.who].fetch(line.path.replace(':upload', id), { method: line.method, headers: { ...tus, ...line.headers }, ...(line.method === 'PATCH' ? { body: 'x' } : {}) })
    await expectAnswer(response, wanted, before, line.method)
  })
})

describe.each(Object.entries(rooms))('%s', (_name, line) => {
  it.each(casesOf(line))('[R16] $title', async ({ who }) => {
    const before = await settled()
    if (mayUse(line, who)) (await listen(stage.house, stage.callers[who])).close()
    else await expect(listen(stage.house, stage.callers[who])).rejects.toThrow()
    expect(stage.house.engine.head().number).toBe(before)
  })
})

describe.each(Object.entries(pages))('%s', (_route, addresses) => {
  it.each(addresses.flatMap((address) => actors.map((who) => ({ address, who }))))('$address is the same for $who', async ({ address, who }) => {
    const [nobodys, theirs] = [await stage.house.nobody.fetch(address, { headers: { Accept: 'text/html' } }), await stage.callers[who].fetch(address, { headers: { Accept: 'text/html' } })]
    expectOurHeaders(theirs.headers)
    expect([theirs.status, await theirs.text()]).toEqual([nobodys.status, await nobodys.text()])
  })
})

const counts = [calls, doors, rooms].flatMap((lines) => Object.values<Line>(lines)).map((line) => casesOf(line).length)
console.info(`access: ${counts.reduce((sum, count) => sum + count, 0)} tests made from ${counts.length} lines, and ${Object.values(pages).flat().length * actors.length} of pages`)
