import * as z from 'zod/mini'
import { Instant, Texts, Uuid } from '../../../shared/basics.ts'
import { PhotoId } from '../../../shared/photos.ts'
import { Cover } from '../../../shared/press.ts'
import { newPublicId } from '../../kit/ids.ts'
import { inTab, keepAs, keptAs } from '../../kit/keep.ts'
import { signedIn } from '../../kit/me.ts'

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

/** What is drawn outlives the tab and a browser that was killed; it says where in a picture, and nothing of what is on it. Texts go with the tab, not onto the disk of a machine that others may use. */
const Drawn = z.array(z.object({ photo: PhotoId, covers: z.array(Cover) }))
const mostDrawn = 50
const drawnName = (): string => `covers.${signedIn().person.id}`
const drawn = () => keptAs(Drawn, drawnName()) ?? []

/** The draft of a picture that this tab keeps, or the covers that this person drew on it in another; null where there is none. */
export function keptDraft(photo: PhotoId): Draft | null {
  const here = keptAs(Draft, `release.${photo}`, inTab)
  const covers = drawn().find((one) => one.photo === photo)?.covers
  return here ?? (covers ? { ...newDraft(), covers } : null)
}

/** Null: it was released, or thrown away. */
export function keepDraft(photo: PhotoId, draft: Draft | null): void {
  keepAs(`release.${photo}`, draft, inTab)
  const others = drawn().filter((one) => one.photo !== photo)
  const all = draft && draft.covers.length > 0 ? [{ photo, covers: draft.covers }, ...others].slice(0, mostDrawn) : others
  keepAs(drawnName(), all.length > 0 ? all : null)
}
