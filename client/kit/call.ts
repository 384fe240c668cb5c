import type * as z from 'zod/mini'
import { type Contract, addressOf } from '../../shared/contract.ts'
import { Problem, ProblemReply } from '../../shared/problem.ts'

/** No answer came, or one that is not ours (a proxy's page, an empty 2xx): nothing is known of what the server did. */
export class NoAnswer extends Error {}

/** `file` travels as a form's part of that name, `photos` beside a report, `bytes` as they are; give up after `timeoutSeconds` of silence, or when `signal` says so. `onBytes` is told of a long answer as it comes, where `reading` looks. */
export type Extras = { signal?: AbortSignal; file?: File; photos?: readonly File[]; bytes?: Blob | ArrayBuffer; timeoutSeconds?: number; onBytes?: () => void }

type Given<Input extends z.ZodMiniType> = z.input<Input> & Record<string, unknown>

/** How whoever is here shows who they are, when the server wants to see it first; set by the apps of those who may be asked. */
export const proof: { ask: ((thrown: unknown) => Promise<boolean>) | null } = { ask: null }

/** How an answer is read; set by the screens that say how the line is. */
export const reading = { text: (response: Response, _onBytes?: () => void): Promise<string> => response.text() }

/** Makes a call of the contract. Returns the parsed reply; throws `Problem` when the server refuses and `NoAnswer` when nothing that is ours came back. */
export async function call<Input extends z.ZodMiniType, Reply extends z.ZodMiniType>(contract: Contract<Input, Reply>, input: Given<Input>, extras: Extras = {}): Promise<z.output<Reply>> {
  try {
    return await once(contract, input, extras)
  } catch (thrown) {
    if (!(thrown instanceof Problem) || !(await proof.ask?.(thrown))) throw thrown
    return once(contract, input, extras)
  }
}

async function once<Input extends z.ZodMiniType, Reply extends z.ZodMiniType>(contract: Contract<Input, Reply>, input: Given<Input>, extras: Extras = {}): Promise<z.output<Reply>> {
  const { address, rest } = addressOf(contract.path, input)
  const { signal, heard, stop } = patience(extras)
  try {
    const response = await fetch(contract.carries === 'json' || contract.carries === 'report' ? address : withQuery(address, rest), {
      method: contract.method, credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal, ...body(contract, rest, extras),
    })
    return replyOf(contract, response.status, await reading.text(response, heard))
  } catch (thrown) {
    if (thrown instanceof Problem || thrown instanceof NoAnswer) throw thrown
    throw new NoAnswer('no answer', { cause: thrown })
  } finally {
    stop()
  }
}

/** The address of a call that answers with a file, for a link or a picture. */
export function addressFor<Input extends z.ZodMiniType>(contract: Contract<Input>, input: Given<Input>): string {
  const { address, rest } = addressOf(contract.path, input)
  return withQuery(address, rest)
}

/** Reads an answer by the contract's schema; anything else is a `Problem` or `NoAnswer`. */
export function replyOf<Reply extends z.ZodMiniType>(contract: Contract<z.ZodMiniType, Reply>, status: number, text: string): z.output<Reply> {
  const json = parsed(text)
  if (status >= 200 && status < 300) {
    const reply = contract.reply.safeParse(json)
    if (reply.success) return reply.data
    throw new NoAnswer(`${contract.name}: ${status} not in our schema`)
  }
  const problem = ProblemReply.safeParse(json)
  if (!problem.success) throw new NoAnswer(`${contract.name}: ${status} not ours`)
  const { problem: code, ...details } = problem.data
  throw new Problem(code, details)
}

function body(contract: Contract, rest: Record<string, unknown>, { file, photos, bytes }: Extras): RequestInit {
  if (contract.carries === 'json') return { body: JSON.stringify(rest), headers: { 'content-type': 'application/json' } }
  if (contract.carries === 'bytes' && bytes) return { body: bytes, headers: { 'content-type': bytes instanceof Blob && bytes.type ? bytes.type : 'application/octet-stream' } }
  if (contract.carries === 'report') return { body: reportForm(rest, photos ?? []) }
  if (contract.carries === 'file' && file) return { body: formOf(file) }
  return {}
}

function reportForm(report: Record<string, unknown>, photos: readonly File[]): FormData {
  const form = new FormData()
  form.append('report', JSON.stringify(report))
  for (const photo of photos) form.append('photos', photo, photo.name)
  return form
}

export function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  return form
}

function withQuery(address: string, rest: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, Array.isArray(value) ? value.join(',') : String(value))
  const text = query.toString()
  return text ? `${address}?${text}` : address
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Large bodies on a thin line take as long as they take, and so does an answer whose pieces are heard; anything else that is silent for a minute will not answer. */
function patience({ signal, file, photos, bytes, onBytes, timeoutSeconds = file || photos || bytes ? 900 : 60 }: Extras): { signal: AbortSignal; heard: () => void; stop: () => void } {
  const control = new AbortController()
  const give = () => control.abort()
  const wait = () => setTimeout(give, timeoutSeconds * 1000)
  let timer = wait()
  if (signal?.aborted) give()
  signal?.addEventListener('abort', give, { once: true })
  return {
    signal: control.signal,
    heard: () => {
      clearTimeout(timer)
      timer = wait()
      onBytes?.()
    },
    stop: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', give)
    },
  }
}
