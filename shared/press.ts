import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Day, Done, Instant, Texts, Uuid, nothing, pageLimit, someWords, words } from './basics.ts'
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

/** Until when press sees nothing of a picture: a time, the mission's statement, or both; until the later of them. */
export const Embargo = z.strictObject({ until: z.nullable(Instant), statement: z.boolean() })
export type Embargo = z.infer<typeof Embargo>
export const noEmbargo: Embargo = { until: null, statement: false }

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
    /** The mission's own, which holds for each release. */
    embargo: Embargo,
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
  /** Where the mission has one of its own, the later holds. */
  embargo: z._default(Embargo, noEmbargo),
})
export type Release = z.infer<typeof Release>

/** Covers, sizes and labels the picture, then releases it. Same id and content give the same answer. Every desk of the press sees it at once. */
export const releaseCall = contract({ name: 'release', method: 'PUT', path: '/api/releases/:id', who: desk, fresh: true, kind: 'writes', status: 201, input: Release, reply: z.object({ id: Uuid, releasedAt: Instant }) })

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
  /** When press could see it first. */
  releasedAt: Instant,
  /** When its embargo ended, where it had one. */
  embargoEndedAt: z.nullable(Instant),
  /** Its report is being looked at again: wait. */
  withheld: z.boolean(),
  version: z.number(),
})
export type ReleasedPicture = z.infer<typeof ReleasedPicture>

const pressAndDesk: readonly Role[] = ['press', ...desk]

/** What a wall may be searched for. */
export const wallFields = { words: z.optional(words(200)), place: z.optional(words(120)), day: z.optional(Day) }
/** So many pictures of a wall are compared with what headquarters has. */
export const mostOnWall = 10_000
/** What can change of a picture on a wall, as one number. */
export const versionOnWall = ({ version, withheld }: Pick<ReleasedPicture, 'version' | 'withheld'>): number => 2 * version + Number(withheld)

/** Newest release first. `place` is a department or municipality as the precision has it; `day` a day of the precision. */
export const listReleasesCall = contract({
  name: 'listReleases', method: 'GET', path: '/api/releases', who: pressAndDesk, token: true, kind: 'reads',
  input: z.strictObject({ ...wallFields, after: z.optional(z.string().check(z.maxLength(80))), limit: pageLimit }),
  reply: z.object({ number: z.number(), total: z.number(), all: z.number(), releases: z.array(ReleasedPicture), next: z.nullable(z.string()), places: z.array(z.string()), days: z.array(Day) }),
})

export const ReleaseSize = z.enum(['wall', 'web', 'full'])
export type ReleaseSize = z.infer<typeof ReleaseSize>

/** For the wall itself; never stored by a cache. `web` is for a person's screen while the picture is not withheld: with a token there is `wall` alone. */
export const releaseImageCall = contract({ name: 'releaseImage', method: 'GET', path: '/api/releases/:id/image', who: pressAndDesk, token: true, kind: 'reads', answers: 'file', input: z.strictObject({ id: Uuid, size: z.enum(['wall', 'web']) }), reply: nothing })

/** A download is a fact: it gives an address that is good for 60 seconds, for this person. */
export const downloadCall = contract({
  name: 'download', method: 'POST', path: '/api/releases/:id/downloads', who: pressAndDesk, kind: 'writes', input: z.strictObject({ id: Uuid, size: z.enum(['web', 'full']) }),
  reply: z.object({ address: z.string(), fileName: z.string() }),
})
export const downloadedFileCall = contract({ name: 'downloadedFile', method: 'GET', path: '/api/downloads/:ticket', who: pressAndDesk, kind: 'reads', answers: 'file', input: z.strictObject({ ticket: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'format')) }), reply: nothing })

/** A release that was wrong in its words: new captions, texts and credit, a new file; the old ones are kept. `wrong` and `right` are what press reads of it. */
export const Correction = z.strictObject({
  id: Uuid,
  /** The version that this one takes the place of, so that two who mend at once do not overwrite each other. */
  of: z.number().check(z.int(), z.gte(1)),
  captions: Texts,
  alternatives: Texts,
  credit: someWords(120),
  keptWords: z.array(z.string().check(z.maxLength(60))).check(z.maxLength(50, 'too_many')),
  wrong: someWords(500),
  right: someWords(500),
})
export type Correction = z.infer<typeof Correction>
export const correctCall = contract({ name: 'correct', method: 'POST', path: '/api/releases/:id/versions', who: desk, fresh: true, kind: 'writes', input: Correction, reply: z.object({ id: Uuid, version: z.number() }) })

/** Lets press see a picture before its embargo ends. */
export const endEmbargoCall = contract({ name: 'endEmbargo', method: 'POST', path: '/api/releases/:id/out', who: desk, fresh: true, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Done })

/** The mission's own embargo, for every release from then on; `waiting`: releases that wait for the statement. */
export const embargoCall = contract({ name: 'embargo', method: 'GET', path: '/api/embargo', who: desk, kind: 'reads', input: nothing, reply: z.object({ embargo: Embargo, waiting: z.number() }) })
export const setEmbargoCall = contract({ name: 'setEmbargo', method: 'PUT', path: '/api/embargo', who: ['lead'], fresh: true, kind: 'writes', input: Embargo, reply: Done })
/** A lead says that the mission's statement is out: what waited for it alone goes to press. */
export const statementOutCall = contract({ name: 'statementOut', method: 'POST', path: '/api/embargo/statement', who: ['lead'], fresh: true, kind: 'writes', input: nothing, reply: z.object({ released: z.number() }) })

/** Where a newsroom published a picture. */
export const Use = z.object({ id: Uuid, place: z.string(), link: z.nullable(z.string()), words: z.string(), at: Instant, takenBackAt: z.nullable(Instant) })
export type Use = z.infer<typeof Use>
export const Take = z.object({ size: z.enum(['web', 'full']), version: z.number(), at: Instant })
export type Take = z.infer<typeof Take>

/** What one has taken of a picture oneself, and where one said that it was used. */
export const myTakesCall = contract({ name: 'myTakes', method: 'GET', path: '/api/releases/:id/mine', who: pressAndDesk, kind: 'reads', input: z.strictObject({ id: Uuid }), reply: z.object({ takes: z.array(Take), uses: z.array(Use) }) })

const Link = z.string().check(z.trim(), z.maxLength(500, 'too_long'), z.regex(/^https?:\/\/[^\s<>"]+$/, 'format'))
/** "I used this": the id is made on the press desk, so it can be sent twice. */
export const useCall = contract({
  name: 'use', method: 'PUT', path: '/api/releases/:id/uses/:use', who: ['press'], kind: 'writes', status: 201,
  input: z.strictObject({ id: Uuid, use: Uuid, place: someWords(200), link: z.nullable(Link), words: words(500) }), reply: Done,
})
export const takeBackUseCall = contract({ name: 'takeBackUse', method: 'DELETE', path: '/api/releases/:id/uses/:use', who: ['press'], kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid, use: Uuid }), reply: Done })

/** A release as the desk sees it: how it stands, who has it, and who was told what of it. */
export const DeskRelease = z.object({
  id: Uuid,
  photo: PhotoId,
  releasedAt: Instant,
  releasedBy: z.string(),
  retractedAt: z.nullable(Instant),
  retractedReason: z.nullable(z.string()),
  /** Press does not see it yet. */
  held: z.boolean(),
  embargo: Embargo,
  outAt: z.nullable(Instant),
  withheldAt: z.nullable(Instant),
  version: z.number(),
  captions: Texts,
  alternatives: Texts,
  credit: z.string(),
  /** Those before the present one, oldest first. */
  versions: z.array(z.object({ version: z.number(), captions: Texts, credit: z.string(), until: Instant })),
  takes: z.array(z.extend(Take, { name: z.string(), organisation: z.nullable(z.string()) })),
  uses: z.array(z.extend(Use, { name: z.string(), organisation: z.nullable(z.string()) })),
  notices: z.array(z.object({ id: Uuid, kind: z.string(), at: Instant, copies: z.array(z.object({ name: z.string(), organisation: z.nullable(z.string()), confirmedAt: z.nullable(Instant) })) })),
})
export type DeskRelease = z.infer<typeof DeskRelease>

/** Every release of a report, oldest first, with who relied on it. */
export const reportReleasesCall = contract({ name: 'reportReleases', method: 'GET', path: '/api/reports/:id/releases', who: desk, kind: 'reads', input: z.strictObject({ id: Uuid }), reply: z.object({ number: z.number(), releases: z.array(DeskRelease) }) })

/** How a release stands: with press, waiting for its embargo's end, with press who are asked to wait, taken back. */
export const ReleaseStanding = z.enum(['out', 'held', 'withheld', 'retracted'])
export type ReleaseStanding = z.infer<typeof ReleaseStanding>

/** Every release of the mission for its desk, newest first: what left, when, by whom, who has it, what was taken back. `by`: who released; `people`: all who ever did. */
export const deskReleasesCall = contract({
  name: 'deskReleases', method: 'GET', path: '/api/desk/releases', who: desk, kind: 'reads',
  input: z.strictObject({ standing: z.optional(ReleaseStanding), by: z.optional(Uuid), words: z.optional(words(200)), after: z.optional(z.string().check(z.maxLength(80))), limit: pageLimit }),
  reply: z.object({
    number: z.number(), total: z.number(), releases: z.array(z.extend(DeskRelease, { report: z.object({ id: Uuid, number: z.number() }) })), next: z.nullable(z.string()),
    people: z.array(z.object({ id: Uuid, name: z.string() })),
  }),
})
