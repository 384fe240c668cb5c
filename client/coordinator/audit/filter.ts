import { auditCall } from '../../../shared/audit.ts'
import type { AuditFact } from '../../../shared/audit.ts'
import type { InputOf } from '../../../shared/contract.ts'
import { router } from '../router.ts'

export type AuditFilter = Omit<InputOf<typeof auditCall>, 'before' | 'limit'>

const names = ['group', 'person', 'thing', 'from', 'until'] as const

/** What the address asks of the journal; what cannot be read is left out, so that an old link still opens. */
export function filterOf(query: URLSearchParams): AuditFilter {
  const { shape } = auditCall.input
  return Object.fromEntries(names.flatMap((name) => {
    const read = shape[name].safeParse(query.get(name) || undefined)
    return read.success && read.data ? [[name, read.data]] : []
  }))
}

export const keyOf = (filter: AuditFilter): string => JSON.stringify(names.map((name) => filter[name] ?? null))
export const noFilter = Object.fromEntries(names.map((name) => [name, undefined]))
export const ask = (change: Partial<Record<(typeof names)[number], string | undefined>>): void => router.ask(change)

/** Facts of this page and those that were here, newest first, each once. */
export const joined = (before: readonly AuditFact[], page: readonly AuditFact[]): AuditFact[] => [...before, ...page.filter((fact) => before.every((one) => one.number !== fact.number))]
