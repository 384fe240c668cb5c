import { listNotesCall, strikeNoteCall, writeNoteCall } from '../../../shared/notes.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { listNotes, strikeNote, writeNote } from './actions.ts'

export function noteRoutes(doors: Doors): void {
  serve(doors, listNotesCall, listNotes)
  serve(doors, writeNoteCall, writeNote)
  serve(doors, strikeNoteCall, strikeNote)
}
