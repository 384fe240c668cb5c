import type { Amendment } from '../../shared/amendments.ts'
import type { Statement } from '../../shared/reports.ts'
import { searchedWords } from '../../server/features/reports/rules.ts'
import { searchable } from '../../server/platform/database/dialect.ts'
import { migrations } from '../../server/platform/database/open.ts'
import { makeEarlier } from './first-version.ts'
import { defaultPack } from './house.ts'
import { makePhoneKey } from './phone-key.ts'

const id = (last: string) => `01890000-0000-7000-8000-0000000000${last}`
const at = (minute: number) => new Date(Date.UTC(2027, 1, 28, 20, minute)).toISOString()
const mission = id('0a')
export const ana = id('0b')
/** One was added to and corrected, the other withdrawn. */
export const [corrected, withdrawn] = [id('0c'), id('0d')]
const phoneKey = id('0e')
const picture = 'a'.repeat(64)

/**
 * Makes a mission as it stood before what was said later could be taken back or told to a coordinator: two reports with an addition that brings a picture, a correction, one whose signature fails and a withdrawal,
 * as their facts and rows were then. Gives the rows.
 */
export async function makeBeforeLaterWords(where: string) {
  const [pack, key] = [await defaultPack(), makePhoneKey()]
  const stated = (report: string, words: string): Statement => ({
    v: 1, mission, type: 'report', id: report, author: ana, category: 'voting.queue', severity: 'low', station: null, table: null, atStation: true, position: null, times: { observedAt: at(0), finishedAt: at(0), zone: 'America/El_Salvador' }, words, language: 'es', photos: [],
  })
  const reportRow = (number: number, statement: Statement) => ({
    id: statement.id, number, author: ana, filedBy: ana, channel: 'web', statement: JSON.stringify(statement), signature: key.sign(JSON.stringify(statement)), category: statement.category, severity: statement.severity, station: null, tableCode: null, department: null, atStation: 1,
    latitude: null, longitude: null, accuracyMetres: null, ageSeconds: null, observedAt: at(0), finishedAt: at(0), zone: 'America/El_Salvador', words: statement.words, language: 'es', skewSeconds: 0, receivedAt: at(number), photoCount: 0, status: 'received', setAsideFor: null, quarantined: 0,
    round: 1, awaitsSecond: 0, duplicateOf: null, decidedAt: null, seenAt: null, seenBy: null, claimedBy: null, claimedUntil: null, signed: 'signed', signingKey: phoneKey, amendedHow: null, amendedAt: null,
  })
  const amendment = (last: string, minute: number, report: string, given: Pick<Amendment, 'type' | 'words'> & Partial<Amendment>, signed: 'unsigned' | 'signed' | 'fails') => {
    const statement: Amendment = { v: 1, mission, id: id(last), reportId: report, author: ana, times: { finishedAt: at(minute), zone: 'America/El_Salvador' }, language: 'es', photos: [], ...given }
    const text = JSON.stringify(statement)
    return {
      id: statement.id, report, type: statement.type, author: ana, statement: text, signature: signed === 'unsigned' ? null : (signed === 'signed' ? key : makePhoneKey()).sign(text), signed, signingKey: signed === 'signed' ? phoneKey : null, words: statement.words,
      language: 'es', photoCount: statement.photos.length, finishedAt: at(minute), skewSeconds: 0.25, receivedAt: at(minute), setAsideFor: signed === 'fails' ? 'signature' : null,
    }
  }
  const photo = { sha256: picture, sizeBytes: 1000, how: 'gallery' as const, position: null, capturedAt: null }
  const rows = [
    amendment('21', 21, corrected, { type: 'addition', words: 'Y una foto.', photos: [photo] }, 'signed'), amendment('22', 22, corrected, { type: 'correction', words: 'La cola llega a la calle.' }, 'unsigned'),
    amendment('23', 23, corrected, { type: 'correction', words: 'No hubo cola.' }, 'fails'), amendment('24', 24, withdrawn, { type: 'withdrawal', words: 'Era otra mesa.' }, 'signed'),
  ] as const
  const [addition, correction, forged, withdrawal] = rows
  const [one, other] = [reportRow(1, stated(corrected, 'Hay cola.')), reportRow(2, stated(withdrawn, 'Falta una urna.'))]
  const photoRow = { report: corrected, sha256: picture, place: 0, sizeBytes: 1000, how: 'gallery', latitude: null, longitude: null, accuracyMetres: null, ageSeconds: null, capturedAt: null, state: 'awaited', previewSha256: null, previewAt: null, receivedAt: null, type: null, width: null, height: null, dhash: null }
  const of = (report: string) => ({ type: 'report', id: report }) as const
  await makeEarlier(where, migrations.filter(({ number }) => number < 18), [
    ['mission.begun', { type: 'mission', id: mission }, { put: { mission: [{ id: mission, name: 'Antes', country: 'SV', zone: 'America/El_Salvador', languages: '["es"]', days: '["2027-02-28"]', credit: 'Antes', rules: '{"eyes":1,"otherOrganisation":false,"releaserNotVerifier":false}', pack: JSON.stringify(pack), exercise: 0, step: 'done', openedAt: at(0), closedAt: null, begunAt: at(0) }] } }],
    ['person.invited', { type: 'person', id: ana }, { put: { people: [{ id: ana, name: 'Ana', role: 'observer', number: 101, organisation: null, language: 'es', state: 'joined', invitedAt: at(0), joinedAt: at(0) }] } }],
    ['key.registered', { type: 'person', id: ana }, { put: { phoneKeys: [{ id: phoneKey, person: ana, session: id('0f'), publicKey: key.publicKey, madeAt: at(0), endedAt: null }] } }],
    ['report.filed', of(corrected), { put: { reports: [one], counters: [{ name: 'report', value: 1 }] } }],
    ['report.filed', of(withdrawn), { put: { reports: [other] }, set: { counters: [{ name: 'report', value: 2 }] } }],
    ['report.amended', of(corrected), { put: { amendments: [addition], photos: [photoRow] }, set: { reports: [{ id: corrected, words: 'Hay cola.\n\nY una foto.', photoCount: 1, amendedHow: 'addition', amendedAt: at(21) }] } }],
    ['report.amended', of(corrected), { put: { amendments: [correction] }, set: { reports: [{ id: corrected, words: correction.words, amendedHow: 'correction', amendedAt: at(22) }] } }],
    ['report.amendment_set_aside', of(corrected), { put: { amendments: [forged] } }],
    ['report.amended', of(withdrawn), { put: { amendments: [withdrawal] }, set: { reports: [{ id: withdrawn, status: 'withdrawn', amendedHow: 'withdrawal', amendedAt: at(24) }] } }],
  ], async (tx) => {
    const words = [{ ...one, words: correction.words }, other].map((row) => ({ rowid: row.number, report: row.id, words: searchable(searchedWords(row, null, pack)) }))
    await tx.insertInto('reportWords').values(words).execute()
  })
  return rows
}
