import { locale, missionPlace, number } from './numbers.ts'
import { present } from './clock.ts'
import { common } from './words/common.ts'

/** Formats are kept: to make one takes longer than to draw a row of a list. */
const written = new Map<string, Intl.DateTimeFormat>()

function formatOf(tag: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([tag, zone, options])
  const format = written.get(key) ?? new Intl.DateTimeFormat(tag, { timeZone: zone, ...options })
  written.set(key, format)
  return format
}

// Every time on a screen is the mission's, whatever the zone of the device.
const write = (instant: string | Date, options: Intl.DateTimeFormatOptions, zone = missionPlace.value.zone): string => formatOf(locale.value, zone, options).format(new Date(instant))

/** `20:14` in the mission's zone. */
export const clock = (instant: string | Date): string => write(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `20:14:33` in the mission's zone. */
export const clockSeconds = (instant: string | Date): string => write(instant, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })

/** The zone of the times that are shown, in words: `Central Standard Time`. For a page that does not know the mission's. */
export const zoneName = (instant: string): string => formatOf(locale.value, missionPlace.value.zone, { timeZoneName: 'long' }).formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? missionPlace.value.zone

/** The calendar day of an instant in the mission's zone, or in another: `2027-02-28`. */
export function dayOf(instant: string | Date, zone = missionPlace.value.zone): string {
  const parts = formatOf('en', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(instant))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** A calendar day in words: `Sunday, 28 February 2027`. */
export const day = (calendarDay: string): string => write(`${calendarDay}T12:00:00Z`, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC')

/** A calendar day, short: `28 Feb 2027`. */
export const dayShort = (calendarDay: string): string => write(`${calendarDay}T12:00:00Z`, { day: 'numeric', month: 'short', year: 'numeric' }, 'UTC')

/** `20:14` when it is today, else the day before it: `27 Feb, 20:14`; of another year with that: `1 Mar 2024, 09:30`. */
export function moment(instant: string, now: Date = present()): string {
  const [then, today] = [dayOf(instant), dayOf(now)]
  if (then === today) return clock(instant)
  return `${then.slice(0, 4) === today.slice(0, 4) ? write(instant, { day: 'numeric', month: 'short' }) : dayShort(then)}, ${clock(instant)}`
}

/** The same moment on the mission's clock and in UTC, as an embargo is told: `28 Feb, 20:00 (02:00 UTC)`. */
export function momentInUtc(instant: string, now: Date = present()): string {
  const isSameDay = dayOf(instant) === dayOf(instant, 'UTC')
  const utc = write(instant, { ...(isSameDay ? {} : { day: 'numeric', month: 'short' }), hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'UTC')
  return `${moment(instant, now)} (${utc} UTC)`
}

/** A moment for paper, which is read on other days: always with its date and year, `28 Feb 2027, 20:00 (1 Mar 2027, 02:00 UTC)`. */
export function dated(instant: string): string {
  const isSameDay = dayOf(instant) === dayOf(instant, 'UTC')
  const utc = [isSameDay ? null : dayShort(dayOf(instant, 'UTC')), write(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'UTC')].filter(Boolean).join(', ')
  return `${dayShort(dayOf(instant))}, ${clock(instant)} (${utc} UTC)`
}

/** How long, in the largest units that say it: `38 s`, `4 min`, `2 h 22 min`, `3 days`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${number(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${number(minutes)} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 || hours >= 10 ? `${number(hours)} h` : `${number(hours)} h ${number(minutes % 60)} min`
  return common().times.days(Math.floor(hours / 24))
}

/** How long before `now`: `38 s ago`; `now` within five seconds and for clocks that run ahead. */
export function ago(instant: string, now: Date = present()): string {
  const past = now.getTime() - Date.parse(instant)
  return past < 5000 ? common().times.now : common().times.ago(duration(past))
}
