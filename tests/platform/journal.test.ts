import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chainOf, commitmentOf, genesisOf, leafOf } from '../../server/platform/journal/chain.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import type { Database } from '../../server/platform/database/open.ts'
import { FolderInUse, lockFolder } from '../../server/platform/database/lock.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import type { Engine } from '../../server/platform/journal/engine.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { tamperWith, whereFor } from '../support/database.ts'
import { fixedClock } from '../support/house.ts'

const mission = '01953f2e-0000-7000-8000-000000000001'
const row = { id: mission, name: 'M', country: 'SV', zone: 'America/El_Salvador', languages: '["es"]', days: '[]', credit: '', rules: '{}', pack: '{}', exercise: 0, step: 'mission', openedAt: null, closedAt: null, begunAt: '2027-02-28T00:00:00.000Z' }
const server = { kind: 'server' } as const

let folder: string
let where: string
let db: Database
let engine: Engine

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-'))
  where = await whereFor(join(folder, 'mission.db'))
  db = await openDatabase(where, { readers: 2 })
  engine = await openEngine(db, fixedClock().now)
  await engine.write(server, ({ record }) => record('mission.begun', { type: 'mission', id: mission }, { put: { mission: [row] } }))
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const addOrganisation = (code: string) => engine.write(server, ({ record }) => record('organisation.added', { type: 'mission', id: mission }, { put: { organisations: [{ code, name: code }] } }))

const tamper = (...statements: string[]) => tamperWith(where, statements)

describe('the journal', () => {
  // The vectors were computed apart from this code, with Python's hashlib.
  it('[R20] commits, leaves and chains as the committed vectors say', () => {
    const salt = Buffer.alloc(32, 7)
    const commitment = commitmentOf(salt, '{"v":1}')
    const leaf = leafOf(1, 'mission.begun', '2027-02-28T00:00:00.000Z', commitment)
    expect({ genesis: genesisOf(mission), commitment, leaf, chain: chainOf(genesisOf(mission), leaf) }).toEqual({
      genesis: 'ac204945cef2898e58b09af2b1fc4304e3d71b3af0d034d315e790ccce83ca02',
      commitment: '3b001408dbf774d70ebfe9a5ec2858802f369a555ba38ca1b7cb2d247ac864b5',
      leaf: '98de39cba1b5eab746a7ea788590c219dba0172ff694791e392be68a5cf6e768',
      chain: '33c2e7424887bd924c65944c891934ef24d5784d8aca99d867e4531b93d1b5f9',
    })
  })

  it('[R21] numbers facts without gaps, also when an action fails between two', async () => {
    await addOrganisation('a')
    await expect(engine.write(server, async ({ record }) => {
      await record('organisation.added', { type: 'mission', id: mission }, { put: { organisations: [{ code: 'b', name: 'b' }] } })
      throw new Error('no')
    })).rejects.toThrow('no')
    await Promise.all(['c', 'd', 'e'].map(addOrganisation))
    const facts = await db.readers.selectFrom('journal').select('number').orderBy('number').execute()
    expect(facts.map((fact) => fact.number)).toEqual([1, 2, 3, 4, 5])
    expect((await db.readers.selectFrom('organisations').select('code').orderBy('code').execute()).map((one) => one.code)).toEqual(['a', 'c', 'd', 'e'])
    expect((await verifyJournal(db.readers)).faults).toEqual([])
  })

  it('goes on from its head after it was closed', async () => {
    await addOrganisation('a')
    const before = engine.head()
    await db.close()
    db = await openDatabase(where)
    engine = await openEngine(db, fixedClock().now)
    expect(engine.head()).toEqual(before)
    await addOrganisation('b')
    expect(await verifyJournal(db.readers)).toMatchObject({ facts: 3, faults: [] })
  })

  it('[R22] is append-only', async () => {
    for (const statement of ["update journal set kind = 'x'", 'delete from journal', "update journal_bodies set body = '{}'", 'delete from journal_bodies', "update journal_subjects set id = 'x'", 'delete from journal_subjects']) {
      await expect(tamper(statement)).rejects.toThrow('append-only')
    }
  })

  it('[R23] shows what was changed behind its back, by name', async () => {
    await addOrganisation('a')
    await tamper("update organisations set name = 'other' where code = 'a'", "insert into organisations values ('z', 'z')")
    expect((await verifyJournal(db.readers)).faults).toEqual([
      { where: 'organisations a', what: 'name is not what the journal says' },
      { where: 'organisations z', what: 'stands in the table, but no fact made it' },
    ])
  })

  it('[R23] shows a body, a leaf, a link and a gap that were made otherwise', async () => {
    for (const code of ['a', 'b', 'c']) await addOrganisation(code)
    await tamper('drop trigger journal_no_update', 'drop trigger journal_bodies_no_update', "update journal_bodies set body = replace(body, '\"a\"', '\"x\"') where number = 2", "update journal set kind = 'other.kind' where number = 3")
    const wheres = (await verifyJournal(db.readers)).faults.map((fault) => `${fault.where}: ${fault.what}`)
    expect(wheres).toContain('journal 2: the body was changed')
    expect(wheres).toContain('journal 3: number, kind, time or commitment was changed')
    await tamper('drop trigger journal_no_delete', 'drop trigger journal_bodies_no_delete', 'drop trigger journal_subjects_no_delete', 'pragma foreign_keys = off', 'delete from journal where number = 3')
    expect((await verifyJournal(db.readers)).faults.map((fault) => `${fault.where}: ${fault.what}`)).toContain('journal 3: missing: the next fact is 4')
  })

  it('[R23] names a body that cannot be read, a fact that was taken from its thing, and what a cut tail left behind', async () => {
    for (const code of ['a', 'b', 'c', 'd']) await addOrganisation(code)
    await tamper(
      'drop trigger journal_no_delete', 'drop trigger journal_bodies_no_update', 'drop trigger journal_subjects_no_delete', 'pragma foreign_keys = off',
      `update journal_bodies set body = replace(body, '"data"', '"date"') where number = 2`, "update journal_bodies set body = '{' where number = 3", 'delete from journal_subjects where number = 4', 'delete from journal where number = 5',
    )
    const found = (await verifyJournal(db.readers)).faults.filter(({ where }) => where.startsWith('journal')).map(({ where, what }) => `${where}: ${what}`)
    expect(found).toEqual([
      'journal 2: the body was changed', 'journal 2: the body cannot be read', 'journal 3: the body was changed', 'journal 3: the body cannot be read',
      `journal 4: is not kept among what happened to mission ${mission}`, 'journal 5: is gone, and parts of it are still there',
    ])
  })

  it('an erased body leaves the chain whole', async () => {
    await addOrganisation('a')
    await tamper('drop trigger journal_bodies_no_delete', 'delete from journal_bodies where number = 2')
    const { faults } = await verifyJournal(db.readers)
    expect(faults.filter((fault) => fault.where.startsWith('journal'))).toEqual([])
  })

  it('a reader sees the state before, while a write runs', async () => {
    let seen = -1
    await engine.write(server, async ({ record }) => {
      await record('organisation.added', { type: 'mission', id: mission }, { put: { organisations: [{ code: 'a', name: 'a' }] } })
      seen = (await engine.read(server, ({ tx }) => tx.selectFrom('organisations').select('code').execute())).length
    })
    expect(seen).toBe(0)
  })

  it('refuses what the database package would store as NULL without a word', async () => {
    for (const bad of [10n, undefined, Number.NaN, new Date(), { a: 1 }]) {
      await expect(db.writer.insertInto('sessions').values({ id: 's', person: bad as never, tokenHash: '', createdAt: '', lastHeardAt: '', endedAt: null, newDevice: 0 }).execute()).rejects.toThrow()
    }
  })

  it('[R24] a folder has one process, and the second is told which', async () => {
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
    await lock.release()
    await (await lockFolder(folder)).release()
  })
})
