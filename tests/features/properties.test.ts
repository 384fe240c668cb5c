import fc from 'fast-check'
import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf } from '../../shared/contract.ts'
import type { Contract } from '../../shared/contract.ts'
import { ProblemCode, ProblemReply, problems } from '../../shared/problem.ts'
import { Statement, fileReportCall } from '../../shared/reports.ts'
import type { Role } from '../../shared/roles.ts'
import { cellOut, readCsv, writeCsv } from '../../server/platform/files/csv.ts'
import { attachmentNamed } from '../../server/platform/http/names.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { PictureRefused, readHeader } from '../../server/platform/pictures/header.ts'
import { calls } from '../access.ts'
import { seeds } from '../support/fuzz.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { statementOf } from '../support/reports.ts'

// Every parser at the door, given what nobody foresaw: no crash, no 5xx, and nothing is taken that its schema forbids. A seed that found a fault goes on as a case here or in hostile.test.ts.

/** The same in every run, so that a red one is somebody's change; `SEED=random` or a number draws others. */
const asked = process.env['SEED']
const seed = asked === 'random' ? randomInt(2 ** 31) : Number(asked ?? 20_270_228)
console.info(`properties: seed ${seed}`)

let house: TestHouse
beforeAll(async () => { house = await startHouse({ figures: { strangerCalls: 1_000_000, personCalls: 1_000_000 } }) })
afterAll(() => house.stop())

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }),
  fc.constantFrom('', ' ', '\u0000', '\u202e', '\ud800', '\uffff', '__proto__', 'constructor', '../..', '%00', "'; drop table people; --", '<img src=x onerror=alert(1)>', '=1+1', 'NaN', '-0', '1e999', '9'.repeat(30), 'a'.repeat(5000)),
)
const known = fc.constantFrom<unknown>(
  '01890000-0000-7000-8000-00000000abcd', '11111111-1111-4111-8111-111111111111', 'f'.repeat(64), `01890000-0000-7000-8000-00000000abcd.${'f'.repeat(64)}`, '2027-02-28T20:00:00.000Z', '2027-02-31T20:00:00.000Z', '2027-02-28', 'es', 'lead', 'observer',
  'critical', 'verified', 'thumb', 'web', 'SV', 'America/El_Salvador', 'voting.queue', 0, 1, -1, 2, 100, true, false, null, [], {}, ['es'], { es: 'Una mesa.', en: 'A table.' },
)
const value = fc.oneof({ weight: 4, arbitrary: known }, { weight: 2, arbitrary: text }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }, { weight: 1, arbitrary: fc.double() })

/** The fields that a call knows, each with something right, something near it or something wild; at times one that it does not know, at times one missing. */
function inputFor(call: Contract): fc.Arbitrary<Record<string, unknown>> {
  const line = calls[call.name]
  const shape = (call.input as { def?: { shape?: Record<string, unknown> } }).def?.shape ?? {}
  const right = { ...line?.with }
  const fields = Object.fromEntries(Object.keys(shape).map((name) => [name, name in right ? fc.oneof({ weight: 3, arbitrary: fc.constant(right[name as keyof typeof right]) }, { weight: 1, arbitrary: value }) : value]))
  const path = Object.fromEntries([...call.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [name, fields[name] ?? value]))
  return fc.tuple(fc.record({ ...fields }, { requiredKeys: Object.keys(path) }), fc.option(fc.tuple(text, value), { freq: 8, nil: null })).map(([input, more]) => (more ? { ...input, [more[0]]: more[1] } : input))
}

function request(call: Contract, input: Record<string, unknown>): { path: string; init: RequestInit } {
  const { address, rest } = addressOf(call.path, { ...input, ...Object.fromEntries([...call.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [name, whole(String(input[name]) || 'x')])) })
  if (call.carries === 'nothing') {
    const query = Object.entries(rest).filter(([, given]) => given !== undefined).map(([key, given]) => `${encodeURIComponent(whole(key))}=${encodeURIComponent(whole(String(typeof given === 'object' ? JSON.stringify(given) : given)))}`).join('&')
    return { path: `${address}?${query}`, init: { method: call.method } }
  }
  if (call.carries === 'json') return { path: address, init: { method: call.method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(rest) } }
  if (call.carries === 'bytes') return { path: address, init: { method: call.method, headers: { 'Content-Type': 'image/jpeg' }, body: JSON.stringify(rest) } }
  const form = new FormData()
  if (call.carries === 'report') form.append('report', JSON.stringify(rest))
  else form.append('file', new Blob([JSON.stringify(rest)]), whole(String(Object.keys(rest)[0] ?? 'a')))
  return { path: address, init: { method: call.method, body: form } }
}
const whole = (given: string): string => given.replace(/[\ud800-\udfff]/gu, '\ufffd')

/** Whether an answer is one of ours; and whether it took what it may not. */
async function faultOf(answer: Response, mayTake: boolean): Promise<string | null> {
  const said = await answer.text()
  if (answer.ok) return mayTake ? null : `took it: ${said.slice(0, 200)}`
  if (answer.status >= 500) return `${answer.status}: ${said.slice(0, 200)}`
  if (answer.status === 308) return null
  const problem = ProblemReply.safeParse(said === '' ? null : JSON.parse(said))
  return problem.success && problems[ProblemCode.parse(problem.data.problem)].status === answer.status ? null : `${answer.status} is none of ours: ${said.slice(0, 200)}`
}

// What ends somebody's session or the mission for all is asked by somebody new each time, or not at all.
const endsAll = ['closeMission', 'openSample']

describe('[R225] every call', () => {
  it.each(Object.keys(calls).filter((name) => !endsAll.includes(name)))('%s', async (name) => {
    const call = house.doors.contracts.find((one) => one.name === name)
    if (!call) throw new Error(`No call is named ${name}`)
    const role: Role | null = call.who === 'anyone' ? null : (call.who[0] ?? null)
    let caller: Caller = role ? await house.person(role) : house.nobody
    await fc.assert(fc.asyncProperty(inputFor(call), async (input) => {
      const { path, init } = request(call, input)
      let answer = await caller.fetch(path, init)
      if (answer.status === 401 && role) {
        caller = await house.person(role)
        answer = await caller.fetch(path, init)
      }
      // What was sent, as it reads after the wire.
      const sent: unknown = call.carries === 'json' ? JSON.parse(JSON.stringify(input)) : input
      const mayTake = call.carries !== 'json' || call.input.safeParse({ ...(sent as object), ...paramsOf(call, input) }).success
      const fault = await faultOf(answer, mayTake)
      if (fault) throw new Error(`${init.method} ${path} ${String(init.body).slice(0, 300)} -> ${fault}`)
    }), { seed, numRuns: 25 })
  })

  it('and afterwards journal and tables agree, and the server is well', async () => {
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
    expect((await house.nobody.fetch('/health')).status).toBe(200)
  })
})

const paramsOf = (call: Contract, input: Record<string, unknown>): Record<string, string> => Object.fromEntries([...call.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [name, whole(String(input[name]) || 'x')]))

describe('[R225] statements', () => {
  it('of any content are taken as the schema has it or refused, and kept as they came', async () => {
    const ana = await house.person('observer')
    const right = await statementOf(house, ana)
    const wild = fc.record(Object.fromEntries(Object.entries(right).map(([name, given]) => [name, fc.oneof({ weight: 8, arbitrary: fc.constant<unknown>(given) }, { weight: 1, arbitrary: value })])))
    const words = fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) }, { weight: 1, arbitrary: value })
    await fc.assert(fc.asyncProperty(wild, words, fc.boolean(), async (given, said, isText) => {
      const { id } = await statementOf(house, ana)
      const statement = { ...given, id, words: said }
      const string = isText ? JSON.stringify(statement) : JSON.stringify(statement, null, 2)
      const answer = await ana.call(fileReportCall, { id, statement: string, sentAt: house.clock.now() })
      expect(answer.status).toBeLessThan(500)
      if (answer.status !== 201) return
      expect(Statement.safeParse(JSON.parse(string)).success).toBe(true)
      expect((await house.db.readers.selectFrom('reports').select('statement').where('id', '=', id).executeTakeFirstOrThrow()).statement).toBe(string)
      expect((await ana.call(fileReportCall, { id, statement: string, sentAt: house.clock.now() })).reply).toEqual(answer.reply)
    }), { seed, numRuns: 200 })
    expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  })
})

describe('[R225] headers of resumable uploads', () => {
  it('of any content are refused or taken', async () => {
    const ana = await house.person('observer')
    const header = fc.oneof(fc.string({ maxLength: 60 }).map((given) => given.replace(/[^\x20-\x7e]/g, '')), fc.constantFrom('', '-1', '1e9', '0', '1', 'NaN', '9'.repeat(40), 'photo ', 'photo AAAA', 'a b,c d', ',,,', '1.0.0', '0.2.2'))
    const method = fc.constantFrom('POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS', 'PUT', 'GET')
    await fc.assert(fc.asyncProperty(method, fc.record({ 'Tus-Resumable': header, 'Upload-Length': header, 'Upload-Metadata': header, 'Upload-Offset': header, 'Upload-Concat': header, 'Upload-Defer-Length': header, 'X-HTTP-Method-Override': header }, { requiredKeys: [] }), fc.boolean(), async (verb, headers, isNew) => {
      const answer = await ana.fetch(isNew ? '/api/uploads' : `/api/uploads/${'0'.repeat(32)}`, { method: verb, headers: { ...headers, 'Content-Type': 'application/offset+octet-stream' } as Record<string, string>, ...(verb === 'POST' || verb === 'PATCH' ? { body: 'x' } : {}) })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    }), { seed, numRuns: 150 })
  })
})

describe('[R225] tables of people', () => {
  it('any bytes are read without a crash', () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', 'a', 'ñ', '\u0000', '\ufeff', ' ') , maxLength: 200 }).map((given) => Buffer.from(given))), (bytes) => {
      const { lines } = readCsv(bytes)
      expect(lines.every((line) => line.cells.some((cell) => cell.trim() !== ''))).toBe(true)
    }), { seed, numRuns: 2000 })
  })

  it('[R74] no cell leaves as a formula, and every cell comes back', () => {
    const cell = fc.oneof(fc.string({ maxLength: 20 }), fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'), fc.string({ maxLength: 10 })).map((parts) => parts.join(''))).map((given) => given.replace(/[\r\n]/g, ' '))
    fc.assert(fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), fc.constantFrom(',' as const, ';' as const, '\t' as const), (cells, separator) => {
      for (const one of cells) expect(/^"?[=+\-@\t\r\n＝＋－＠](?!\d+([.,]\d+)?"?$)/.test(cellOut(one, separator))).toBe(false)
      const back = readCsv(Buffer.from(writeCsv([Array<string>(9).fill('heading'), ['first', ...cells]], separator))).lines[1]?.cells.slice(1)
      expect(back?.map((one, at) => (one === `'${cells[at]}` ? cells[at] : one))).toEqual(cells)
    }), { seed, numRuns: 1000 })
  })
})

describe('[R225] headers of pictures', () => {
  it('any bytes, and any change of a sound picture, are read or refused', async () => {
    const sound = await Promise.all(Object.values(seeds).map((make) => make()))
    const starts = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], [0x52, 0x49, 0x46, 0x46, 0, 1, 0, 0, 0x57, 0x45, 0x42, 0x50], [0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63]]
    const wild = fc.tuple(fc.constantFrom(...starts, []), fc.uint8Array({ maxLength: 300 })).map(([start, rest]) => Buffer.from([...start, ...rest]))
    const changed = fc.tuple(fc.constantFrom(...sound), fc.array(fc.tuple(fc.nat(600), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }), fc.nat(4000)).map(([bytes, edits, cut]) => {
      const copy = Buffer.from(bytes.subarray(0, Math.max(1, bytes.length - cut)))
      for (const [at, byte] of edits) if (at < copy.length) copy[at] = byte
      return copy
    })
    await fc.assert(fc.asyncProperty(fc.oneof(wild, changed), async (bytes) => {
      try {
        const header = await readHeader((offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)), bytes.length)
        expect(['jpeg', 'png', 'webp', 'heic']).toContain(header.type)
      } catch (error) {
        if (!(error instanceof PictureRefused)) throw error
      }
    }), { seed, numRuns: 1500 })
  })
})

it('[R224] a name of any content leaves as one header of ASCII, without a path', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
    const header = attachmentNamed(name)
    expect(header).toMatch(/^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/)
    expect(decodeURIComponent(header.split("''")[1] ?? '')).not.toMatch(/[/\\]|^\./)
  }), { seed, numRuns: 1000 })
})
