import { NoticeKind, pressNotices } from '../../../shared/notices.ts'

type Told = { id: string; kind: string; report: string | null; release: string | null; amended: string | null; restored: number }

/** Which kinds before it, of the same picture, a notice makes void: a picture that is gone needs no other word, and of waiting and using again only the last holds, however often it came and went. */
const voids: Partial<Record<NoticeKind, readonly NoticeKind[]>> = { kill: ['correction', 'withhold', 'lifted'], lifted: ['withhold', 'lifted'], withhold: ['lifted', 'withhold'] }

/** That a report was withdrawn, or that this was taken back: of the two only the last holds, and what any word before it that the report is open again asks for would be wrong. */
const isTurn = ({ amended, restored }: Told): boolean => amended === 'withdrawal' || restored === 1

/** The notices that a later one makes void, of those given in their order. */
export function voidedBy<Notice extends Told>(later: Notice, all: readonly Notice[]): Notice[] {
  const kinds: readonly string[] = voids[NoticeKind.parse(later.kind)] ?? []
  const before = all.slice(0, all.findIndex(({ id }) => id === later.id))
  if (isTurn(later)) return before.filter((one) => one.kind === 'reopened' && one.report === later.report)
  if (later.kind === 'decided_otherwise') return before.filter((one) => one.kind === later.kind && one.report === later.report)
  return later.release === null ? [] : before.filter((one) => one.release === later.release && kinds.includes(one.kind))
}

/** What is left to say: without what something later makes void. */
export function standing<Notice extends Told>(all: readonly Notice[]): Notice[] {
  const gone = new Set(all.flatMap((one) => voidedBy(one, all)).map(({ id }) => id))
  return all.filter(({ id }) => !gone.has(id))
}

/** What may do harm in print while it is not read stands above what mends, and that above what only informs. */
const precedence: readonly (readonly NoticeKind[])[] = [['kill'], ['withhold', 'decided_otherwise'], ['correction', 'reopened'], ['lifted', 'exported']]
const rankOf = (kind: string): number => precedence.findIndex((kinds) => kinds.some((one) => one === kind))

/** In the order in which they have to be read: a kill first, whatever came before it; of one rank the oldest first. */
export const byUrgency = <Notice extends { kind: string }>(all: readonly Notice[]): Notice[] => all.toSorted((one, other) => rankOf(one.kind) - rankOf(other.kind))

export const isForPress = (kind: string): boolean => pressNotices.some((one) => one === kind)
