import { statfs } from 'node:fs/promises'
import { Problem } from '../../../shared/problem.ts'

/** What is asked to be kept: pictures and files stop long before words do, so that what an observer writes still arrives. */
export type Kept = 'originals' | 'text'

const leastFree: Record<Kept, number> = { originals: 0.1, text: 0.02 }

export type Disk = {
  /** @throws full, and the phone waits */
  ask: (kept: Kept) => Promise<void>
}

/** The share of the folder's disk that is free for this account. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder)
  return blocks === 0 ? 1 : bavail / blocks
}

export const openDisk = (measure: () => Promise<number>): Disk => ({
  ask: async (kept) => {
    if ((await measure()) < leastFree[kept]) throw new Problem('full')
  },
})

const measuredMilliseconds = 1_000

/** The same share for whoever asks within a second. */
export function measuredNowAndThen(measure: () => Promise<number>): () => Promise<number> {
  let last: { at: number; share: Promise<number> } | null = null
  return () => {
    if (last === null || performance.now() - last.at > measuredMilliseconds) last = { at: performance.now(), share: measure() }
    return last.share
  }
}
