import type { InputOf } from '../../../shared/contract.ts'
import { deskReleasesCall } from '../../../shared/press.ts'
import { router } from '../router.ts'

export type ReleaseFilter = Omit<InputOf<typeof deskReleasesCall>, 'after' | 'limit'>

// The room's own words stand in the address as `words`.
const names = { standing: 'standing', by: 'by', words: 'caption' } as const
type Name = keyof typeof names

/** What the address asks of the releases; what cannot be read is left out, so that an old link still opens. */
export function filterOf(query: URLSearchParams): ReleaseFilter {
  const { shape } = deskReleasesCall.input
  return Object.fromEntries((Object.keys(names) as Name[]).flatMap((name) => {
    const read = shape[name].safeParse(query.get(names[name]) || undefined)
    return read.success && read.data ? [[name, read.data]] : []
  }))
}

export const keyOf = ({ standing, by, words }: ReleaseFilter): string => JSON.stringify([standing ?? null, by ?? null, words ?? null])
export const ask = (change: Partial<Record<Name, string | undefined>>): void => router.ask(Object.fromEntries(Object.entries(change).map(([name, value]) => [names[name as Name], value])))
export const askAll = (): void => ask({ standing: undefined, by: undefined, words: undefined })
