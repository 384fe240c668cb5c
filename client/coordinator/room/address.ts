import { Uuid } from '../../../shared/basics.ts'
import type { Query } from '../../kit/router.ts'
import { filterOf, momentOf, sinceOf, timesOf } from './filter/filter.ts'
import { filterNames } from './filter/names.ts'
import { placeOf } from './map/place.ts'
import { spotOf } from './spot.ts'

export type Unread = { what: readonly string[]; change: Query }

/** What of the room's address was left out, part by part as it stands there, and the change that takes it out of the address; null where all was read. Times of a span that is reversed are read: of them the room says more. */
export function unreadOf(query: URLSearchParams): Unread | null {
  const whole = (name: string, isRead: (text: string) => boolean) => {
    const text = query.get(name)
    return { [name]: text !== null && isRead(text) ? text : undefined }
  }
  const read: Record<string, string | readonly string[] | undefined> = {
    asOf: momentOf(query) ?? undefined, since: sinceOf(query) ?? undefined, ...filterOf(query), ...timesOf(query),
    ...whole('report', (text) => Uuid.safeParse(text).success), ...whole('spot', (text) => spotOf(text) !== null), ...whole('map', (text) => placeOf(text) !== null),
  }
  const parts = ['asOf', ...filterNames, 'report', 'spot', 'map', 'since'].flatMap((name): [string, string][] => {
    const value = read[name]
    const asked = query.get(name)?.trim() ?? ''
    const unread = typeof value === 'object' ? asked.split(',').filter((one) => one !== '' && !value.includes(one)).join(',') : value === undefined ? asked : ''
    return unread === '' ? [] : [[name, unread]]
  })
  if (parts.length === 0) return null
  return { what: parts.map(([name, text]) => `${name}=${text}`), change: Object.fromEntries(parts.map(([name]) => [name, read[name]])) }
}
