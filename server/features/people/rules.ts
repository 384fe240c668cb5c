import type { Invitation, PersonState } from '../../../shared/people.ts'
import { fold } from '../../../shared/pack.ts'
import type { Role } from '../../../shared/roles.ts'
import type { InviteRow, OrganisationRow, PersonRow, SessionRow } from './tables.ts'

const hour = 3_600_000

/** A transfer code is read from one screen and typed into another. */
export const transferUntil = (now: string): string => later(now, 10 * 60_000)

/** Staff links are for the next two days, observers' cards until they are used or ended. */
export const linkUntil = (role: Role, now: string): string | null => (role === 'observer' ? null : later(now, 48 * hour))

export const linkLives = (invite: Pick<InviteRow, 'until' | 'usedAt' | 'endedAt'>, now: string): boolean =>
  invite.usedAt === null && invite.endedAt === null && (invite.until === null || invite.until > now)

export function personState(person: Pick<PersonRow, 'state'>, liveLink: boolean): PersonState {
  if (person.state === 'retired' || person.state === 'joined') return person.state
  return liveLink ? 'invited' : 'link_ended'
}

/** An observer's session lasts until it is ended; staff's 18 hours, and one hour without a sign of life (ASVS 5.0, 7.3; an open screen is a sign). */
export function sessionLives(session: Pick<SessionRow, 'createdAt' | 'lastHeardAt' | 'endedAt'>, person: Pick<PersonRow, 'role' | 'state'>, now: string): boolean {
  if (session.endedAt !== null || person.state === 'retired') return false
  if (person.role === 'observer') return true
  return later(session.createdAt, 18 * hour) > now && later(session.lastHeardAt, hour) > now
}

/** An observer has one phone: joining with another ends what the lost one holds. Staff may sit at two screens. */
export const oneDevice = (role: Role): boolean => role === 'observer'

/**
 * Whether what was finished at `finishedAt` comes by a phone that another had replaced: it was finished before the session that sends it began, and since then another phone held the
 * account. Which phone a session is on the phone says itself; one that says nothing is none of those that did, and sessions of which nothing is known are left out.
 */
export function isFromReplacedPhone(sessions: readonly Pick<SessionRow, 'id' | 'createdAt' | 'endedAt' | 'phone'>[], current: string, finishedAt: string): boolean {
  const sender = sessions.find(({ id }) => id === current)
  if (!sender || finishedAt >= sender.createdAt) return false
  return sessions.some(({ id, phone, endedAt }) => id !== current && phone !== null && phone !== sender.phone && (endedAt === null || endedAt > finishedAt))
}

export const sameInvitation = (person: PersonRow, organisation: OrganisationRow | null, input: Invitation): boolean =>
  person.telephone === (input.telephone ?? null) && person.name === input.name && person.role === input.role && person.language === input.language && organisation !== null && sameName(organisation.name, input.organisation)

/** Whether two names are one organisation's: case, accents and spaces do not count. */
export const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other)

/** A stable code from a name: `Misión de la OEA` is `mision-de-la-oea`; the second of that code gets `-2`. */
export function organisationCode(name: string, taken: readonly string[]): string {
  const base = fold(name).match(/[\p{L}\p{N}]+/gu)?.join('-').slice(0, 40).replace(/-$/, '') ?? 'organisation'
  let code = base
  for (let count = 2; taken.includes(code); count++) code = `${base}-${count}`
  return code
}

/** A name as it is compared. */
export const plainName = (name: string): string => fold(name).trim().replace(/\s+/g, ' ')

/** The whole address for a day, so that one can tell one's own; its network from then on. */
export const addressShown = (address: string, since: string, now: string): string => (later(since, 24 * hour) > now ? address : networkOf(address))

/** `203.0.113.9` lies in `203.0.113.0/24`, an IPv6 address in its /48. */
export function networkOf(address: string): string {
  if (address.includes('/') || address === '') return address
  if (!address.includes(':')) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  const [head = ''] = address.split('::')
  const parts = head.split(':').filter((part) => part !== '').slice(0, 3)
  return `${parts.join(':')}::/48`
}

const later = (instant: string, milliseconds: number): string => new Date(Date.parse(instant) + milliseconds).toISOString()
