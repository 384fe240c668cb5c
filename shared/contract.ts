import type * as z from 'zod/mini'
import type { Who } from './roles.ts'

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

/** How the input travels: JSON; a form with one file; a form with JSON in its part `report` and pictures in `photos`; raw bytes (path and query name the thing); nothing but path and query. */
export type Carries = 'json' | 'file' | 'report' | 'bytes' | 'nothing'

/** How the reply travels: JSON, or a file's bytes. */
export type Answers = 'json' | 'file'

/**
 * The shape of one call, for client and server alike: path parameters, query and body are one `input`; `reply` is the exit door and strips what it does not name.
 * `reads` run on a reader's snapshot, `writes` in the one writing transaction.
 */
export type Contract<Input extends z.ZodMiniType = z.ZodMiniType, Reply extends z.ZodMiniType = z.ZodMiniType, Kind extends 'reads' | 'writes' = 'reads' | 'writes'> = {
  name: string
  method: Method
  path: `/api/${string}`
  who: Who
  /** An API token may be given this call. Where `who` names no role, nobody comes here but with a token. */
  token: boolean
  /** Asks for proof of who it is, not older than fifteen minutes. */
  fresh: boolean
  kind: Kind
  /** 201 where something is filed, as a receipt; the same when it is sent again. */
  status: 200 | 201
  carries: Carries
  answers: Answers
  /** How large the file of a form may be, where that is not the usual. */
  mostBytes?: number
  input: Input
  reply: Reply
}

type Given<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Kind extends 'reads' | 'writes'> = Omit<Contract<Input, Reply, Kind>, 'carries' | 'answers' | 'status' | 'token' | 'fresh'> & {
  token?: true
  fresh?: true
  carries?: Carries
  answers?: Answers
  status?: 201
}

/** Declares a call. A GET carries nothing and anything else JSON unless said. What a page does not call is left out of its build. */
/* @__NO_SIDE_EFFECTS__ */
export function contract<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Kind extends 'reads' | 'writes'>(given: Given<Input, Reply, Kind>): Contract<Input, Reply, Kind> {
  return { carries: given.method === 'GET' ? 'nothing' : 'json', answers: 'json', status: 200, token: false, fresh: false, ...given }
}

export type InputOf<Call> = Call extends Contract<infer Input, z.ZodMiniType> ? z.output<Input> : never
export type SentOf<Call> = Call extends Contract<infer Input, z.ZodMiniType> ? z.input<Input> : never
export type ReplyOf<Call> = Call extends Contract<z.ZodMiniType, infer Reply> ? z.output<Reply> : never

/** The address of a call: fills `:name` from the input and leaves the rest for body or query. */
export function addressOf(path: string, input: Record<string, unknown>): { address: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const address = path.replace(/:([a-zA-Z0-9]+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  return { address, rest }
}
