import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { fuzz, seeds } from '../support/fuzz.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'

let house: TestHouse
let desk: Caller

beforeAll(async () => {
  house = await startHouse()
  desk = await house.person('coordinator')
})
afterAll(() => house.stop())

const all = 300
const each = Math.ceil(all / Object.keys(seeds).length)

// `npm run fuzz` sends thousands. A seed that found a fault goes on standing here by its number.
it.each(Object.keys(seeds))('[R199] %s with eight bytes replaced is refused, kept as unreadable, or shown; nothing stops', async (kind) => {
  const found = await fuzz(house, desk, kind, 0, each)
  expect(found.wrong).toEqual([])
  expect(found.refused + found.unreadable + found.ready).toBe(each)
  expect(found.mostBytes).toBeLessThan(400_000_000)
  expect(found.serverGrewBytes).toBeLessThan(256_000_000)
})

it('[R199] and the journal and the tables agree after all of it', async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
})
