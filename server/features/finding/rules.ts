import { mostCounted } from '../../../shared/reports.ts'
import type { ReportFilter } from '../../../shared/reports.ts'
import { distanceOf, metresBetween } from '../../../shared/distance.ts'
import type { ReportTraitRow } from './tables.ts'

/** What a filter names beside kinds and times, and how many reports it is of, up to a number. */
export type Named = { by: 'station' | 'organisation' | 'words'; count: number }

export type Known = { all: number; atMost: number; named: readonly Named[] }

export type Way = { by: 'order' } | { by: 'kinds' } | { by: 'these'; of: Named['by'] }

const fewestOf = (named: readonly Named[]): Named | null => named.reduce<Named | null>((fewest, one) => (fewest === null || one.count < fewest.count ? one : fewest), null)

/** How many there may be where they were counted up to a number alone: between that and all. */
const likely = ({ count }: Named, all: number): number => (count > mostCounted ? Math.sqrt(count * all) : count)

/** How many rows are looked at where the list is walked through in its order: those that belong come up as often as they are among all. */
export function walked(wanted: number, { all, atMost, named }: Known): number {
  const fewest = named.reduce((least, one) => Math.min(least, likely(one, all)), atMost)
  return Math.min(all, Math.ceil((wanted * all) / Math.max(1, fewest)))
}

/** What is known of a filter's words, as if it asked for nothing else: so many of the others' rows are looked at for them. */
export const wordsAlone = ({ all, named }: Known): Known => ({ all, atMost: all, named: named.filter(({ by }) => by === 'words') })

/**
 * The shortest way to so many reports of a filter. `all` are in the mission, `atMost` are of its kinds by the counters, `named` are of what it names besides. Where few belong, they are cheaper made out one by one than
 * met on the way through the list.
 */
export function wayTo(wanted: number, known: Known): Way {
  const { all, atMost, named } = known
  const fewest = fewestOf(named)
  const costs = { order: walked(wanted, known), kinds: atMost === all ? Infinity : kindsLooked + atMost * looked, these: fewest === null ? Infinity : likely(fewest, all) * looked }
  if (fewest !== null && costs.these <= costs.order && costs.these <= costs.kinds) return { by: 'these', of: fewest.by }
  return { by: costs.kinds < costs.order ? 'kinds' : 'order' }
}

/** To look where each kind begins. */
const kindsLooked = 1_000
/** One made out for itself costs as much as so many in a row. */
const looked = 2

/** Whether a filter asks for nothing but one thing that it names: then so many belong to it. */
export function namesAlone(filter: ReportFilter, { by }: Named): boolean {
  return Object.entries(filter).every(([name, value]) => name === by || value === undefined || (Array.isArray(value) && value.length === 0))
}

type Placed = Omit<ReportTraitRow, 'report' | 'department' | 'pictures' | 'distance'> & {
  id: string
  department: string | null
  photoCount: number
  stationDepartment: string | null
  stationLatitude: number | null
  stationLongitude: number | null
}

/** What a report is found by, worked out from itself and its station. */
export function traitsOf({ id, photoCount, department, stationDepartment, stationLatitude, stationLongitude, ...report }: Placed): ReportTraitRow {
  const [own, station] = [placeOf(report.latitude, report.longitude), placeOf(stationLatitude, stationLongitude)]
  return {
    ...report, report: id, department: stationDepartment ?? department ?? '', pictures: photoCount > 0 ? 1 : 0, distance: distanceOf(own && station && Math.round(metresBetween(station, own))),
    latitude: stationLatitude ?? report.latitude, longitude: stationLongitude ?? report.longitude,
  }
}

const placeOf = (latitude: number | null, longitude: number | null) => (latitude === null || longitude === null ? null : { latitude, longitude })
