import { auditCall } from '../../../shared/audit.ts'
import type { AuditFact } from '../../../shared/audit.ts'
import type { InputOf } from '../../../shared/contract.ts'

export type AuditFilter = Omit<InputOf<typeof auditCall>, 'before' | 'limit'>

export const names = ['group', 'person', 'thing', 'from', 'until'] as const

/** What the address asks of the journal; what cannot be read is left out, so that an old link still opens. */
export function filterOf(query: URLSearchParams): AuditFilter {
  const { shape } = auditCall.input
  return Object.fromEntries(names.flatMap((name) => {
    const read = shape[name].safeParse(query.get(name) || undefined)
    return read.success && read.data ? [[name, read.data]] : []
  }))
}

/** Whether the address asks for what cannot be read: the page says so, since it shows more than was meant. */
export const isPartlyRead = (query: URLSearchParams): boolean => names.some((name) => (query.get(name) ?? '') !== '' && filterOf(query)[name] === undefined)

export const keyOf = (filter: AuditFilter): string => JSON.stringify(names.map((name) => filter[name] ?? null))
export const noFilter = Object.fromEntries(names.map((name) => [name, undefined]))

/** Facts of this page and those that were here, newest first, each once. */
export const joined = (before: readonly AuditFact[], page: readonly AuditFact[]): AuditFact[] => [...before, ...page.filter((fact) => before.every((one) => one.number !== fact.number))]
