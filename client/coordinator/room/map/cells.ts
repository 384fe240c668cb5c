import type { MapWindow } from '../../../../shared/map.ts'
import type { ReportStatus } from '../../../../shared/verification.ts'
import { type Held, indexOf, marksOf } from './clusters.ts'
import { type Box, isIn, severities } from './mark.ts'
import type { Drawing, View } from './messages.ts'

type Lone = { id: string; category: string; status: ReportStatus }
type Cell = Held & { isFinest: boolean; lone: Lone | undefined }

/** What headquarters counted of a window of the map in cells: drawn as the reports themselves would be, and one that is alone in its cell as itself. */
export class Cells {
  readonly box: Box | null
  readonly #told: MapWindow
  readonly #cells: ReturnType<typeof cellsOf>
  readonly #index: ReturnType<typeof indexOf<Cell>>

  constructor(told: MapWindow) {
    this.#told = told
    const cells = (this.#cells = cellsOf(told))
    this.#index = indexOf(cells)
    this.box = cells.length === 0 ? null : cells.reduce<Box>(([south, west, north, east], { held }) => [Math.min(south, held.south), Math.min(west, held.west), Math.max(north, held.north), Math.max(east, held.east)], [90, 180, -90, -180])
  }

  /** What is drawn of them in a view; what is not in it is told as being outside, and all is counted. */
  drawing({ view, around, zoom }: View, turn: number): Drawing {
    const { total, placed } = this.#told
    const marks = marksOf(this.#index, around, zoom, ({ lone, isFinest, ...sums }, latitude, longitude) => (lone ? { kind: 'report', ...lone, severity: severities.find((severity) => sums[severity] > 0) ?? 'low', latitude, longitude } : isFinest ? 'last' : 'opens'))
    return { isCounted: true, ...this.#inside(view), turn, view, zoom, marks, drawn: placed, placed, without: total - placed, box: this.box }
  }

  /** How many are in a view. Of a cell on its edge nobody knows how many are on which side: it goes by its middle, and the number is about so many. */
  #inside(view: Box): Pick<Drawing, 'inside' | 'isAbout'> {
    let [inside, isAbout] = [0, false]
    for (const { latitude, longitude, held: { south, west, north, east, count } } of this.#cells) {
      if (isIn(view, latitude, longitude)) inside += count
      isAbout ||= count > 1 && !(isIn(view, south, west) && isIn(view, north, east)) && south <= view[2] && north >= view[0] && west <= view[3] && east >= view[1]
    }
    return { inside, isAbout }
  }
}

function cellsOf(told: MapWindow): { latitude: number; longitude: number; held: Cell }[] {
  const lone = new Map(told.lone.cell.flatMap((cell, at): [number, Lone][] => {
    const [id, category, status] = [told.lone.id[at], told.lone.category[at], told.lone.status[at]]
    return id === undefined || category === undefined || !status ? [] : [[cell, { id, category, status }]]
  }))
  return told.latitude.flatMap((latitude, at) => {
    const [longitude, south, west] = [told.longitude[at], told.south[at], told.west[at]]
    if (longitude === undefined || south === undefined || west === undefined) return []
    const of = (counts: Record<(typeof severities)[number], readonly number[]>) => Object.fromEntries(severities.map((severity) => [severity, counts[severity][at] ?? 0]))
    const { critical = 0, high = 0, medium = 0, low = 0 } = of(told)
    const open = of(told.open)
    return [{
      latitude, longitude,
      held: {
        critical, high, medium, low, count: critical + high + medium + low, open: severities.reduce((sum, severity) => sum + (open[severity] ?? 0), 0), openWorst: severities.find((severity) => (open[severity] ?? 0) > 0) ?? null,
        south, west, north: south + told.side, east: west + told.side, isFinest: told.isFinest, lone: lone.get(at),
      },
    }]
  })
}
