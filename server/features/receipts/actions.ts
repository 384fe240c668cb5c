import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { Problem } from '../../../shared/problem.ts'
import { contentOf } from '../../../shared/receipts.ts'
import type { ReceiptCode, ReceiptContent, checkReceiptCall } from '../../../shared/receipts.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Actor, Look, Work } from '../../platform/journal/work.ts'
import { sha256 } from '../../platform/ids.ts'
import { isReceiptOf } from '../../platform/signing/mission-key.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { getMission } from '../mission/actions.ts'
import * as store from './store.ts'

/** Makes it known which key the mission signs with, once: its receipts can be checked by the public half for as long as the journal is there. */
export async function knowMissionKey({ publicKey }: Pick<MissionKey, 'publicKey'>, { tx, now, record }: Work<Actor>): Promise<void> {
  if ((await store.listMissionKeys(tx)).some((known) => known.publicKey === publicKey)) return
  await record('mission.key_made', { type: 'mission', id: (await getMission(tx)).id }, { put: { missionKeys: [{ publicKey, madeAt: now }] } })
}

type Received = { id: string; number: number; receivedAt: string }

/** The receipt of a report to hold. Always of the same words in the same order, so that the same report has one receipt for ever. */
export const reportReceipt = (key: MissionKey, mission: string, { id, number, receivedAt, statement }: Received & { statement: string }): ReceiptCode =>
  key.sign(JSON.stringify({ v: 1, type: 'report', mission, report: id, number, receivedAt, statement: sha256(statement) } satisfies ReceiptContent))

/** The receipt of what an author said of a report later. */
export const amendmentReceipt = (key: MissionKey, mission: string, { report, number, receivedAt, statement }: { report: string; number: number; receivedAt: string; statement: string }): ReceiptCode =>
  key.sign(JSON.stringify({ v: 1, type: 'amendment', mission, report, number, receivedAt, statement: sha256(statement) } satisfies ReceiptContent))

/** The receipt of one original. */
export const photoReceipt = (key: MissionKey, mission: string, { id, number, receivedAt, photo }: Received & { photo: string }): ReceiptCode =>
  key.sign(JSON.stringify({ v: 1, type: 'photo', mission, report: id, number, receivedAt, photo } satisfies ReceiptContent))

/** What a receipt says, if the mission signed it and its journal and tables say the same; null for any other. */
export async function checkedReceipt(code: ReceiptCode, tx: Tx): Promise<ReceiptContent | null> {
  const content = contentOf(code)
  if (!content || content.mission !== (await getMission(tx)).id || !isReceiptOf((await store.listMissionKeys(tx)).map(({ publicKey }) => publicKey), code)) return null
  const report = await store.findReport(tx, content.report)
  if (!report || report.number !== content.number || !(await store.hasFactAt(tx, content.report, content.receivedAt))) return null
  return (await agrees(content, report, tx)) ? content : null
}

async function agrees(content: ReceiptContent, report: { receivedAt: string; statement: string }, tx: Tx): Promise<boolean> {
  if (content.type === 'report') return report.receivedAt === content.receivedAt && sha256(report.statement) === content.statement
  if (content.type === 'photo') return (await store.findPhoto(tx, content.report, content.photo))?.receivedAt === content.receivedAt
  return (await store.amendmentsAt(tx, content.report, content.receivedAt)).some(({ statement }) => sha256(statement) === content.statement)
}

/** For anyone who holds a receipt: whether it is ours. It is told nothing but what the receipt itself says. */
export async function checkReceipt({ receipt }: InputOf<typeof checkReceiptCall>, { tx }: Look<Actor>): Promise<ReplyOf<typeof checkReceiptCall>> {
  const content = await checkedReceipt(receipt, tx)
  if (!content) throw new Problem('not_found')
  return { content }
}
