import * as z from 'zod/mini'
import type { Contract } from '../../../shared/contract.ts'
import { ProblemReply, problems } from '../../../shared/problem.ts'

type Json = Record<string, unknown>

/** What a schema looks like from outside: `input` as it is sent, `output` as it is answered. What cannot be said in JSON Schema, as a transform, may be anything. */
function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const namesIn = (path: string): string[] => [...path.matchAll(/:([a-zA-Z0-9]+)/g)].map((found) => found[1] ?? '')
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An input in its parts: what stands in the path, and what travels beside it. */
function partsOf({ input, path }: Contract): { fields: Json; required: readonly string[]; whole: Json; inPath: string[] } {
  const whole = schemaOf(input, 'input')
  const inPath = namesIn(path)
  const { properties, required } = whole
  const fields = Object.fromEntries(Object.entries(isObject(properties) ? properties : {}).filter(([name]) => !inPath.includes(name)))
  return { fields, required: (Array.isArray(required) ? required.map(String) : []).filter((name) => name in fields), whole, inPath }
}

const binary = { type: 'string', contentMediaType: 'application/octet-stream' }

/** What a call carries beside its address. */
function bodyOf(call: Contract): Json {
  const { fields, required, whole } = partsOf(call)
  const content = (type: string, schema: Json) => ({ requestBody: { required: true, content: { [type]: { schema } } } })
  const isPlain = isObject(whole['properties'])
  const object = isPlain ? { ...whole, properties: fields, required } : whole
  if (call.carries === 'json') return content('application/json', object)
  if (call.carries === 'bytes') return content('application/octet-stream', binary)
  if (call.carries === 'file') return content('multipart/form-data', { type: 'object', properties: { file: binary }, required: ['file'] })
  if (call.carries === 'report') return content('multipart/form-data', { type: 'object', properties: { report: object, photos: { type: 'array', items: binary } }, required: ['report'] })
  return {}
}

function parametersOf(call: Contract): Json[] {
  const { fields, required, inPath, whole } = partsOf(call)
  const own = isObject(whole['properties']) ? whole['properties'] : {}
  const path = inPath.map((name) => ({ name, in: 'path', required: true, schema: own[name] ?? { type: 'string' } }))
  const isBody = call.carries === 'json' || call.carries === 'report'
  // Lists stand in a query as one text, with commas.
  const query = isBody ? [] : Object.entries(fields).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), style: 'form', explode: false, schema }))
  return [...path, ...query]
}

/** The words of the document in one language. `calls`: a sentence for each, by the contract's name. */
export type ApiWords = {
  calls: Readonly<Record<string, string>>
  said: Readonly<Record<'what' | 'done' | 'notDone' | 'session' | 'token', string>>
}

function operationOf(call: Contract, { calls, said }: ApiWords): Json {
  const answer = call.answers === 'file' ? { 'application/octet-stream': { schema: binary } } : { 'application/json': { schema: schemaOf(call.reply, 'output') } }
  const mayBeToken = call.token ? [{ token: [] }] : []
  const onlyToken = call.who !== 'anyone' && call.who.length === 0
  return {
    operationId: call.name,
    summary: calls[call.name],
    tags: [call.path.split('/')[2] ?? ''],
    'x-who': call.who === 'anyone' ? ['anyone'] : [...call.who, ...(call.token ? ['token'] : [])],
    'x-kind': call.kind,
    'x-fresh-proof': call.fresh,
    security: call.who === 'anyone' ? [] : [...(onlyToken ? [] : [{ session: [] }]), ...mayBeToken],
    parameters: parametersOf(call),
    ...bodyOf(call),
    responses: { [call.status]: { description: said.done, content: answer }, default: { description: said.notDone, content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
  }
}

const problemTable = Object.entries(problems).map(([code, { status, outbox }]) => ({ code, status, outbox }))

/** The calls of this server as an OpenAPI 3.1 document, made from the contracts that they are served by, so that it tells no other thing than they do. */
export function openApiOf(contracts: readonly Contract[], words: ApiWords): Json {
  const paths: Record<string, Json> = {}
  for (const call of [...contracts].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0))) {
    const path = call.path.replace(/:([a-zA-Z0-9]+)/g, '{$1}')
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: operationOf(call, words) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Veedor', version: '1', description: words.said.what },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: { ...schemaOf(ProblemReply, 'output'), 'x-problems': problemTable } },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-veedor', description: words.said.session },
        token: { type: 'http', scheme: 'bearer', description: words.said.token },
      },
    },
  }
}
