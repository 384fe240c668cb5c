import type { AmendmentType } from '../../../shared/amendments.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { AmendmentRow } from './tables.ts'

export const findAmendment = (tx: Tx, id: string): Promise<AmendmentRow | undefined> => tx.selectFrom('amendments').selectAll().where('id', '=', id).executeTakeFirst()

/** What was said of a report before, in the order in which it came. */
export const amendmentsOf = async (tx: Tx, report: string): Promise<{ id: string; type: AmendmentType; receivedAt: string; setAsideFor: string | null }[]> =>
  (await tx.selectFrom('amendments').select(['id', 'type', 'receivedAt', 'setAsideFor']).where('report', '=', report).orderBy('receivedAt').orderBy('id').execute()).map((row) => ({ ...row, type: row.type as AmendmentType }))

export const photosOf = async (tx: Tx, report: string): Promise<string[]> => (await tx.selectFrom('photos').select('sha256').where('report', '=', report).execute()).map(({ sha256 }) => sha256)

/** Whether somebody took a report that had been set aside into work. */
export const wasTakenUp = async (tx: Tx, report: string): Promise<boolean> =>
  (await tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').select('journal.number').where('type', '=', 'report').where('id', '=', report).where('kind', '=', 'report.taken_up').limit(1).executeTakeFirst()) !== undefined
