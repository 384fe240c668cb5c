import type { Embargo } from '../../../shared/press.ts'

/** What holds for a release: the mission's embargo and its own, until the later of all that they wait for. A time that has passed is none. */
export function embargoOf(own: Embargo, mission: Embargo, now: string): Embargo {
  const times = [own.until, mission.until].filter((until) => until !== null && until > now)
  return { until: times.sort().at(-1) ?? null, statement: own.statement || mission.statement }
}

export const holds = ({ until, statement }: Embargo): boolean => until !== null || statement

/** Whether a held release waits for nothing any more. */
export const isOver = (release: { embargoUntil: string | null; embargoStatement: number }, now: string): boolean => release.embargoStatement === 0 && (release.embargoUntil === null || release.embargoUntil <= now)
