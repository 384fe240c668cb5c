import * as z from 'zod/mini'

// What the page reads of the OpenAPI document that this server makes of its contracts; schemas are shown as they are.

const Schema = z.record(z.string(), z.unknown())
const Content = z.record(z.string(), z.object({ schema: Schema }))
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  'x-who': z.array(z.string()),
  'x-kind': z.enum(['reads', 'writes']),
  'x-fresh-proof': z.boolean(),
  tags: z.array(z.string()),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: Schema })),
  requestBody: z.optional(z.object({ content: Content })),
  responses: z.record(z.string(), z.object({ content: Content })),
})
export const Description = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.object({ Problem: z.object({ 'x-problems': z.array(z.object({ code: z.string(), status: z.number() })) }) }) }),
})
export type Description = z.infer<typeof Description>

export type Call = z.infer<typeof Operation> & { method: string; path: string }

/** All calls by the thing that they are about, in the order of the addresses. */
export function groupsOf({ paths }: Description): [string, Call[]][] {
  const groups = new Map<string, Call[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? ''
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path }])
    }
  }
  return [...groups]
}

export const addressIn = (language: string): string => `/api/openapi.json?language=${language}`

export async function readDescription(language: string): Promise<Description> {
  return Description.parse(await (await fetch(addressIn(language), { credentials: 'omit' })).json())
}
