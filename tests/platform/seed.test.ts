import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { checkAll } from '../../server/check.ts'
import { openReaders } from '../../server/platform/database/open.ts'
import { lookingWith } from '../../server/platform/journal/looking.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { progressOn } from '../../server/progress.ts'
import { seedMission } from '../../server/sample/seed.ts'
import { runCommand } from '../support/commands.ts'
import { tamperWith } from '../support/database.ts'
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
  const told = new Map<string, [number, number | null]>()
  const checked = await checkAll(house.db.readers, folder, (what, done, of) => void told.set(what, [done, of]))
  expect([checked.faults, checked.beyond]).toEqual([[], 0])
  expect([told.get('facts of the journal'), told.get('rows of reports')]).toEqual([[checked.facts, checked.facts], [2_300, 2_300]])
  expect((await house.db.readers.selectFrom('mission').select('exercise').executeTakeFirst())?.exercise).toBe(1)
  await house.stop()

  const before = await readdir(folder)
  const again = await runCommand('seed', ['--reports', '10', '--into', folder], folder)
  expect([again.code, again.complained]).toEqual([2, expect.stringContaining('is not empty')])
  expect(await readdir(folder)).toEqual(before)
})

it('[R461] a seed into a folder that holds something is refused in words of its own, also one that holds the exercise of before', async () => {
  const own = await mkdtemp(join(tmpdir(), 'veedor-letters-'))
  await writeFile(join(own, 'letter.txt'), 'mine')
  for (const [into, found] of [[own, 'letter\\.txt'], [folder, '[\\w.]+']] as const) {
    const said = await runCommand('seed', ['--reports', '5', '--into', into], into)
    expect([said.code, said.said]).toEqual([2, ''])
    expect(said.complained).toMatch(new RegExp(`^${into} is not empty \\(${found}\\): an exercise is made in a new or empty folder alone\\. Name another with --into, or delete this one if it holds an exercise of before\\. Nothing was written\\.\n$`))
  }
  await rm(own, { recursive: true })
})

it('[R384] verify folds a mission that is larger than what it holds in memory, and names the same; beyond a thousand faults it counts them', async () => {
  const path = join(folder, 'mission.db')
  await tamperWith(path, ["update reports set severity = case severity when 'low' then 'high' else 'low' end where number in (7, 2290)", 'delete from verdicts where id in (select id from verdicts order by id limit 2)', "insert into organisations values ('zz', 'zz')"])
  const db = openReaders(path, 1)
  const look = async (mostHeld: number) => (await verifyJournal(db, lookingWith(), { mostHeld })).faults.map(({ where, what }) => `${where}: ${what}`)
  try {
    const [few, all] = [await look(100), await look(Infinity)]
    expect(few).toEqual(all)
    expect(few.map((line) => line.replace(/ [0-9a-f-]{36}:/, ':'))).toEqual([
      'organisations zz: stands in the table, but no fact made it', ...Array<string>(2).fill('reports: severity is not what the journal says'), ...Array<string>(2).fill('verdicts: is in the journal and not in the table'),
    ])
    await tamperWith(path, ["update reports set language = 'xx'"])
    const looking = lookingWith()
    await verifyJournal(db, looking)
    expect([looking.faults.length, looking.beyond()]).toEqual([1_000, 1_305])
  } finally {
    await db.destroy()
  }
})

it('[R384] how far a look has come is told with each tick: in one line of a terminal, else in few lines', () => {
  const screen = (isTTY: boolean) => {
    const written: string[] = []
    const progress = progressOn({ isTTY, write: (text) => written.push(text) })
    progress.tick()
    for (let tick = 1; tick <= 11; tick++) {
      progress.told('rows of reports', tick, 11)
      progress.tick()
    }
    progress.told('pages of the database', 0, null)
    progress.tick()
    progress.end()
    return written
  }
  expect(screen(false)).toEqual(['Looking at rows of reports: 1 of 11\n', 'Looking at rows of reports: 11 of 11\n'])
  expect(screen(true)).toHaveLength(13)
  expect(screen(true).slice(-3)).toEqual(['\rLooking at rows of reports: 11 of 11\x1b[K', '\rLooking at pages of the database ...\x1b[K', '\r\x1b[K'])
})
