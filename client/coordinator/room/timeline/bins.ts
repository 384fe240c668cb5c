import type { Severity } from '../../../../shared/basics.ts'

export type Bin = { from: number; critical: number; high: number; rest: number }
export type Bins = { from: number; until: number; step: number; bins: Bin[]; most: number }

const minute = 60_000
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute)
const mostBins = 72

/** Reports counted by when they were observed, in at most 72 bins of a round length, from the first to the last. `from` of a bin in milliseconds. */
export function binsOf(points: Iterable<{ observedAt: string; severity: Severity }>): Bins | null {
  const seen = [...points].map(({ observedAt, severity }) => ({ at: Date.parse(observedAt), severity }))
  if (seen.length === 0) return null
  let [first, last] = [Infinity, -Infinity]
  for (const { at } of seen) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  const step = steps.find((one) => Math.floor(last / one) - Math.floor(first / one) < mostBins) ?? Math.ceil((last - first) / mostBins / steps.at(-1)! + 1) * steps.at(-1)!
  const from = Math.floor(first / step) * step
  const until = (Math.floor(last / step) + 1) * step
  const bins = Array.from({ length: Math.round((until - from) / step) }, (_, at): Bin => ({ from: from + at * step, critical: 0, high: 0, rest: 0 }))
  for (const { at, severity } of seen) {
    const bin = bins[Math.floor((at - from) / step)]
    if (bin) bin[severity === 'critical' || severity === 'high' ? severity : 'rest'] += 1
  }
  return { from, until, step, bins, most: Math.max(...bins.map((bin) => bin.critical + bin.high + bin.rest)) }
}
