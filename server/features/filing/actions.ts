import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { fileForCall, listObserversCall } from '../../../shared/filing.ts'
import { authorOf } from '../../../shared/sealed.ts'
import type { carryReportCall, openSealedCall, sealKeyCall } from '../../../shared/sealed.ts'
import type { Receipt } from '../../../shared/reports.ts'
import { refuse } from '../../../shared/problem.ts'
import type { Before } from '../../platform/http/serve.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { signatureOf } from '../keys/actions.ts'
import { getMission } from '../mission/actions.ts'
import { getObserver, listObserversOf } from '../people/actions.ts'
import { keepOriginals, receiveTogether } from '../photos/actions.ts'
import { keepReport } from '../reports/actions.ts'
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
  const author = authorOf(report.statement)
  if (author === null) throw refuse('statement', 'format')
  await getObserver(author, work.tx)
  if ((await signatureOf(work.tx, author, report)).signed !== 'signed') throw refuse('signature', report.signature === undefined ? 'required' : 'does_not_agree')
  const receipt = await keepReport(key)(report, { author, channel: 'web', isCarried: true }, work)
  await receiveTogether(report.id, photos, work)
  return receipt
}
