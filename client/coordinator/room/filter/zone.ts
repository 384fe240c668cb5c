const formats = new Map<string, Intl.DateTimeFormat>()

/** Wall clock of a zone at an instant (milliseconds), as if it were UTC, in milliseconds; whole minutes and seconds. */
function wall(at: number, zone: string): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second'])
}

/** What an `<input type="datetime-local">` shows for an instant in a zone: `2027-02-28T20:14`. */
export const localOf = (instant: string, zone: string): string => new Date(wall(Date.parse(instant), zone)).toISOString().slice(0, 16)

/** The instant at which a zone's clocks show this; null when it cannot be read. A time that a clock change skips is moved on by it. */
export function instantOf(local: string, zone: string): string | null {
  const asked = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) ? Date.parse(`${local.slice(0, 16)}:00Z`) : Number.NaN
  if (!Number.isFinite(asked)) return null
  const first = asked - (wall(asked, zone) - asked)
  const second = asked - (wall(first, zone) - first)
  return new Date(second).toISOString()
}

/** Midnight of the day on which an instant falls in a zone. */
export const midnightOf = (instant: string, zone: string): string => instantOf(`${localOf(instant, zone).slice(0, 10)}T00:00`, zone) ?? instant
