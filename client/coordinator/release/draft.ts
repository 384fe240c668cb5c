import * as z from 'zod/mini'
import { Texts, Uuid } from '../../../shared/basics.ts'
import { Cover } from '../../../shared/press.ts'
import { newPublicId } from '../../kit/ids.ts'

/** A release that is being prepared. `id` is its own from the beginning, so that sending it twice is one release; texts are here once a person touched them. */
export const Draft = z.object({
  id: Uuid,
  covers: z.array(Cover),
  answers: z.object({ voterOrMinor: z.nullable(z.boolean()), voteLinked: z.nullable(z.boolean()), observer: z.nullable(z.boolean()) }),
  captions: Texts,
  alternatives: Texts,
  credit: z.nullable(z.string()),
  kept: z.array(z.string()),
})
export type Draft = z.infer<typeof Draft>

export const newDraft = (): Draft => ({ id: newPublicId(), covers: [], answers: { voterOrMinor: null, voteLinked: null, observer: null }, captions: {}, alternatives: {}, credit: null, kept: [] })

/** Whether there is anything that leaving would lose. */
export const isBegun = ({ covers, answers, captions, alternatives, credit }: Draft): boolean =>
  covers.length > 0 || credit !== null || [answers, captions, alternatives].some((some) => Object.values(some).some((value) => value !== null))

const nameOf = (photo: string): string => `veedor.release.${photo}`

/** The draft of a picture that this tab keeps; null where there is none. */
export function keptDraft(photo: string): Draft | null {
  try {
    const found = Draft.safeParse(JSON.parse(sessionStorage.getItem(nameOf(photo)) ?? 'null'))
    return found.success ? found.data : null
  } catch {
    return null
  }
}

/** Where storage is refused, a draft lasts until its page is left. */
export function keepDraft(photo: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(nameOf(photo))
    else sessionStorage.setItem(nameOf(photo), JSON.stringify(draft))
  } catch {
    return
  }
}
