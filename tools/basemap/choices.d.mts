// Types of choices.mjs for the tests; the tool itself runs as plain JavaScript.
type Position = [number, number]
type Box = [number, number, number, number]
type GeoName = { population: number; featureCode: string }

export function boxOf(ring: Position[]): Box
export function homeBox(boxes: Box[]): Box
export function sheetBox(home: Box): Box
export function detailMetres(home: Box): number
export function smallestLake(home: Box): number
export function gridSteps(sheet: Box): number
export function townClass(town: GeoName): number
export function isTown(town: GeoName): boolean
export function isoCode(code: string | null | undefined, country: string): string | null
export function joinRings(lines: Position[][]): { rings: Position[][]; left: number }
export function ringArea(ring: Position[]): number
