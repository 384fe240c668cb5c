import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { spawn } from 'node:child_process'
import sqlite3 from 'sqlite3'
import { serverNode } from '../../tools/server-node.mjs'
import { startHouse, wallClock } from '../support/house.ts'
import { registeredKey } from '../support/phone-key.ts'
import { statementOf } from '../support/reports.ts'
import { quantile } from './figure.ts'
import type { Figure } from './figure.ts'
import { openSender } from './sender.ts'
import type { Sent } from './sender.ts'
import { slowSyncs, syncMilliseconds } from './slow-sync.ts'

const people = 128
const senders = [1, 8, 32, 128]
/** What a server of a mission is after its first hundreds of reports: its code compiled by what it saw. */
const warmMilliseconds = 2_500
const measuredMilliseconds = 3_000
const slowMilliseconds = 5
const turnsBeside = 5

/**
 * Signed reports a second that are on the disk when they are answered, through HTTP and with everything on: session, limits, contract, signature, journal, log, sockets. Beside the
 * same with a commit of its own for each report; with SQLite's own speed at such batches; and with a disk on which a sync costs five milliseconds.
 */
export async function durableReports(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-bench-'))
  try {
    const made = await prepare(join(folder, 'mission'), 12_000)
    const rate = async (together: string, count: number, environment: Record<string, string> = {}) => reportsASecond({ folder, together, senders: count, sent: made, environment })
    const figures: Figure[] = []
    let oneAtATime = 1
    for (const count of senders) {
      const [plain, ours] = [await rate('1', count), await rate('', count)]
      if (count === 1) oneAtATime = ours
      figures.push({ name: `durable reports, ${count} at once, beside one commit a report`, ours, plain, ratio: ours / plain, unit: '1/s' })
    }
    // A machine may be twice as fast a minute later: one beside the other, and again.
    const turns: { ours: number; bare: number }[] = []
    for (let turn = 0; turn < turnsBeside; turn++) turns.push({ ours: await rate('', 32), bare: await sqliteAlone(join(folder, 'mission'), join(folder, 'alone'), 32) })
    const middle = (of: (turn: { ours: number; bare: number }) => number) => quantile(turns.map(of).sort((a, b) => a - b), 0.5)
    figures.push({ name: 'durable reports, 32 at once, beside what SQLite alone does with 32 a commit', ours: middle(({ ours }) => ours), plain: middle(({ bare }) => bare), ratio: middle(({ ours, bare }) => ours / bare), unit: '1/s', goal: { of: 'ratio', least: 0.667 } })
    const slow = slowSyncs(folder, slowMilliseconds)
    if (slow) {
      const [plain, ours] = [await rate('1', 32, slow), await rate('', 32, slow)]
      figures.push({ name: `the same where a sync costs ${slowMilliseconds} ms more, 32 at once`, ours, plain, ratio: ours / plain, unit: '1/s', goal: { of: 'ratio', least: 2 } })
    } else process.stderr.write('Not measured: a slow disk, because this machine has no C compiler for its shim.\n')
    const [sync, alone] = [syncMilliseconds(), 1000 / oneAtATime]
    figures.push({ name: 'one sync on this disk, beside one report at a time', ours: sync, plain: alone, ratio: sync / alone, unit: 'ms' })
    return figures
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A mission with people whose phones have a key, and the signed reports that they will send, each once. */
async function prepare(folder: string, count: number): Promise<Sent[]> {
  const house = await startHouse({ folder, clock: wallClock })
  const phones = await Promise.all(Array.from({ length: people }, async () => {
    const person = await house.person('observer')
    return { person, key: await registeredKey(person) }
  }))
  const sent: Sent[] = []
  for (let at = 0; at < count; at++) {
    const phone = phones[at % people]
    if (!phone) continue
    const stated = await statementOf(house, phone.person)
    const statement = JSON.stringify(stated)
    sent.push({ path: `/api/reports/${stated.id}`, cookie: phone.person.cookie, body: Buffer.from(JSON.stringify({ statement, signature: phone.key.sign(statement), sentAt: stated.times.finishedAt })) })
  }
  await house.close()
  return sent
}

async function reportsASecond({ folder, together, senders, sent, environment }: { folder: string; together: string; senders: number; sent: Sent[]; environment: Record<string, string> }): Promise<number> {
  const data = join(folder, 'run')
  await cp(join(folder, 'mission'), data, { recursive: true })
  const child = spawn(process.execPath, [...serverNode.args, resolve(import.meta.dirname, 'reports-server.ts'), data, together], { env: { ...process.env, ...serverNode.environment, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((done) => child.stdout.on('data', (text: Buffer) => { const found = /:(\d+)\//.exec(text.toString())?.[1]; if (found) done(Number(found)) }))
  const left = [...sent]
  const begun = performance.now()
  let counted = 0
  let last = 0
  await Promise.all(Array.from({ length: senders }, async () => {
    const sender = openSender(port)
    for (;;) {
      const next = left.pop()
      const now = performance.now() - begun
      if (!next || now > warmMilliseconds + measuredMilliseconds) return sender.close()
      const status = await sender.put(next)
      if (status !== 201) throw new Error(`A report was answered ${status}`)
      const then = performance.now() - begun
      if (then > warmMilliseconds && then < warmMilliseconds + measuredMilliseconds) {
        counted += 1
        last = then
      }
    }
  }))
  child.kill('SIGTERM')
  await new Promise((done) => child.once('exit', done))
  await rm(data, { recursive: true, force: true })
  return counted / ((last - warmMilliseconds) / 1000)
}

/** The rows of a report and its fact, written by prepared statements into the same tables, so many to a commit and each in its savepoint, by nobody but SQLite's own package. */
async function sqliteAlone(mission: string, folder: string, together: number): Promise<number> {
  await cp(mission, folder, { recursive: true })
  const db = await new Promise<sqlite3.Database>((done, fail) => {
    const made = new sqlite3.Database(join(folder, 'mission.db'), (error) => (error ? fail(error) : done(made)))
  })
  const exec = (text: string) => new Promise<void>((done, fail) => db.exec(text, (error) => (error ? fail(error) : done())))
  const all = <Row>(text: string) => new Promise<Row[]>((done, fail) => db.all<Row>(text, (error, rows) => (error ? fail(error) : done(rows))))
  await exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma wal_autocheckpoint = 0')
  const [person, head] = [(await all<{ id: string }>("select id from people where role = 'observer' limit 1"))[0]?.id ?? '', (await all<{ number: number }>('select max(number) as number from journal'))[0]?.number ?? 0]
  const row = { ...reportRow, author: person, filed_by: person }
  const prepared = (table: string, columns: string[]) => db.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
  const statements = {
    reports: prepared('reports', ['id', 'number', ...Object.keys(row)]), journal: prepared('journal', ['number', 'kind', 'at', 'commitment', 'leaf', 'chain']), bodies: prepared('journal_bodies', ['number', 'salt', 'body']),
    subjects: prepared('journal_subjects', ['number', 'type', 'id']), words: prepared('report_words', ['rowid', 'report', 'words']), counters: db.prepare("insert into counters (name, value) values ('report', ?) on conflict (name) do update set value = excluded.value"),
  }
  const run = (statement: sqlite3.Statement, values: unknown[]) => new Promise<void>((done, fail) => statement.run(values, (error: Error | null) => (error ? fail(error) : done())))
  const hash = 'a'.repeat(64)
  const begun = performance.now()
  let count = 0
  while (performance.now() - begun < measuredMilliseconds) {
    await exec('begin immediate')
    for (let at = 0; at < together; at++) {
      count += 1
      const [id, number] = [randomBytes(16).toString('hex'), head + count]
      await exec('savepoint own')
      await run(statements.reports, [id, count, ...Object.values(row)])
      await run(statements.counters, [count])
      await run(statements.journal, [number, 'report.filed', row.received_at, hash, hash, hash])
      await run(statements.bodies, [number, hash, body])
      await run(statements.subjects, [number, 'report', id])
      await run(statements.words, [count, id, 'the second stack is flat'])
      await exec('release own')
    }
    await exec('commit')
  }
  const rate = count / ((performance.now() - begun) / 1000)
  for (const statement of Object.values(statements)) await new Promise<void>((done) => statement.finalize(() => done()))
  await new Promise<void>((done) => db.close(() => done()))
  await rm(folder, { recursive: true, force: true })
  return rate
}

const instant = '2027-02-28T20:00:00.000Z'
const reportRow = {
  channel: 'web', statement: 'x'.repeat(700), signature: 'x'.repeat(86), category: 'counting.unfolded_ballots', severity: 'critical', station: null, table_code: null, department: null, at_station: 1,
  latitude: null, longitude: null, accuracy_metres: null, age_seconds: null, observed_at: instant, finished_at: instant, zone: 'America/El_Salvador', words: 'The second stack is flat.', language: 'en', skew_seconds: 0, received_at: instant,
  photo_count: 0, status: 'received', round: 1, awaits_second: 0, signed: 'unsigned',
}
const body = 'x'.repeat(1_900)
