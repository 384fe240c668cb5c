import { getReportCall, listReportsCall } from '../../../../shared/reports.ts'
import { call } from '../../../kit/call.ts'
import { type Point, lineOf, shownFilter, takeLines } from '../../store.ts'

const atOnce = 6
const mostInOnePage = 500

/** Brings the lines of some points that are not here yet: those of one station in a page, others one by one. */
export async function bringLines(points: readonly Point[]): Promise<void> {
  const missing = points.filter((point) => !lineOf(point.id))
  try {
    const [first] = missing
    if (missing.length > 3 && first && first.station !== null && missing.every((point) => point.station === first.station)) {
      const page = await call(listReportsCall, { ...shownFilter.peek(), station: first.station, limit: mostInOnePage })
      takeLines(page.reports, page.number)
    }
    const left = missing.filter((point) => !lineOf(point.id))
    for (let at = 0; at < left.length; at += atOnce) {
      const pages = await Promise.all(left.slice(at, at + atOnce).map(({ id }) => call(getReportCall, { id })))
      for (const page of pages) takeLines([page.line], page.number)
    }
  } catch {
    // Rows that are missing stay grey; the room says above that it is not connected.
  }
}
