import type { Invitation, PersonState } from '../../../shared/people.ts'
import { fold } from '../../../shared/pack.ts'
import type { Role } from '../../../shared/roles.ts'
import type { InviteRow, OrganisationRow, PersonRow } from './tables.ts'

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

/** An observer has one phone: joining with another ends what the lost one holds. Staff may sit at two screens. */
export const oneDevice = (role: Role): boolean => role === 'observer'

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

const later = (instant: string, milliseconds: number): string => new Date(Date.parse(instant) + milliseconds).toISOString()

/** Nobody comes in quarantine. */
export const notDoubted = { quarantinedAt: null, quarantinedBy: null, quarantineReason: null }
