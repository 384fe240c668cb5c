import type { Severity } from '../../../../shared/basics.ts'
import type { ReportStatus } from '../../../../shared/verification.ts'

/** South, west, north, east, in degrees. */
export type Box = readonly [number, number, number, number]

/** Whether a place is in a box: what map and list count as in sight goes by this alone, whatever mark a report is drawn in. */
export const isIn = ([south, west, north, east]: Box, latitude: number, longitude: number): boolean => latitude >= south && latitude <= north && longitude >= west && longitude <= east

/** What is inside a mark: how many of each severity, how many nobody has looked at and of which severity the worst of those is. */
export type Sums = Record<Severity, number> & { open: number; openWorst: Severity | null }

/** One thing on the map. `category`: of a report that may not be here. A group is of one place or of several that are too near to each other at this zoom; `isLast`: getting nearer does not take it apart. */
export type Mark =
  | { kind: 'report'; id: string; severity: Severity; status: ReportStatus; latitude: number; longitude: number; category?: string }
  | { kind: 'group'; sums: Sums; count: number; box: Box; isLast: boolean; latitude: number; longitude: number }

export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']
export const nearestZoom = 18

export const countOf = (mark: Mark): number => (mark.kind === 'report' ? 1 : mark.count)

/** The worse of two severities. */
export const worse = (one: Severity | null, other: Severity | null): Severity | null => severities.find((severity) => severity === one || severity === other) ?? null
