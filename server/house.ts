import type { Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import type { Pack } from '../shared/pack.ts'
import { changesBetween, createApp, heardByPress } from './app.ts'
import type { App, AppParts } from './app.ts'
import { addressOf, databaseOf } from './config.ts'
import type { Config } from './config.ts'
import { endEmbargoes } from './features/embargo/actions.ts'
import { beginMission, getMission } from './features/mission/actions.ts'
import type { SampleLinks } from './features/mission/actions.ts'
import { leadLink } from './features/people/actions.ts'
import { cutAddresses, findActors, hearSessions, noteSession } from './features/sessions/actions.ts'
import { checkFilesAtNight, damageRecorder, picturesInWork, sweepShelves, sweepUploads } from './features/photos/actions.ts'
import { knowMissionKey } from './features/receipts/actions.ts'
import { countReports, namesOf } from './features/reports/actions.ts'
import { heardSince } from './features/screens/actions.ts'
import { needsProof } from './features/staff/actions.ts'
import { placesOfRegister } from './features/stations/actions.ts'
import { findTokenOwner } from './features/tokens/actions.ts'
import { expireClaims } from './features/verification/actions.ts'
import { CannotOpen, ensureFolder, sayDamaged } from './folder.ts'
import { findLastBackup } from './platform/backup/last.ts'
import { openControl } from './platform/control/control.ts'
import { openDatabase } from './platform/database/open.ts'
import type { Database } from './platform/database/open.ts'
import { isOnServer } from './platform/database/refused.ts'
import { lockFolder } from './platform/database/lock.ts'
import { freeShare, measuredNowAndThen, openDisk } from './platform/files/disk.ts'
import { openFiles } from './platform/files/files.ts'
import { markShelves } from './platform/files/marks.ts'
import type { Files } from './platform/files/files.ts'
import { openUploads } from './platform/files/uploads.ts'
import { openAddresses } from './platform/http/addresses.ts'
import { openLimits, usualFigures } from './platform/http/limits.ts'
import type { Figures } from './platform/http/limits.ts'
import { toldOf } from './platform/http/problems.ts'
import type { Log } from './platform/http/problems.ts'
import type { Doors } from './platform/http/serve.ts'
import { logRaw } from './platform/http/requests.ts'
import { openServer } from './platform/http/server.ts'
import { keepSessions } from './platform/http/sessions.ts'
import { uuid7 } from './platform/ids.ts'
import { openEngine } from './platform/journal/engine.ts'
import type { Engine } from './platform/journal/engine.ts'
import type { PersonActor } from './platform/journal/work.ts'
import { openHub } from './platform/live/hub.ts'
import type { Hub } from './platform/live/hub.ts'
import { openNumbers } from './platform/live/numbers.ts'
import { openMap } from './platform/map/map.ts'
import { openSecrets } from './platform/secrets/secrets.ts'
import { openPictures } from './platform/pictures/pictures.ts'
import type { Pictures } from './platform/pictures/pictures.ts'
import { openMissionKey } from './platform/signing/mission-key.ts'

export type HouseOptions = {
  config: Config
  log: Log
  pack: Pack
  exercise: boolean
  now?: () => string
  client?: string
  openSample?: () => Promise<SampleLinks>
  sampleTokens?: ReadonlyMap<string, string>
  /** Of the sample: API tokens that live in memory alone, and whose they are. */
  sampleApiTokens?: ReadonlyMap<string, PersonActor>
  /** Of the sample alone: calls that no real mission has. */
  more?: AppParts['more']
  /** Limits other than the usual ones. */
  figures?: Partial<Figures>
  /** The share of the disk that is free, where it is not asked of the system. */
  measureDisk?: () => Promise<number>
  /** What the names of hosts stand for, where that is not asked of the system. */
  lookup?: LookupFunction
  /** The disk failed: nothing more is acknowledged, and this process has to end. */
  diskFailed?: (error: unknown) => void
  /** How many writes may share a commit, other than usual. */
  writesTogether?: number
}

/** One mission, open: its folder, database, files, picture child, server and hub. */
export type House = {
  folder: string
  engine: Engine
  db: Database
  files: Files
  pictures: Pictures
  doors: Doors
  express: App['express']
  hub: Hub
  server: Server
  port: number
  /** Where people reach it, without a slash at the end. */
  address: string
  /** Resolves when every picture that was waiting has been looked into. */
  picturesDone: () => Promise<void>
  /** Takes no more calls, lets those under way end, finishes writes, frees the folder. */
  close: () => Promise<void>
}

/** What `npm run lead-link` asks through the control door. */
const LeadAsked = z.object({ name: z.nullable(z.string()) })

const wallClock = (): string => new Date().toISOString()
const tickMilliseconds = 5_000
const dayMilliseconds = 86_400_000

/** Opens a data folder and serves it. @throws CannotOpen, FolderInUse, UnusableMap */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { config, log } = options
  const disk = openDisk(options.measureDisk ?? measuredNowAndThen(() => freeShare(config.dataFolder)))
  const map = await openMap({ config: config.map, folder: config.dataFolder, disk, log, ...(options.lookup ? { lookup: options.lookup } : {}) })
  const where = databaseOf(config)
  await ensureFolder(config.dataFolder, where)
  const lock = await lockFolder(config.dataFolder)
  const failing = options.diskFailed ?? (() => undefined)
  const db = await openDatabase(where, { lost: failing }).catch(sayDamaged(where))
  const engine = await openEngine(db, options.now ?? wallClock, { failing, ...(options.writesTogether ? { most: options.writesTogether } : {}) })
  // Only here is it known where the mission is; what is written before it is nothing but what each start of a newer Veedor brings a database to.
  await engine.read({ kind: 'server' }, async (look) => map.ensureNear(await placesOfRegister(null, look))).catch(async (error: unknown) => {
    await map.close()
    await db.close()
    await lock.release()
    throw error
  })
  const files = await openFiles(config.dataFolder, failing)
  const uploads = await openUploads(join(config.dataFolder, 'uploads'))
  const pictures = openPictures({ files, log })
  if (engine.head().number === 0) await begin(engine, options)
  await engine.write({ kind: 'server' }, async (work) => markShelves(config.dataFolder, (await getMission(work.tx)).id, work))
  const missionKey = await openMissionKey(join(config.dataFolder, 'mission.key'))
  await engine.write({ kind: 'server' }, (work) => knowMissionKey(missionKey, work))

  const sessions = keepSessions(engine, { findActors, hearSessions })
  const figures = { ...usualFigures, ...options.figures }
  const addresses = openAddresses(config.trustProxy ?? [])
  const limits = openLimits(figures, addresses, config.publicAddress)
  const rawLog = logRaw(log, addresses)
  const numbers = openNumbers(heardByPress)
  let sockets: Hub | null = null
  const { express, doors } = createApp({
    engine, files, pictures, uploads, disk, limits, mostOnScreen: figures.mostOnScreen, missionKey, log, addresses, numbers, map, publicAddress: config.publicAddress, hasTls: config.tls !== null, client: options.client ?? resolve(import.meta.dirname, '../dist/client'),
    identify: limits.counted(sessions.identify), needsProof: (actor) => engine.read(actor, (look) => needsProof(actor, look)), noteSession, secrets: openSecrets(engine.now), identifyToken: limits.counted(async (text) => options.sampleApiTokens?.get(text) ?? findTokenOwner(text, engine)), sessionEnded: (session) => sockets?.disconnectSession(session), whoIsHere: (look) => sockets?.whoIsHere(look) ?? Promise.resolve({ here: [], earlier: [] }), findBackup: async () => ({ keeper: isOnServer(where) ? 'database_server' : 'veedor', found: await findLastBackup(config.dataFolder) }), openSample: options.openSample ?? (() => Promise.resolve({ links: [] })), sampleTokens: options.sampleTokens ?? new Map(), ...(options.more ? { more: options.more } : {}),
  })
  const server = openServer(express, { ...config, idleMilliseconds: figures.idleMilliseconds, log: rawLog })
  const port = await listen(server, config).catch(async (error: unknown) => {
    await pictures.close()
    await db.close()
    await lock.release()
    throw error
  })
  const hub = (sockets = openHub({ server, engine, log, publicAddress: config.publicAddress, sessions, knock: limits.knock, knew: limits.knew, logHandshake: rawLog, changesBetween, numbers, countReports, namesOf, heardSince }))

  const address = addressOf(config, port)
  const control = await openControl(config.dataFolder, { port, handlers: { 'lead-link': (input) => engine.write({ kind: 'operator' }, async (work) => ({ address, ...(await leadLink(LeadAsked.parse(input), work)) })) } })

  const recordDamage = damageRecorder(engine)
  files.onDamage((damage) => void recordDamage(damage).catch((error: unknown) => log.error({ error: toldOf(error) }, 'a damaged file')))
  const looking = lookAfterCommits(engine, log, picturesInWork({ engine, files, pictures, uploads }))
  let nextSweep = 0
  const often = [() => expireClaims(engine), () => endEmbargoes(engine)]
  const hourly: Step[] = [
    () => files.sweep(Date.now()),
    () => sweepUploads({ engine, uploads }),
    async () => {
      if (Date.now() < nextSweep) return
      nextSweep = Date.now() + dayMilliseconds
      await sweepShelves({ engine, files }, new Date(Date.now() - dayMilliseconds))
    },
    (isStopping) => checkFilesAtNight({ engine, files }, isStopping),
    () => engine.write({ kind: 'clock' }, cutAddresses),
  ]
  const stopTicking = tick(log, often, hourly)

  return {
    folder: config.dataFolder, engine, db, files, pictures, doors, express, hub, server, port, address, picturesDone: looking.idle,
    close: async () => {
      await stopTicking()
      await control.close()
      await hub.close()
      await drain(server)
      await pictures.close()
      await map.close()
      await looking.stop()
      await engine.idle()
      await db.close()
      await lock.release()
    },
  }
}

async function begin(engine: Engine, { pack, exercise }: HouseOptions): Promise<void> {
  await engine.write({ kind: 'server' }, (work) => beginMission({ id: uuid7(Date.parse(work.now)), zone: 'UTC', exercise, pack }, work))
}

function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') fail(new CannotOpen(`Port ${port} on ${host} is taken by another program: stop that one, or choose another with PORT.`))
      else if (error.code === 'EACCES') fail(new CannotOpen(`This account may not listen on port ${port}: choose one above 1023 with PORT.`))
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') fail(new CannotOpen(`HOST names ${host}, which is not an address of this machine.`))
      else fail(error)
    })
    server.listen({ port, host }, () => done((server.address() as AddressInfo).port))
  })
}

const drainMilliseconds = 10_000

/** Takes no new connection, lets calls under way end, and then those that were kept alive; what takes longer than ten seconds is cut. */
async function drain(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
  await new Promise<void>((done) => server.close(() => done()))
  clearInterval(idle)
  clearTimeout(cut)
}

/** Looks into pictures after each commit that brought some, and once after each start for what was left. */
function lookAfterCommits(engine: Engine, log: Log, look: () => Promise<void>): { idle: () => Promise<void>; stop: () => Promise<void> } {
  const running = new Set<Promise<void>>()
  let stopped = false
  const ask = () => {
    if (stopped) return
    const mine = look().catch((error: unknown) => { if (!stopped) log.error({ error: toldOf(error) }, 'pictures') }).finally(() => running.delete(mine))
    running.add(mine)
  }
  const idle = async () => { while (running.size > 0) await Promise.all(running) }
  engine.onCommitted(({ kinds }) => { if (kinds.has('photo.received') || kinds.has('photo.previewed')) ask() })
  ask()
  return { idle, stop: () => { stopped = true; return idle() } }
}

/** A part of what time asks for; a long one looks now and then whether it has to stop. */
type Step = (isStopping: () => boolean) => Promise<unknown>

/** Does what time alone asks for, and hourly what tidies up. Who stops it waits for the step that runs, so that none meets a closed database. */
function tick(log: Log, often: readonly Step[], hourly: readonly Step[]): () => Promise<void> {
  let isStopped = false
  const running = new Set<Promise<void>>()
  const run = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) if (!isStopped) await step(() => isStopped)
  }
  const guarded = (steps: readonly Step[]) => () => {
    const mine = run(steps).catch((error: unknown) => log.error({ error: toldOf(error) }, 'clock')).finally(() => running.delete(mine))
    running.add(mine)
  }
  const timers = [setInterval(guarded(often), tickMilliseconds), setInterval(guarded(hourly), 3_600_000)]
  guarded(hourly)()
  for (const timer of timers) timer.unref()
  return async () => {
    isStopped = true
    for (const timer of timers) clearInterval(timer)
    await Promise.all(running)
  }
}
