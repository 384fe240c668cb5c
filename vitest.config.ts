import { defineConfig } from 'vitest/config'

const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const

/** Waits inside a test last up to 30 s; a test that waits twice still ends. */
const limits = { testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 30_000 }

export default defineConfig({
  test: {
    projects: [
      {
        oxc: jsx,
        test: { ...limits, name: 'rest', pool: 'forks', maxWorkers: 2, include: ['tests/**/*.test.{ts,tsx}'], exclude: ['tests/journeys/**', 'tests/bench/**'], sequence: { groupOrder: 0 } },
      },
      {
        oxc: jsx,
        // A browser and a server need the cores for themselves: after the rest, one at a time.
        test: { ...limits, name: 'journeys', pool: 'forks', maxWorkers: 1, fileParallelism: false, testTimeout: 240_000, hookTimeout: 120_000, include: ['tests/journeys/**/*.test.{ts,tsx}'], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
