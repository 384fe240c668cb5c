import type { Register } from '../../../shared/stations.ts'
import { type ChosenPlace, type Fix, type Place, type UsedPlace, placedBy } from '../outbox/records.ts'
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
/** What a person chose holds this long, unless the phone has moved away meanwhile. */
export const chosenLastsMilliseconds = 3 * 3_600_000
const movedMetres = 500
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

/** Whether the place that a person chose by hand still holds. */
export function holds(chosen: ChosenPlace | null, fix: Fix | null, now: number): chosen is ChosenPlace {
  if (!chosen || now - chosen.at > chosenLastsMilliseconds) return false
  return !fix || !chosen.fix || metresBetween(fix, chosen.fix) <= movedMetres + fix.accuracyMetres + chosen.fix.accuracyMetres
}

/** Where this phone is taken to be: where its owner says, as long as that holds, else as suggested. */
export function presentPlace(register: Register | null, fix: Fix | null, used: readonly UsedPlace[], chosen: ChosenPlace | null, now: number): Place {
  return holds(chosen, fix, now) ? { station: chosen.station, table: chosen.table, by: 'person' } : suggestPlace(register, fix, used, now)
}

/** Whether a suggestion that came later may take the place of what stands there: only if it knows more, and never over a person's choice. */
export const isBetter = (suggested: Place, standing: Place): boolean => placedBy.indexOf(suggested.by) > placedBy.indexOf(standing.by)
