import type { PersonActor } from '../journal/work.ts'

/** Who asks the journal now and then, for want of a socket: each is here until nothing was asked for so long. */
export function openPolling(milliseconds: number) {
  const sessions = new Map<string, { person: string; at: number }>()
  return {
    /** Whether this is news. */
    asked: ({ id, session }: Pick<PersonActor, 'id' | 'session'>, now: string): boolean => {
      if (session === null) return false
      const isNews = !sessions.has(session)
      sessions.set(session, { person: id, at: Date.parse(now) })
      return isNews
    },
    /** Whether it was there. */
    left: (session: string): boolean => sessions.delete(session),
    people: (now: string): string[] => {
      for (const [session, { at }] of sessions) if (Date.parse(now) - at > milliseconds) sessions.delete(session)
      return [...sessions.values()].map(({ person }) => person)
    },
  }
}
