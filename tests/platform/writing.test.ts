import { Kysely, sql } from 'kysely'
import type { ControlledTransaction, Dialect } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { chanceFrom } from '../../server/sample/chance.ts'
import type { Chance } from '../../server/sample/chance.ts'
import { isPostgres, sqliteDialect } from '../../server/platform/database/dialect.ts'
import { inSql, namesInCode } from '../../server/platform/database/names.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import { postgresDialect } from '../../server/platform/database/postgres.ts'
import { isOnServer } from '../../server/platform/database/refused.ts'
import { madeTables, settledTables } from '../../server/platform/database/schema.ts'
import type { Schema } from '../../server/platform/database/schema.ts'
import { writingDialect } from '../../server/platform/database/writing.ts'
import { gathered } from '../../server/platform/gathered.ts'
import { whereFor } from '../support/database.ts'
import { noting, saidOf } from '../support/noting.ts'

type Handle = Kysely<Schema>
type Tx = ControlledTransaction<Schema>

let folder: string
const asked: string[] = []
let ours: Handle
let plain: Handle

/** The same tables twice: written by our connection, and by one to which every statement is said at once. `asked` is what ours says to the database. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-writing-'))
  const [mine, other] = [await dialectOf('mine.db'), await dialectOf('other.db')]
  ours = new Kysely<Schema>({ dialect: writingDialect(noting(mine, asked)), plugins: [namesInCode] })
  plain = new Kysely<Schema>({ dialect: other, plugins: [namesInCode] })
  for (const db of [ours, plain]) await db.insertInto('people').values({ id: author, name: 'A', role: 'observer', number: 1, organisation: null, language: 'es', state: 'joined', invitedAt: at, joinedAt: at, telephone: null, quarantinedAt: null, quarantinedBy: null, quarantineReason: null }).execute()
})
afterAll(async () => {
  await ours.destroy()
  await plain.destroy()
  await rm(folder, { recursive: true, force: true })
})

async function dialectOf(name: string): Promise<Dialect> {
  const where = await whereFor(join(folder, name))
  await (await openDatabase(where)).close()
  return isOnServer(where) ? postgresDialect(where, { connections: 1, readOnly: false }) : sqliteDialect(where, { connections: 1, readOnly: false, pragmas: ['foreign_keys = on'] })
}

type Step = (tx: Tx) => Promise<unknown>

const [hash, author, at] = ['a'.repeat(64), 'author', '2027-02-28T00:00:00.000Z']
const fact = (number: number) => ({ number, kind: `k${number}`, at, commitment: hash, leaf: hash, chain: hash })
const report = (number: number, severity: string) => ({
  id: `r${number}`, number, author, filedBy: author, channel: 'web', statement: '{}', signature: null, category: 'c', severity, station: null, tableCode: null, department: null, atStation: 1, latitude: 13.7, longitude: -89.2, accuracyMetres: 8,
  ageSeconds: 1, observedAt: at, finishedAt: at, zone: 'UTC', words: '', language: 'es', skewSeconds: 0, receivedAt: at, photoCount: 0, status: 'received', setAsideFor: null, quarantined: 0, round: 1, awaitsSecond: 0, duplicateOf: null,
  decidedAt: null, seenAt: null, seenBy: null, claimedBy: null, claimedUntil: null, signed: 'unsigned', signingKey: null, amendedHow: null, amendedAt: null,
})
const photo = (of: number) => ({
  report: `r${of}`, sha256: hash, place: 0, sizeBytes: 1, how: 'gallery', latitude: null, longitude: null, accuracyMetres: null, ageSeconds: null, capturedAt: null, state: 'awaited', previewSha256: null, previewAt: null, receivedAt: null, type: null,
  width: null, height: null, dhash: null,
})

/** What a write may say: of tables that are remembered, that wait, and that do neither; by our builder and by words of SQL; some of it fails. */
function stepFrom(chance: Chance, number: () => number): Step {
  const [code, name] = [chance.pick(['a', 'b', 'c', 'd', 'e']), chance.pick(['x', 'y', 'z'])]
  const steps: Step[] = [
    (tx) => tx.selectFrom('organisations').selectAll().where('code', '=', code).execute(),
    (tx) => tx.selectFrom('organisations').selectAll().orderBy('code').execute(),
    async (tx) => (await tx.insertInto('organisations').values({ code, name }).executeTakeFirst()).numInsertedOrUpdatedRows,
    async (tx) => (await tx.insertInto('organisations').values({ code, name }).onConflict((on) => on.column('code').doUpdateSet({ name })).executeTakeFirst()).numInsertedOrUpdatedRows,
    async (tx) => (await tx.updateTable('organisations').set({ name }).where('code', '=', code).executeTakeFirst()).numUpdatedRows,
    (tx) => tx.deleteFrom('organisations').where('code', '=', code).execute().then(() => null),
    async (tx) => { await sql`update organisations set name = ${name} where code = ${code}`.execute(tx) },
    async (tx) => { await tx.insertInto('journal').values(fact(number())).execute() },
    async (tx) => {
      const next = number()
      await tx.insertInto('journal').values(fact(next)).execute()
      await tx.insertInto('journalSubjects').values([{ number: next, type: 'report', id: code }, { number: next, type: 'report', id: name }]).execute()
    },
    (tx) => tx.selectFrom('journal').select(({ fn }) => fn.max('number').as('number')).execute(),
    (tx) => tx.selectFrom('organisations').select(sql<number>`(select count(*) from journal_subjects where id = organisations.code)`.as('facts')).orderBy('code').execute(),
    (tx) => tx.insertInto('counters').values({ name: code, value: 0 }).onConflict((on) => on.doNothing()).execute().then(() => null),
    async (tx) => {
      if (await tx.selectFrom('counters').select('name').where('name', '=', code).executeTakeFirst()) await tx.updateTable('counters').set({ value: chance.whole(1, 99) }).where('name', '=', code).executeTakeFirst()
    },
    (tx) => tx.selectFrom('counters').selectAll().orderBy('name').execute(),
    async (tx) => { await tx.insertInto('reportWords').values({ rowid: number(), report: `${code}${name}`, words: name }).execute() },
    (tx) => tx.deleteFrom('reportWords').where('report', '=', `${code}${name}`).execute().then(() => null),
    async (tx) => { await tx.insertInto('reports').values(report(number(), chance.pick(['high', 'low']))).execute() },
    async (tx) => {
      const next = number()
      await tx.insertInto('reports').values(report(next, 'critical')).execute()
      await tx.insertInto('photos').values(photo(next)).execute()
    },
    async (tx) => (await tx.updateTable('reports').set({ severity: 'critical' }).where('severity', '=', 'high').executeTakeFirst()).numUpdatedRows,
    (tx) => tx.selectFrom('reports').select(['id', 'severity']).orderBy('id', 'desc').limit(3).execute(),
    (tx) => tx.selectFrom('reportTraits').select(['number', 'severity']).orderBy('number', 'desc').limit(3).execute(),
    (tx) => tx.selectFrom('mapCounts').select(({ fn }) => fn.sum('count').as('sum')).execute(),
    (tx) => tx.selectFrom('people').leftJoin('people as other', 'other.id', 'people.id').select(['people.id', 'other.name']).orderBy('people.id', 'desc').execute(),
    (tx) => tx.updateTable('people').set({ name }).where('id', '=', author).execute().then(() => null),
    (tx) => tx.selectFrom('nowhere' as 'counters').selectAll().execute(),
  ]
  return chance.pick(steps)
}

/** Writes in one transaction, each undone where something of it failed or it thinks better of it; what each was told. */
async function transaction(db: Handle, chance: Chance, from: number): Promise<unknown[]> {
  const told: unknown[] = []
  let number = from
  const tx = await db.startTransaction().execute()
  const mark = async () => {
    if (db === ours) return tx.savepoint('own').execute()
    await sql`savepoint own`.execute(tx)
    return null
  }
  for (let write = chance.whole(1, 6); write > 0; write--) {
    const [at, before] = [await mark(), number]
    let fails = chance.maybe(0.2)
    for (let left = chance.whole(1, 6); left > 0; left--) {
      const step = stepFrom(chance, () => ++number)
      if (told.at(-1) === 'failed') continue
      told.push(await step(tx).catch(() => 'failed'))
      fails ||= told.at(-1) === 'failed'
    }
    told.push('next')
    if (!fails) continue
    await (at ? at.rollbackToSavepoint('own').execute() : sql`rollback to savepoint own`.execute(tx))
    number = before
  }
  await (chance.maybe(0.9) ? tx.commit() : tx.rollback()).execute()
  return told
}

const tables = ['organisations', 'counters', 'people', 'reports', 'photos', 'reportTraits', 'reportCounts', 'mapCounts', 'journal', 'journalSubjects', 'reportWords'] as const
const contents = (db: Handle) => Promise.all(tables.map(async (table) => (await db.selectFrom(table).selectAll().execute()).map((row) => JSON.stringify(row)).sort()))

it('[R355] what waits, is remembered or is said again comes to the same as every statement by itself', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    expect(await transaction(ours, chanceFrom(seed), seed * 1_000), `seed ${seed}`).toEqual(await transaction(plain, chanceFrom(seed), seed * 1_000))
    expect(await contents(ours), `seed ${seed}`).toEqual(await contents(plain))
  }
  expect((await contents(plain)).every((rows) => rows.length > 0)).toBe(true)
})

it('[R356] many writes say little: what settled tables tell is asked once until it changes, facts are written together', async () => {
  const find = (tx: Tx) => tx.selectFrom('organisations').leftJoin('organisations as other', 'other.code', 'organisations.code').selectAll('organisations').where('organisations.code', '=', 'of many').orderBy('other.name', 'desc').execute()
  const from = 1_000_000
  asked.length = 0
  const tx = await ours.startTransaction().execute()
  for (let count = 1; count <= 32; count++) {
    await find(tx)
    await tx.insertInto('journal').values(fact(from + count)).execute()
    await tx.insertInto('journalSubjects').values({ number: from + count, type: 'report', id: 'r' }).execute()
  }
  await tx.insertInto('organisations').values({ code: 'of many', name: 'n' }).execute()
  expect(await find(tx)).toEqual([{ code: 'of many', name: 'n' }])
  await tx.commit().execute()
  expect(saidOf(asked)).toEqual(['select organisations', 'insert organisations', 'select organisations', 'insert journal', 'insert journal_subjects'])
})

it('[R358] [R382] nothing but statements that name them changes the tables that are remembered: no trigger, and no row that goes with another', async () => {
  const triggers = isPostgres(plain)
    ? sql<{ text: string }>`select prosrc as text from pg_proc join pg_namespace on pg_namespace.oid = pronamespace where nspname = current_schema()`
    : sql<{ text: string }>`select sql as text from sqlite_master where type = 'trigger'`
  const changed = (await triggers.execute(plain)).rows.flatMap(({ text }) => [...text.matchAll(/\b(?:insert\s+(?:or\s+\w+\s+)?into|update(?!\s+(?:of|on|set)\b)|delete\s+from)\s+"?(\w+)/gi)].map(([, table]) => table))
  expect([...new Set(changed)].sort()).toEqual(madeTables.map(inSql).sort())
  const goes = isPostgres(plain)
    ? sql<{ child: string }>`select conrelid::regclass::text as child from pg_constraint where contype = 'f' and (confdeltype not in ('a', 'r') or confupdtype not in ('a', 'r'))`
    : sql<{ child: string }>`select m.name as child from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' and (f.on_delete not in ('NO ACTION', 'RESTRICT') or f.on_update not in ('NO ACTION', 'RESTRICT'))`
  const changedWith = (await goes.execute(plain)).rows.map(({ child }) => child)
  for (const table of settledTables) expect([...changed, ...changedWith]).not.toContain(inSql(table))
})

it('[R357] those who come at the same moment are looked up together, the first of them too, and nobody is told what was so before', async () => {
  let [now, answer] = [0, (): void => undefined]
  const together: number[][] = []
  const find = gathered(async (keys: readonly number[]) => {
    together.push([...keys])
    const then = now
    await new Promise<void>((done) => { answer = done })
    return keys.map((key) => (key < 0 ? null : `${key} at ${then}`))
  })
  const found = [find(1), find(2), find(-3)]
  await vi.waitFor(() => expect(together).toHaveLength(1))
  now = 1
  found.push(find(4), find(5))
  answer()
  expect(await Promise.all(found.slice(0, 3))).toEqual(['1 at 0', '2 at 0', null])
  answer()
  expect(await Promise.all(found.slice(3))).toEqual(['4 at 1', '5 at 1'])
  expect(together).toEqual([[1, 2, -3], [4, 5]])
})
