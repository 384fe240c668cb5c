import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getReportCall } from '../../shared/reports.ts'
import { checkDatabase } from '../../server/check.ts'
import { signInAs } from '../../server/features/people/actions.ts'
import { openDatabase } from '../../server/platform/database/open.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { isOnServer } from '../../server/platform/database/refused.ts'
import { ana, corrected, makeBeforeLaterWords, withdrawn } from '../support/before-later-words.ts'
import { databaseFor, whereFor } from '../support/database.ts'
import { makeFirstVersion } from '../support/first-version.ts'
import { callerOf, startHouse } from '../support/house.ts'
import { amend } from '../support/reports.ts'
import { lookAtSignatures } from '../support/signatures.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-migrations-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

it('[R134] [R308] a mission of the first version opens after it was copied aside, and its journal and tables agree: what came since stands as if it had always been so', async () => {
  const where = await whereFor(join(folder, 'mission.db'))
  await makeFirstVersion(where)

  const db = await openDatabase(where)
  try {
    // What lies on a server is its operator's to copy.
    expect(isOnServer(where) || existsSync(`${where}.before-2`)).toBe(true)
    const verified = await verifyJournal(db.readers)
    expect([verified.facts, verified.faults]).toEqual([3, []])
    expect(await db.readers.selectFrom('reports').select(['signed', 'signingKey', 'channel', 'setAsideFor']).execute()).toEqual([{ signed: 'unsigned', signingKey: null, channel: 'web', setAsideFor: null }])
    expect(await db.readers.selectFrom('reportWords').select(['rowid', 'words']).execute()).toEqual([{ rowid: 1, words: 'como es' }])
    expect(await db.readers.selectFrom('reportTraits').select(['number', 'department', 'distance', 'pictures']).execute()).toEqual([{ number: 1, department: '', distance: 'unknown', pictures: 0 }])
    expect(await db.readers.selectFrom('reportCounts').select(['status', 'count']).execute()).toEqual([{ status: 'received', count: 1 }])
    expect(await lookAtSignatures(db.readers)).toEqual({ reports: { signed: 0, failing: 0 }, later: { signed: 0, failing: 0 }, faults: [] })
  } finally {
    await db.close()
  }
})

it('[R387] what was said later stands as it was after its table was made anew: facts, rows and signatures agree, it is read back through the front door, and a withdrawal of then is taken back', async () => {
  const own = join(folder, 'before')
  await mkdir(own)
  const { database = join(own, 'mission.db') } = await databaseFor(own)
  const rows = await makeBeforeLaterWords(database)
  const house = await startHouse({ folder: own })
  try {
    expect(isOnServer(database) || existsSync(`${database}.before-18`)).toBe(true)
    expect(await house.db.readers.selectFrom('amendments').selectAll().orderBy('id').execute()).toEqual(rows.map((row) => ({ ...row, channel: 'web', filedBy: null })))
    const { facts, signatures, faults } = await checkDatabase(house.db.readers)
    expect([faults, signatures, facts >= 9]).toEqual([[], { reports: { signed: 2, failing: 0 }, later: { signed: 2, failing: 1 } }, true])

    const desk = await house.person('coordinator')
    const { reply: page } = await desk.call(getReportCall, { id: corrected })
    expect([page.words, page.line.amended?.how, page.photos.length]).toEqual(['La cola llega a la calle.', 'correction', 1])
    expect(page.versions.map(({ type, words, signed, photos, setAsideFor, told }) => [type, words, signed, photos, setAsideFor, told])).toEqual([
      ['report', 'Hay cola.', 'signed', 0, null, null], ['addition', 'Y una foto.', 'signed', 1, null, null], ['correction', 'La cola llega a la calle.', 'unsigned', 0, null, null], ['correction', 'No hubo cola.', 'fails', 0, 'signature', null],
    ])
    const author = callerOf(house, { id: ana, role: 'observer', token: (await house.engine.write({ kind: 'server' }, (work) => signInAs(ana, work))).token })
    expect((await desk.call(getReportCall, { id: withdrawn })).reply.line.status).toBe('withdrawn')
    expect((await amend(house, author, withdrawn, { type: 'restoration', words: 'Sí era esta mesa.' })).status).toBe(201)
    expect((await desk.call(getReportCall, { id: withdrawn })).reply.line).toMatchObject({ status: 'received', amended: null })
    expect((await checkDatabase(house.db.readers)).faults).toEqual([])
  } finally {
    await house.stop()
  }
})
