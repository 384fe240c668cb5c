import type { Tx } from '../../platform/database/open.ts'
import type { MissionKeyRow } from './tables.ts'

export const listMissionKeys = (tx: Tx): Promise<MissionKeyRow[]> => tx.selectFrom('missionKeys').selectAll().orderBy('madeAt').orderBy('publicKey').execute()

export const findReport = (tx: Tx, id: string) => tx.selectFrom('reports').select(['number', 'statement', 'receivedAt']).where('id', '=', id).executeTakeFirst()

export const findPhoto = (tx: Tx, report: string, sha256: string) => tx.selectFrom('photos').select('receivedAt').where('report', '=', report).where('sha256', '=', sha256).executeTakeFirst()

export const amendmentsAt = (tx: Tx, report: string, receivedAt: string) => tx.selectFrom('amendments').select('statement').where('report', '=', report).where('receivedAt', '=', receivedAt).execute()

/** Whether the journal has a fact about this report of that moment. */
export const hasFactAt = async (tx: Tx, report: string, at: string): Promise<boolean> =>
  (await tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').select('journal.number')
    .where('journalSubjects.type', '=', 'report').where('journalSubjects.id', '=', report).where('journal.at', '=', at).executeTakeFirst()) !== undefined
