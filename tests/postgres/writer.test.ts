import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import type { Database } from '../../server/platform/database/open.ts'
import { problemOf } from '../../server/platform/http/problems.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import type { Engine } from '../../server/platform/journal/engine.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import type { Work } from '../../server/platform/journal/work.ts'
import { fixedClock } from '../support/house.ts'
import { startPostgres } from '../support/postgres-server.ts'
import type { PostgresServer } from '../support/postgres-server.ts'

// On a server of its own, that is ended and filled.

const mission = '01953f2e-0000-7000-8000-000000000001'
const row = { id: mission, name: 'M', country: 'SV', zone: 'America/El_Salvador', languages: '["es"]', days: '[]', credit: '', rules: '{}', pack: '{}', exercise: 0, step: 'mission', openedAt: null, closedAt: null, begunAt: '2027-02-28T00:00:00.000Z' }
const server = { kind: 'server' } as const

let postgres: PostgresServer
beforeAll(async () => { postgres = await startPostgres() })
afterAll(() => postgres.stop())

type House = { db: Database; engine: Engine; failures: unknown[]; add: (code: string, name?: string) => Promise<void>; codes: () => Promise<string[]> }

const recorded = ({ record }: Work<typeof server>, code: string, name = code) => record('organisation.added', { type: 'mission', id: mission }, { put: { organisations: [{ code, name }] } })

async function open(schema: string, settings = ''): Promise<House> {
  const client = new pg.Client({ connectionString: postgres.address })
  await client.connect()
  await client.query(`create schema if not exists ${schema}`)
  await client.end()
  const db = await openDatabase(`${postgres.address}&options=${encodeURIComponent(`-c search_path=${schema} ${settings}`)}`, { readers: 2 })
  const failures: unknown[] = []
  const engine = await openEngine(db, fixedClock().now, { failing: (error) => failures.push(error) })
  if (engine.head().number === 0) await engine.write(server, ({ record }) => record('mission.begun', { type: 'mission', id: mission }, { put: { mission: [row] } }))
  return {
    db, engine, failures, add: (code, name) => engine.write(server, (work) => recorded(work, code, name)),
    codes: async () => (await db.readers.selectFrom('organisations').select('code').orderBy('code').execute()).map(({ code }) => code),
  }
}

const outcomeOf = (one: PromiseSettledResult<unknown>): string => {
  if (one.status === 'fulfilled') return 'done'
  const { reason } = one as { reason: unknown }
  return reason instanceof Problem ? reason.code : reason instanceof pg.DatabaseError ? (reason.code ?? '') : String(reason)
}

/** The journal and the tables agree, and its numbers have no gap. */
async function holds({ db }: House): Promise<void> {
  const { facts, faults } = await verifyJournal(db.readers)
  expect(faults).toEqual([])
  expect((await db.readers.selectFrom('journal').select('number').orderBy('number').execute()).map(({ number }) => number)).toEqual(Array.from({ length: facts }, (_none, at) => at + 1))
}

it('[R298] of writes that share a commit, those that are refused or fail by themselves take nothing of the others with them', async () => {
  const house = await open('shared')
  await house.add('taken')
  const bad = [
    () => house.engine.write(server, async (work) => { await recorded(work, 'never'); throw new Problem('conflict') }),
    () => house.add('taken'),
    () => house.engine.write(server, async (work) => { await recorded(work, 'never'); await sql`select * from nowhere`.execute(work.tx) }),
  ]
  for (const place of [0, 1, 3]) {
    const asked = ['a', 'b', 'c'].map((code) => () => house.add(`${code}${place}`))
    asked.splice(place, 0, ...bad)
    const wanted = ['done', 'done', 'done']
    wanted.splice(place, 0, 'conflict', '23505', '42P01')
    expect((await Promise.allSettled(asked.map((ask) => ask()))).map(outcomeOf)).toEqual(wanted)
  }
  expect(await house.codes()).toEqual(['a0', 'a1', 'a3', 'b0', 'b1', 'b3', 'c0', 'c1', 'c3', 'taken'])
  await holds(house)
  await house.db.close()
})

it('[R298] a server that is cut in the middle has everything that was acknowledged, and nothing twice', async () => {
  const acknowledged: string[] = []
  for (const round of [1, 2]) {
    const house = await open('crashed')
    expect(await house.codes()).toEqual(expect.arrayContaining(acknowledged))
    await holds(house)
    let next = 0
    const sender = async () => {
      for (;;) {
        const code = `${round}-${next++}`
        try {
          await house.add(code)
        } catch {
          return
        }
        acknowledged.push(code)
      }
    }
    const before = acknowledged.length
    const senders = Promise.all(Array.from({ length: 8 }, sender))
    await expect.poll(() => acknowledged.length, { timeout: 120_000 }).toBeGreaterThan(before + 20 * round)
    await postgres.crash()
    await senders
    expect(house.failures).toHaveLength(1)
    await house.db.close()
  }
  const house = await open('crashed')
  expect(await house.codes()).toEqual(expect.arrayContaining(acknowledged))
  await holds(house)
  await house.db.close()
})

describe('a disk of the database that is really full (needs the right to mount one)', () => {
  let isMounted = false
  const disk = () => join(postgres.folder, 'small')
  beforeAll(() => {
    mkdirSync(disk())
    isMounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk()]).status === 0
  })
  afterAll(() => { if (isMounted) spawnSync('umount', ['-l', disk()]) })

  it('[R299] is told as full, nobody is acknowledged who is not kept, and it goes on when there is room', async ({ skip }) => {
    if (!isMounted) skip()
    const place = join(disk(), 'tables')
    mkdirSync(place)
    if (postgres.account) chownSync(place, postgres.account.uid, postgres.account.gid)
    const client = new pg.Client({ connectionString: postgres.address })
    await client.connect()
    await client.query(`create tablespace small location '${place}'`)
    const house = await open('filled', '-c default_tablespace=small')

    // Only this file can be taken away again: what the database had, it keeps.
    writeFileSync(join(disk(), 'ballast'), Buffer.alloc(3_000_000))
    const outcomes: string[] = []
    const kept: string[] = []
    const large = () => randomBytes(60_000).toString('hex')
    for (let round = 0; !outcomes.includes('53100'); round++) {
      const asked = Array.from({ length: 8 }, (_none, at) => `${round}-${at}`)
      const settled = await Promise.allSettled(asked.map((code) => house.add(code, large())))
      outcomes.push(...settled.map(outcomeOf))
      kept.push(...asked.filter((_code, at) => settled[at]?.status === 'fulfilled'))
      for (const one of settled) if (one.status === 'rejected') expect(problemOf(one.reason, { error: () => undefined, info: () => undefined, warn: () => undefined }, 'x')).toEqual({ problem: 'full' })
    }
    expect(house.failures).toEqual([])
    expect(await house.codes()).toEqual([...kept].sort())
    await holds(house)
    rmSync(join(disk(), 'ballast'))
    await house.add('after', large())
    expect(await house.codes()).toContain('after')
    await holds(house)
    await house.db.close()
    await client.query('drop schema filled cascade')
    await client.query('drop tablespace small')
    await client.end()
  })
})
