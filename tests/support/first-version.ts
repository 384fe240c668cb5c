import { Kysely, sql } from 'kysely'
import { makingOf, sqliteDialect } from '../../server/platform/database/dialect.ts'
import { migrations } from '../../server/platform/database/open.ts'
import type { Tx } from '../../server/platform/database/open.ts'
import { postgresDialect } from '../../server/platform/database/postgres.ts'
import { isOnServer } from '../../server/platform/database/refused.ts'
import type { Schema } from '../../server/platform/database/schema.ts'
import { appender } from '../../server/platform/journal/journal.ts'
import type { Changes, Subject } from '../../server/platform/journal/work.ts'

const at = '2027-02-28T20:00:00.000Z'
const [mission, ana, report, invite] = ['01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000b', '01890000-0000-7000-8000-00000000000c', '01890000-0000-7000-8000-00000000000d']

/** Facts as the first version wrote them, without the columns that came since. */
const facts: Fact[] = [
  ['mission.begun', { type: 'mission', id: mission }, { put: { mission: [{ id: mission, name: 'Before', country: 'SV', zone: 'UTC', languages: '["es"]', days: '[]', credit: '', rules: '{}', pack: '{}', exercise: 0, step: 'done', openedAt: at, begunAt: at }] } }],
  ['person.invited', { type: 'person', id: ana }, { put: { people: [{ id: ana, name: 'Ana', role: 'observer', number: 101, organisation: null, language: 'es', state: 'joined', invitedAt: at, joinedAt: at }], invites: [{ id: invite, person: ana, tokenHash: 'x', createdAt: at, until: null, usedAt: at, endedAt: null }] } }],
  ['report.filed', { type: 'report', id: report }, { put: { reports: [{
    id: report, number: 1, author: ana, filedBy: ana, statement: '{}', signature: null, category: 'voting.queue', severity: 'low', station: null, tableCode: null, department: null, atStation: 1, latitude: null, longitude: null, accuracyMetres: null,
    ageSeconds: null, observedAt: at, finishedAt: at, zone: 'UTC', words: '', language: 'es', skewSeconds: 0, receivedAt: at, photoCount: 0, status: 'received', round: 1, awaitsSecond: 0, duplicateOf: null, decidedAt: null, seenAt: null, seenBy: null, claimedBy: null, claimedUntil: null,
  }] } }],
]

type Step = (typeof migrations)[number]
type Fact = readonly [kind: string, subject: Subject, changes: unknown]

/** Makes a database as an earlier version left it: by these steps, with these facts, and with what stood beside them. */
export async function makeEarlier(where: string, steps: readonly Step[], facts: readonly Fact[], beside: (tx: Tx) => Promise<void>): Promise<void> {
  const old = new Kysely<Schema>({ dialect: isOnServer(where) ? postgresDialect(where, { connections: 1, readOnly: false }) : sqliteDialect(where, { connections: 1, readOnly: false, pragmas: ['journal_mode = wal', 'foreign_keys = on'] }) })
  const making = makingOf(old)
  for (const statement of [...steps.flatMap((step) => step.statements(making)), 'create table migrations (number integer primary key, name text not null, at text not null)']) await sql.raw(making.written(statement)).execute(old)
  await old.insertInto('migrations').values(steps.map(({ number, name }) => ({ number, name, at }))).execute()
  await old.transaction().execute(async (tx) => {
    const journal = appender(tx, { kind: 'server' }, at, { head: { number: 0, chain: '' }, counters: new Map() })
    for (const [kind, subject, changes] of facts) await journal.record(kind, subject, changes as Changes)
    await beside(tx)
  })
  await old.destroy()
}

/** Makes the database of a mission as the first version left it, with its three facts. */
export const makeFirstVersion = (where: string): Promise<void> => makeEarlier(where, migrations.slice(0, 1), facts, async (tx) => {
  // Its words were said anew: they stand under another number than the report's.
  for (const words of ['como fue', 'como es']) await sql`insert into report_words (report, words) values (${report}, ${words})`.execute(tx)
  await sql`delete from report_words where words = 'como fue'`.execute(tx)
})
