import { type ReportLine, listReportsCall } from '../../shared/reports.ts'
import { call } from '../kit/call.ts'
import { hasHeard, isBegun } from './alerts.ts'
import { type PageReply, type PointsReply, isPast, knownLine, pointOf, takeLines } from './store.ts'

export type Unheard = { lines: readonly ReportLine[]; raised: ReadonlySet<string> }

const linesAtOnce = 100

/** Which of these their author has corrected to be critical, and were not so here. */
export function raisedOf(lines: readonly ReportLine[]): ReadonlySet<string> {
  return new Set(lines.filter(({ id, severity, amended }) => {
    // What a moment in the past shows is no word of the present.
    const before = (isPast.peek() ? undefined : pointOf(id)?.severity) ?? knownLine(id)?.severity
    return severity === 'critical' && amended?.how === 'correction' && before !== undefined && before !== 'critical'
  }).map(({ id }) => id))
}

/**
 * What an answer to the room's filter brings of which no event told, since it was lost: looked for before the answer is taken, while it can be told what was here. Hardly ever is there any; then the lines
 * that are not on its page are asked for.
 */
export async function findUnheard(points: PointsReply, page: PageReply, signal: AbortSignal): Promise<Unheard> {
  if (!isBegun()) return { lines: [], raised: new Set() }
  const onPage = new Map(page.reports.map((line) => [line.id, line]))
  const found: ReportLine[] = []
  const missing: string[] = []
  points.id.forEach((id, at) => {
    const version = points.version[at] ?? 0
    if (hasHeard(id, version)) return
    const line = [onPage.get(id), knownLine(id)].find((one) => one !== undefined && one.version >= version)
    if (line) found.push(line)
    else if (points.severity[at] === 'critical') missing.push(id)
  })
  const raised = new Set(raisedOf(found))
  while (missing.length > 0) {
    const { reports, number } = await call(listReportsCall, { ids: missing.splice(0, linesAtOnce), limit: linesAtOnce }, { signal })
    for (const id of raisedOf(reports)) raised.add(id)
    found.push(...reports)
    takeLines(reports, number)
  }
  return { lines: found, raised }
}
