import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Day, Done, Instant, Sha256, Texts, Uuid, nothing, pageLimit, someWords, words } from './basics.ts'
import { PhotoId } from './photos.ts'
import type { Role } from './roles.ts'
import { desk } from './roles.ts'

/** A solid box in pixels of the upright original. */
export const Cover = z.strictObject({
  left: z.number().check(z.int(), z.gte(0)),
  top: z.number().check(z.int(), z.gte(0)),
  width: z.number().check(z.int(), z.gte(1, 'too_small')),
  height: z.number().check(z.int(), z.gte(1, 'too_small')),
  what: z.enum(['face', 'list', 'document', 'ballot', 'plate', 'other']),
})
export type Cover = z.infer<typeof Cover>

/** Added on every side of a cover: JPEG blocks carry traces outside the box (differs at 0, 8 and 15 px, same at 16). */
export const coverMarginPixels = 16

/**
 * The one precision that leaves, frozen at release: municipality and hour, or department and half-day when fewer than five observers reported from that
 * municipality in that hour. Day and hour in the mission's zone.
 */
export const Precision = z.discriminatedUnion('level', [
  z.object({ level: z.literal('municipality_hour'), municipality: z.string(), department: z.string(), country: z.string(), day: Day, hour: z.number() }),
  z.object({ level: z.literal('department_halfday'), department: z.string(), country: z.string(), day: Day, half: z.enum(['morning', 'afternoon']) }),
])
export type Precision = z.infer<typeof Precision>

/** Each `yes` blocks the release. */
export const Answers = z.strictObject({ voterOrMinor: z.boolean(), voteLinked: z.boolean(), observer: z.boolean() })
export type Answers = z.infer<typeof Answers>

/** What a release of this picture would say, from verified fields alone. */
export const releaseProposalCall = contract({
  name: 'releaseProposal', method: 'GET', path: '/api/photos/:id/proposal', who: desk, kind: 'reads', input: z.strictObject({ id: PhotoId }),
  reply: z.object({
    precision: Precision,
    eyes: z.union([z.literal(1), z.literal(2)]),
    captions: Texts,
    /** What no text of it may name: closer places, codes, who observed. */
    withheld: z.array(z.string()),
    quote: Texts,
    credit: z.string(),
    width: z.number(),
    height: z.number(),
    mayRelease: z.boolean(),
  }),
})

/** Flagged words that were kept knowingly: a fact. */
export const Release = z.strictObject({
  id: Uuid,
  photo: PhotoId,
  covers: z.array(Cover).check(z.maxLength(200, 'too_many')),
  answers: Answers,
  captions: Texts,
  alternatives: Texts,
  credit: someWords(120),
  keptWords: z.array(z.string().check(z.maxLength(60))).check(z.maxLength(50, 'too_many')),
})
export type Release = z.infer<typeof Release>

/** Covers, sizes and labels the picture, then releases it. Same id and content give the same answer. Every desk of the press sees it at once. */
export const releaseCall = contract({ name: 'release', method: 'PUT', path: '/api/releases/:id', who: desk, kind: 'writes', status: 201, input: Release, reply: z.object({ id: Uuid, releasedAt: Instant }) })

export const retractCall = contract({ name: 'retract', method: 'POST', path: '/api/releases/:id/retract', who: desk, kind: 'writes', input: z.strictObject({ id: Uuid, reason: someWords(500) }), reply: Done })

/** A released picture as press sees it: nothing of the phone, the observer, the station or the second. */
export const ReleasedPicture = z.object({
  id: Uuid,
  captions: Texts,
  alternatives: Texts,
  credit: z.string(),
  quote: Texts,
  precision: Precision,
  covered: z.boolean(),
  width: z.number(),
  height: z.number(),
  fullBytes: z.number(),
  webBytes: z.number(),
  releasedAt: Instant,
})
export type ReleasedPicture = z.infer<typeof ReleasedPicture>

const pressAndDesk: readonly Role[] = ['press', ...desk]

/** Newest release first. `place` is a department or municipality as the precision has it; `day` a day of the precision. */
export const listReleasesCall = contract({
  name: 'listReleases', method: 'GET', path: '/api/releases', who: pressAndDesk, token: true, kind: 'reads',
  input: z.strictObject({ words: z.optional(words(200)), place: z.optional(words(120)), day: z.optional(Day), after: z.optional(z.string().check(z.maxLength(80))), limit: pageLimit }),
  reply: z.object({ number: z.number(), total: z.number(), all: z.number(), releases: z.array(ReleasedPicture), next: z.nullable(z.string()), places: z.array(z.string()), days: z.array(Day) }),
})

export const ReleaseSize = z.enum(['wall', 'web', 'full'])
export type ReleaseSize = z.infer<typeof ReleaseSize>

/** For the wall itself; never stored by a cache. */
export const releaseImageCall = contract({ name: 'releaseImage', method: 'GET', path: '/api/releases/:id/image', who: pressAndDesk, token: true, kind: 'reads', answers: 'file', input: z.strictObject({ id: Uuid, size: z.enum(['wall', 'web']) }), reply: nothing })

/** A download is a fact: it gives an address that is good for 60 seconds, for this person. */
export const downloadCall = contract({
  name: 'download', method: 'POST', path: '/api/releases/:id/downloads', who: pressAndDesk, kind: 'writes', input: z.strictObject({ id: Uuid, size: z.enum(['web', 'full']) }),
  reply: z.object({ address: z.string(), fileName: z.string() }),
})
export const downloadedFileCall = contract({ name: 'downloadedFile', method: 'GET', path: '/api/downloads/:ticket', who: pressAndDesk, kind: 'reads', answers: 'file', input: z.strictObject({ ticket: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'format')) }), reply: nothing })

/** Hash of the released file, for those who check it. */
export const ReleaseFiles = z.object({ full: Sha256, web: Sha256, wall: Sha256 })
