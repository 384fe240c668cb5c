import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { amendForCall, fileForCall, listObserversCall } from '../../../shared/filing.ts'
import { authorOf } from '../../../shared/sealed.ts'
import type { carryAmendmentCall, carryReportCall, openSealedCall, sealKeyCall } from '../../../shared/sealed.ts'
import type { Receipt } from '../../../shared/reports.ts'
import { refuse } from '../../../shared/problem.ts'
import type { Before } from '../../platform/http/serve.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { keepAmendment } from '../amendments/actions.ts'
import { signatureOf } from '../keys/actions.ts'
import { getMission } from '../mission/actions.ts'
import { getObserver, listObserversOf } from '../people/actions.ts'
import { keepOriginals, receiveTogether } from '../photos/actions.ts'
import { getReportRow, keepReport } from '../reports/actions.ts'
import * as rules from './rules.ts'

type Kept = Awaited<ReturnType<typeof keepOriginals>>

/** Who can be called back, and filed for. */
export const listObservers = async (_: unknown, { tx }: Look): Promise<ReplyOf<typeof listObserversCall>> => ({ observers: await listObserversOf(tx) })

/** The form's pictures, on the disk before the transaction begins. */
export const keepPictures = (_: unknown, before: Before<PersonActor>): Promise<Kept> => keepOriginals(before)

/** Files what an observer told, in the observer's name and by the coordinator's hand. @throws not_found where there is no such observer */
export const fileFor = (key: MissionKey) => async (report: InputOf<typeof fileForCall>, work: Work, photos: Kept): Promise<Receipt> => {
  await getObserver(report.author, work.tx)
  const statement = JSON.stringify(rules.statementOf({ report, mission: await getMission(work.tx), photos }))
  const receipt = await keepReport(key)({ id: report.id, statement, sentAt: work.now }, { author: report.author, channel: report.channel }, work)
  await receiveTogether(report.id, photos, work)
  return receipt
}

/** Keeps what an observer told of a report later, in the observer's name and by the coordinator's hand. What is one's own is another's to write down. @throws not_allowed */
export const amendFor = (key: MissionKey) => async (told: InputOf<typeof amendForCall>, work: Work, photos: Kept): Promise<ReplyOf<typeof amendForCall>> => {
  const { author } = await getReportRow(work.tx, told.report)
  if (author === work.actor.id) throw refuse('report', 'own_report', 'not_allowed')
  const statement = JSON.stringify(rules.amendmentOf({ told, author, mission: await getMission(work.tx), photos }))
  const receipt = await keepAmendment(key)({ report: told.report, id: told.id, statement, sentAt: work.now }, { author, told: told.channel, of: told.of }, work)
  await receiveTogether(told.report, photos, work)
  return receipt
}

/** What phones seal to. */
export const tellSealKey = ({ sealedTo }: MissionKey) => (): Promise<ReplyOf<typeof sealKeyCall>> => Promise.resolve({ sealedTo })

/** The key of one sealed file, for whoever brings it to the desk. What is in it is nothing that the desk may not read. */
export const openSealed = (key: MissionKey) => ({ made }: InputOf<typeof openSealedCall>): Promise<ReplyOf<typeof openSealedCall>> => {
  try {
    return Promise.resolve({ key: key.opens(made) })
  } catch {
    throw refuse('made', 'format')
  }
}

/**
 * Keeps what a phone signed and somebody of the desk brought in a file: as if the phone had sent it. Without a signature that holds anyone could have written it, and it is not taken. @throws invalid_input, not_found where there is
 * no such observer
 */
export const carryReport = (key: MissionKey) => async (report: InputOf<typeof carryReportCall>, work: Work, photos: Kept): Promise<Receipt> => {
  const receipt = await keepReport(key)(report, { author: await signerOf(report, work.tx), channel: 'web', isCarried: true }, work)
  await receiveTogether(report.id, photos, work)
  return receipt
}

/** The same for what was said of a report later. @throws not_found also where the report itself is not here */
export const carryAmendment = (key: MissionKey) => async (said: InputOf<typeof carryAmendmentCall>, work: Work, photos: Kept): Promise<ReplyOf<typeof carryAmendmentCall>> => {
  const receipt = await keepAmendment(key)(said, { author: await signerOf(said, work.tx), isCarried: true }, work)
  await receiveTogether(said.report, photos, work)
  return receipt
}

/** The observer whose phone signed this. */
async function signerOf(sent: { statement: string; signature?: string | undefined }, tx: Work['tx']): Promise<string> {
  const author = authorOf(sent.statement)
  if (author === null) throw refuse('statement', 'format')
  await getObserver(author, tx)
  if ((await signatureOf(tx, author, sent)).signed !== 'signed') throw refuse('signature', sent.signature === undefined ? 'required' : 'does_not_agree')
  return author
}
