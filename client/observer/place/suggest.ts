import type { Statement } from '../../../shared/reports.ts'
import type { Register } from '../../../shared/stations.ts'
import { type ChosenPlace, type Draft, type Fix, type Place, type UsedPlace, placedBy } from '../outbox/records.ts'
import { metresBetween, nearest, pointOf } from './nearest.ts'

export type Accuracy = 'good' | 'fair' | 'poor' | 'none'

/** How sure the phone is of where it is: good to 25 m, fair to 100 m, poor beyond. */
export function accuracyOf(fix: Pick<Fix, 'accuracyMetres'> | null): Accuracy {
  if (!fix) return 'none'
  return fix.accuracyMetres <= 25 ? 'good' : fix.accuracyMetres <= 100 ? 'fair' : 'poor'
}

/** A fix older than this says little about where the phone is now. */
export const fixLastsMilliseconds = 10 * 60_000
/** A fix that says where the phone is now; null: none does. */
export const freshFix = (fix: Fix | null, now: number): Fix | null => (fix && now - fix.at <= fixLastsMilliseconds ? fix : null)
/** A place that was reported on is suggested again within a shift. */
export const usedLastsMilliseconds = 8 * 3_600_000
/** What a person chose holds this long, unless the phone has moved away meanwhile or is too far from it. */
export const chosenLastsMilliseconds = 3 * 3_600_000
const movedMetres = 500
/** Whoever is at a station is at most this far from its point in the register, beyond what the fix may err by: points are rough, and grounds are large. */
export const plausibleMetres = 1000
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
  if (!register || !fix || !freshFix(fix, now)) return last ? { station: last.station, table: last.table, by: 'last_used' } : nowhere
  const by = accuracyOf(fix) === 'poor' ? 'poor_position' : 'position'
  const [closest] = nearest(register, fix, 1)
  if (!closest || closest.metres === null || closest.metres > nearMetres + fix.accuracyMetres) return nowhere
  const lastRow = last ? register.code.indexOf(last.station) : -1
  const asNear = lastRow >= 0 && metresBetween(fix, pointOf(register, lastRow)) <= closest.metres + fix.accuracyMetres
  const station = register.code[asNear ? lastRow : closest.row] ?? null
  return station === null ? nowhere : { station, table: tableAt(station), by }
}

/** Metres from a fix to a station where whoever is at the station cannot be that far; null: nothing speaks against it. */
export function tooFar(register: Register | null, station: string | null, fix: Fix | null): number | null {
  const row = register && station !== null ? register.code.indexOf(station) : -1
  if (!register || !fix || row < 0) return null
  const metres = metresBetween(fix, pointOf(register, row))
  return metres > plausibleMetres + fix.accuracyMetres ? metres : null
}

/**
 * Whether the place that a person chose by hand still holds: for its time, as long as the phone stays where it was and no fix that is fresh, or came after it, speaks against it.
 * What they chose although the phone spoke against it holds until the phone is away from both: the place, and where it was then.
 */
export function holds(register: Register | null, chosen: ChosenPlace | null, fix: Fix | null, now: number): chosen is ChosenPlace {
  if (!chosen || now - chosen.at > chosenLastsMilliseconds) return false
  const isFar = fix !== null && (fix.at >= chosen.at || freshFix(fix, now) !== null) && tooFar(register, chosen.station, fix) !== null
  if (chosen.isKnowing && chosen.fix) return !isFar || metresBetween(fix, chosen.fix) <= plausibleMetres + fix.accuracyMetres + chosen.fix.accuracyMetres
  if (isFar) return false
  return !fix || !chosen.fix || metresBetween(fix, chosen.fix) <= movedMetres + fix.accuracyMetres + chosen.fix.accuracyMetres
}

/** What is remembered of a place that a person chooses as where they are. Whoever chooses it against a fresh fix has been told. */
export function chosenNow(register: Register | null, { station, table }: Place, fix: Fix | null, now: number): ChosenPlace | null {
  return station === null ? null : { station, table, at: now, fix, isKnowing: tooFar(register, station, freshFix(fix, now)) !== null }
}

/** Where this phone is taken to be: where its owner says, as long as that holds, else as suggested. */
export function presentPlace(register: Register | null, fix: Fix | null, used: readonly UsedPlace[], chosen: ChosenPlace | null, now: number): Place {
  return holds(register, chosen, fix, now) ? { station: chosen.station, table: chosen.table, by: 'where_chosen' } : suggestPlace(register, fix, used, now)
}

/** Whether a suggestion that came later may take the place of what stands there: only if it knows more, and never over what was chosen in the report. What was chosen before the report, too, gives way where the report's own position is too far from it. */
export function isBetter(suggested: Place, standing: Place, isTooFar: boolean): boolean {
  return placedBy.indexOf(suggested.by) > placedBy.indexOf(standing.by) || (standing.by === 'where_chosen' && suggested.by !== 'where_chosen' && isTooFar)
}

/** What is learned later than this after a report was begun says nothing of where it is about. */
const learnsMilliseconds = 30 * 60_000

/** A report with what the phone now knows of where it is: the best position of its first half hour, and the place that goes with it. The same one where nothing is better. */
export function learned(draft: Draft, register: Register | null, found: Fix | null, suggested: Place, now: number): Draft {
  const begun = Date.parse(draft.startedAt)
  const isBetterFix = found !== null && Math.abs(found.at - begun) <= learnsMilliseconds && (!draft.fix || found.accuracyMetres < draft.fix.accuracyMetres)
  const fix = isBetterFix ? found : draft.fix
  const isBetterPlace = now - begun <= learnsMilliseconds && isBetter(suggested, draft.place, tooFar(register, draft.place.station, fix) !== null)
  return isBetterFix || isBetterPlace ? { ...draft, fix, place: isBetterPlace ? suggested : draft.place } : draft
}

/** Where its owner is taken to say that they are once this report is saved: at a place chosen by hand in it, counted from its beginning. A place that they are not at is never that, and no longer where it was. */
export function chosenAfter(chosen: ChosenPlace | null, { place, atStation, startedAt, fix }: Pick<Draft, 'place' | 'atStation' | 'startedAt' | 'fix'>): ChosenPlace | null {
  if (!atStation) return chosen && chosen.station === place.station ? null : chosen
  const at = Date.parse(startedAt)
  if (place.by !== 'person' || place.station === null || (chosen && chosen.at > at)) return chosen
  // Another table of what was chosen knowingly is chosen as knowingly.
  if (chosen?.isKnowing && chosen.station === place.station) return { ...chosen, table: place.table, at }
  return { station: place.station, table: place.table, at, fix }
}

/** The places that were reported on from where they are, the last first. */
export function usedAfter(used: readonly UsedPlace[], { station, table, atStation }: Pick<Statement, 'station' | 'table' | 'atStation'>, now: number): UsedPlace[] {
  const others = used.filter((one) => one.station !== station)
  return (station !== null && atStation ? [{ station, table, at: now }, ...others] : others).slice(0, 12)
}
