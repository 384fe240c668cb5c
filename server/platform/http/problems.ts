import type { ErrorRequestHandler, Response } from 'express'
import { Problem, ProblemCode, problems } from '../../../shared/problem.ts'
import type { ProblemReply } from '../../../shared/problem.ts'
import { isFullDisk } from '../database/dialect.ts'

export type Log = { error: (about: object, text: string) => void; info: (about: object, text: string) => void; warn: (about: object, text: string) => void }

/** The one translator: anything thrown becomes a problem; the unknown becomes `broken` with a reference that stands in the log, and nothing else of it leaves. */
export function problemOf(thrown: unknown, log: Log, reference: string): ProblemReply {
  if (thrown instanceof Problem) return { problem: thrown.code, ...thrown.details }
  const known = knownProblem(thrown)
  if (known) return known
  log.error({ reference, error: toldOf(thrown) }, 'broken')
  return { problem: 'broken', reference }
}

export function sendProblem(response: Response, reply: ProblemReply): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (reply.retryAfterSeconds !== undefined) response.set('Retry-After', String(reply.retryAfterSeconds))
  response.status(problems[reply.problem].status).set('Cache-Control', 'no-store').json(reply)
}

export const translate = (log: Log): ErrorRequestHandler =>
  function translate(error: unknown, _request, response, _next) {
    sendProblem(response, problemOf(error, log, String(response.locals['reference'])))
  }

/**
 * An error as the log may know it: its kind, its code, where in our code it was; of its message what is not quoted, since parsers quote what they were given, and no more than a line.
 */
export function toldOf(thrown: unknown): { name: string; code?: string; message?: string; at?: string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown }
  const { code } = thrown as { code?: unknown }
  const message = thrown.message.replace(/"[^"]*("|$)|'[^']*('|$)|`[^`]*(`|$)/g, '…').split('\n')[0]?.slice(0, 200) ?? ''
  const at = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim())
  return { name: thrown.name, ...(typeof code === 'string' ? { code } : {}), message, at }
}

/** What libraries throw, by their own stable codes. */
function knownProblem(thrown: unknown): ProblemReply | null {
  if (typeof thrown !== 'object' || thrown === null) return null
  const { code, type, status, limit } = thrown as { code?: unknown; type?: unknown; status?: unknown; limit?: unknown }
  if (type === 'entity.too.large' || code === 'LIMIT_FILE_SIZE') return { problem: 'too_large', ...(typeof limit === 'number' ? { limit } : {}) }
  if (typeof code === 'string' && code.startsWith('LIMIT_')) return { problem: 'invalid_input' }
  if (code === 'ENOSPC' || isFullDisk(thrown)) return { problem: 'full' }
  if (typeof type === 'string' && (type.startsWith('entity.') || type.startsWith('encoding.') || type.startsWith('charset.') || type.startsWith('request.'))) return { problem: 'invalid_input' }
  // Of the router and the file server: an address that cannot be read or leads out of its folder, a file of a build long gone, a part that a file does not have.
  if (status === 416) return { problem: 'invalid_input' }
  if (status === 404 || status === 403 || status === 400) return { problem: 'not_found' }
  return ProblemCode.safeParse(code).success ? { problem: ProblemCode.parse(code) } : null
}
