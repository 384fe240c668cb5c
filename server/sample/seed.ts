import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { openMissionCall, setBasicsCall, setCheckingCall } from '../../shared/mission.ts'
import { importRegisterCall, previewRegisterCall } from '../../shared/stations.ts'
import type { Pack } from '../../shared/pack.ts'
import { beginSetUp, openMission, openSetUp, setBasics, setChecking } from '../features/mission/actions.ts'
import { invite, join as joinMission } from '../features/people/actions.ts'
import { importRegister, prepareImport, prepareRegister, previewRegister } from '../features/stations/actions.ts'
import { anExercise, ensureEmpty } from '../folder.ts'
import { openHouse } from '../house.ts'
import type { House } from '../house.ts'
import { lockFolder } from '../platform/database/lock.ts'
import { emptyLog, shortenLog } from '../platform/database/dialect.ts'
import { openDatabase } from '../platform/database/open.ts'
import { uuid7 } from '../platform/ids.ts'
import { readHead } from '../platform/journal/journal.ts'
import { appendMany } from '../platform/journal/many.ts'
import type { PersonActor } from '../platform/journal/work.ts'
import { chanceFrom, seedOf } from './chance.ts'
import { act } from './file.ts'
import { organisations } from './people.ts'
import { zone } from './plan.ts'
import { manyCentres, registerText } from './register.ts'
import { makeReports } from './seed-reports.ts'
import type { Cast } from './seed-reports.ts'

export type SeedOptions = { dataFolder: string; reports: number; pack: Pack; now: () => number; say: (line: string) => void; centres?: number; observers?: number }

const atOnce = 2_000
const checkpointEvery = 10
const tenHours = 10 * 3_600_000
const seed = 20_270_301

/**
 * Makes an exercise of so many reports in an empty folder, to try Veedor's own size on: people, register and opening by the actions of any mission, the reports as the facts that filing, seeing and judging them would have
 * been, in large transactions. @throws CannotOpen on a folder that is not empty
 */
export async function seedMission({ dataFolder, reports, pack, now, say, centres = 1_595, observers = 400 }: SeedOptions): Promise<void> {
  await ensureEmpty(dataFolder, anExercise)
  const begun = now()
  const cast = await gather({ dataFolder, pack, now: begun - tenHours - 3_600_000, centres, observers })
  const lock = await lockFolder(dataFolder)
  const db = await openDatabase(join(dataFolder, 'mission.db'), { readers: 1 })
  try {
    const chance = chanceFrom(seed)
    let head = await readHead(db.writer)
    for (let first = 1, batch = 1; first <= reports; first += atOnce, batch++) {
      const count = Math.min(atOnce, reports - first + 1)
      const moments = Array.from({ length: count }, (_, at) => begun - tenHours + Math.floor(((first - 1 + at) / reports) * tenHours))
      const { facts, rows, words } = makeReports(cast, chance, { first, moments })
      const from = head
      head = await db.writer.transaction().execute(async (tx) => {
        const next = await appendMany(tx, facts, rows, from)
        await tx.insertInto('reportWords').values(words).execute()
        return next
      })
      if (batch % checkpointEvery === 0) await shortenLog(db.writer)
      if (Math.floor((first + count - 1) / 100_000) > Math.floor((first - 1) / 100_000)) say(`${first + count - 1} of ${reports} reports`)
    }
    await emptyLog(db.writer)
  } finally {
    await db.close()
    await lock.release()
  }
}

/** A mission that was set up and opened, with people who have joined. Nothing of it is anybody's: its pictures and names are invented. */
async function gather({ dataFolder, pack, now, centres: many, observers }: { dataFolder: string; pack: Pack; now: number; centres: number; observers: number }): Promise<Cast> {
  let clock = now
  const house = await openHouse({
    config: { port: 0, host: '127.0.0.1', dataFolder, publicAddress: null, tls: null }, log: pino({ level: 'silent' }), pack, exercise: true, now: () => new Date(clock++).toISOString(),
  })
  try {
    const lead = await begin(house)
    await act(house, lead, setBasicsCall, { name: 'Ejercicio de carga', country: 'SV', zone, languages: ['es', 'en'], days: [new Date(now).toISOString().slice(0, 10)], leadName: 'Zoila Ejemplo', organisation: organisations[0] }, setBasics)
    const rules = { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } as const
    await act(house, lead, setCheckingCall, { credit: 'Ejercicio de carga', rules }, setChecking)
    const centres = manyCentres(seedOf(seed, 'register'), many)
    const file = { path: house.files.incomingPath(), name: 'centros.csv', sizeBytes: 0 }
    await writeFile(file.path, registerText(centres))
    const { upload, right, wrong } = await act(house, lead, previewRegisterCall, {}, previewRegister, prepareRegister, { file })
    await act(house, lead, importRegisterCall, { upload, right, wrong }, importRegister, prepareImport)
    await rm(file.path, { force: true })
    const coordinators = [await bring(house, lead, 'coordinator', 1), await bring(house, lead, 'coordinator', 2), await bring(house, lead, 'coordinator', 3)]
    const authors: string[] = []
    for (let at = 1; at <= observers; at++) authors.push(await bring(house, lead, 'observer', at))
    const { mission } = await act(house, lead, openMissionCall, { rules }, openMission)
    return { mission: mission.id, pack: mission.pack, centres, authors, coordinators }
  } finally {
    await house.close()
  }
}

async function begin(house: House): Promise<PersonActor> {
  const token = await house.engine.write({ kind: 'server' }, openSetUp)
  const signedIn = await house.engine.write({ kind: 'visitor' }, (work) => beginSetUp({ token: token ?? '' }, work))
  if ('refused' in signedIn) throw signedIn.refused
  return { kind: 'person', id: signedIn.reply.person.id, role: 'lead', session: null }
}

async function bring(house: House, lead: PersonActor, role: 'observer' | 'coordinator', at: number): Promise<string> {
  const id = uuid7(Date.parse(house.engine.now()))
  const { token } = await house.engine.write(lead, (work) => invite({ id, name: `${role === 'observer' ? 'Observador' : 'Coordinador'} ${at}`, role, organisation: organisations[at % organisations.length] ?? organisations[0], language: 'es' }, work))
  const joined = await house.engine.write({ kind: 'visitor' }, (work) => joinMission({ token }, work))
  if ('refused' in joined) throw joined.refused
  return id
}
