import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { invite, signInAs } from '../../server/features/people/actions.ts'
import { lockFolder } from '../../server/platform/database/lock.ts'
import { openDatabase, openReaders } from '../../server/platform/database/open.ts'
import type { Handle } from '../../server/platform/database/open.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import { seedMission } from '../../server/sample/seed.ts'
import { serverNode } from '../../tools/server-node.mjs'
import { defaultPack } from '../support/house.ts'
import type { Figure } from './figure.ts'
import { alone, beside, quantile } from './figure.ts'
import { memoryOf } from './memory.ts'
import { openSender } from './sender.ts'
import type { Sender } from './sender.ts'

const usual = 1_000_000
const asking = 20
const rounds = 25
const warmRounds = 10
const filedMilliseconds = 200

/** What a desk asks of many reports, each time something else, with what a server without counters and with the list's own index alone would ask of SQLite. */
const questions: readonly { name: string; path: (turn: number) => string; plain: string }[] = [
  { name: 'the list and its count', path: () => list({}), plain: `select count(*) from report_traits` },
  { name: 'a filter that many meet', path: (turn) => list({ status: 'received', severity: of(['critical,high', 'high', 'critical'], turn) }), plain: plainly(`status = 'received' and severity in ('critical', 'high')`) },
  { name: 'a filter that few meet', path: (turn) => list({ status: of(['false', 'not_confirmed'], turn), severity: of(['low', 'medium'], turn), category: 'access' }), plain: plainly(`status = 'false' and severity = 'low' and category like 'access.%'`) },
  { name: 'a department, with pictures', path: (turn) => list({ department: of(['Morazán', 'San Salvador', 'Cabañas', 'La Unión'], turn), pictures: 'with' }), plain: plainly(`department = 'Morazán' and pictures = 1`) },
  { name: 'a station', path: (turn) => list({ station: `EC-${String(1 + (turn % 200)).padStart(4, '0')}` }), plain: plainly(`station = 'EC-0007'`) },
  { name: 'a distance', path: (turn) => list({ distance: of(['far', 'unknown'], turn) }), plain: plainly(`distance = 'far'`) },
  { name: 'a word that many hold', path: (turn) => list({ words: of(['urna', 'acta', 'papeletas'], turn) }), plain: plainly(`number in (select rowid from report_words where words match 'urna')`) },
  {
    name: 'a map window', path: (turn) => `/api/map?${new URLSearchParams({ south: String(13.4 + (turn % 9) / 50), west: '-89.6', north: String(14 + (turn % 9) / 50), east: '-88.8', zoom: '10' })}`,
    plain: `select round(latitude, 1), round(longitude, 1), severity, count(*) from report_traits where latitude between 13.4 and 14 and longitude between -89.6 and -88.8 group by 1, 2, 3`,
  },
]

function list(filter: Record<string, string>): string {
  return `/api/reports?${new URLSearchParams({ limit: '50', ...filter })}`
}

function of(values: readonly [string, ...string[]], turn: number): string {
  return values[turn % values.length] ?? values[0]
}

function plainly(where: string): string {
  return `select (select count(*) from report_traits where ${where}) as total, (select group_concat(report) from (select report from report_traits where ${where} order by observed_at desc, report desc limit 50)) as ids`
}

/** A mission of a million reports: how soon it starts, and how soon twenty who ask at once are answered. */
export async function million(): Promise<Figure[]> {
  const count = Number(process.env['BENCH_REPORTS'] ?? usual)
  const seeded = resolve(import.meta.dirname, '../../uploads/seeded')
  const own = await mkdtemp(join(tmpdir(), 'veedor-million-'))
  let [db, child]: [Handle | null, ChildProcess | null] = [null, null]
  try {
    const folder = (await countIn(process.env['BENCH_FOLDER'] ?? seeded)) >= count ? (process.env['BENCH_FOLDER'] ?? seeded) : join(own, 'mission')
    if (folder.startsWith(own)) await seedMission({ dataFolder: folder, reports: count, pack: await defaultPack(), now: Date.now, say: (line) => process.stderr.write(`${line}\n`) })
    const { cookies, observer, mission } = await deskIn(folder)
    const begun = performance.now()
    child = spawn(process.execPath, [...serverNode.args, resolve(import.meta.dirname, 'reports-server.ts'), folder, ''], { env: { ...process.env, ...serverNode.environment }, stdio: ['ignore', 'pipe', 'inherit'] })
    const { stdout } = child
    const port = await new Promise<number>((done) => stdout?.on('data', (text: Buffer) => { const found = /:(\d+)\//.exec(text.toString())?.[1]; if (found) done(Number(found)) }))
    db = openReaders(join(folder, 'mission.db'), 4)
    const beneathIt = db
    const figures = [alone(`start with ${count} reports, to its first answer`, await health(port, begun), 'ms')]
    const desks = cookies.map((cookie) => ({ cookie, sender: openSender(port) }))
    const ask = async (at: number, path: string) => {
      const { cookie = '', sender } = desks[at] ?? {}
      if (await sender?.get({ path, cookie }) !== 200) throw new Error(`${path} was not answered`)
    }
    const filing = fileNowAndThen(openSender(port), { observer, mission })
    for (const { name, path, plain } of questions) {
      let turn = 0
      const beneath = await together(() => sql.raw(plain).execute(beneathIt), { turns: 1, warm: 1 })
      const ours = await together((at) => ask(at, path(turn++)))
      figures.push(beside(`${name}, of ${count}, ${asking} at once, p99`, quantile(ours, 0.99), quantile(beneath, 0.99), 'ms', { of: 'ours', most: 50 }))
      if (path(0).startsWith('/api/map')) continue
      // Of what would stand before the first report: the same page, asked for by other words each time.
      const each = await together((at) => ask(at, `${path(turn)}&after=${encodeURIComponent(`2999-01-01T00:00:00.000Z~${turn++}`)}`))
      figures.push(alone(`the same, each asked for once, p99`, quantile(each, 0.99), 'ms'))
    }
    await filing.stop()
    for (const { sender } of desks) sender.close()
    const memory = memoryOf([child.pid ?? 0])
    if (memory) figures.push(alone('memory of the server after these questions', memory.now, 'MB'), alone('the same, at its peak', memory.peak, 'MB'))
    return figures
  } finally {
    await db?.destroy()
    child?.kill('SIGTERM')
    if (child?.exitCode === null) await new Promise((done) => child?.once('exit', done))
    await rm(own, { recursive: true, force: true })
  }
}

async function countIn(folder: string): Promise<number> {
  const path = join(folder, 'mission.db')
  if (!existsSync(path)) return 0
  const db: Handle = openReaders(path, 1)
  return db.selectFrom('counters').select('value').where('name', '=', 'report').executeTakeFirst().then((row) => row?.value ?? 0, () => 0).finally(() => db.destroy())
}

type Observer = { id: string; cookie: string }

/** Coordinators who are signed in, and an observer. */
async function deskIn(folder: string): Promise<{ cookies: string[]; observer: Observer; mission: string }> {
  const lock = await lockFolder(folder)
  const db = await openDatabase(join(folder, 'mission.db'), { readers: 1 })
  try {
    const engine = await openEngine(db, () => new Date().toISOString())
    const signedIn = async (role: 'coordinator' | 'observer') => {
      const id = uuid7(Date.now())
      await engine.write({ kind: 'operator' }, (work) => invite({ id, name: `Figura ${id.slice(-4)}`, role, organisation: role === 'observer' ? 'Red B' : 'Delegación A', language: 'es' }, work))
      const { token } = await engine.write({ kind: 'server' }, (work) => signInAs(id, work))
      return { id, cookie: `veedor=${token}` }
    }
    const cookies: string[] = []
    for (let at = 0; at < asking; at++) cookies.push((await signedIn('coordinator')).cookie)
    return { cookies, observer: await signedIn('observer'), mission: (await db.readers.selectFrom('mission').select('id').executeTakeFirstOrThrow()).id }
  } finally {
    await db.close()
    await lock.release()
  }
}

async function health(port: number, begun: number): Promise<number> {
  const sender = openSender(port)
  await sender.get({ path: '/health', cookie: '' })
  sender.close()
  return performance.now() - begun
}

/** A report five times a second, so that nothing that was found stays true for long. */
function fileNowAndThen(sender: Sender, { observer, mission }: { observer: Observer; mission: string }): { stop: () => Promise<void> } {
  let isOver = false
  const file = async () => {
    const [id, at] = [uuid7(Date.now()), new Date().toISOString()]
    const statement = {
      v: 1, mission, type: 'report', id, author: observer.id, category: 'counting.unfolded_ballots', severity: 'critical', station: null, table: null, atStation: true, position: null,
      times: { observedAt: at, finishedAt: at, zone: 'America/El_Salvador' }, words: 'La segunda urna no tiene sello.', language: 'es', photos: [],
    }
    const status = await sender.put({ path: `/api/reports/${id}`, cookie: observer.cookie, body: Buffer.from(JSON.stringify({ id, statement: JSON.stringify(statement), sentAt: at })) })
    if (status !== 201) throw new Error(`Not filed: ${status}`)
  }
  const filing = (async () => {
    while (!isOver) await Promise.all([file(), delay(filedMilliseconds)])
  })()
  return { stop: async () => { isOver = true; await filing; sender.close() } }
}

/** Milliseconds of each answer, sorted: so many ask at once, each again as soon as it is answered, and some rounds before it counts. */
async function together(once: (at: number) => Promise<unknown>, { turns = rounds, warm = warmRounds } = {}): Promise<number[]> {
  await inTurns(once, warm)
  const times = await inTurns(once, turns)
  return times.sort((one, other) => one - other)
}

async function inTurns(once: (at: number) => Promise<unknown>, turns: number): Promise<number[]> {
  const times: number[] = []
  await Promise.all(Array.from({ length: asking }, async (_, at) => {
    for (let turn = 0; turn < turns; turn++) {
      const begun = performance.now()
      await once(at)
      times.push(performance.now() - begun)
    }
  }))
  return times
}
