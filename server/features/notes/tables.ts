/** What a coordinator wrote about a report for the others. */
export type NoteRow = { id: string; report: string; author: string; words: string; writtenAt: string; struckAt: string | null }
