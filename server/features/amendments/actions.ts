import { Amendment } from '../../../shared/amendments.ts'
import type { AmendmentType, SaidBy, amendReportCall } from '../../../shared/amendments.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Work } from '../../platform/journal/work.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { readStatement, signatureOf } from '../keys/actions.ts'
import { getMission } from '../mission/actions.ts'
import { tellReopening } from '../notices/actions.ts'
import { awaited } from '../photos/actions.ts'
import { amendmentReceipt } from '../receipts/actions.ts'
import { getReportRow, searchAnew, stationWith, whySetAside } from '../reports/actions.ts'
import { endedRound, freed, judgedAnew } from '../verification/actions.ts'
import { amendedBefore, restored, rowAfter, whyNotAmended, wordsAfter } from './rules.ts'
import * as store from './store.ts'
import type { AmendmentRow } from './tables.ts'

type Given = InputOf<typeof amendReportCall>
type Receipt = ReplyOf<typeof amendReportCall>

const kinds = { correction: 'report.corrected', addition: 'report.added_to', withdrawal: 'report.withdrawn', restoration: 'report.restored' } as const satisfies Record<AmendmentType, string>

/** The author's phone sends it. */
export const amendReport = (key: MissionKey) => async (input: Given, work: Work): Promise<Receipt> => {
  if ((await getReportRow(work.tx, input.report)).author !== work.actor.id) throw new Problem('not_found')
  return keepAmendment(key)(input, { author: work.actor.id }, work)
}

/** By whose hand it comes. `isCarried`: a coordinator brings what the author's phone signed, and has said nothing of the report; `told`: a coordinator wrote down what the author told by telephone or messenger; `of`: what they had read of it last. */
type Hand = { author: string; isCarried?: boolean; told?: Exclude<SaidBy, 'web'>; of?: string | undefined }

/**
 * Keeps what an author says of a report that was sent. The same id and statement by the same way give the same receipt for ever. What the report said before stays, and who judged it or released
 * from it is told: what was judged is judged anew. One whose signature fails, or that a replaced phone sends, is kept and changes nothing until somebody has called its author.
 */
export const keepAmendment = (key: MissionKey) => async (input: Given, { author, isCarried = false, told, of }: Hand, work: Work): Promise<Receipt> => {
  const { tx, actor, now, record } = work
  const report = await getReportRow(tx, input.report)
  const mission = await getMission(tx)
  const way = { channel: told ?? 'web', filedBy: told ? actor.id : null } as const
  const receiptOf = (row: AmendmentRow) => ({ id: row.id, number: report.number, receivedAt: row.receivedAt, signed: amendmentReceipt(key, mission.id, { ...row, number: report.number }) })
  const before = await store.findAmendment(tx, input.id)
  if (before) {
    if (before.author !== author) throw new Problem('not_found')
    if (before.report !== report.id || before.statement !== input.statement || before.signature !== (input.signature ?? null) || before.channel !== way.channel || before.filedBy !== way.filedBy) throw new Problem('conflict')
    return receiptOf(before)
  }
  if (input.after !== undefined && (await store.findAmendment(tx, input.after))?.report !== report.id) throw new Problem('not_found')
  const statement = readStatement(Amendment, input.statement)
  const photos = await store.photosOf(tx, report.id)
  const earlier = await store.amendmentsOf(tx, report.id)
  if (of !== undefined && of !== (earlier.findLast(({ setAsideFor }) => setAsideFor === null)?.id ?? report.id)) throw refuse('of', 'ended', 'conflict')
  const problem = whyNotAmended({ statement, id: input.id, mission, report, before: earlier.length, photos, station: await stationWith(tx, statement.corrected?.place?.station ?? null) })
  if (problem) throw problem

  const { type, words, language, times: { finishedAt } } = statement
  const signature = await signatureOf(tx, report.author, input)
  const skewSeconds = (Date.parse(input.sentAt) - Date.parse(now)) / 1000
  const setAsideFor = await whySetAside(tx, { author, ...signature, finishedAt, skewSeconds }, { isCarried, session: told ? null : actor.session })
  const row: AmendmentRow = {
    id: input.id, report: report.id, type, author, statement: input.statement, signature: input.signature ?? null, ...signature, words, language, photoCount: statement.photos.length, finishedAt, skewSeconds, receivedAt: now, setAsideFor, ...way,
  }
  const subject = { type: 'report', id: report.id } as const
  if (setAsideFor !== null) {
    await record('report.amendment_set_aside', subject, { put: { amendments: [row] } })
    return receiptOf(row)
  }
  const ended = await endedRound(tx, report.id)
  const isTurn = type === 'withdrawal' || type === 'restoration'
  // Who only brought it has said nothing, and is told as the others are.
  const telling = isTurn || ended !== null ? await tellReopening(report.id, words, { ...work, actor: { id: told ? actor.id : author } }, type) : null
  const added = awaited(report.id, statement.photos.filter(({ sha256 }) => !photos.includes(sha256)), photos.length)
  const amended = {
    id: report.id, ...(type === 'restoration' ? amendedBefore(earlier) : { amendedHow: type, amendedAt: now }), words: wordsAfter(report.words, statement), ...rowAfter(statement),
    ...(type === 'correction' ? { language } : {}),
    ...(added.length > 0 ? { photoCount: report.photoCount + added.length } : {}),
    ...(type === 'withdrawal' ? { status: 'withdrawn', awaitsSecond: 0, duplicateOf: null, decidedAt: null, ...freed } : {}),
    ...(type === 'restoration' ? restored({ round: report.round, isJudged: ended !== null, isAside: await isAside(tx, report) }) : {}),
    // Who wrote it down judges it no more, and holds it from nobody who may.
    ...(told && report.claimedBy === actor.id ? freed : {}),
    ...(!isTurn && ended ? { round: report.round + 1, ...judgedAnew } : {}),
  }
  await record(kinds[type], subject, {
    put: { amendments: [row], ...(added.length > 0 ? { photos: added } : {}), ...telling?.put },
    set: { reports: [amended], ...(ended && ended.length > 0 ? { verdicts: ended.map(({ id }) => ({ id, open: 0 })) } : {}), ...telling?.set },
  }, { touches: telling?.touches ?? [], ...(isTurn || told ? { told: { ...(isTurn && { reason: words }), ...(told && { toldBy: told }) } } : {}) })
  await searchAnew(tx, report.id)
  return receiptOf(row)
}

/** Whether it would be set aside if nothing had been said of it since. */
const isAside = async (tx: Tx, { id, quarantined, setAsideFor }: { id: string; quarantined: number; setAsideFor: string | null }): Promise<boolean> => quarantined === 1 || (setAsideFor !== null && !(await store.wasTakenUp(tx, id)))
