import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { killAtMoments } from '../support/killed.ts'

// The short form: `npm run faults -- server` kills at two hundred moments. A seed that found a fault goes on standing here.
it.each([1])('[R246] [lesson 1] killed while fifty phones send, at moments of seed %i, it has all that it acknowledged, once, and takes the rest', async (seed) => {
  const { folder, survived, faults, unanswered, reports } = await killAtMoments({ seed, moments: 3, senders: 50 })
  expect(faults).toEqual([])
  expect(survived).toBe(3)
  expect(unanswered).toBeGreaterThan(0)
  expect(reports).toBeGreaterThan(unanswered)
  await rm(folder, { recursive: true, force: true })
})
