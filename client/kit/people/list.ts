import { fold } from '../../../shared/pack.ts'
import { type Organisation, type Person, personNumber } from '../../../shared/people.ts'
import type { Role } from '../../../shared/roles.ts'

export const roles: readonly Role[] = ['observer', 'coordinator', 'press', 'lead']

/** An observer who joined and was not heard of for this long is silent. */
const silentMilliseconds = 2 * 3_600_000

/** `0147`, as it is said on the radio; empty for those without. */
export const numberOf = ({ number }: Pick<Person, 'number'>): string => (number === null ? '' : personNumber(number))

export const isSilent = (person: Person, now: Date): boolean =>
  person.role === 'observer' && person.state === 'joined' && now.getTime() - Date.parse(person.lastHeardAt ?? person.joinedAt ?? person.invitedAt) > silentMilliseconds

/** Silent first, the longest before; then who has joined, who still may, and who is gone, each by name. */
export function inOrder(people: readonly Person[], now: Date, locale: string): Person[] {
  const rank = (person: Person) => (isSilent(person, now) ? 0 : { joined: 1, invited: 2, link_ended: 3, retired: 4 }[person.state])
  return [...people].sort((one, other) => {
    const byRank = rank(one) - rank(other)
    if (byRank !== 0) return byRank
    return rank(one) === 0 ? (one.lastHeardAt ?? '').localeCompare(other.lastHeardAt ?? '') : one.name.localeCompare(other.name, locale)
  })
}

/** Whether a list in this order has silent people before others. */
export const beginsSilent = (ordered: readonly Person[], now: Date): boolean => ordered.some((one) => isSilent(one, now)) && !ordered.every((one) => isSilent(one, now))

/** People whose name, number or organisation holds each of the words, accents aside. */
export function found(people: readonly Person[], organisations: readonly Organisation[], words: string): Person[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean)
  const names = new Map(organisations.map((one) => [one.code, one.name]))
  return people.filter((person) => {
    const text = fold(`${person.name} ${numberOf(person)} ${names.get(person.organisation ?? '') ?? ''}`)
    return wanted.every((word) => text.includes(word))
  })
}
