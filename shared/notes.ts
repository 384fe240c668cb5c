import * as z from 'zod/mini'
import { Done, Instant, Uuid, someWords } from './basics.ts'
import { contract } from './contract.ts'
import { desk } from './roles.ts'

export const maxNote = 2000
/** More than so many on one report nobody reads; the oldest are left out. */
export const mostNotes = 200

/** What coordinators tell each other about a report. Never edited; one that was struck out by its author says only that it was: its words are the journal's. */
export const Note = z.object({ id: Uuid, by: z.object({ id: Uuid, name: z.string() }), words: z.nullable(z.string()), writtenAt: Instant, struckAt: z.nullable(Instant) })
export type Note = z.infer<typeof Note>

/** Notes on a report, oldest first. No token reads them. `mayWrite`: whoever gave a verdict of a round that is open waits until it is closed, so that the next judges by themselves. */
export const listNotesCall = contract({ name: 'listNotes', method: 'GET', path: '/api/reports/:id/notes', who: desk, kind: 'reads', input: z.strictObject({ id: Uuid }), reply: z.object({ notes: z.array(Note), mayWrite: z.boolean() }) })

/** The note's id is made on the desk, so it can be sent twice. */
export const writeNoteCall = contract({ name: 'writeNote', method: 'PUT', path: '/api/reports/:id/notes/:note', who: desk, kind: 'writes', status: 201, input: z.strictObject({ id: Uuid, note: Uuid, words: someWords(maxNote) }), reply: Done })

/** Only one's own; it stays in the list as struck out. */
export const strikeNoteCall = contract({ name: 'strikeNote', method: 'POST', path: '/api/reports/:id/notes/:note/struck', who: desk, kind: 'writes', input: z.strictObject({ id: Uuid, note: Uuid }), reply: Done })
