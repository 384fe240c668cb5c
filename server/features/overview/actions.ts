import { binsOf } from '../../../shared/counts.ts'
import type { roomCountsCall } from '../../../shared/counts.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { isCountedOnMap } from '../../../shared/map.ts'
import type { mapWindowCall } from '../../../shared/map.ts'
import type { ReportFilter } from '../../../shared/reports.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Alike, LookAlike } from '../../platform/http/alike.ts'
import { cellsOf, countAtMost, countCells, countKinds, countPlaced, countReports, countTimes, finestLevel, isCounted, mostCells, sideOf } from '../counts/actions.ts'
import { firstReceived, marksOf, sumCells, sumKinds, sumPlaced, sumTimes } from '../finding/actions.ts'
import { queueOf } from './rules.ts'

/** What the map shows of a window where a screen does not hold the reports, or not yet: cells with how many are in each, and which report it is that is alone in one. */
export async function mapWindow({ south, west, north, east, zoom, ...filter }: InputOf<typeof mapWindowCall>, { tx, number }: LookAlike): Promise<Alike<ReplyOf<typeof mapWindowCall>>> {
  const window = { south, west, north, east, zoom }
  const cellsIn = (cells: ReturnType<typeof cellsOf>) => (isCountedOnMap(filter) ? countCells(tx, cells, filter) : sumCells(tx, filter, { ...cells, side: sideOf(cells.level) }))
  let cells = cellsOf(window)
  let found = await cellsIn(cells)
  while (found.length > mostCells && cells.level > 0) {
    cells = cellsOf(window, cells.level - 1)
    found = await cellsIn(cells)
  }
  const side = sideOf(cells.level)
  const reply = {
    number, ...(await totalsOf(tx, filter)), side, isFinest: cells.level === finestLevel,
    south: found.map(({ cellY }) => cellY * side), west: found.map(({ cellX }) => cellX * side),
    latitude: found.map(({ latitudes, count }) => latitudes / count), longitude: found.map(({ longitudes, count }) => longitudes / count),
    critical: found.map((cell) => cell.critical), high: found.map((cell) => cell.high), medium: found.map((cell) => cell.medium), low: found.map((cell) => cell.low),
    open: { critical: found.map((cell) => cell.openCritical), high: found.map((cell) => cell.openHigh), medium: found.map((cell) => cell.openMedium), low: found.map((cell) => cell.openLow) },
    lone: await lonesOf(tx, found),
  }
  return { reply }
}

const totalsOf = async (tx: Tx, filter: ReportFilter): Promise<{ total: number; placed: number }> =>
  isCountedOnMap(filter) ? { total: await countAtMost(tx, filter, await countReports(tx)), placed: await countPlaced(tx, filter) } : sumPlaced(tx, filter)

/** The sum of the numbers of one is its number. */
async function lonesOf(tx: Tx, cells: readonly { count: number; numbers: number }[]): Promise<ReplyOf<typeof mapWindowCall>['lone']> {
  const places = new Map(cells.flatMap(({ count, numbers }, at) => (count === 1 ? [[numbers, at] as const] : [])))
  const found = (await marksOf(tx, [...places.keys()])).flatMap((mark) => {
    const cell = places.get(mark.number)
    return cell === undefined ? [] : [{ ...mark, cell }]
  })
  return { cell: found.map(({ cell }) => cell), id: found.map(({ report }) => report), category: found.map(({ category }) => category), status: found.map(({ status }) => status as ReportFilter['status'][number]) }
}

/** What waits of all of a filter's reports, and when they were observed, whatever its times: from the counters as far as they know the filter. */
export async function roomCounts(filter: InputOf<typeof roomCountsCall>, { tx, number }: LookAlike): Promise<Alike<ReplyOf<typeof roomCountsCall>>> {
  const { from: _from, until: _until, ...atAnyTime } = filter
  const queue = queueOf(isCounted(filter) ? await countKinds(tx, filter) : await sumKinds(tx, filter))
  const times = isCountedOnMap(atAnyTime) ? await countTimes(tx, atAnyTime) : await sumTimes(tx, atAnyTime)
  const reply = {
    number, queue: { ...queue, oldestReceivedAt: queue.notLooked > 0 ? await firstReceived(tx, { ...filter, status: ['received'] }) : null },
    times: binsOf(times.map(({ minute, status, severity, count }) => ({ at: Date.parse(`${minute}:00.000Z`), severity: severity as ReportFilter['severity'][number], status: status as ReportFilter['status'][number], count: Number(count) }))),
  }
  return { reply }
}
