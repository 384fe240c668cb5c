import type { AuditFact, FactGroup } from '../../../shared/audit.ts'
import { blindFacts } from '../../../shared/verification.ts'

const groups: Record<Exclude<FactGroup, 'other'>, readonly string[]> = {
  report: ['report.', 'note.'], photo: ['photo.', 'file.'], verdict: ['verdict.'], release: ['release.', 'photo.released'], notice: ['notice.', 'audit.'], person: ['person.', 'people.', 'invite.', 'lead.', 'staff.', 'key.', 'token.'], mission: ['mission.'], register: ['register.'],
}

/** How kinds begin that belong to a group; for `other` those of all the rest, to be left out. */
export const beginningsOf = (group: FactGroup): { begins: readonly string[]; isOther: boolean } => (group === 'other' ? { begins: Object.values(groups).flat(), isOther: true } : { begins: groups[group], isOther: false })

export type StoredFact = { number: number; kind: string; at: string; body: string | null; decidedAfter: number | null }
type Body = { actor: { kind: AuditFact['by']['kind']; id?: string }; told?: Record<string, unknown>; data?: { put?: { verdicts?: Record<string, unknown>[]; notes?: Record<string, unknown>[]; uses?: Record<string, unknown>[] }; set?: { reports?: Record<string, unknown>[]; releases?: Record<string, unknown>[] } } }

/** An open first verdict is known to its giver alone, also in the journal: that one was given, by whom and what not. */
export const isHidden = ({ kind, decidedAfter }: StoredFact, giver: string | undefined, viewer: string): boolean => blindFacts.includes(kind) && decidedAfter === null && giver !== viewer

const changed = ['status', 'category', 'severity', 'station', 'tableCode', 'department'] as const

/** Who did it, and what a fact says besides its kind and its things: what it tells, and what it made of a report. Of a body that was erased nothing is left. */
export function readFact(fact: StoredFact, viewer: string): { by: { kind: AuditFact['by']['kind']; id: string | null }; said: AuditFact['said'] } {
  if (fact.body === null) return { by: { kind: 'person', id: null }, said: [] }
  const { actor, told = {}, data } = JSON.parse(fact.body) as Body
  if (isHidden(fact, actor.id, viewer)) return { by: { kind: actor.kind, id: null }, said: [] }
  const row = data?.set?.reports?.[0] ?? {}
  const reason = data?.set?.releases?.[0]?.['retractedReason']
  const verdict = data?.put?.verdicts?.[0]
  const note = data?.put?.notes?.[0]?.['words']
  const link = data?.put?.uses?.[0]?.['link']
  const said = [
    ...(verdict ? saidInVerdict(verdict) : []),
    // What a verdict makes of its report is its outcome; of one that is open the report goes on waiting.
    ...changed.filter((field) => typeof row[field] === 'string' && !(verdict && field === 'status')).map((field) => ({ field, value: String(row[field]) })),
    ...Object.entries(told).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)).map(([field, value]) => ({ field, value: Array.isArray(value) ? value.join(', ') : String(value) })),
    ...(typeof note === 'string' ? [{ field: 'noteWords', value: note }] : []),
    ...(typeof link === 'string' && link !== '' ? [{ field: 'link', value: link }] : []),
    ...(typeof reason === 'string' ? [{ field: 'retractedReason', value: reason }] : []),
  ]
  return { by: { kind: actor.kind, id: actor.id ?? null }, said }
}

/** Outcome, what it rests on and words of a verdict whose round is closed, or of one's own. */
function saidInVerdict({ outcome, reasons, words }: Record<string, unknown>): AuditFact['said'] {
  const rests: unknown = typeof reasons === 'string' ? JSON.parse(reasons) : null
  return [
    { field: 'outcome', value: String(outcome) },
    { field: 'reasons', value: Array.isArray(rests) ? rests.join(', ') : '' },
    { field: 'verdictWords', value: typeof words === 'string' ? words : '' },
  ].filter(({ value }) => value !== '')
}

/** A line for a spreadsheet: what a person did, in columns; the chain's hash beside it, so that each line can be found again. */
export const csvRow = ({ number, at, kind, by, things, said }: AuditFact, chain: string): string[] => [
  String(number), at, kind, by.name ?? by.kind, things.map(({ type, id, label }) => `${type} ${label ?? id}`).join('; '), said.map(({ field, value }) => `${field}: ${value}`).join('; '), chain,
]
export const csvHead = ['number', 'at', 'kind', 'by', 'things', 'said', 'chain']

const ticketMilliseconds = 60_000

/** Addresses of exports, each good for a minute and for one person. */
export function openExportTickets<Asked>() {
  const tickets = new Map<string, { person: string; asked: Asked; until: number }>()
  return {
    give(token: string, person: string, asked: Asked, now: string): void {
      for (const [key, { until }] of tickets) if (until <= Date.parse(now)) tickets.delete(key)
      tickets.set(token, { person, asked, until: Date.parse(now) + ticketMilliseconds })
    },
    find(token: string, person: string, now: string): Asked | null {
      const ticket = tickets.get(token)
      return ticket && ticket.person === person && ticket.until > Date.parse(now) ? ticket.asked : null
    },
  }
}
