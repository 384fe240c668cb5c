/** How the line carries bytes: how large the next piece is, and how many bytes a second went through of late. Null: not known yet. */
export type Pace = { piece: number; rate: number | null }

const smallest = 16_000
const largest = 4_000_000
export const freshPace: Pace = { piece: 64_000, rate: null }

/** How long a piece should be under way: more, and a cut costs more than it need; less, and the waiting for answers does. */
const wantedSeconds = 3
/** What says nothing of the line: an answer's own time is most of it. */
const tellsNothing = 8000

/** After bytes that went through: the next piece is twice as large at most, and no larger than what takes a few seconds. */
export function wentThrough({ piece, rate }: Pace, bytes: number, milliseconds: number): Pace {
  if (bytes < tellsNothing) return { piece, rate }
  const now = (bytes / Math.max(milliseconds, 1)) * 1000
  const smooth = rate === null ? now : rate * 0.5 + now * 0.5
  return { piece: bounded(Math.min(piece * 2, smooth * wantedSeconds)), rate: smooth }
}

/** After a piece that was cut: a quarter of it next. What had arrived of it is asked for, and not sent again. */
export const wasCut = ({ piece, rate }: Pace): Pace => ({ piece: bounded(piece / 4), rate: rate === null ? null : rate / 2 })

/** How many seconds to wait for an answer to so many bytes before taking the line for dead: a network that changed its address says nothing at all. */
export const patienceFor = ({ rate }: Pace, bytes: number): number => Math.round(Math.min(300, 20 + (6 * bytes) / (rate ?? 4000)))

const bounded = (bytes: number): number => Math.round(Math.min(largest, Math.max(smallest, bytes)))
