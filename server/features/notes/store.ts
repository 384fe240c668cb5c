import type { Tx } from '../../platform/database/open.ts'
import type { NoteRow } from './tables.ts'

export const findNote = (tx: Tx, id: string): Promise<NoteRow | undefined> => tx.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst()

/** The last notes on a report with their authors' names, newest first. */
export const lastNotes = (tx: Tx, report: string, most: number) =>
  tx.selectFrom('notes').innerJoin('people', 'people.id', 'notes.author').selectAll('notes').select('people.name').where('report', '=', report).orderBy('writtenAt', 'desc').orderBy('notes.id', 'desc').limit(most).execute()
