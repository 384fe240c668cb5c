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
        // After the rest, and no more at a time than there are cores on a small machine: each has a browser and a server of its own.
        test: { ...limits, name: 'journeys', pool: 'forks', maxWorkers: 2, testTimeout: 240_000, hookTimeout: 120_000, include: ['tests/journeys/**/*.test.{ts,tsx}'], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
