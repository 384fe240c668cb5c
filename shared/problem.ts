import * as z from 'zod/mini'

/** What the observer's outbox does with a problem. */
export type OutboxAnswer = 'show_author' | 'pause' | 'set_aside' | 'offer_update' | 'wait'

type Row = { status: number; outbox: OutboxAnswer }

/** The one table of problems: code, HTTP status, and what the outbox does with it. */
export const problems = {
  invalid_input: { status: 400, outbox: 'show_author' },
  not_signed_in: { status: 401, outbox: 'pause' },
  not_allowed: { status: 403, outbox: 'set_aside' },
  not_found: { status: 404, outbox: 'set_aside' },
  conflict: { status: 409, outbox: 'set_aside' },
  too_large: { status: 413, outbox: 'show_author' },
  wrong_type: { status: 415, outbox: 'show_author' },
  update_needed: { status: 426, outbox: 'offer_update' },
  slow_down: { status: 429, outbox: 'wait' },
  broken: { status: 500, outbox: 'wait' },
  full: { status: 507, outbox: 'wait' },
} as const satisfies Record<string, Row>

export const ProblemCode = z.enum(Object.keys(problems) as [keyof typeof problems, ...(keyof typeof problems)[]])
export type ProblemCode = z.infer<typeof ProblemCode>

/** Why one field is not right; the client has words for each, in each language. */
export const FieldReason = z.enum([
  'required', 'format', 'too_long', 'too_short', 'too_small', 'too_large', 'too_few', 'too_many', 'not_in_list', 'unknown_field', 'repeated', 'wrong_kind',
  'in_the_future', 'does_not_agree', 'ended', 'not_the_author', 'not_yet', 'needs_claim', 'own_report', 'gave_already', 'same_organisation', 'was_verifier', 'blocks_release', 'missing_part', 'hash_differs',
  'needs_proof', 'no_match', 'not_this_code', 'too_common', 'taken', 'quarantined',
])
export type FieldReason = z.infer<typeof FieldReason>

export const FieldProblem = z.object({ path: z.string(), reason: FieldReason })
export type FieldProblem = z.infer<typeof FieldProblem>

/** A problem as it travels: never a message, a stack or SQL; `reference` names the line in the log. */
export const ProblemReply = z.object({
  problem: ProblemCode,
  fields: z.optional(z.array(FieldProblem)),
  reference: z.optional(z.string()),
  limit: z.optional(z.number()),
  retryAfterSeconds: z.optional(z.number()),
})
export type ProblemReply = z.infer<typeof ProblemReply>

/** What an action throws when it cannot do what was asked. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly details: Omit<ProblemReply, 'problem'>
  constructor(code: ProblemCode, details: Omit<ProblemReply, 'problem'> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

export const refuse = (path: string, reason: FieldReason, code: ProblemCode = 'invalid_input'): Problem => new Problem(code, { fields: [{ path, reason }] })

type Issue = { code?: string; message: string; path: readonly PropertyKey[]; input?: unknown; keys?: string[]; origin?: string }

/** The issues of a failed parse (with `reportInput: true`, which tells what is missing from what is wrong) as fields with reasons. A schema's own message is a reason; otherwise the kind of issue tells. */
export function fieldProblems(issues: readonly Issue[]): FieldProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => ({ path: path ? `${path}.${key}` : key, reason: 'unknown_field' as const }))
    return [{ path, reason: reasonOf(issue) }]
  })
}

function reasonOf(issue: Issue): FieldReason {
  const own = FieldReason.safeParse(issue.message)
  if (own.success) return own.data
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'required' : 'wrong_kind'
  if (issue.code === 'invalid_value') return issue.input === undefined ? 'required' : 'not_in_list'
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'too_short' : issue.origin === 'array' ? 'too_few' : 'too_small'
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'too_long' : issue.origin === 'array' ? 'too_many' : 'too_large'
  return 'format'
}
