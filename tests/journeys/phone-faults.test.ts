import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyFault, fewFaults, strikesToCome } from '../support/phone-faults.ts'
import { openStand } from '../support/phone-stand.ts'
import type { Stand } from '../support/phone-stand.ts'

// Each kind of fault once; `npm run faults -- phone` has every one.
const faults = process.env['EVERY_FAULT'] ? everyFault : fewFaults

let stand: Stand

beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

test.each(faults.map((fault, at) => [fault.name, fault, at] as const))('[R258] %s: every finished report is at headquarters exactly once, its originals to the byte', async (_, { happen }, at) => {
  await happen(stand, 1000 + at * 10)
  await stand.untilWhole()
  expect(strikesToCome()).toBe(0)
  stand.network.decide = () => undefined
})
