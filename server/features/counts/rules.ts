/** The side of the largest cell, in degrees; each further level has a quarter of it. */
const largest = 2
export const finestLevel = 5
/** Cells so large are few wherever the reports are: the whole world may be asked for in them. */
const worldLevel = 2
/** So many of smaller ones a window may have room for, and so many may hold reports: beyond that it is answered with larger ones. */
const mostRoom = 16_000
export const mostCells = 4_000

type Window = { south: number; west: number; north: number; east: number; zoom: number }

export const sideOf = (level: number): number => largest / 4 ** level

/** The level whose cells are 90 to 180 pixels wide at a zoom of the map, and the cells that a window touches; no finer than `finest`. */
export function cellsOf({ south, west, north, east, zoom }: Window, finest = finestLevel): { level: number; south: number; west: number; north: number; east: number } {
  for (let level = Math.max(0, Math.min(finest, Math.floor(zoom / 2) - 3)); ; level--) {
    const cell = (degrees: number) => Math.floor(degrees / sideOf(level))
    const cells = { level, south: cell(south), west: cell(west), north: cell(north), east: cell(east) }
    if (level <= worldLevel || (cells.north - cells.south + 1) * (cells.east - cells.west + 1) <= mostRoom) return cells
  }
}
