/** An instant as `2027-02-28T20:14` on a clock in `zone`, as a form's field wants it. */
export function onClock(milliseconds: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(milliseconds)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant at which a clock in `zone` shows `2027-02-28T20:14`; null if that is no time, or of a year below 1000, which is one that is still being typed. */
export function atClock(shown: string, zone: string): number | null {
  const asUtc = Date.parse(`${shown}:00Z`)
  if (!/^[1-9]\d{3}-/.test(shown) || !Number.isFinite(asUtc)) return null
  const shownOf = (milliseconds: number) => Date.parse(`${onClock(milliseconds, zone)}:00Z`)
  // Twice, since the offset may change between the first guess and the answer.
  const guess = asUtc - (shownOf(asUtc) - asUtc)
  const at = guess - (shownOf(guess) - asUtc)
  return Number.isFinite(at) ? at : null
}

/** What a field for the time of an observation says: an instant that has been, or why it is none. A minute that has only begun is now. */
export function timeTaken(shown: string, zone: string, now: number): number | 'no_time' | 'in_the_future' {
  const at = atClock(shown, zone)
  if (at === null) return 'no_time'
  return at > now + 60_000 ? 'in_the_future' : Math.min(at, now)
}
