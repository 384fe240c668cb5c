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

export type Unread = { what: readonly string[]; change: Query }

/** What of the filter and the moment that stand in an address was left out, part by part as it stands there, and the change that takes it out of the address; null where all was read. Times of a span that is reversed are read: of them the room says more. */
export function unreadOf(query: URLSearchParams): Unread | null {
  const read: Record<string, string | readonly string[] | undefined> = { ...filterOf(query), ...timesOf(query), asOf: momentOf(query) ?? undefined }
  const parts = ['asOf', ...filterNames].flatMap((name): [string, string][] => {
    const value = read[name]
    const asked = query.get(name)?.trim() ?? ''
    const unread = typeof value === 'object' ? asked.split(',').filter((one) => one !== '' && !value.includes(one)).join(',') : value === undefined ? asked : ''
    return unread === '' ? [] : [[name, unread]]
  })
  if (parts.length === 0) return null
  return { what: parts.map(([name, text]) => `${name}=${text}`), change: Object.fromEntries(parts.map(([name]) => [name, read[name]])) }
}

/** The filter as the change of an address; what it does not hold is taken out. */
export const queryOf = (filter: ReportFilter): Query => Object.fromEntries(filterNames.map((name) => [name, filter[name]]))

export const isEmpty = (filter: ReportFilter): boolean => keyOf(filter) === keyOf(noFilter)

/** Equal for equal filters. */
export const keyOf = (filter: ReportFilter): string => JSON.stringify(filterNames.map((name) => filter[name] ?? null))
