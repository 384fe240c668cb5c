/** What went through of late, against all the time in which it should have: cuts, silence and waiting belong to it, for what is still to go fares no better. Both fade over minutes. */
export type Flow = { bytes: number; seconds: number }
export const freshFlow: Flow = { bytes: 0, seconds: 0 }

/** Some cuts and what comes between them: less, and each cut and each quiet minute would be told as another time. */
const memorySeconds = 180
/** An outage that lasts longer, or a phone that slept, says nothing of how it goes once that is over. */
const longestSeconds = 60
/** One soon after the beginning says little more than what is known by then: else the first of it would be told as hours. */
const earlySeconds = 5

/** After bytes that arrived, so long after those before them. */
export function flowed({ bytes, seconds }: Flow, arrived: number, milliseconds: number): Flow {
  const passed = Math.min(Math.max(milliseconds, 1) / 1000, earlySeconds + seconds, longestSeconds)
  const faded = Math.exp(-passed / memorySeconds)
  return { bytes: bytes * faded + arrived, seconds: seconds * faded + passed }
}

/** Bytes a second with all that goes wrong; null while nothing is known. `line`: of what went through without a cut; one that has become slower carries no more than it does now. */
export const rateOf = ({ bytes, seconds }: Flow, line: number | null): number | null => (line === null || seconds === 0 ? null : Math.min(bytes / seconds, line))

/** Milliseconds until headquarters is asked again how far all is. What is asked comes out of what is sent, at so many bytes a second: asking often took three in a hundred of a line of 64 kbit/s. */
export const untilAsked = (isAwaited: boolean, sends: number | null): number => (isAwaited && (sends === null || sends > 32_000) ? 5000 : 20_000)
