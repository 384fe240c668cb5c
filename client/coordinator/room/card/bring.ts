import { listReportsCall } from '../../../../shared/reports.ts'
import { call } from '../../../kit/call.ts'
import { bringPast } from '../../past-lines.ts'
import { type Point, lineOf, pastMoment, takeLines } from '../../store.ts'

const atOnce = 100
const asked = new Set<string>()

/** Brings the lines of some points that are not here yet. */
export async function bringLines(points: readonly Pick<Point, 'id'>[]): Promise<void> {
  const missing = points.map(({ id }) => id).filter((id) => !lineOf(id) && !asked.has(id))
  for (let at = 0; at < missing.length; at += atOnce) {
    const ids = missing.slice(at, at + atOnce)
    ids.forEach((id) => asked.add(id))
    // Rows that are missing stay grey; the room says above that it is not connected.
    const moment = pastMoment.peek()
    await (moment === null ? call(listReportsCall, { ids }).then((page) => takeLines(page.reports, page.number)) : bringPast(moment, ids)).catch(() => undefined)
    ids.forEach((id) => asked.delete(id))
  }
}
