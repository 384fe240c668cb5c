import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { checkAll } from '../../server/check.ts'
import { seedMission } from '../../server/sample/seed.ts'
import { runCommand } from '../support/commands.ts'
import { defaultPack, startHouse } from '../support/house.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-seed-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

it('[R301] an exercise of any number of reports is made in an empty folder, agrees with its journal, and opens as any mission; a folder that holds something is left as it is', async () => {
  await seedMission({ dataFolder: folder, reports: 2_300, pack: await defaultPack(), now: Date.now, say: () => undefined, centres: 60, observers: 5 })
  const house = await startHouse({ folder })
  const desk = await house.person('coordinator')
  const { reply } = await desk.call(listReportsCall, { limit: 5 })
  expect([reply.all, reply.total, reply.reports.length]).toEqual([2_300, 2_300, 5])
  expect((await desk.call(listReportsCall, { words: 'R-2300' })).reply.reports.map(({ number }) => number)).toEqual([2_300])
  const checked = await checkAll(house.db.readers, folder)
  expect(checked.faults).toEqual([])
  expect((await house.db.readers.selectFrom('mission').select('exercise').executeTakeFirst())?.exercise).toBe(1)
  await house.stop()

  const before = await readdir(folder)
  const again = await runCommand('seed', ['--reports', '10', '--into', folder], folder)
  expect([again.code, again.complained]).toEqual([2, expect.stringContaining('is not empty')])
  expect(await readdir(folder)).toEqual(before)
})
