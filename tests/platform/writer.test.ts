import { sql } from 'kysely'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import type { Database } from '../../server/platform/database/open.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import type { Engine, EngineOptions } from '../../server/platform/journal/engine.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import type { Work } from '../../server/platform/journal/work.ts'
import { fixedClock } from '../support/house.ts'

const mission = '01953f2e-0000-7000-8000-000000000001'
const row = { id: mission, name: 'M', country: 'SV', zone: 'America/El_Salvador', languages: '["es"]', days: '[]', credit: '', rules: '{}', pack: '{}', exercise: 0, step: 'mission', openedAt: null, closedAt: null, begunAt: '2027-02-28T00:00:00.000Z' }
const server = { kind: 'server' } as const

let folder: string
let db: Database
let engine: Engine

const open = (options: EngineOptions = {}) => openEngine(db, fixedClock().now, { longestMilliseconds: Infinity, ...options })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-writer-'))
  db = await openDatabase(join(folder, 'mission.db'), { readers: 2 })
  engine = await open()
  await engine.write(server, ({ record }) => record('mission.begun', { type: 'mission', id: mission }, { put: { mission: [row] } }))
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const add = ({ record }: Work<typeof server>, code: string, name = code) => record('organisation.added', { type: 'mission', id: mission }, { put: { organisations: [{ code, name }] } })
const adding = (code: string, name?: string) => engine.write(server, (work) => add(work, code, name))
const codes = async () => (await db.readers.selectFrom('organisations').select('code').orderBy('code').execute()).map(({ code }) => code)
const outcomes = async (asked: Promise<unknown>[]) => (await Promise.allSettled(asked)).map((one) => (one.status === 'fulfilled' ? 'done' : one.reason instanceof Problem ? one.reason.code : /^SQLITE_[A-Z]+/.exec(String((one.reason as Error).message))?.[0] ?? String(one.reason)))
const holds = async () => expect((await verifyJournal(db.readers)).faults).toEqual([])

/** Commits that the write-ahead log has seen: frames that name the size of the database. */
async function commits(): Promise<number> {
  const log = await readFile(join(folder, 'mission.db-wal'))
  const frame = 24 + log.readUInt32BE(8)
  const salt = log.subarray(16, 24)
  let count = 0
  for (let at = 32; at + frame <= log.length && log.subarray(at + 8, at + 16).equals(salt); at += frame) if (log.readUInt32BE(at + 4) > 0) count++
  return count
}

const letters = [...'abcdefghijklmnopqrstuvwxyz']

describe('writes that wait at the same moment', () => {
  it('[R240] share one commit, each with its own facts, in order of asking', async () => {
    const heard: number[] = []
    engine.onCommitted(({ number }) => heard.push(number))
    const before = await commits()
    await Promise.all(letters.map((letter) => adding(letter)))
    expect(await commits()).toBe(before + 1)
    expect(heard).toEqual(letters.map((_letter, at) => at + 2))
    expect(await codes()).toEqual(letters)
    expect(engine.head().number).toBe(letters.length + 1)
    await holds()
  })

  it('[R240] are one after the other where one commit a write is asked for', async () => {
    engine = await open({ most: 1 })
    const before = await commits()
    await Promise.all(letters.map((letter) => adding(letter)))
    expect(await commits()).toBe(before + letters.length)
    await holds()
  })

  it('[R240] are on the disk, and seen by whoever looks, when they are acknowledged', async () => {
    const seen = await Promise.all(letters.map(async (letter) => {
      await adding(letter)
      return engine.read(server, async ({ tx, number }) => [number, (await tx.selectFrom('organisations').select('code').where('code', '=', letter).execute()).length])
    }))
    expect(seen).toEqual(letters.map(() => [letters.length + 1, 1]))
  })

  it.each([0, 1, 2])('[R241] leave out what is refused, or fails by itself, at place %i, and nothing of the others', async (place) => {
    await adding('taken')
    const bad = {
      refused: () => engine.write(server, async (work) => { await add(work, 'never'); throw new Problem('conflict') }),
      constraint: () => adding('taken'),
      mistake: () => engine.write(server, async (work) => { await add(work, 'never'); throw new TypeError('a mistake of ours') }),
      statement: () => engine.write(server, async (work) => { await add(work, 'never'); await sql`select * from nowhere`.execute(work.tx) }),
    }
    const before = await commits()
    const asked = ['a', 'b', 'c'].map((code) => () => adding(code))
    asked.splice(place, 0, ...Object.values(bad))
    const wanted = ['done', 'done', 'done']
    wanted.splice(place, 0, 'conflict', 'SQLITE_CONSTRAINT', 'TypeError: a mistake of ours', 'SQLITE_ERROR')
    expect(await outcomes(asked.map((ask) => ask()))).toEqual(wanted)
    expect(await commits()).toBe(before + 1)
    expect(await codes()).toEqual(['a', 'b', 'c', 'taken'])
    await holds()
  })
})

describe('a row that waited to be written with others', () => {
  const report = (number: number, by: string) => ({
    id: `r${number}`, number, author: by, filedBy: by, channel: 'web', statement: '{}', signature: null, category: 'c', severity: 'low', station: null, tableCode: null, department: null, atStation: 1, latitude: null, longitude: null,
    accuracyMetres: null, ageSeconds: null, observedAt: row.begunAt, finishedAt: row.begunAt, zone: 'UTC', words: '', language: 'es', skewSeconds: 0, receivedAt: row.begunAt, photoCount: 0, status: 'received', setAsideFor: null, quarantined: 0,
    round: 1, awaitsSecond: 0, duplicateOf: null, decidedAt: null, seenAt: null, seenBy: null, claimedBy: null, claimedUntil: null, signed: 'unsigned', signingKey: null, amendedHow: null, amendedAt: null,
  })
  const filing = (number: number, by = 'p') => engine.write(server, ({ record }) => record('report.filed', { type: 'report', id: `r${number}` }, { put: { reports: [report(number, by)] } }))
  const numbers = async () => (await db.readers.selectFrom('reports').select('number').orderBy('number').execute()).map(({ number }) => number)
  const person = { id: 'p', name: 'P', role: 'observer', number: 1, organisation: null, language: 'es', state: 'joined', invitedAt: row.begunAt, joinedAt: row.begunAt, telephone: null, quarantinedAt: null, quarantinedBy: null, quarantineReason: null }
  const begin = () => engine.write(server, ({ record }) => record('person.invited', { type: 'person', id: 'p' }, { put: { people: [person] } }))

  it.each([0, 1, 2])('[R381] and is not taken, from place %i, is refused alone, and its neighbours are written in order of asking', async (place) => {
    await begin()
    const asked = [1, 2, 3].map((number) => () => filing(number))
    asked.splice(place, 0, () => filing(9, 'nobody'))
    const wanted = ['done', 'done', 'done']
    wanted.splice(place, 0, 'SQLITE_CONSTRAINT')
    const heard: number[] = []
    engine.onCommitted(({ number }) => heard.push(number))
    expect(await outcomes(asked.map((ask) => ask()))).toEqual(wanted)
    expect([await numbers(), heard]).toEqual([[1, 2, 3], [3, 4, 5]])
    await holds()
  })

  it('[R381] and is not taken when a neighbour asks for it, is not the neighbour’s fault', async () => {
    await begin()
    const asking = () => engine.write(server, async (work) => {
      const { length } = await work.tx.selectFrom('reports').select('id').execute()
      await add(work, `after ${length}`)
    })
    expect(await outcomes([filing(1), filing(1), asking(), filing(2)])).toEqual(['done', 'SQLITE_CONSTRAINT', 'done', 'done'])
    expect([await numbers(), await codes()]).toEqual([[1, 2], ['after 1']])
    await holds()
  })
})

describe('a disk that is full in the middle', () => {
  const pages = async () => Number((await sql<{ page_count: number; pageCount: number }>`pragma page_count`.execute(db.writer)).rows[0]?.pageCount)
  const allow = (most: number) => sql.raw(`pragma max_page_count = ${most}`).execute(db.writer)
  const large = 'x'.repeat(100_000)

  it('[R242] acknowledges nobody, announces nothing, leaves the head where it was, and goes on when there is room', async () => {
    const heard: number[] = []
    engine.onCommitted(({ number }) => heard.push(number))
    const head = engine.head()
    await allow((await pages()) + 5)
    expect(await outcomes([adding('a'), adding('b'), adding('c', large)])).toEqual(['SQLITE_FULL', 'SQLITE_FULL', 'SQLITE_FULL'])
    expect([engine.head(), heard, await codes()]).toEqual([head, [], []])
    // What came after it is another transaction, and there is room for it.
    expect(await outcomes([adding('a'), adding('c', large), adding('d')])).toEqual(['SQLITE_FULL', 'SQLITE_FULL', 'done'])
    await allow(1_000_000)
    expect(await outcomes([adding('a'), adding('b'), adding('c', large)])).toEqual(['done', 'done', 'done'])
    expect(heard).toEqual([2, 3, 4, 5])
    await holds()
  })

  it('[R242] is not passed over by an action that makes nothing of it', async () => {
    await allow((await pages()) + 5)
    const careless = () => engine.write(server, async (work) => { await add(work, 'c', large).catch(() => undefined) })
    expect(await outcomes([adding('a'), careless()])).toEqual(['SQLITE_FULL', 'SQLITE_FULL'])
    expect(await outcomes([careless()])).toEqual(['SQLITE_FULL'])
    expect(await codes()).toEqual([])
    await holds()
  })

  it('[R242] takes back a refusal that rested on what was never written', async () => {
    await allow((await pages()) + 5)
    const once = () => engine.write(server, async (work) => {
      if (await work.tx.selectFrom('organisations').select('code').where('code', '=', 'a').executeTakeFirst()) throw new Problem('conflict')
      await add(work, 'a')
    })
    expect(await outcomes([once(), once(), adding('c', large)])).toEqual(['SQLITE_FULL', 'SQLITE_FULL', 'SQLITE_FULL'])
    await allow(1_000_000)
    expect(await outcomes([once(), once()])).toEqual(['done', 'conflict'])
    await holds()
  })
})

it('[R243] a log that has grown long is brought into the database between commits', async () => {
  for (let count = 0; count < 48; count++) await Promise.all([adding(`a${count}`, 'x'.repeat(200_000)), adding(`b${count}`)])
  await engine.idle()
  expect((await stat(join(folder, 'mission.db'))).size).toBeGreaterThan(5_000_000)
  expect((await stat(join(folder, 'mission.db-wal'))).size).toBeLessThan(15_000_000)
  await holds()
})
