/** The side of the largest cell, in degrees; each further level has a quarter of it. */
const largest = 2
export const finestLevel = 5
/** More than a screen has room for: a window of more cells is answered with larger ones. */
const mostCells = 4_000

type Window = { south: number; west: number; north: number; east: number; zoom: number }

export const sideOf = (level: number): number => largest / 4 ** level

/** The level whose cells are 90 to 180 pixels wide at a zoom of the map, and the cells that a window touches. */
export function cellsOf({ south, west, north, east, zoom }: Window): { level: number; south: number; west: number; north: number; east: number } {
  for (let level = Math.max(0, Math.min(finestLevel, Math.floor(zoom / 2) - 3)); ; level--) {
    const cell = (degrees: number) => Math.floor(degrees / sideOf(level))
    const cells = { level, south: cell(south), west: cell(west), north: cell(north), east: cell(east) }
    if (level === 0 || (cells.north - cells.south + 1) * (cells.east - cells.west + 1) <= mostCells) return cells
  }
}
