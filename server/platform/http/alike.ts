import type * as z from 'zod/mini'
import type { Contract } from '../../../shared/contract.ts'
import type { Look } from '../journal/work.ts'
import { allow, parseInput, person, register } from './serve.ts'
import type { Doors } from './serve.ts'

/** What is told to everybody alike: nothing here says who asks, but whether it is a program, which is told less. */
export type LookAlike = Omit<Look, 'actor'> & { isProgram: boolean }

/** A reply. Lists may be empty in it whose things stand beside it as text: parsed by their own schema when they were made. */
export type Alike<Reply> = { reply: Reply; texts?: { readonly [List in keyof Reply]?: readonly string[] } }

/**
 * A call whose reply is the same for everybody who may ask it at one number of the journal, but for `at`, the moment at which it is told. Who is calling, whether this role may and what is asked are looked at each time;
 * what is found is made once, and told until the next fact.
 */
export function serveAlike<Input extends z.ZodMiniType, Reply extends z.ZodMiniType<Record<string, unknown>>>(
  doors: Doors, call: Contract<Input, Reply, 'reads'>, action: (input: z.output<Input>, look: LookAlike) => Promise<Alike<z.input<Reply>>>,
): void {
  register(doors, call, async (request, response) => {
    const actor = await person(doors, request)
    allow(call, actor)
    const input = parseInput(call, request)
    const isProgram = Boolean(actor.token)
    const { body, hasMoment } = await doors.answers.of(`${call.name} ${isProgram} ${JSON.stringify(input)}`, doors.engine.head().number, () => doors.engine.read(actor, async ({ tx, now, number }) => {
      const { reply, texts = {} } = await action(input, { tx, now, number, isProgram })
      const { at, ...found } = call.reply.parse(reply)
      return { body: Buffer.from(written(found, texts)), hasMoment: at !== undefined }
    }))
    response.status(call.status).set('Cache-Control', 'no-store').type('json').send(hasMoment ? Buffer.concat([Buffer.from(`{"at":"${doors.engine.now()}",`), body.subarray(1)]) : body)
  })
}

function written(found: Record<string, unknown>, texts: { readonly [list: string]: readonly string[] | undefined }): string {
  const lists = Object.entries(texts).map(([name, things]) => `"${name}":[${things?.join(',') ?? ''}]`)
  const rest = Object.entries(found).flatMap(([name, value]) => (value === undefined || name in texts ? [] : [`"${name}":${JSON.stringify(value)}`]))
  return `{${[...rest, ...lists].join(',')}}`
}
