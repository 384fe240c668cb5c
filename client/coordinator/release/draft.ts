import * as z from 'zod/mini'
import { Instant, Texts, Uuid } from '../../../shared/basics.ts'
import { Cover } from '../../../shared/press.ts'
import { newPublicId } from '../../kit/ids.ts'
import { inTab, keepAs, keptAs } from '../../kit/keep.ts'

/** A release that is being prepared. `id` is its own from the beginning, so that sending it twice is one release; texts are here once a person touched them. */
export const Draft = z.object({
  id: Uuid,
  covers: z.array(Cover),
  answers: z.object({ voterOrMinor: z.nullable(z.boolean()), voteLinked: z.nullable(z.boolean()), observer: z.nullable(z.boolean()) }),
  captions: Texts,
  alternatives: Texts,
  credit: z.nullable(z.string()),
  kept: z.array(z.string()),
  embargo: z._default(z.object({ kind: z.enum(['none', 'until', 'statement']), until: z.nullable(Instant) }), { kind: 'none', until: null }),
})
export type Draft = z.infer<typeof Draft>

export const newDraft = (): Draft => ({ id: newPublicId(), covers: [], answers: { voterOrMinor: null, voteLinked: null, observer: null }, captions: {}, alternatives: {}, credit: null, kept: [], embargo: { kind: 'none', until: null } })

/** Whether there is anything that leaving would lose. */
export const isBegun = ({ covers, answers, captions, alternatives, credit, embargo }: Draft): boolean =>
  covers.length > 0 || embargo.kind !== 'none' || credit !== null || [answers, captions, alternatives].some((some) => Object.values(some).some((value) => value !== null))

/** The draft of a picture that this tab keeps; null where there is none. */
export const keptDraft = (photo: string): Draft | null => keptAs(Draft, `release.${photo}`, inTab)
export const keepDraft = (photo: string, draft: Draft | null): void => keepAs(`release.${photo}`, draft, inTab)
