import * as z from 'zod/mini'
import { Instant } from './basics.ts'
import type { Severity } from './basics.ts'
import { colourless } from './colourless.ts'
import { contract } from './contract.ts'
import { ReportFilter } from './reports.ts'
import { desk } from './roles.ts'
import type { ReportStatus } from './verification.ts'

const Bin = z.object({ from: z.number(), critical: z.number(), high: z.number(), rest: z.number() })
/** `from` and `until` in milliseconds; `most` are in the fullest. */
export const Bins = z.object({ from: z.number(), until: z.number(), step: z.number(), bins: z.array(Bin), most: z.number() })
export type Bin = z.infer<typeof Bin>
export type Bins = z.infer<typeof Bins>

/** What waits of a filter's reports. `critical`: of critical severity and not decided. */
export const Queue = z.object({ total: z.number(), notLooked: z.number(), oldestReceivedAt: z.nullable(Instant), inReview: z.number(), critical: z.number() })
export type Queue = z.infer<typeof Queue>

/** What the room says of all reports of a filter where a screen does not hold them: what waits, and when they were observed, whatever the filter's own times. */
export const roomCountsCall = contract({
  name: 'roomCounts', method: 'GET', path: '/api/counts', who: desk, kind: 'reads', input: ReportFilter,
  reply: z.object({ number: z.number(), queue: Queue, times: z.nullable(Bins) }),
})

const minute = 60_000
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute)
const mostBins = 72

/** Reports counted by when they were observed, in at most 72 bins of a round length, from the first to the last. What is told to the minute alone comes to the same, and what has lost its colour is with the rest. */
export function binsOf(seen: readonly { at: number; severity: Severity; status: ReportStatus; count: number }[]): Bins | null {
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
  for (const { at, severity, status, count } of seen) {
    const bin = bins[Math.floor((at - from) / step)]
    if (bin) bin[(severity === 'critical' || severity === 'high') && !colourless.includes(status) ? severity : 'rest'] += count
  }
  return { from, until, step, bins, most: Math.max(...bins.map((bin) => bin.critical + bin.high + bin.rest)) }
}
