import * as z from 'zod/mini'
import { describe, expect, test } from 'vitest'
import { contract } from '../../shared/contract.ts'
import { Problem } from '../../shared/problem.ts'
import { listReportsCall } from '../../shared/reports.ts'
import { NoAnswer, addressFor, replyOf } from '../../client/kit/call.ts'

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

function split(text: string) {
  const url = new URL(text, 'http://localhost')
  return { address: url.pathname, query: Object.fromEntries(url.searchParams) }
}
