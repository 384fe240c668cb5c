import { reportNumber } from '../../../shared/reports.ts'
import type { HistoryLine, Statement } from '../../../shared/reports.ts'
import { fold, wordsIn } from '../../../shared/pack.ts'
import type { Pack } from '../../../shared/pack.ts'
import { refuse } from '../../../shared/problem.ts'
import type { Problem } from '../../../shared/problem.ts'
import { blindFacts } from '../../../shared/verification.ts'

type Filing = { statement: Statement; id: string; author: string; mission: string; pack: Pack; station: { tables: readonly string[] } | null }

/** What keeps a statement from being filed, beyond its shape; null when nothing does. A phone's clock that is off is kept, not refused. */
export function whyNotFiled({ statement, id, author, mission, pack, station }: Filing): Problem | null {
  if (statement.id !== id) return refuse('id', 'does_not_agree')
  if (statement.mission !== mission) return refuse('mission', 'does_not_agree')
  if (statement.author !== author) return refuse('author', 'does_not_agree', 'not_allowed')
  if (!pack.categories.some((category) => category.code === statement.category)) return refuse('category', 'not_in_list')
  if (statement.station !== null && station === null) return refuse('station', 'not_in_list')
  if (statement.table !== null && !station?.tables.includes(statement.table)) return refuse('table', 'not_in_list')
  if (new Set(statement.photos.map((photo) => photo.sha256)).size !== statement.photos.length) return refuse('photos', 'repeated')
  return null
}

/** Everything that a search for words finds a report by, folded. */
export function searchedWords(report: { number: number; words: string; category: string; tableCode: string | null }, station: { code: string; name: string; municipality: string; department: string } | null, pack: Pack): string {
  const titles = pack.categories.find((category) => category.code === report.category)?.titles ?? {}
  return fold([reportNumber(report.number), report.number, report.words, ...Object.values(titles), report.tableCode, station?.code, station?.name, station?.municipality, station?.department].filter(Boolean).join(' '))
}

/** Whether kept words are those of a report. Where stations may have had other names when it was filed (`isRenamed`), what the register said then is left aside. */
export function isFoundBy(kept: string, report: Parameters<typeof searchedWords>[0], station: Parameters<typeof searchedWords>[1], pack: Pack, isRenamed: boolean): boolean {
  const whole = wordsIn(kept).join(' ')
  if (whole === wordsIn(searchedWords(report, station, pack)).join(' ')) return true
  return isRenamed && station !== null && whole.startsWith(`${wordsIn(searchedWords(report, { code: station.code, name: '', municipality: '', department: '' }, pack)).join(' ')} `)
}

const filedKind = 'report.filed'
/** What changes nothing that a coordinator who was away would want to know: who looks at it, and what machines did. */
const unsaid: readonly string[] = [
  'report.seen', 'report.claimed', 'report.claim_renewed', 'report.claim_expired', 'report.handed_back', 'photo.previewed', 'photo.preview_ready', 'photo.ready', 'notice.confirmed', 'photo.original_taken', 'release.downloaded',
]

/** Reports that were filed among these facts, and those that changed otherwise, with the kinds of facts in their order; both the latest first. */
export function newsOf(facts: readonly { id: string; kind: string; last: number }[]): { came: string[]; changed: { id: string; kinds: string[] }[] } {
  const filed = facts.filter(({ kind }) => kind === filedKind).sort((one, other) => other.last - one.last).map(({ id }) => id)
  const isNew = new Set(filed)
  const changes = new Map<string, { kind: string; last: number }[]>()
  for (const { id, kind, last } of facts) if (!isNew.has(id) && !unsaid.includes(kind)) changes.set(id, [...(changes.get(id) ?? []), { kind, last }])
  const changed = [...changes].map(([id, kinds]) => ({ id, kinds: kinds.sort((one, other) => one.last - other.last) })).sort((one, other) => (other.kinds.at(-1)?.last ?? 0) - (one.kinds.at(-1)?.last ?? 0))
  return { came: filed, changed: changed.map(({ id, kinds }) => ({ id, kinds: kinds.map(({ kind }) => kind) })) }
}

export type HistoryFact = { number: number; at: string; kind: string; actor: { kind: HistoryLine['by']['kind']; id?: string }; row: Record<string, unknown>; said?: Record<string, string> }

const told = ['category', 'severity', 'station', 'tableCode', 'department', 'observedAt', 'status', 'duplicateOf'] as const
const silent: readonly string[] = ['report.claim_renewed', 'photo.previewed', 'photo.preview_ready']

/**
 * A report's facts as lines with what each changed, before and after, and what it says besides. An open first verdict is known to its giver alone: that one was given stands here, by
 * whom and what does not, until its round is decided.
 */
export function historyOf(facts: readonly HistoryFact[], nameOf: (id: string) => string | null): HistoryLine[] {
  const now = new Map<string, string | null>()
  const lines: HistoryLine[] = []
  const decidedUpTo = facts.findLast(({ kind }) => kind === 'verdict.given')?.number ?? 0
  for (const { number, at, kind, actor, row, said = {} } of facts) {
    const changes: HistoryLine['changes'] = []
    for (const field of told) {
      if (!(field in row)) continue
      const to = row[field] === null || row[field] === undefined ? null : String(row[field])
      const from = now.get(field) ?? null
      if (kind !== 'report.filed' && from !== to) changes.push({ field, from, to })
      now.set(field, to)
    }
    if (silent.includes(kind)) continue
    for (const [field, to] of Object.entries(said)) changes.push({ field, from: null, to })
    const hidden = blindFacts.includes(kind) && number > decidedUpTo
    const id = actor.kind === 'person' && !hidden ? (actor.id ?? null) : null
    lines.push({ number, at, kind, by: { kind: actor.kind, id, name: id ? nameOf(id) : null }, changes: hidden ? [] : changes })
  }
  return lines
}
