import type { Draft } from '../outbox/records.ts'
import { edit } from '../state.ts'

/** Changes the draft; what headquarters found wrong with a field is forgotten once that field is changed. */
export function change(draft: Draft, field: string, next: Partial<Draft>): void {
  void edit(draft.id, (present) => ({ ...present, ...next, faults: present.faults.filter((fault) => !isOf(fault.path, field)) }))
}

/** Whether what is wrong at `path` is wrong with this field of the form. */
export const isOf = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`) || (field === 'times' && path === 'observedAt')
