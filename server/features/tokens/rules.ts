import type { ApiReport } from '../../../shared/tokens.ts'
import type { Statement } from '../../../shared/reports.ts'
import type { TokenRow } from './tables.ts'

const minute = 60_000
const year = 366 * 86_400_000

/** Where a token begins, so that one that leaked is told for what it is. */
export const prefix = 'veedor_'

export const tokenLives = (token: Pick<TokenRow, 'until' | 'endedAt'>, owner: { state: string }, now: string): boolean => token.endedAt === null && token.until > now && owner.state !== 'retired'

/** A token ends, and not before it begins; a year is long enough for any mission. */
export function untilProblem(until: string, now: string): 'ended' | 'too_large' | null {
  if (until <= now) return 'ended'
  return Date.parse(until) - Date.parse(now) > year ? 'too_large' : null
}

/** Use is written at most once a minute. */
export const useIsOld = (lastUsedAt: string | null, now: string): boolean => lastUsedAt === null || Date.parse(now) - Date.parse(lastUsedAt) >= minute

type Filed = { report: ApiReport; mission: { id: string; zone: string }; owner: string; photos: readonly { sha256: string; sizeBytes: number }[] }

/** The statement of a report that a program filed: made here, the same from the same content. A picture's own time and place are not known, so its way is that of a gallery. */
export function statementOf({ report, mission, owner, photos }: Filed): Statement {
  const { id, category, severity, station, table, atStation, position, observedAt, zone, words, language } = report
  return {
    v: 1, mission: mission.id, type: 'report', id, author: owner, category, severity, station, table, atStation, position: position && { ...position, ageSeconds: 0 },
    times: { observedAt, finishedAt: observedAt, zone: zone ?? mission.zone }, words, language,
    photos: photos.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes, how: 'gallery', position: null, capturedAt: null })),
  }
}
