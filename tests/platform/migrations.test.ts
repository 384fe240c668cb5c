import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../server/platform/database/open.ts'
import { verifyJournal } from '../../server/platform/journal/verify.ts'
import { checkSignatures } from '../../server/features/keys/actions.ts'
import { isOnServer } from '../../server/platform/database/refused.ts'
import { whereFor } from '../support/database.ts'
import { makeFirstVersion } from '../support/first-version.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-migrations-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

it('[R134] a mission of the first version opens after it was copied aside, and its journal and tables agree: what came since stands as if it had always been so', async () => {
  const where = await whereFor(join(folder, 'mission.db'))
  await makeFirstVersion(where)

  const db = await openDatabase(where)
  try {
    // What lies on a server is its operator's to copy.
    expect(isOnServer(where) || existsSync(`${where}.before-2`)).toBe(true)
    const verified = await verifyJournal(db.readers)
    expect([verified.facts, verified.faults]).toEqual([3, []])
    expect(await db.readers.selectFrom('reports').select(['signed', 'signingKey', 'channel', 'setAsideFor']).execute()).toEqual([{ signed: 'unsigned', signingKey: null, channel: 'web', setAsideFor: null }])
    expect(await db.readers.transaction().execute((tx) => checkSignatures(tx))).toEqual({ signed: 0, failing: 0, faults: [] })
  } finally {
    await db.close()
  }
})
