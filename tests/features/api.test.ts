import { Validator } from '@seriousme/openapi-schema-validator'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { calls as inEnglish } from '../../server/calls/en.ts'
import { calls as inSpanish } from '../../server/calls/es.ts'
import { problems } from '../../shared/problem.ts'
import { startHouse } from '../support/house.ts'
import type { TestHouse } from '../support/house.ts'
import { projectRoot } from '../support/project.ts'

const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean() })
const Operation = z.object({ operationId: z.string(), summary: z.string(), 'x-who': z.array(z.string()), parameters: z.array(Parameter), requestBody: z.optional(z.object({ content: z.record(z.string(), z.unknown()) })), security: z.array(z.record(z.string(), z.unknown())) })
const Document = z.object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), Operation)) })

let house: TestHouse
let text: string
let byName: Map<string, z.infer<typeof Operation> & { method: string; path: string }>

beforeAll(async () => {
  house = await startHouse()
  text = await (await house.nobody.fetch('/api/openapi.json')).text()
  byName = new Map(Object.entries(Document.parse(JSON.parse(text)).paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => [one.operationId, { ...one, method: method.toUpperCase(), path }] as const)))
})
afterAll(() => house.stop())

/** Every contract that a file of shared/ exports. */
async function contractsOfShared(): Promise<{ name: string; method: string; path: string }[]> {
  const Contract = z.object({ name: z.string(), method: z.string(), path: z.string(), who: z.unknown(), carries: z.string() })
  const files = readdirSync(join(projectRoot, 'shared')).filter((name) => name.endsWith('.ts'))
  const exported = await Promise.all(files.map(async (name) => Object.values((await import(join(projectRoot, 'shared', name))) as Record<string, unknown>)))
  return exported.flat().flatMap((value) => Contract.safeParse(value).data ?? [])
}

describe('[R317] the page of the calls', () => {
  it('holds every contract of shared/, with its method and address, and no other', async () => {
    // The plug is pulled in a sample mission alone: no other house has its calls.
    const contracts = (await contractsOfShared()).filter(({ path }) => !path.startsWith('/api/plug'))
    expect(contracts.length).toBeGreaterThan(80)
    const line = ({ name, method, path }: { name: string; method: string; path: string }) => `${name} ${method} ${path.replace(/:([a-zA-Z0-9]+)/g, '{$1}')}`
    expect([...byName].map(([name, one]) => line({ ...one, name })).sort()).toEqual([...new Set(contracts.map(line))].sort())
  })

  it('[R420] says of each call what it does, in one sentence, in the language of the page', async () => {
    const read = async (language: string) => new Map(Object.values(Document.parse(await (await house.nobody.fetch(`/api/openapi.json?language=${language}`)).json()).paths).flatMap((methods) => Object.values(methods).map((one) => [one.operationId, one.summary] as const)))
    const [english, spanish] = [await read('en'), await read('es')]
    // The plug's are said too, and no sentence is of a call that is no more.
    const names = [...new Set((await contractsOfShared()).map(({ name }) => name))].sort()
    for (const said of [inEnglish, inSpanish]) expect(Object.keys(said).sort()).toEqual(names)
    for (const [name, sentence] of [...Object.entries(inEnglish), ...Object.entries(inSpanish)]) expect([name, sentence]).toEqual([name, expect.stringMatching(/^\p{Lu}.{10,150}[^.]\.$/u)])
    expect([...english]).toEqual([...byName].map(([name, { summary }]) => [name, summary]))
    for (const [name, sentence] of english) expect([name, sentence, spanish.get(name)]).toEqual([name, Object.entries(inEnglish).find(([one]) => one === name)?.[1], Object.entries(inSpanish).find(([one]) => one === name)?.[1]])
  })

  it('is a valid OpenAPI 3.1 document, and names no other host', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(text) as Record<string, unknown>)
    expect([valid, errors]).toEqual([true, undefined])
    expect(Document.parse(JSON.parse(text)).openapi).toBe('3.1.0')
    expect(text.match(/https?:\/\/[^"\\ ]+/g) ?? []).toEqual([])
    expect(Object.keys(problems).filter((code) => !text.includes(`"code":"${code}"`))).toEqual([])
  })

  it('says who may call, and what stands in the address, in the query and in the body', () => {
    expect(byName.get('listReports')).toMatchObject({ 'x-who': ['coordinator', 'lead', 'token'], security: [{ session: [] }, { token: [] }] })
    expect(byName.get('listReports')?.parameters.filter(({ name }) => name === 'severity' || name === 'limit')).toMatchObject([{ in: 'query', required: false }, { in: 'query', required: false }])
    expect(byName.get('checkReceipt')?.security).toEqual([])
    expect(byName.get('fileByToken')).toMatchObject({ 'x-who': ['token'], security: [{ token: [] }] })
    expect(Object.keys(byName.get('fileByToken')?.requestBody?.content ?? {})).toEqual(['multipart/form-data'])
    expect(byName.get('claimReport')?.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }])
    for (const { path, parameters } of byName.values()) expect([path, parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`)]).toEqual([path, path.match(/\{\w+\}/g) ?? []])
  })

  it('is a page for who looks with a browser, and is there for anyone', async () => {
    const page = await house.nobody.fetch('/api', { headers: { Accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })
})
