import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBackup } from '../../server/backup.ts'
import { keepLastBackup } from '../../server/platform/backup/last.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { lastBackupCall, leaveCall } from '../../shared/mission.ts'
import { startHouse } from '../support/house.ts'
import type { TestHouse } from '../support/house.ts'

let house: TestHouse
beforeAll(async () => { house = await startHouse() })
afterAll(async () => {
  expect((await verifyJournal(house.db.readers)).faults).toEqual([])
  await house.stop()
  await rm(`${house.folder}.tar`, { force: true })
})

test('[R392] a lead reads when the mission was last backed up and how much came since; another mission’s backup is none, nor is one that cannot be read', async () => {
  const [lead, observer] = [await house.person('lead'), await house.person('observer')]
  const read = async () => (await lead.call(lastBackupCall, {})).reply
  expect(await read()).toEqual({ keeper: 'veedor', last: null })
  const begunAt = house.clock.now()
  await makeBackup({ dataFolder: house.folder, path: `${house.folder}.tar`, withKey: false, now: () => begunAt, say: () => undefined })
  const { number } = house.engine.head()
  await observer.call(leaveCall, {})
  const facts = house.engine.head().number - number
  expect(facts).toBeGreaterThan(0)
  expect(await read()).toEqual({ keeper: 'veedor', last: { begunAt, facts, reports: 0, isBeside: true } })
  await keepLastBackup(house.folder, { mission: randomUUID(), begunAt, number, reports: 3, isBeside: false })
  expect((await read()).last).toBe(null)
  await writeFile(join(house.folder, 'last-backup.json'), '{"mission"')
  expect((await read()).last).toBe(null)
})
