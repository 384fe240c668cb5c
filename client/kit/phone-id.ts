import { newId } from './ids.ts'
import { keep, kept } from './keep.ts'

/** An id that this browser made for itself and keeps whoever joins here, so that a phone that was replaced is told from the one that came after it. */
export function phoneId(): string {
  const found = kept('phone') ?? newId()
  keep('phone', found)
  return found
}
