const steps = [3_600_000, 600_000, 60_000, 10_000, 1_000]
/** Of what a screen was sent, so much at least is compared. */
const share = 0.9

/**
 * From which moment on a screen that was sent the newest of a filter, and not all, has every report of it, so that headquarters can be asked for the same. Of the oldest moment itself some may be missing. A round
 * moment where it costs little: then screens that were loaded one after the other ask for the same set, which headquarters keeps once. `observedAt`: newest first, ISO 8601.
 */
export function comparedSince(observedAt: readonly string[]): string | null {
  const [oldest, latest] = [observedAt.at(-1), observedAt[Math.max(0, Math.ceil(observedAt.length * share) - 1)]]
  if (oldest === undefined || latest === undefined) return null
  const after = Date.parse(oldest) + 1
  const at = (moment: number) => new Date(moment).toISOString()
  const step = steps.find((one) => at(Math.ceil(after / one) * one) <= latest)
  return at(step === undefined ? after : Math.ceil(after / step) * step)
}
