import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { fileForCall, listObserversCall } from '../../../shared/filing.ts'
import type { Receipt } from '../../../shared/reports.ts'
import type { Before } from '../../platform/http/serve.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
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
