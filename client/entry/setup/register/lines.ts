import type { LineFault, RegisterPreview } from '../../../../shared/stations.ts'

export type Line = { number: number; cells: readonly string[]; faults: readonly LineFault[] }

/** The lines that are shown, each with what is wrong with it, and how many right ones are not shown. */
export function linesOf(preview: RegisterPreview, wrongFirst: boolean): { lines: Line[]; moreRight: number } {
  const faults = new Map<number, LineFault[]>()
  for (const fault of preview.faults) faults.set(fault.line, [...(faults.get(fault.line) ?? []), fault])
  const lines = preview.cells.map(({ line, cells }) => ({ number: line, cells, faults: faults.get(line) ?? [] }))
  const rank = (line: Line) => (wrongFirst && line.faults.length === 0 ? 1 : 0)
  return {
    lines: lines.sort((one, other) => rank(one) - rank(other) || one.number - other.number),
    moreRight: preview.right - lines.filter((line) => line.faults.length === 0).length,
  }
}

/** Columns that a fault points at: a swapped or misplaced point is about two. */
export function cellsOf(fault: LineFault): readonly string[] {
  if (fault.column !== null) return [fault.column]
  return ['swapped', 'outside_country', 'out_of_range', 'sign_missing'].includes(fault.reason) ? ['latitude', 'longitude'] : []
}
