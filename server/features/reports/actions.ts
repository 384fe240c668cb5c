import { Amendment, changesBetween, saidAfter, saidOf } from '../../../shared/amendments.ts'
import type { ReportVersion, SaidBy, SaidOfReport } from '../../../shared/amendments.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { hasMoved } from '../../../shared/made-anew.ts'
import type { Receipt, ReportPage } from '../../../shared/reports.ts'
import type { changeReportCall, fileReportCall, getReportCall, listReportsCall, myReportsCall, myStatementsCall, reportPointsCall, seeReportCall, sinceCall } from '../../../shared/reports.ts'
import { ReportLine, Statement, mostSince } from '../../../shared/reports.ts'
import type { Pack } from '../../../shared/pack.ts'
import { photoId } from '../../../shared/photos.ts'
import type { DeskPhoto, Position } from '../../../shared/photos.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import { done } from '../../../shared/basics.ts'
import type { LookAlike } from '../../platform/http/alike.ts'
import type { Looking } from '../../platform/journal/looking.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import { gatheredInTurn } from '../../platform/gathered.ts'
import { sha256 } from '../../platform/ids.ts'
import type { Things } from '../../platform/live/things.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { countOfStatus, countReports } from '../counts/actions.ts'
import { findReports, pointsOf } from '../finding/actions.ts'
import { endedBefore, readStatement, signatureOf } from '../keys/actions.ts'
import type { Signature } from '../keys/actions.ts'
import { getMission } from '../mission/actions.ts'
import { reportReceipt } from '../receipts/actions.ts'
import { telephoneOf } from '../people/actions.ts'
import { isFromReplacedPhone } from '../sessions/actions.ts'
import { awaited, describePhotos } from '../photos/actions.ts'
import { releasesOf } from '../press/actions.ts'
import { mayQuarantine, quarantineOf } from '../quarantine/actions.ts'
import { firstByPress } from '../takes/actions.ts'
import { awaitsNewJudge, mayOfReport, visibleVerdicts } from '../verification/actions.ts'
import { historyOf, isFoundBy, newsOf, searchedWords, whyNotFiled } from './rules.ts'
import type { HistoryFact } from './rules.ts'
import * as store from './store.ts'
import type { ReportRow, ReportWordsRow } from './tables.ts'

type Tx = Work['tx']
type Filed = InputOf<typeof fileReportCall>
/** Who says it, and on which way. `isCarried`: a coordinator brings what a phone signed, and is no author of it. */
type By = { author: string; channel: ReportPage['channel']; isCarried?: boolean }

/**
 * Keeps a report as its phone stated it. The same id, statement and signature give the same receipt for ever; anything else under the same id is a conflict. A signature
 * that fails is no reason to lose a report: the phone is given its receipt and may let go, and the report is set aside for a coordinator to look at.
 */
export const fileReport = (key: MissionKey) => (input: Filed, work: Work): Promise<Receipt> => keepReport(key)(input, byItsAuthor(work), work)

/** The same where it was looked at before. */
export const fileLookedAt = (key: MissionKey) => (input: Filed, work: Work, seen: Seen): Promise<Receipt> => keepLookedAt(key)(input, byItsAuthor(work), work, seen)

const byItsAuthor = ({ actor }: Work): By => ({ author: actor.id, channel: actor.token ? 'api' : 'web' })

const findTogether = gatheredInTurn(store.findReports)

/** What stands under its id already, and what the signature of a report that is new is worth where that was looked at. */
type Seen = { before: ReportRow | undefined; signature?: Signature }

/** Two that file the same at the same moment both find nothing: then the database does not take the second's row, and each is written again by itself. */
export async function lookAtReport(input: Filed, tx: Tx, author: Pick<PersonActor, 'id'>): Promise<Seen> {
  const before = await findTogether(tx, input.id)
  return before ? { before } : { before, signature: await signatureOf(tx, author.id, input) }
}

/** The same for whoever files: the author's phone, a program, a coordinator to whom it was told. */
export const keepReport = (key: MissionKey) => async (input: Filed, by: By, work: Work): Promise<Receipt> => keepLookedAt(key)(input, by, work, { before: await findTogether(work.tx, input.id) })

const keepLookedAt = (key: MissionKey) => async (input: Filed, { author, channel, isCarried = false }: By, { tx, actor, now, record, lastOf }: Work, { before, signature: seen }: Seen): Promise<Receipt> => {
  const filedBy = isCarried ? author : actor.id
  if (before) {
    if (before.author !== filedBy && before.filedBy !== filedBy) throw new Problem('not_found')
    if (before.statement !== input.statement || before.signature !== (input.signature ?? null) || before.channel !== channel) throw new Problem('conflict')
    return receiptOf(before, (await getMission(tx)).id, key)
  }
  const statement = readStatement(Statement, input.statement)
  const mission = await getMission(tx)
  const station = await stationWith(tx, statement.station)
  const problem = whyNotFiled({ statement, id: input.id, author, mission: mission.id, pack: mission.pack, station })
  if (problem) throw problem

  // Since it failed its key may have been registered.
  const signature = seen && seen.signed !== 'fails' ? seen : await signatureOf(tx, statement.author, input)
  const last = lastOf('report')
  const number = (last ?? 0) + 1
  const report: ReportRow = {
    id: input.id, number, author: statement.author, filedBy, channel, statement: input.statement, signature: input.signature ?? null,
    category: statement.category, severity: statement.severity, station: statement.station, tableCode: statement.table, department: null, atStation: statement.atStation ? 1 : 0,
    latitude: statement.position?.latitude ?? null, longitude: statement.position?.longitude ?? null, accuracyMetres: statement.position?.accuracyMetres ?? null, ageSeconds: statement.position?.ageSeconds ?? null,
    observedAt: statement.times.observedAt, finishedAt: statement.times.finishedAt, zone: statement.times.zone, words: statement.words, language: statement.language,
    skewSeconds: (Date.parse(input.sentAt) - Date.parse(now)) / 1000, receivedAt: now, photoCount: statement.photos.length,
    status: 'received', setAsideFor: null, quarantined: 0, round: 1, awaitsSecond: 0, duplicateOf: null, decidedAt: null, seenAt: null, seenBy: null, claimedBy: null, claimedUntil: null, ...signature, amendedHow: null, amendedAt: null,
  }
  const photos = awaited(report.id, statement.photos)
  const counter = { name: 'report', value: number }
  await record('report.filed', { type: 'report', id: report.id }, { put: { reports: [report], photos, ...(last === null ? { counters: [counter] } : {}) }, ...(last === null ? {} : { set: { counters: [counter] } }) })
  await store.keepWords(tx, report, searchedWords(report, station, mission.pack), { isNew: true })
  const why = await whySetAside(tx, report, { isCarried, session: channel === 'web' ? actor.session : null })
  if (why) await record('report.set_aside', { type: 'report', id: report.id }, { set: { reports: [{ id: report.id, status: 'set_aside', setAsideFor: why }] } }, { by: { kind: 'server' } })
  if (await quarantineOf(tx, author)) await record('report.quarantined', { type: 'report', id: report.id }, { set: { reports: [{ id: report.id, status: 'set_aside', quarantined: 1 }] } }, { by: { kind: 'server' } })
  return receiptOf(report, mission.id, key)
}

type Stated = Pick<ReportRow, 'author' | 'signed' | 'signingKey' | 'finishedAt' | 'skewSeconds'>

/** Why what was stated is kept and changes nothing until somebody has called its author. `isCarried`: somebody brings what a phone signed; `session`: that of the author's phone which sends it, if one does. */
export async function whySetAside(tx: Tx, { author, signed, signingKey, finishedAt, skewSeconds }: Stated, { isCarried, session }: { isCarried: boolean; session: string | null }): Promise<'signature' | 'replaced_phone' | null> {
  if (signed === 'fails') return 'signature'
  const finished = new Date(Date.parse(finishedAt) - skewSeconds * 1000).toISOString()
  const isReplaced = isCarried ? await endedBefore(tx, signingKey, finished) : session !== null && (await isFromReplacedPhone(author, session, finished, tx))
  return isReplaced ? 'replaced_phone' : null
}

const receiptOf = (report: ReportRow, mission: string, key: MissionKey): Receipt => ({ id: report.id, number: report.number, receivedAt: report.receivedAt, signed: reportReceipt(key, mission, report) })

const mostOwnReports = 500

/** Whoever is in quarantine reads nothing of it: who plants reports shall not learn when to stop. */
const statusForAuthor = ({ status, quarantined }: ReportRow): ReportLine['status'] => (quarantined === 1 && status === 'set_aside' ? 'received' : (status as ReportLine['status']))

/** The ladder of the author's own reports. */
export async function listMyReports(_input: InputOf<typeof myReportsCall>, { tx, actor, now }: Look) {
  const reports = await store.reportsOf(tx, actor.id, mostOwnReports)
  const ids = reports.map((report) => report.id)
  const [photos, press, amendments] = [await store.photosOf(tx, ids), await firstByPress(tx, ids), await store.amendmentsOf(tx, ids)]
  return {
    person: actor.id,
    serverTime: now,
    reports: reports.map((report) => {
      const own = photos.filter((photo) => photo.report === report.id)
      const received = own.map((photo) => photo.receivedAt)
      return {
        id: report.id, number: report.number, receivedAt: report.receivedAt, status: statusForAuthor(report), seenAt: report.seenAt, decidedAt: report.decidedAt, takenAt: press.taken.get(report.id) ?? null, usedAt: press.used.get(report.id) ?? null,
        amendments: amendments.filter((one) => one.report === report.id).map(({ id }) => id),
        photos: own.map(({ sha256, previewAt, receivedAt }) => ({ sha256, previewAt, receivedAt })),
        allPhotosAt: received.some((at) => at === null) ? null : ([...received].sort().at(-1) ?? report.receivedAt),
      }
    }),
  }
}

/** Own reports as they were stated, for a phone that did not file them: those that are another's are left out as if they were not there. */
export async function listMyStatements({ ids }: InputOf<typeof myStatementsCall>, { tx, actor }: Look): Promise<ReplyOf<typeof myStatementsCall>> {
  const reports = await store.ownReports(tx, actor.id, ids)
  const amendments = await store.amendmentsOf(tx, reports.map(({ id }) => id))
  return { reports: reports.map(({ id, statement, channel }) => ({ id, statement, channel: channel as ReportPage['channel'], amendments: amendments.filter(({ report }) => report === id).map((one) => ({ ...one, channel: one.channel as SaidBy })) })) }
}

/** A page of the room's list. `total` counts the filter, `all` the mission. */
export const listReports = (lines: Things) => async ({ after, limit, ids, ...filter }: InputOf<typeof listReportsCall>, look: LookAlike) => {
  const { tx, isProgram, now, number } = look
  const textsOf = (wanted: readonly string[]) => lines.of(wanted, async (some) => new Map((await store.linesOf(tx, some)).map((line) => [line.id, JSON.stringify(ReportLine.parse(line))])), look)
  const these = async (wanted: readonly string[]) => (isProgram ? { reports: linesFor(isProgram, await store.linesOf(tx, wanted)), texts: {} } : { reports: [], texts: { reports: await textsOf(wanted) } })
  if (ids.length > 0) {
    const { reports, texts } = await these(ids)
    return { reply: { number, at: now, total: (texts.reports ?? reports).length, isMore: false, all: await countReports(tx), reports, next: null }, texts }
  }
  const { places, total, isMore, all } = await findReports(tx, filter, { after: after ? cursorOf(after) : null, limit: limit + 1 })
  const shown = places.slice(0, limit)
  const last = shown.at(-1)
  const { reports, texts } = await these(shown.map(({ id }) => id))
  return { reply: { number, at: now, total, isMore, all, reports, next: places.length > limit && last ? `${last.observedAt}~${last.id}` : null }, texts }
}

function cursorOf(text: string): { observedAt: string; id: string } {
  const [observedAt, id] = text.split('~')
  if (!observedAt || !id) throw refuse('after', 'format')
  return { observedAt, id }
}

/** The points of a filter: the newest, where more belong to it than a screen holds. */
export const listPoints = (most: number) => async (filter: InputOf<typeof reportPointsCall>, { tx, number }: Look) => {
  const found = await pointsOf(tx, filter, most + 1)
  const isMore = found.id.length > most
  if (isMore) for (const values of Object.values(found)) values.length = most
  const { version, severity, status, ...points } = found
  return { number, isMore, ...points, version: version.map((one) => Number(one ?? 0)), severity: severity as ReportLine['severity'][], status: status as ReportLine['status'][] }
}

export async function getReport({ id }: InputOf<typeof getReportCall>, { tx, actor, now, number }: Look): Promise<ReportPage> {
  const report = await getReportRow(tx, id)
  const [line] = linesFor(Boolean(actor.token), await store.linesOf(tx, [id]))
  if (!line) throw new Problem('not_found')
  const station = report.station ? await store.findStation(tx, report.station) : undefined
  const position = positionOf(report)
  const [photos, releases, facts] = [await store.photosOf(tx, [id]), await releasesOf(tx, id), (await store.factsOf(tx, id)).map((fact) => factOf(fact, id)).filter(({ kind }) => !actor.token || !isNote(kind))]
  const names = await store.namesOf(tx, [...new Set(facts.flatMap((fact) => fact.actor.id ?? []))])
  const duplicateOf = report.duplicateOf ? await store.findReport(tx, report.duplicateOf) : undefined
  const { versions, said } = await saidIn(tx, report)
  const described = await describePhotos(tx, report, photos, actor)
  return {
    number, line, words: report.words, language: report.language, versions,
    filed: { category: said.category, severity: said.severity, station: said.station, table: said.table },
    atStation: said.atStation, position, stationPosition: station ? { latitude: station.latitude, longitude: station.longitude } : null,
    distanceMetres: line.distanceMetres,
    channel: report.channel as ReportPage['channel'], filedBy: report.filedBy === report.author ? null : { id: report.filedBy, name: (await store.namesOf(tx, [report.filedBy])).get(report.filedBy) ?? '' },
    setAsideFor: report.setAsideFor as ReportPage['setAsideFor'], quarantine: await quarantineOf(tx, report.author), mayQuarantine: mayQuarantine(actor, report.author), authorTelephone: await telephoneOf(report.author, tx),
    finishedAt: report.finishedAt, zone: report.zone, skewSeconds: report.skewSeconds, signed: line.signed,
    photos: photos.map((photo): DeskPhoto => ({
      id: photoId(id, photo.sha256), sha256: photo.sha256, sizeBytes: photo.sizeBytes, how: photo.how as DeskPhoto['how'], position: positionOf(photo), capturedAt: photo.capturedAt, state: photo.state as DeskPhoto['state'],
      type: photo.type, width: photo.width, height: photo.height, receivedAt: photo.receivedAt, shows: photo.state === 'ready' || photo.previewSha256 !== null, released: releases.some((release) => release.photo === photoId(id, photo.sha256) && release.retractedAt === null),
      ...(described.get(photo.sha256) ?? undescribed),
    })),
    round: report.round, verdicts: await visibleVerdicts(tx, id, actor.id),
    duplicateOf: duplicateOf ? { id: duplicateOf.id, number: duplicateOf.number } : null,
    releases,
    history: historyOf(facts, (person) => names.get(person) ?? null),
    may: await mayOfReport(tx, report, actor, now),
    awaitsNewJudge: await awaitsNewJudge(tx, report, actor, now),
  }
}

/** A station with its tables; null where there is no such one. */
export async function stationWith(tx: Tx, code: string | null) {
  const station = code === null ? undefined : await store.findStation(tx, code)
  return station ? { ...station, tables: await store.tablesOf(tx, station.code) } : null
}

/** As it was filed and as it was said later, and what its author says now. What was set aside is shown with what it would have changed, and changes nothing. */
async function saidIn(tx: Tx, report: ReportRow): Promise<{ versions: ReportVersion[]; said: SaidOfReport }> {
  const [filed, amendments] = [readStatement(Statement, report.statement), await store.amendmentsOf(tx, [report.id])]
  const names = await store.namesOf(tx, amendments.flatMap(({ filedBy }) => filedBy ?? []))
  let said = saidOf(filed)
  const first: ReportVersion = { id: report.id, type: 'report', words: filed.words, language: filed.language, photos: filed.photos.length, finishedAt: report.finishedAt, receivedAt: report.receivedAt, signed: report.signed as ReportVersion['signed'], setAsideFor: null, sha256: sha256(report.statement), changes: [], told: null }
  const later = amendments.map(({ id, type, words, language, photoCount, finishedAt, receivedAt, signed, setAsideFor, statement, channel, filedBy }): ReportVersion => {
    const after = saidAfter(said, readStatement(Amendment, statement).corrected)
    const changes = changesBetween(said, after)
    if (setAsideFor === null) said = after
    return {
      id, type: type as ReportVersion['type'], words, language, photos: photoCount, finishedAt, receivedAt, signed: signed as ReportVersion['signed'], setAsideFor: setAsideFor as ReportVersion['setAsideFor'], sha256: sha256(statement),
      changes, told: filedBy === null || channel === 'web' ? null : { by: channel === 'phone' ? 'phone' : 'messenger', to: { id: filedBy, name: names.get(filedBy) ?? '' } },
    }
  })
  return { versions: [first, ...later], said }
}

/** What coordinators write to each other no program learns, not even that they did. */
const isNote = (kind: string): boolean => kind.startsWith('note.')
const linesFor = (isProgram: boolean, lines: ReportLine[]): ReportLine[] => (isProgram ? lines.map(({ notes: _notes, ...line }) => line) : lines)

const undescribed = { says: null, previewUnlike: false, alike: [], copy: null, mayGiveCopy: false }

const positionOf = (row: { latitude: number | null; longitude: number | null; accuracyMetres: number | null; ageSeconds: number | null }): Position | null =>
  row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude, accuracyMetres: row.accuracyMetres ?? 0, ageSeconds: row.ageSeconds ?? 0 }

type StoredBody = {
  actor: HistoryFact['actor']
  data?: { put?: { reports?: Record<string, unknown>[] }; set?: { reports?: Record<string, unknown>[]; releases?: { retractedReason?: string }[] } }
  told?: { keptWords?: string[]; reason?: string; toldBy?: string; wrong?: string; right?: string; size?: string; place?: string }
}

function factOf(fact: { number: number; at: string; kind: string; body: string }, report: string): HistoryFact {
  const { actor, data, told } = JSON.parse(fact.body) as StoredBody
  const row = [...(data?.put?.reports ?? []), ...(data?.set?.reports ?? [])].find((one) => one['id'] === report) ?? {}
  const keptWords = told?.keptWords?.join(', ')
  const retractedReason = data?.set?.releases?.[0]?.retractedReason
  const { reason, wrong, right, size, place, toldBy } = told ?? {}
  const said = { keptWords, retractedReason, reason, toldBy, wrong, right, size, place }
  return { number: fact.number, at: fact.at, kind: fact.kind, actor, row, said: Object.fromEntries(Object.entries(said).filter((one): one is [string, string] => Boolean(one[1]))) }
}

export async function getReportRow(tx: Tx, id: string): Promise<ReportRow> {
  const report = await store.findReport(tx, id)
  if (!report) throw new Problem('not_found')
  return report
}

/** Told to the author once; a coordinator who opens their own report has not seen it for the mission. */
export async function seeReport({ id }: InputOf<typeof seeReportCall>, { tx, actor, now, record }: Work) {
  const report = await getReportRow(tx, id)
  if (report.seenAt === null && report.author !== actor.id && report.filedBy !== actor.id) await record('report.seen', { type: 'report', id }, { set: { reports: [{ id, seenAt: now, seenBy: actor.id }] } })
  return done
}

/** Category, severity or place made anew by a coordinator; what the observer filed stays in the statement. */
export async function changeReport(input: InputOf<typeof changeReportCall>, { tx, actor, now, record }: Work) {
  const { id, change, was, ...given } = input
  const report = await getReportRow(tx, id)
  const content = JSON.stringify([actor.id, id, given])
  const before = await store.findChange(tx, change)
  if (before) {
    if (before.content !== content) throw new Problem('conflict')
    return done
  }
  if (!(await mayOfReport(tx, report, actor, now)).includes('change')) throw new Problem('not_allowed')
  if (was && hasMoved({ ...report, table: report.tableCode }, was)) throw refuse('was', 'ended', 'conflict')
  const mission = await getMission(tx)
  if (given.category !== undefined && !mission.pack.categories.some((one) => one.code === given.category)) throw refuse('category', 'not_in_list')
  const code = given.station === undefined ? report.station : given.station
  const table = given.table === undefined ? (code === report.station ? report.tableCode : null) : given.table
  const station = code ? ((await store.findStation(tx, code)) ?? null) : null
  if (code && !station) throw refuse('station', 'not_in_list')
  if (table && (!station || !(await store.tablesOf(tx, station.code)).includes(table))) throw refuse('table', 'not_in_list')
  if (given.department && station) throw refuse('department', 'does_not_agree')

  const next = { category: given.category ?? report.category, severity: given.severity ?? report.severity, station: code, tableCode: table, department: station ? null : given.department === undefined ? report.department : given.department }
  await store.keepChange(tx, { id: change, report: id, content })
  const isSame = (Object.keys(next) as (keyof typeof next)[]).every((column) => next[column] === report[column])
  if (isSame) return done
  await record('report.changed', { type: 'report', id }, { set: { reports: [{ id, ...next }] } })
  await searchAnew(tx, id)
  return done
}

/** Has a report found by what it says now. */
export async function searchAnew(tx: Tx, id: string): Promise<void> {
  const report = await getReportRow(tx, id)
  const station = report.station ? ((await store.findStation(tx, report.station)) ?? null) : null
  await store.keepWords(tx, report, searchedWords(report, station, (await getMission(tx)).pack))
}

/** What was new since somebody was away: filed then, changed then, or waiting still. */
export async function listSince({ at }: InputOf<typeof sinceCall>, { tx, now, number }: Look): Promise<ReplyOf<typeof sinceCall>> {
  const { came, changed } = newsOf(await store.kindsBetween(tx, await store.numberAt(tx, at), number))
  const lines = new Map((await store.linesOf(tx, [...came.slice(0, mostSince), ...changed.slice(0, mostSince).map(({ id }) => id)])).map((line) => [line.id, line]))
  return {
    number, at: now, waits: { received: await countOfStatus(tx, 'received'), inReview: await countOfStatus(tx, 'in_review'), setAside: await countOfStatus(tx, 'set_aside'), ...(await store.countAwaiting(tx)) },
    came: { count: came.length, lines: came.flatMap((id) => lines.get(id) ?? []) },
    changed: { count: changed.length, reports: changed.flatMap(({ id, kinds }) => { const line = lines.get(id); return line ? [{ line, kinds }] : [] }) },
  }
}

/** What a search for words finds a line by, as it is kept for those of today. */
export const wordsOfReport = (line: ReportLine, pack: Pack): string =>
  searchedWords({ number: line.number, words: line.words, category: line.category, tableCode: line.table }, line.station === null ? null : { code: line.station, name: line.stationName ?? '', municipality: line.municipality ?? '', department: line.department ?? '' }, pack)

/** For the live hub: reports as they are now. */
export const reportLines = (tx: Tx, ids: readonly string[]): Promise<ReportLine[]> => store.linesOf(tx, ids)

/** The words of a row, for a mission that is made from rows. */
export { searchedWords }

export { countReports }

export async function namesOf(tx: Tx, ids: string[]): Promise<{ id: string; name: string }[]> {
  return [...(await store.namesOf(tx, ids))].map(([id, name]) => ({ id, name }))
}

const reportsAtOnce = 1_000

/** Compares the words by which each report is searched with what it says now, and names those that are others. */
export async function checkWords(tx: Tx, { fault, told }: Looking): Promise<void> {
  const all = await countReports(tx)
  const pack = await getMission(tx).then((mission) => mission.pack, () => null)
  const isRenamed = (await store.countImports(tx)) > 1
  for (let [after, looked] = [Number.MIN_SAFE_INTEGER, 0]; ;) {
    told('words of reports', looked, all)
    const page = await store.searchedAfter(tx, after, reportsAtOnce)
    if (!pack) return page.length > 0 ? fault('mission', 'its pack cannot be read, and no words were looked at') : undefined
    const last = page.length < reportsAtOnce ? null : (page.at(-1)?.report.number ?? null)
    // A damaged page gives rows in no order, and asking for what follows would never end.
    if (last !== null && last <= after) return fault('reports', `cannot be read in order of their numbers: ${last} comes after ${after}`)
    const kept = new Map<number, ReportWordsRow[]>()
    for (const row of await store.wordsBetween(tx, after, last, 10 * reportsAtOnce)) kept.set(row.rowid, [...(kept.get(row.rowid) ?? []), row])
    for (const { report, station } of page) {
      const [one, ...others] = kept.get(report.number) ?? []
      kept.delete(report.number)
      if (!one || others.length > 0) fault(`report_words ${report.number}`, one ? 'stands there more than once' : 'is missing: its report is there')
      else if (one.report !== report.id || !isFoundBy(one.words, report, station, pack, isRenamed)) fault(`report_words ${report.number}`, 'is not what its report says')
    }
    for (const number of kept.keys()) fault(`report_words ${number}`, 'stands for no report')
    if (last === null) return
    after = last
    looked += page.length
  }
}
