import { Kysely } from 'kysely'
import { join } from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerKey } from '../../server/features/keys/actions.ts'
import { fileLookedAt, lookAtReport } from '../../server/features/reports/actions.ts'
import { sqliteDialect } from '../../server/platform/database/dialect.ts'
import { namesInCode } from '../../server/platform/database/names.ts'
import { openReaders } from '../../server/platform/database/open.ts'
import type { Handle } from '../../server/platform/database/open.ts'
import type { Schema } from '../../server/platform/database/schema.ts'
import { writingDialect } from '../../server/platform/database/writing.ts'
import { openEngine } from '../../server/platform/journal/engine.ts'
import type { Engine } from '../../server/platform/journal/engine.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { openMissionKey } from '../../server/platform/signing/mission-key.ts'
import type { MissionKey } from '../../server/platform/signing/mission-key.ts'
import { fixedClock, startHouse } from '../support/house.ts'
import { noting, saidOf } from '../support/noting.ts'
import { makePhoneKey, registeredKey } from '../support/phone-key.ts'
import { statementOf } from '../support/reports.ts'

type Sent = { author: string; session: string; input: { id: string; statement: string; signature: string; sentAt: string } }

const phones = 4
const asked: string[] = []
const made: Sent[] = []
/** Of a phone whose key nobody knows yet. */
let late: Sent & { publicKey: string }
let folder: string
let db: { writer: Handle; readers: Handle }
let engine: Engine
let key: MissionKey

/** A mission with phones whose reports were not sent yet; its database is opened so that what is said to it can be read. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-together-'))
  const clock = fixedClock()
  const house = await startHouse({ folder, clock })
  const observers = await Promise.all(Array.from({ length: phones }, async () => {
    const author = await house.person('observer')
    const { id: session } = await house.db.readers.selectFrom('sessions').select('id').where('person', '=', author.id).executeTakeFirstOrThrow()
    return { author, session, key: await registeredKey(author) }
  }))
  for (let round = 0; round < 11; round++) {
    for (const { author, session, key: { sign } } of observers) {
      const stated = await statementOf(house, author)
      const statement = JSON.stringify(stated)
      made.push({ author: author.id, session, input: { id: stated.id, statement, signature: sign(statement), sentAt: stated.times.finishedAt } })
    }
  }
  const author = await house.person('observer')
  const { id: session } = await house.db.readers.selectFrom('sessions').select('id').where('person', '=', author.id).executeTakeFirstOrThrow()
  const [stated, { sign, publicKey }] = [await statementOf(house, author), makePhoneKey()]
  const statement = JSON.stringify(stated)
  late = { publicKey, author: author.id, session, input: { id: stated.id, statement, signature: sign(statement), sentAt: stated.times.finishedAt } }
  await house.close()
  const path = join(folder, 'mission.db')
  const dialect = writingDialect(noting(sqliteDialect(path, { connections: 1, readOnly: false, pragmas: ['foreign_keys = on'] }), asked))
  db = { writer: new Kysely<Schema>({ dialect, plugins: [namesInCode] }), readers: openReaders(path, 1) }
  engine = await openEngine({ ...db, close: () => Promise.resolve() }, clock.now, { longestMilliseconds: Infinity })
  key = await openMissionKey(join(folder, 'mission.key'))
})
afterAll(async () => {
  await db.writer.destroy()
  await db.readers.destroy()
  await rm(folder, { recursive: true, force: true })
})

/** As the call does. */
const file = ({ author, session, input }: Sent) => engine.lookAndWrite({ kind: 'person', id: author, role: 'observer', session }, async (tx) => {
  const seen = await lookAtReport(input, tx, { id: author })
  return (work) => fileLookedAt(key)(input, work, seen)
})

it('[R380] thirty-two signed reports that wait at the same moment say no more to the database than one: they are looked up together and written together', async () => {
  // From then on it is remembered what the settled tables say of each author.
  for (const first of made.splice(0, phones)) await file(first)
  asked.length = 0
  const together = made.splice(0, 32)
  const receipts = await Promise.all(together.map(file))
  expect(saidOf(asked)).toEqual(['select reports', 'insert reports', 'insert journal', 'insert journal_bodies', 'insert journal_subjects', 'insert report_words', 'update counters'])
  expect(receipts.map(({ number }) => number)).toEqual(together.map((_sent, at) => phones + 1 + at))
  expect(await Promise.all(together.map(file))).toEqual(receipts)
})

it('[R380] the same report sent many times at the same moment is one report with one receipt, and so are those beside it', async () => {
  const [twice, ...beside] = made.splice(0, 3) as [Sent, ...Sent[]]
  const receipts = await Promise.all([twice, ...beside, twice, twice].map(file))
  expect(receipts.map(({ number }) => number)).toEqual([37, 38, 39, 37, 37])
  expect(new Set(receipts.map(({ signed }) => signed)).size).toBe(3)
  expect((await verifyJournal(db.readers)).faults).toEqual([])
})

it('[R383] a signature is looked at before its report is written: a key that is registered at the same moment counts, and one that fails sets its own report aside alone', async () => {
  const [good, other] = made.splice(0, 2) as [Sent, Sent]
  const bad = { ...other, input: { ...other.input, signature: good.input.signature } }
  const registering = engine.write({ kind: 'person', id: late.author, role: 'observer', session: late.session }, (work) => registerKey({ publicKey: late.publicKey }, work))
  await Promise.all([file(good), file(bad), registering, file(late)])
  const rows = await db.readers.selectFrom('reports').select(['id', 'signed', 'status']).where('id', 'in', [good, bad, late].map(({ input }) => input.id)).orderBy('number').execute()
  expect(rows).toEqual([{ id: good.input.id, signed: 'signed', status: 'received' }, { id: bad.input.id, signed: 'fails', status: 'set_aside' }, { id: late.input.id, signed: 'signed', status: 'received' }])
  expect((await verifyJournal(db.readers)).faults).toEqual([])
})
