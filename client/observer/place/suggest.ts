import type { Register } from '../../../shared/stations.ts'
import { type Fix, type Place, type UsedPlace, placedBy } from '../outbox/records.ts'
import { metresBetween, nearest, pointOf } from './nearest.ts'

export type Accuracy = 'good' | 'fair' | 'poor' | 'none'

/** How sure the phone is of where it is: good to 25 m, fair to 100 m, poor beyond. */
export function accuracyOf(fix: Pick<Fix, 'accuracyMetres'> | null): Accuracy {
  if (!fix) return 'none'
  return fix.accuracyMetres <= 25 ? 'good' : fix.accuracyMetres <= 100 ? 'fair' : 'poor'
}

/** A fix older than this says little about where the phone is now. */
export const fixLastsMilliseconds = 10 * 60_000
/** A place that was reported on is suggested again within a shift. */
export const usedLastsMilliseconds = 8 * 3_600_000
/** Nobody reports on a station from further away without saying so. */
const nearMetres = 5_000

const nowhere: Place = { station: null, table: null, by: 'nothing' }

/**
 * The place that a new report most likely is about: the nearest station to a fresh fix, the last one used where the fix cannot tell the two apart, and without a fix
 * the last one used. Its table is the one last used there.
 */
export function suggestPlace(register: Register | null, fix: Fix | null, used: readonly UsedPlace[], now: number): Place {
  const recent = used.filter((place) => now - place.at <= usedLastsMilliseconds).sort((one, other) => other.at - one.at)
  const last = recent[0]
  const tableAt = (station: string) => recent.find((place) => place.station === station)?.table ?? null
  if (!register || !fix || now - fix.at > fixLastsMilliseconds) return last ? { station: last.station, table: last.table, by: 'last_used' } : nowhere
  const by = accuracyOf(fix) === 'poor' ? 'poor_position' : 'position'
  const [closest] = nearest(register, fix, 1)
  if (!closest || closest.metres === null || closest.metres > nearMetres + fix.accuracyMetres) return nowhere
  const lastRow = last ? register.code.indexOf(last.station) : -1
  const asNear = lastRow >= 0 && metresBetween(fix, pointOf(register, lastRow)) <= closest.metres + fix.accuracyMetres
  const station = register.code[asNear ? lastRow : closest.row] ?? null
  return station === null ? nowhere : { station, table: tableAt(station), by }
}

/** Whether a suggestion that came later may take the place of what stands there: only if it knows more, and never over a person's choice. */
export const isBetter = (suggested: Place, standing: Place): boolean => placedBy.indexOf(suggested.by) > placedBy.indexOf(standing.by)
