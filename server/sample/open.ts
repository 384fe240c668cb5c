import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pack } from '../../shared/pack.ts'
import type { Config } from '../config.ts'
import { expireClaims } from '../features/verification/actions.ts'
import { CannotOpen, ensureFolder } from '../folder.ts'
import { openHouse } from '../house.ts'
import { lockFolder } from '../platform/database/lock.ts'
import { openReaders } from '../platform/database/open.ts'
import type { Log } from '../platform/http/problems.ts'
import { drawAll } from './draw-all.ts'
import { take } from './file.ts'
import { momentOf, planSample, sampleDay } from './plan.ts'
import { setUp } from './set-up.ts'

export const sampleSeed = 20_270_228

type Options = { config: Config; log: Log; pack: Pack; say: (line: string) => void; now?: () => string }

/** Stands in the folder while the sample is being made: only then may the folder be thrown away. */
const unfinished = 'sample-unfinished'

/**
 * Makes the sample mission in an empty folder, through the same actions as a real one, with a clock that follows the plan. A finished one is left as it is, one that was
 * interrupted is made anew. @throws CannotOpen where the folder holds a real mission
 */
export async function fillSample({ config, log, pack, say, now = () => new Date().toISOString() }: Options): Promise<void> {
  const folder = config.dataFolder
  await ensureFolder(folder)
  if (existsSync(join(folder, unfinished))) await clear(folder)
  if (existsSync(join(folder, 'mission.db'))) {
    if (!(await isExercise(folder))) throw new CannotOpen(`${folder} holds a real mission, not the sample: name another folder with DATA_DIR, or leave DATA_DIR out.`)
    return
  }
  await writeFile(join(folder, unfinished), '')
  const plan = planSample({ seed: sampleSeed, day: sampleDay(now()) })
  const pictures = plan.reports.flatMap((report) => report.pictures)
  say(`Making the sample mission, once: its register, its people and ${pictures.length} drawn pictures.`)

  let clock = momentOf(plan.day, '00:00') - 72 * 3_600_000
  const house = await openHouse({ config: { ...config, port: 0, host: '127.0.0.1', publicAddress: null, tls: null }, log, pack, exercise: true, now: () => new Date(clock).toISOString() })
  try {
    const drawn = join(folder, 'drawn')
    const [begun] = await Promise.all([setUp(house, plan, () => { clock += 60_000 }), drawAll(pictures.map((picture) => picture.order), drawn)])
    say(`Filing ${plan.reports.length} reports of ${plan.day}, and what became of them.`)
    const stage = { house, ...begun, reports: new Map(plan.reports.map((report) => [report.key, report])), drawn, keys: new Map() }
    for (const step of plan.steps) {
      // What time a picture was looked into is a fact too: not the next step's.
      await house.picturesDone()
      clock = step.at
      await take(step, stage)
    }
    await house.picturesDone()
    clock += 3_600_000
    await expireClaims(house.engine)
    await rm(drawn, { recursive: true, force: true })
  } finally {
    await house.close()
  }
  await rm(join(folder, unfinished))
}

const ours = /^(mission\.db.*|originals|renditions|incoming|uploads|drawn)$/

/** Throws a half-made sample away: nothing that another process has open, and nothing that is not of Veedor's making. @throws FolderInUse */
async function clear(folder: string): Promise<void> {
  const lock = await lockFolder(folder)
  for (const name of await readdir(folder)) if (ours.test(name)) await rm(join(folder, name), { recursive: true })
  await lock.release()
}

async function isExercise(folder: string): Promise<boolean> {
  const db = openReaders(join(folder, 'mission.db'), 1)
  try {
    return (await db.selectFrom('mission').select('exercise').executeTakeFirst())?.exercise === 1
  } finally {
    await db.destroy()
  }
}
