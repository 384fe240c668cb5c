import { defineConfig } from 'vitest/config'

const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const

/** Files share their workers and what was imported there: to import all of it anew for each took a sixth of the whole run. What stands in for a browser cleans up (tests/support/stand-in.ts). */
const shared = { pool: 'forks', maxWorkers: 2, isolate: false } as const

/** Only what hangs is ended by these: a machine that does other things too may stand still for half a minute, and what comes late has not failed. */
const limits = { testTimeout: 300_000, hookTimeout: 300_000, teardownTimeout: 60_000, expect: { poll: { timeout: 120_000 } } }

/** Tests that run on both databases in every run: those that ask most of a store. `POSTGRES=all npx vitest run --project postgres` takes every feature. */
const onBoth = process.env['POSTGRES'] === 'all' ? ['features/*'] : ['amendments', 'counts', 'lists', 'notices', 'past', 'photos', 'press', 'reports', 'since', 'verification'].map((name) => `features/${name}`)
/** What looks into the database's file itself, or starts a command on it. */
const onFile = ['delegation', 'found', 'last-backup', 'logs', 'people', 'people-lead-link', 'receipts'].map((name) => `tests/features/${name}.test.ts`)

export default defineConfig({
  test: {
    projects: [
      {
        oxc: jsx,
        test: { ...limits, name: 'rest', ...shared, include: ['tests/**/*.test.{ts,tsx}'], exclude: ['tests/journeys/**', 'tests/bench/**', 'tests/postgres/**'], sequence: { groupOrder: 0 } },
      },
      {
        oxc: jsx,
        // Once more on a real PostgreSQL: what asks most of a database, and what is that database's alone.
        test: { ...limits, name: 'postgres', ...shared, include: [...['platform/journal', 'platform/migrations', 'platform/writing', ...onBoth].map((name) => `tests/${name}.test.ts`), 'tests/postgres/**/*.test.ts'], exclude: onFile, env: { TEST_DATABASE: 'postgres' }, globalSetup: 'tests/support/postgres-server.ts', sequence: { groupOrder: 0 } },
      },
      {
        oxc: jsx,
        // After the rest, and no more at a time than there are cores on a small machine: each has a browser and a server of its own.
        test: { ...limits, name: 'journeys', ...shared, testTimeout: 600_000, hookTimeout: 600_000, include: ['tests/journeys/**/*.test.{ts,tsx}'], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
