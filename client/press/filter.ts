import { listReleasesCall } from '../../shared/press.ts'
import type { Query } from '../kit/router.ts'

/** What is asked of the wall. */
export type WallFilter = { words?: string; place?: string; day?: string }

const names = ['words', 'place', 'day'] as const

/** The search that stands in an address. What cannot be read is left out, so that an old or mistyped link still opens. */
export function filterOf(query: URLSearchParams): WallFilter {
  const { shape } = listReleasesCall.input
  return Object.fromEntries(names.flatMap((name) => {
    const read = shape[name].safeParse(query.get(name) || undefined)
    return read.success && read.data ? [[name, read.data]] : []
  }))
}

/** The query that takes the whole search out of an address. */
export const noSearch: Query = { words: undefined, place: undefined, day: undefined }

/** Equal for equal filters. */
export const keyOf = (filter: WallFilter): string => JSON.stringify(names.map((name) => filter[name] ?? null))
export const isEmpty = (filter: WallFilter): boolean => keyOf(filter) === keyOf({})
