/** How the line carries bytes: how large the next piece is, how large a small copy may be, which is sent whole, and how many bytes a second to count on; `line`: how many it carries while it is there. Null: not known yet. */
export type Pace = { piece: number; copy: number; rate: number | null; line: number | null }

const smallest = 16_000
const largest = 4_000_000
const [smallestCopy, largestCopy] = [12_000, 150_000]
export const freshPace: Pace = { piece: 64_000, copy: largestCopy, rate: null, line: null }

/** How long a piece should be under way: more, and a line that went silent is noticed late; less, and the heads of requests and the waiting for answers cost more than cuts do, of which what arrived is kept. */
const wantedSeconds = 6
/** The same of a small copy, which shows headquarters a place before the original does: worth more patience. */
const wantedCopySeconds = 12
/** What says nothing of the line: an answer's own time is most of it. */
const tellsNothing = 8000

/** After bytes that went through: the next piece is twice as large at most, and no larger than what takes a few seconds. */
export function wentThrough(pace: Pace, bytes: number, milliseconds: number): Pace {
  if (bytes < tellsNothing) return pace
  const now = (bytes / Math.max(milliseconds, 1)) * 1000
  const rate = smooth(pace.rate, now)
  return { ...pace, piece: bounded(Math.min(pace.piece * 2, rate * wantedSeconds)), rate, line: smooth(pace.line, now) }
}

const smooth = (before: number | null, now: number) => (before === null ? now : before * 0.5 + now * 0.5)

const slowed = (rate: number | null) => (rate === null ? null : rate / 2)

/** After a piece that was cut: a quarter of it next. What had arrived of it is asked for, and not sent again. */
export const wasCut = (pace: Pace): Pace => ({ ...pace, piece: bounded(pace.piece / 4), rate: slowed(pace.rate) })

/** After a small copy that was cut: a third of it next. It goes whole or not at all, and one that takes longer than the line ever lasts would be sent for ever, with every original behind it. */
export const copyWasCut = (pace: Pace): Pace => ({ ...pace, copy: Math.max(smallestCopy, Math.round(pace.copy / 3)), rate: slowed(pace.rate) })

/** How large a small copy may be on this line. */
export const copyBytes = ({ copy, rate }: Pace): number => Math.max(smallestCopy, Math.min(copy, rate === null ? copy : rate * wantedCopySeconds))

/** How many seconds to wait for an answer to so many bytes before taking the line for dead: a network that changed its address says nothing at all. */
export const patienceFor = ({ rate }: Pace, bytes: number): number => Math.round(Math.min(300, 20 + (4 * bytes) / (rate ?? 4000)))

const bounded = (bytes: number): number => Math.round(Math.min(largest, Math.max(smallest, bytes)))
