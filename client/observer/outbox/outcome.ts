import type { Instant, Uuid } from '../../../shared/basics.ts'
import { type ProblemReply, problems } from '../../../shared/problem.ts'
import type { ReceiptCode } from '../../../shared/receipts.ts'
import { type Line, type Step, freshLine, saidBefore } from './next.ts'
import { brokenToPass } from './standing.ts'
import type { Amended, BrokeOn, Filed, FiledPhoto, Hold } from './records.ts'

/** What came of a step. `moved`: the upload exists or went on; `gone`: this phone can no longer read the picture; `failed_here`: something else of this phone's broke on it. */
export type Outcome =
  | { kind: 'filed'; number: number; receivedAt: Instant; signed: ReceiptCode }
  | { kind: 'preview'; state: 'sent' | 'none' }
  | { kind: 'moved'; upload: string; offset: number }
  | { kind: 'photo_received'; receivedAt: Instant; signed: ReceiptCode }
  | { kind: 'unreadable_here' | 'failed_here' }
  | { kind: 'problem'; problem: ProblemReply }
  | { kind: 'no_answer' }

export type After = { filed: Filed; line: Line; stopped: 'signed_out' | 'update' | null }

const restartsAtMost = 5

/** What becomes of a report and of the line after a step. `chance` is between 0 and 1 and spreads the phones' next attempts. Pure. */
export function after(step: Step, filed: Filed, line: Line, outcome: Outcome, now: number, chance: number): After {
  if (outcome.kind === 'no_answer') return { filed, line: { ...line, ...quiet(line, now, chance), told: false }, stopped: null }
  if (outcome.kind === 'failed_here') return failedHere(step, filed, line, now, chance)
  if (outcome.kind === 'problem') return refused(step, filed, line, outcome.problem, now, chance)
  const next = moved(step, filed, outcome)
  return { filed: isWhereItWas(step, filed, outcome) ? next : { ...next, broken: 0, notBefore: 0 }, line: answered(step, line), stopped: null }
}

/** Its author has looked at what held it and wants it sent again. */
export const release = (filed: Filed): Filed => ({ ...filed, hold: null, broken: 0, notBefore: 0, photos: filed.photos.map((photo) => ({ ...photo, hold: null, restarts: 0 })), ...(filed.amendments && { amendments: filed.amendments.map((one) => ({ ...one, hold: null })) }) })

/** It is tried again now, whatever headquarters broke on; others go before it as they did. When it would have been tried by itself is kept: impatience puts nothing off. */
export const atOnce = (filed: Filed): Filed => ({ ...filed, notBefore: 0, due: filed.notBefore || (filed.due ?? 0) })

/** Milliseconds to wait after so many failures: 1, 2, 4 ... at most 15 seconds for the line, spread by chance between half and all of it. */
export const patience = (failures: number, chance: number, most = 15_000): number => Math.min(most, 1000 * 2 ** Math.min(failures - 1, 20)) * (0.5 + chance / 2)

function moved(step: Step, filed: Filed, outcome: Exclude<Outcome, { kind: 'problem' | 'no_answer' | 'failed_here' }>): Filed {
  if (outcome.kind === 'filed') {
    const receipt = { number: outcome.number, receivedAt: outcome.receivedAt, signed: outcome.signed }
    return step.kind === 'amendment' ? amendmentOf(filed, step.amendment, { receipt }) : { ...filed, receipt }
  }
  if (outcome.kind === 'preview') return photoOf(filed, step, { preview: outcome.state })
  if (outcome.kind === 'moved') return photoOf(filed, step, { upload: { id: outcome.upload, offset: outcome.offset } })
  if (outcome.kind === 'photo_received') return photoOf(filed, step, { receivedAt: outcome.receivedAt, signed: outcome.signed, upload: null })
  return photoOf(filed, step, { hold: holdHere('unreadable_here') })
}

function refused(step: Step, filed: Filed, line: Line, problem: ProblemReply, now: number, chance: number): After {
  const same = { filed, line: answered(step, line), stopped: null }
  // The bytes that arrived are not those that were named: nothing was kept, and the original is sent from its beginning.
  if (step.kind === 'original' && problem.fields?.some((field) => field.reason === 'hash_differs' || field.reason === 'missing_part')) return { ...same, filed: startAgain(filed, step, problem) }
  const lacked = step.kind === 'amendment' && problem.problem === 'not_found' ? saidBefore(filed, step.amendment) : undefined
  // Restored from an older backup, headquarters takes nothing that was said later before that: it goes again first.
  if (lacked) return { ...same, filed: amendmentOf(filed, lacked.id, { receipt: null }) }
  const answer = problems[problem.problem].outbox
  if (answer === 'pause') return { ...same, stopped: 'signed_out' }
  if (answer === 'offer_update') return { ...same, stopped: 'update' }
  if (answer === 'show_author' || answer === 'set_aside') return { ...same, filed: held(step, filed, holdOf(problem)) }
  if (problem.problem === 'slow_down') return { ...same, line: { ...same.line, quietUntil: now + Math.max(1, problem.retryAfterSeconds ?? 5) * 1000, failures: 0, told: true } }
  if (problem.problem === 'full' && 'sha256' in step) return { ...same, line: { ...freshLine, pictures: quiet(line.pictures, now, chance, 60_000) } }
  if (problem.problem === 'full') return { ...same, line: { ...line, ...quiet(line, now, chance, 60_000), told: true } }
  const { due = 0 } = filed
  if (due > now && filed.broken >= brokenToPass) return { ...same, filed: { ...filed, brokeOn: brokeOn(step, problem), notBefore: due } }
  const broken = filed.broken + 1
  if (broken < brokenToPass) return { filed: { ...filed, broken }, line: { ...same.line, ...quiet({ failures: broken - 1 }, now, chance), failures: 0 }, stopped: null }
  return { ...same, filed: { ...filed, broken, brokeOn: brokeOn(step, problem), notBefore: now + patience(broken + 2, chance, 600_000) } }
}

/** Twice it may be chance; after that it is set aside, so that it holds nothing else up. */
function failedHere(step: Step, filed: Filed, line: Line, now: number, chance: number): After {
  const broken = filed.broken + 1
  if (broken < brokenToPass) return { filed: { ...filed, broken }, line: { ...line, ...quiet(line, now, chance), failures: 0 }, stopped: null }
  return { filed: { ...held(step, filed, holdHere('failed_here')), broken: 0 }, line, stopped: null }
}

const brokeOn = (step: Step, { reference }: ProblemReply): BrokeOn => ({ reference: reference ?? null, ...('sha256' in step && { sha256: step.sha256 }), ...(step.kind === 'amendment' && { amendment: step.amendment }) })

/** That an upload is still where it was says nothing of what broke at its end. */
function isWhereItWas(step: Step, { photos }: Filed, outcome: Outcome): boolean {
  if (outcome.kind !== 'moved') return false
  const known = photos.find(({ sha256 }) => 'sha256' in step && sha256 === step.sha256)?.upload
  return known?.id === outcome.upload && known.offset === outcome.offset
}

/** Leaves the line alone for a while, longer each time. */
export const quiet = ({ failures }: Pick<Line, 'failures'>, now: number, chance: number, most?: number) => ({ quietUntil: now + patience(failures + 1, chance, most), failures: failures + 1 })

/** Headquarters answers; that it took words does not say that it has room for pictures. */
const answered = (step: Step, { pictures }: Line): Line => ('sha256' in step ? freshLine : { ...freshLine, pictures })

const holdOf = (problem: ProblemReply): Hold => ({ code: problem.problem, fields: problem.fields ?? [], reference: problem.reference ?? null, limit: problem.limit ?? null })

const holdHere = (code: 'unreadable_here' | 'failed_here'): Hold => ({ code, fields: [], reference: null, limit: null })

/** A preview that is not wanted holds nothing up: the original follows. */
function held(step: Step, filed: Filed, hold: Hold): Filed {
  if (step.kind === 'text') return { ...filed, hold }
  if (step.kind === 'amendment') return amendmentOf(filed, step.amendment, { hold })
  return photoOf(filed, step, step.kind === 'preview' ? { preview: 'none' } : { hold })
}

function startAgain(filed: Filed, step: Step, problem: ProblemReply): Filed {
  const restarts = (filed.photos.find((photo) => 'sha256' in step && photo.sha256 === step.sha256)?.restarts ?? 0) + 1
  return photoOf(filed, step, { upload: null, restarts, hold: restarts > restartsAtMost ? holdOf(problem) : null })
}

function photoOf(filed: Filed, step: Step, change: Partial<FiledPhoto>): Filed {
  return { ...filed, photos: filed.photos.map((photo) => ('sha256' in step && photo.sha256 === step.sha256 ? { ...photo, ...change } : photo)) }
}

const amendmentOf = (filed: Filed, id: Uuid, change: Partial<Amended>): Filed => ({ ...filed, amendments: filed.amendments?.map((one) => (one.id === id ? { ...one, ...change } : one)) ?? [] })
