import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { mostNotes } from '../../../shared/notes.ts'
import type { listNotesCall, strikeNoteCall, writeNoteCall } from '../../../shared/notes.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Look, Work } from '../../platform/journal/work.ts'
import { whyNotNoteOn } from '../verification/actions.ts'
import * as store from './store.ts'

/** The words of a struck note leave no more: the journal alone keeps them. */
export async function listNotes({ id }: InputOf<typeof listNotesCall>, { tx, actor }: Look): Promise<ReplyOf<typeof listNotesCall>> {
  const problem = await whyNotNoteOn(tx, id, actor)
  const rows = await store.lastNotes(tx, id, mostNotes)
  return { mayWrite: problem === null, notes: rows.reverse().map(({ id, author, name, words, writtenAt, struckAt }) => ({ id, by: { id: author, name }, words: struckAt === null ? words : null, writtenAt, struckAt })) }
}

export async function writeNote({ id, note, words }: InputOf<typeof writeNoteCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const problem = await whyNotNoteOn(tx, id, actor)
  const before = await store.findNote(tx, note)
  if (before) {
    if (before.author !== actor.id || before.report !== id || before.words !== words) throw new Problem('conflict')
    return done
  }
  if (problem) throw problem
  await record('note.written', { type: 'report', id }, { put: { notes: [{ id: note, report: id, author: actor.id, words, writtenAt: now, struckAt: null }] } })
  return done
}

/** What others may have acted on is never changed: its author strikes it out, and that stays to be seen. */
export async function strikeNote({ id, note }: InputOf<typeof strikeNoteCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const row = await store.findNote(tx, note)
  if (row?.report !== id) throw new Problem('not_found')
  if (row.author !== actor.id) throw new Problem('not_allowed')
  if (row.struckAt === null) await record('note.struck', { type: 'report', id }, { set: { notes: [{ id: note, struckAt: now }] } })
  return done
}
