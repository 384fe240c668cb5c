/** A fault of a line, in whatever list. */
export type AnyFault = { line: number; column: string | null; reason: string }
export type Line<Fault> = { number: number; cells: readonly string[]; faults: readonly Fault[] }

type Preview<Fault> = { right: number; faults: readonly Fault[]; cells: readonly { line: number; cells: readonly string[] }[] }

/** The lines that are shown, each with what is wrong with it, and how many right ones are not shown. */
export function linesOf<Fault extends AnyFault>(preview: Preview<Fault>, wrongFirst: boolean): { lines: Line<Fault>[]; moreRight: number } {
  const faults = new Map<number, Fault[]>()
  for (const fault of preview.faults) faults.set(fault.line, [...(faults.get(fault.line) ?? []), fault])
  const lines = preview.cells.map(({ line, cells }) => ({ number: line, cells, faults: faults.get(line) ?? [] }))
  const rank = (line: Line<Fault>) => (wrongFirst && line.faults.length === 0 ? 1 : 0)
  return {
    lines: lines.sort((one, other) => rank(one) - rank(other) || one.number - other.number),
    moreRight: preview.right - lines.filter((line) => line.faults.length === 0).length,
  }
}
