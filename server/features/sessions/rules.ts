import type { SessionRow } from './tables.ts'

const hour = 3_600_000

/** An observer's session lasts until it is ended; staff's 18 hours, and one hour without a sign of life (ASVS 5.0, 7.3; an open screen is a sign). */
export function sessionLives(session: Pick<SessionRow, 'createdAt' | 'lastHeardAt' | 'endedAt'>, person: { role: string; state: string }, now: string): boolean {
  if (session.endedAt !== null || person.state === 'retired') return false
  if (person.role === 'observer') return true
  return later(session.createdAt, 18 * hour) > now && later(session.lastHeardAt, hour) > now
}

/**
 * Whether what was finished at `finishedAt` comes by a phone that another had replaced: it was finished before the session that sends it began, and since then another phone held the
 * account. Which phone a session is on the phone says itself; one that says nothing is none of those that did, and sessions of which nothing is known are left out.
 */
export function isFromReplacedPhone(sessions: readonly Pick<SessionRow, 'id' | 'createdAt' | 'endedAt' | 'phone'>[], current: string, finishedAt: string): boolean {
  const sender = sessions.find(({ id }) => id === current)
  if (!sender || finishedAt >= sender.createdAt) return false
  return sessions.some(({ id, phone, endedAt }) => id !== current && phone !== null && phone !== sender.phone && (endedAt === null || endedAt > finishedAt))
}

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
