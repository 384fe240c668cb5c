import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { invite, signInAs } from '../../server/features/people/actions.ts'
import { lockFolder } from '../../server/platform/database/lock.ts'
import { openDatabase, openReaders } from '../../server/platform/database/open.ts'
import type { Handle } from '../../server/platform/database/open.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import { seedMission } from '../../server/sample/seed.ts'
import { defaultPack } from '../support/house.ts'
import type { Figure } from './figure.ts'
import { alone, beside, quantile } from './figure.ts'

const usual = 1_000_000
const asking = 20
const rounds = 25

/** What a desk asks of many reports, each with what a server without counters and with the list's own index alone would ask of SQLite. */
const questions: readonly { name: string; path: string; plain: string }[] = [
  { name: 'the list and its count', path: '/api/reports?limit=50', plain: `select count(*) from reports` },
  { name: 'a filter that many meet', path: '/api/reports?limit=50&status=received&severity=critical,high', plain: plainly(`status = 'received' and severity in ('critical', 'high')`) },
  { name: 'a filter that few meet', path: '/api/reports?limit=50&status=false&severity=low&category=access', plain: plainly(`status = 'false' and severity = 'low' and category like 'access.%'`) },
  { name: 'a department, with pictures', path: `/api/reports?limit=50&department=${encodeURIComponent('Morazán')}&pictures=with`, plain: plainly(`station in (select code from stations where department = 'Morazán') and photo_count > 0`) },
  { name: 'a station and a time', path: '/api/reports?limit=50&station=EC-0007', plain: plainly(`station = 'EC-0007'`) },
  { name: 'a map window', path: '/api/map?south=13.4&west=-89.6&north=14&east=-88.8&zoom=10', plain: `select round(latitude, 1), round(longitude, 1), severity, count(*) from (select coalesce(stations.latitude, reports.latitude) as latitude, coalesce(stations.longitude, reports.longitude) as longitude, severity from reports left join stations on stations.code = reports.station) where latitude between 13.4 and 14 and longitude between -89.6 and -88.8 group by 1, 2, 3` },
]

function plainly(where: string): string {
  return `select (select count(*) from reports where ${where}) as total, (select group_concat(id) from (select id from reports where ${where} order by observed_at desc, id desc limit 50)) as ids`
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
    const cookies = await deskIn(folder)
    const begun = performance.now()
    child = spawn(process.execPath, ['--import', 'tsx', resolve(import.meta.dirname, 'reports-server.ts'), folder, ''], { env: { ...process.env, UV_THREADPOOL_SIZE: '16' }, stdio: ['ignore', 'pipe', 'inherit'] })
    const { stdout } = child
    const port = await new Promise<number>((done) => stdout?.on('data', (text: Buffer) => { const found = /:(\d+)\//.exec(text.toString())?.[1]; if (found) done(Number(found)) }))
    db = openReaders(join(folder, 'mission.db'), 4)
    const beneathIt = db
    const figures = [alone(`start with ${count} reports, to its first answer`, await health(port, begun), 'ms')]
    for (const { name, path, plain } of questions) {
      const ours = await together((at) => ask(port, cookies[at] ?? '', path))
      const beneath = await together(() => sql.raw(plain).execute(beneathIt), 1)
      figures.push(beside(`${name}, of ${count}, ${asking} at once, p99`, quantile(ours, 0.99), quantile(beneath, 0.99), 'ms', { of: 'ours', most: 50 }))
    }
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

/** Coordinators who are signed in. */
async function deskIn(folder: string): Promise<string[]> {
  const lock = await lockFolder(folder)
  const db = await openDatabase(join(folder, 'mission.db'), { readers: 1 })
  try {
    const engine = await openEngine(db, () => new Date().toISOString())
    const cookies: string[] = []
    for (let at = 0; at < asking; at++) {
      const id = uuid7(Date.now())
      await engine.write({ kind: 'operator' }, (work) => invite({ id, name: `Figura ${id.slice(-4)}`, role: 'coordinator', organisation: 'Delegación A', language: 'es' }, work))
      const { token } = await engine.write({ kind: 'server' }, (work) => signInAs(id, work))
      cookies.push(`veedor=${token}`)
    }
    return cookies
  } finally {
    await db.close()
    await lock.release()
  }
}

async function health(port: number, begun: number): Promise<number> {
  await ask(port, '', '/health')
  return performance.now() - begun
}

/** Milliseconds of each answer, sorted: so many ask at once, each again as soon as it is answered. */
async function together(once: (at: number) => Promise<unknown>, turns = rounds): Promise<number[]> {
  await once(0)
  const times: number[] = []
  await Promise.all(Array.from({ length: asking }, async (_, at) => {
    for (let turn = 0; turn < turns; turn++) {
      const begun = performance.now()
      await once(at)
      times.push(performance.now() - begun)
    }
  }))
  return times.sort((one, other) => one - other)
}

const agent = new Agent({ keepAlive: true, maxSockets: asking })
const ask = (port: number, cookie: string, path: string): Promise<number> =>
  new Promise((done, fail) => {
    const asked = request({ agent, host: '127.0.0.1', port, path, headers: { Host: `localhost:${port}`, ...(cookie ? { Cookie: cookie } : {}) } }, (response) => {
      let bytes = 0
      response.on('data', (piece: Buffer) => { bytes += piece.length })
      response.once('end', () => (response.statusCode === 200 ? done(bytes) : fail(new Error(`${path} was answered ${response.statusCode}`))))
    })
    asked.once('error', fail).end()
  })
