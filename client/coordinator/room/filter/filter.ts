import { ReportFilter } from '../../../../shared/reports.ts'
import { Instant, Severity } from '../../../../shared/basics.ts'
import { Distance } from '../../../../shared/distance.ts'
import { Signed } from '../../../../shared/keys.ts'
import { ReportStatus } from '../../../../shared/verification.ts'
import { present } from '../../../kit/clock.ts'
import type { Query } from '../../../kit/router.ts'
import { filterNames } from './names.ts'

export const noFilter: ReportFilter = { status: [], category: [], severity: [], organisation: [], signed: [], distance: [] }

export type FilterName = (typeof filterNames)[number]

/** Whether a span of times ends before it begins: it is said beside the fields, and no time applies until it is right. */
export const isReversed = ({ from, until }: Pick<ReportFilter, 'from' | 'until'>): boolean => from !== undefined && until !== undefined && from > until

/** The times that stand in an address, in whatever order they are. */
export function timesOf(query: URLSearchParams): Pick<ReportFilter, 'from' | 'until'> {
  const read = (name: 'from' | 'until') => ReportFilter.shape[name].safeParse(query.get(name) || undefined).data
  const [from, until] = [read('from'), read('until')]
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
}

/** Who sends an address may have a clock that is a little ahead. */
const clocksDiffer = 60_000

/** The moment in the past that stands in an address; null for the present, and for what is not known yet. */
export function momentOf(query: URLSearchParams): string | null {
  const asked = Instant.safeParse(query.get('asOf') ?? '').data
  return asked !== undefined && Date.parse(asked) <= present().getTime() + clocksDiffer ? asked : null
}

/** Since when an address asks what came; null where it names no moment that has been. */
export function sinceOf(query: URLSearchParams): string | null {
  const asked = Instant.safeParse(query.get('since') ?? '').data
  return asked !== undefined && Date.parse(asked) < present().getTime() ? asked : null
}

/** The filter that stands in an address. What cannot be read is left out, so that an old or mistyped link still opens. */
export function filterOf(query: URLSearchParams): ReportFilter {
  const { station, department, words, pictures } = ReportFilter.shape
  const times = timesOf(query)
  const one = <Value>(name: FilterName, schema: { safeParse: (text: string | undefined) => { success: true; data: Value } | { success: false } }): Value | undefined => {
    const read = schema.safeParse(query.get(name) || undefined)
    return read.success ? read.data : undefined
  }
  const list = (name: FilterName): string[] => (query.get(name) ?? '').split(',').filter(Boolean)
  const known = <Value extends string>(name: FilterName, values: readonly Value[]): Value[] => values.filter((value) => list(name).includes(value))
  const given = { department: one('department', department), station: one('station', station), ...(isReversed(times) ? {} : times), words: one('words', words) || undefined, pictures: one('pictures', pictures) }
  return {
    status: known('status', ReportStatus.options),
    category: ReportFilter.shape.category.safeParse(list('category')).data ?? [],
    severity: known('severity', Severity.options),
    organisation: ReportFilter.shape.organisation.safeParse(list('organisation')).data ?? [],
    signed: known('signed', Signed.options),
    distance: known('distance', Distance.options),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  }
}

/** The filter as the change of an address; what it does not hold is taken out. */
export const queryOf = (filter: ReportFilter): Query => Object.fromEntries(filterNames.map((name) => [name, filter[name]]))

export const isEmpty = (filter: ReportFilter): boolean => keyOf(filter) === keyOf(noFilter)

/** Equal for equal filters. */
export const keyOf = (filter: ReportFilter): string => JSON.stringify(filterNames.map((name) => filter[name] ?? null))
