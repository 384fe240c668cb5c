import { Amendment } from '../../../shared/amendments.ts'
import type { AmendmentType, amendReportCall } from '../../../shared/amendments.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { PersonActor, Work } from '../../platform/journal/work.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { readStatement, signatureOf } from '../keys/actions.ts'
import { getMission } from '../mission/actions.ts'
import { tellReopening } from '../notices/actions.ts'
import { awaited } from '../photos/actions.ts'
import { amendmentReceipt } from '../receipts/actions.ts'
import { getReportRow, searchAnew } from '../reports/actions.ts'
import { isFromReplacedPhone } from '../sessions/actions.ts'
import { endedRound, freed, judgedAnew } from '../verification/actions.ts'
import { whyNotAmended, wordsAfter } from './rules.ts'
import * as store from './store.ts'
import type { AmendmentRow } from './tables.ts'

type Given = InputOf<typeof amendReportCall>

const kinds = { correction: 'report.corrected', addition: 'report.added_to', withdrawal: 'report.withdrawn' } as const satisfies Record<AmendmentType, string>

/**
 * Keeps what an author says of a report that was sent. The same id and statement give the same receipt for ever. What the report said before stays, and who judged it or released
 * from it is told: what was judged is judged anew. One whose signature fails, or that a replaced phone sends, is kept and changes nothing until somebody has called its author.
 */
export const amendReport = (key: MissionKey) => async (input: Given, work: Work): Promise<ReplyOf<typeof amendReportCall>> => {
  const { tx, actor, now, record } = work
  const report = await getReportRow(tx, input.report)
  if (report.author !== actor.id) throw new Problem('not_found')
  const mission = await getMission(tx)
  const receiptOf = (row: AmendmentRow) => ({ id: row.id, number: report.number, receivedAt: row.receivedAt, signed: amendmentReceipt(key, mission.id, { ...row, number: report.number }) })
  const before = await store.findAmendment(tx, input.id)
  if (before) {
    if (before.author !== actor.id) throw new Problem('not_found')
    if (before.report !== report.id || before.statement !== input.statement || before.signature !== (input.signature ?? null)) throw new Problem('conflict')
    return receiptOf(before)
  }
  const statement = readStatement(Amendment, input.statement)
  const photos = await store.photosOf(tx, report.id)
  const problem = whyNotAmended({ statement, id: input.id, mission: mission.id, report, before: await store.countAmendments(tx, report.id), photos })
  if (problem) throw problem

  const { type, words, language, times: { finishedAt } } = statement
  const signature = await signatureOf(tx, report.author, input)
  const skewSeconds = (Date.parse(input.sentAt) - Date.parse(now)) / 1000
  const setAsideFor = await whySetAside(tx, actor, signature.signed, new Date(Date.parse(finishedAt) - skewSeconds * 1000).toISOString())
  const row: AmendmentRow = {
    id: input.id, report: report.id, type, author: actor.id, statement: input.statement, signature: input.signature ?? null, ...signature, words, language, photoCount: statement.photos.length, finishedAt, skewSeconds, receivedAt: now, setAsideFor,
  }
  const subject = { type: 'report', id: report.id } as const
  if (setAsideFor !== null) {
    await record('report.amendment_set_aside', subject, { put: { amendments: [row] } })
    return receiptOf(row)
  }
  const ended = await endedRound(tx, report.id)
  const telling = type === 'withdrawal' || ended !== null ? await tellReopening(report.id, words, work, type) : null
  const added = awaited(report.id, statement.photos.filter(({ sha256 }) => !photos.includes(sha256)), photos.length)
  const amended = {
    id: report.id, amendedHow: type, amendedAt: now, words: wordsAfter(report.words, statement),
    ...(type === 'correction' ? { language } : {}),
    ...(added.length > 0 ? { photoCount: report.photoCount + added.length } : {}),
    ...(type === 'withdrawal' ? { status: 'withdrawn', awaitsSecond: 0, duplicateOf: null, decidedAt: null, ...freed } : ended ? { round: report.round + 1, ...judgedAnew } : {}),
  }
  await record(kinds[type], subject, {
    put: { amendments: [row], ...(added.length > 0 ? { photos: added } : {}), ...telling?.put },
    set: { reports: [amended], ...(ended && ended.length > 0 ? { verdicts: ended.map(({ id }) => ({ id, open: 0 })) } : {}), ...telling?.set },
  }, { touches: telling?.touches ?? [], ...(type === 'withdrawal' ? { told: { reason: words } } : {}) })
  await searchAnew(tx, report.id)
  return receiptOf(row)
}

async function whySetAside(tx: Tx, actor: PersonActor, signed: string, finishedAt: string): Promise<'signature' | 'replaced_phone' | null> {
  if (signed === 'fails') return 'signature'
  return actor.session && (await isFromReplacedPhone(actor.id, actor.session, finishedAt, tx)) ? 'replaced_phone' : null
}
