import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod/mini'
import { describe, expect, test, vi } from 'vitest'
import { contract } from '../../shared/contract.ts'
import { Problem } from '../../shared/problem.ts'
import { listReportsCall } from '../../shared/reports.ts'
import { NoAnswer, addressFor, call, reading, replyOf } from '../../client/kit/call.ts'
import { hearAnswers, heardWithin } from '../../client/kit/hearing.ts'

const ask = contract({ name: 'ask', method: 'GET', path: '/api/ask/:id', who: 'anyone', kind: 'reads', input: z.strictObject({ id: z.string() }), reply: z.object({ is: z.number() }) })

describe('an answer is believed when it is ours', () => {
  test('a reply of the schema, without what the schema does not name', () => {
    expect(replyOf(ask, 200, '{"is":3,"more":"secret"}')).toEqual({ is: 3 })
  })

  test.each([
    ['a hotel’s page', 200, '<html>Welcome</html>'],
    ['nothing', 204, ''],
    ['JSON that was cut', 200, '{"is":'],
    ['JSON of somebody else', 200, '{"status":"ok"}'],
    ['an error that is not ours', 502, '<html>Bad gateway</html>'],
    ['a code that we do not have', 418, '{"problem":"teapot"}'],
  ])('%s is no answer', (_, status, text) => {
    expect(() => replyOf(ask, status, text)).toThrow(NoAnswer)
  })

  test('a problem of ours keeps its fields, reference and limits', () => {
    const body = { problem: 'invalid_input', fields: [{ path: 'name', reason: 'required' }], reference: 'abc' }
    let thrown: unknown
    try {
      replyOf(ask, 400, JSON.stringify(body))
    } catch (problem) {
      thrown = problem
    }
    expect(thrown).toBeInstanceOf(Problem)
    expect(thrown).toMatchObject({ code: 'invalid_input', details: { fields: body.fields, reference: 'abc' } })
  })
})

test('an address has its parameters in the path, lists with commas, and nothing that is not given', () => {
  expect(addressFor(ask, { id: 'a/b' })).toBe('/api/ask/a%2Fb')
  const { address, query } = split(addressFor(listReportsCall, { status: ['received', 'in_review'], words: 'sin doblez & más', department: undefined, severity: [], category: [], limit: 50 }))
  expect(address).toBe('/api/reports')
  expect(query).toEqual({ status: 'received,in_review', words: 'sin doblez & más', severity: '', category: '', limit: '50' })
})

test('[R364] a long answer is heard piece by piece, and reads as it would in one', async () => {
  const plain = reading.text
  const given = Buffer.from('{"is":"más de una pieza, ñandú 🦜"}')
  const server = createServer((_request, response) => {
    // Each byte by itself: letters come in parts.
    void (async () => { for (const byte of given) await new Promise<void>((sent) => void response.write(Buffer.of(byte), () => setImmediate(sent))) })().then(() => response.end())
  }).listen(0, '127.0.0.1')
  try {
    await new Promise((listening) => server.once('listening', listening))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    hearAnswers()
    expect(heardWithin(60_000)).toBe(false)
    let pieces = 0
    expect(await reading.text(await fetch(address), () => { pieces += 1 })).toBe(given.toString())
    expect(pieces).toBeGreaterThan(1)
    expect(heardWithin(60_000)).toBe(true)
    expect(await reading.text(new Response(null))).toBe('')
  } finally {
    reading.text = plain
    server.close()
  }
})

test('[R364] a call waits for as long as its answer comes, and gives up on one that falls silent', async () => {
  const [plain, askNow] = [reading.text, fetch]
  let write: (text: string) => void = () => undefined
  const server = createServer((_request, response) => {
    write = (text) => void response.write(text)
    write('{"is":')
  }).listen(0, '127.0.0.1')
  try {
    await new Promise((listening) => server.once('listening', listening))
    const { port } = server.address() as AddressInfo
    vi.stubGlobal('fetch', (address: string, options: RequestInit) => askNow(`http://127.0.0.1:${port}${address}`, options))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    hearAnswers()
    let pieces = 0
    const heard = (many: number) => vi.waitUntil(() => pieces >= many, { timeout: 30_000 })
    const answer = call(ask, { id: 'a' }, { onBytes: () => { pieces += 1 } }).then(() => 'came', (thrown: unknown) => thrown)
    for (let piece = 1; piece <= 4; piece++) {
      await heard(piece)
      vi.advanceTimersByTime(50_000)
      write(' ')
    }
    await heard(5)
    vi.advanceTimersByTime(61_000)
    expect(await answer).toBeInstanceOf(NoAnswer)
  } finally {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    reading.text = plain
    server.closeAllConnections()
    server.close()
  }
})

function split(text: string) {
  const url = new URL(text, 'http://localhost')
  return { address: url.pathname, query: Object.fromEntries(url.searchParams) }
}
