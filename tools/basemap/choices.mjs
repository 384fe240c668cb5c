// What the tool decides by itself, as plain functions without its packages: tested with the project's own tests.

/** Parts of a country further than this from its main part (degrees) are drawn, but the first view leaves them out. */
const REACH = 5

/** @returns {[number, number, number, number]} west, south, east, north of a ring of [longitude, latitude]. */
export function boxOf(ring) {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}

/** The box of the first view: the largest part and all that lies near it, so that an ocean territory does not shrink the country to a dot. */
export function homeBox(boxes) {
  const waiting = [...boxes].sort((a, b) => area(b) - area(a))
  let home = waiting.shift()
  for (let near = 0; near >= 0;) {
    near = waiting.findIndex((box) => gap(home, box) <= REACH)
    if (near >= 0) home = join(home, waiting.splice(near, 1)[0])
  }
  return home.map((degrees) => round(degrees, 4))
}

/** The sheet: how far neighbours are drawn. Wide enough that a tall phone or a wide wall shows no cut edge at the first view. */
export function sheetBox([west, south, east, north]) {
  const reach = 2.2 * Math.max(east - west, north - south, 0.5)
  const [x, y] = [(west + east) / 2, (south + north) / 2]
  return [Math.max(-180, x - reach), Math.max(-85, y - reach), Math.min(180, x + reach), Math.min(85, y + reach)].map((degrees) => round(degrees, 2))
}

/** How finely the own land is drawn, in metres: what 3,000 pixels across the country can show. Neighbours are drawn five times coarser. */
export function detailMetres(home) {
  return Math.round(Math.min(1500, Math.max(40, spanKilometres(home) / 3)))
}

/** Lakes smaller than this (square kilometres) are left out. */
export function smallestLake(home) {
  return round((spanKilometres(home) / 500) ** 2, 2)
}

/** Steps of the whole-number grid across the sheet: about 20 m each, coarser for a continent. */
export function gridSteps([west, south, east, north]) {
  return Math.round(Math.min(200_000, Math.max(10_000, Math.max(east - west, north - south) / 0.0002)))
}

/** 0 capital, 1 seat of a department or 100,000 people, 2 from 20,000, 3 from 5,000, 4 below. */
export function townClass({ population, featureCode }) {
  if (featureCode === 'PPLC') return 0
  if (featureCode === 'PPLA' || population >= 100_000) return 1
  return population >= 20_000 ? 2 : population >= 5_000 ? 3 : 4
}

/** GeoNames also lists quarters of a town and places that are no more. */
export function isTown({ featureCode }) {
  return !['PPLX', 'PPLQ', 'PPLH', 'PPLW', 'PPLCH'].includes(featureCode)
}

/** Natural Earth marks codes of its own by a tilde; those are not ISO 3166-2 and are left out. */
export function isoCode(code, country) {
  return new RegExp(`^${country}-[A-Z0-9]{1,3}$`).test(code ?? '') ? code : null
}

/** Joins lines that were cut where they meet into closed rings; what does not close is left out and counted. */
export function joinRings(lines) {
  const open = lines.filter((line) => line.length > 1).map((line) => [...line])
  const rings = []
  let left = 0
  while (open.length > 0) {
    const ring = open.shift()
    while (!same(ring[0], ring.at(-1))) {
      const next = open.findIndex((line) => same(line[0], ring.at(-1)) || same(line.at(-1), ring.at(-1)))
      if (next < 0) break
      const [line] = open.splice(next, 1)
      ring.push(...(same(line[0], ring.at(-1)) ? line : line.reverse()).slice(1))
    }
    if (same(ring[0], ring.at(-1)) && ring.length > 3) rings.push([...ring.slice(0, -1), ring[0]])
    else left += 1
  }
  return { rings, left }
}

/** Approximate area in square kilometres of a ring of [longitude, latitude]. */
export function ringArea(ring) {
  let twice = 0
  for (let i = 1; i < ring.length; i += 1) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1]
  return (Math.abs(twice) / 2) * 111.32 ** 2 * Math.cos((ring[0][1] * Math.PI) / 180)
}

const same = (a, b) => Math.abs(a[0] - b[0]) < 1e-7 && Math.abs(a[1] - b[1]) < 1e-7
const area = ([west, south, east, north]) => (east - west) * (north - south)
const gap = (a, b) => Math.max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3])
const join = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
const round = (value, places) => Number(value.toFixed(places))

function spanKilometres([west, south, east, north]) {
  const across = (east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180)
  return Math.max(across, north - south) * 111.32
}
