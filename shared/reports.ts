import * as z from 'zod/mini'
import { AmendedHow, ReportVersion, SaidBy } from './amendments.ts'
import { contract } from './contract.ts'
import { Code, Done, Instant, Language, Latitude, Longitude, Severity, Uuid, commaList, isWhole, nothing, pageLimit, words } from './basics.ts'
import { Distance } from './distance.ts'
import { Signed } from './keys.ts'
import { Stood, changeable } from './made-anew.ts'
import { DeskPhoto, PhotoId, Position } from './photos.ts'
import { Quarantine } from './quarantine.ts'
import { ReceiptCode } from './receipts.ts'
import { desk } from './roles.ts'
import { Claim, May, ReportStatus, Verdict } from './verification.ts'

export { Statement, maxWords, reportNumber } from './statement.ts'
export type { StatedField } from './statement.ts'

/** A report as it travels: the statement's own string, at most 64 kB. */
export const FiledReport = z.strictObject({
  id: Uuid,
  statement: z.string().check(z.minLength(2, 'required'), z.maxLength(65_536, 'too_long'), z.refine(isWhole, 'format')),
  signature: z.optional(z.string().check(z.maxLength(200, 'too_long'))),
  /** What the phone's clock says now, so that the difference to ours is known. */
  sentAt: Instant,
})
export type FiledReport = z.infer<typeof FiledReport>

/** The number that a text as a whole names, as R-4812 does; null where it is words. */
export function numberNamed(text: string): number | null {
  const number = /^\s*r-(\d{1,9})\s*$/i.exec(text)?.[1]
  return number === undefined ? null : Number(number)
}

/** Fixed: the same id with the same statement and signature gives the same receipt for ever. `signed`: the mission's own signature on it, for the author to hold. */
export const Receipt = z.object({ id: Uuid, number: z.number(), receivedAt: Instant, signed: ReceiptCode })
export type Receipt = z.infer<typeof Receipt>

export const fileReportCall = contract({ name: 'fileReport', method: 'PUT', path: '/api/reports/:id', who: ['observer'], kind: 'writes', status: 201, input: FiledReport, reply: Receipt })

/** The ladder of one report, for its author: received, pictures received, seen, decided. */
export const Ladder = z.object({
  id: Uuid,
  number: z.number(),
  receivedAt: Instant,
  photos: z.array(z.object({ sha256: z.string(), previewAt: z.nullable(Instant), receivedAt: z.nullable(Instant) })),
  allPhotosAt: z.nullable(Instant),
  seenAt: z.nullable(Instant),
  decidedAt: z.nullable(Instant),
  status: ReportStatus,
  /** When press first took a picture of it, and when a newsroom first said that it used one. */
  takenAt: z.nullable(Instant),
  usedAt: z.nullable(Instant),
  /** What its author said of it later, also with another phone. A server of an earlier version says nothing of it. */
  amendments: z._default(z.array(Uuid), []),
})
export type Ladder = z.infer<typeof Ladder>

/** The author's own reports, newest first; `serverTime` tells the phone's clock apart from ours. */
export const myReportsCall = contract({
  name: 'myReports', method: 'GET', path: '/api/my/reports', who: ['observer'], token: true, kind: 'reads', input: nothing,
  // `person`: whose session it is, since another may have joined in the same browser.
  reply: z.object({ person: Uuid, reports: z.array(Ladder), serverTime: Instant }),
})

/** By which way a report came: the author's phone, told to a coordinator by telephone or messenger, or a program. */
export const Channel = z.enum(['web', 'phone', 'messenger', 'api'])
export type Channel = z.infer<typeof Channel>

/** Own reports as they were stated, for a phone that did not file them itself: a new one, or one that was signed out. At most fifty at a time. */
export const myStatementsCall = contract({
  name: 'myStatements', method: 'GET', path: '/api/my/statements', who: ['observer'], kind: 'reads',
  input: z.strictObject({ ids: commaList(Uuid).check(z.maxLength(50, 'too_many')) }), reply: z.object({ reports: z.array(z.object({ id: Uuid, statement: z.string(), channel: Channel, amendments: z._default(z.array(z.object({ id: Uuid, statement: z.string(), receivedAt: Instant, channel: z._default(SaidBy, 'web') })), []) })) }),
})

/** Where a report stands on the map: at its station, where its phone was, or nowhere yet. */
export const PlacedBy = z.enum(['station', 'phone', 'none'])
export type PlacedBy = z.infer<typeof PlacedBy>

/** A report in the room's list and on its map: one thing, upserted by id. It holds nothing that depends on who looks. */
export const ReportLine = z.object({
  id: Uuid,
  number: z.number(),
  /** The journal's number of the last fact about it. */
  version: z.number(),
  category: Code,
  severity: Severity,
  status: ReportStatus,
  station: z.nullable(Code),
  stationName: z.nullable(z.string()),
  table: z.nullable(Code),
  department: z.nullable(z.string()),
  municipality: z.nullable(z.string()),
  placedBy: PlacedBy,
  latitude: z.nullable(Latitude),
  longitude: z.nullable(Longitude),
  /** From its station to where its phone was. */
  distanceMetres: z.nullable(z.number()),
  words: z.string(),
  author: z.object({ id: Uuid, name: z.string(), number: z.nullable(z.number()), organisation: Code }),
  observedAt: Instant,
  receivedAt: Instant,
  seenAt: z.nullable(Instant),
  claim: z.nullable(Claim),
  awaitsSecond: z.boolean(),
  /** Two verdicts of this round differ: it awaits a third, who decides. Which ones nobody is told. */
  awaitsThird: z.boolean(),
  photoCount: z.number(),
  photosReceived: z.number(),
  /** The first picture that can be shown. */
  picture: z.nullable(PhotoId),
  releases: z.number(),
  signed: Signed,
  /** It came while its author was in quarantine. */
  quarantined: z.boolean(),
  /** How it came: what was told by telephone or messenger is no observer's own filing, in every list. */
  channel: Channel,
  /** What its author last said of it, and when that came; its words are those of now. Null where it is as it was filed. */
  amended: z.nullable(z.object({ how: AmendedHow, at: Instant })),
  /** How many notes coordinators wrote to each other that stand; left out for programs, who learn of none. */
  notes: z.optional(z.number()),
})
export type ReportLine = z.infer<typeof ReportLine>

/** The room's filter: all of it stands in the address. Empty lists mean any. `group` and `category` are codes of the pack; times are those of observation. */
export const filterFields = {
  status: z._default(commaList(ReportStatus), []),
  category: z._default(commaList(Code), []),
  severity: z._default(commaList(Severity), []),
  department: z.optional(words(120)),
  station: z.optional(Code),
  from: z.optional(Instant),
  until: z.optional(Instant),
  words: z.optional(words(200)),
  /** Of the author. */
  organisation: z._default(commaList(Code), []),
  pictures: z.optional(z.enum(['with', 'without'])),
  signed: z._default(commaList(Signed), []),
  distance: z._default(commaList(Distance), []),
}
export const ReportFilter = z.strictObject(filterFields)
export type ReportFilter = z.infer<typeof ReportFilter>

/** Counted one by one so far; what the counters know is exact beyond. */
export const mostCounted = 10_000

/** A page of the list, newest observation first; `after` is the last page's `next`. `isMore`: more than `total` belong to the filter, and nobody counted them. */
export const listReportsCall = contract({
  name: 'listReports', method: 'GET', path: '/api/reports', who: desk, token: true, kind: 'reads',
  // `ids`: these reports alone, whatever the filter, for a screen that has their points.
  input: z.strictObject({ ...filterFields, after: z.optional(z.string().check(z.maxLength(80))), limit: pageLimit, ids: z._default(commaList(Uuid).check(z.maxLength(100, 'too_many')), []) }),
  reply: z.object({ number: z.number(), at: Instant, total: z.number(), isMore: z.boolean(), all: z.number(), reports: z.array(ReportLine), next: z.nullable(z.string()) }),
})

export const maxPoints = 100_000

/** Points as columns. */
const pointColumns = {
  id: z.array(Uuid),
  version: z.array(z.number()),
  latitude: z.array(z.nullable(z.number())),
  longitude: z.array(z.nullable(z.number())),
  station: z.array(z.nullable(z.string())),
  category: z.array(z.string()),
  severity: z.array(Severity),
  status: z.array(ReportStatus),
  observedAt: z.array(Instant),
  receivedAt: z.array(Instant),
}
export type PointColumns = z.infer<z.ZodMiniObject<typeof pointColumns>>

/** All points of the filter as columns, newest observation first as the list has them; those without a place have null coordinates and are counted all the same. `isMore`: older ones belong to it too, more than a screen holds. */
export const reportPointsCall = contract({
  name: 'reportPoints', method: 'GET', path: '/api/points', who: desk, token: true, kind: 'reads', input: ReportFilter,
  reply: z.object({ number: z.number(), isMore: z.boolean(), ...pointColumns }),
})

/** How many of each part of "since I was away" are shown; all are counted. */
export const mostSince = 100

/** What came, what changed and what waits since a moment; the newest first. What only says that somebody looks or that a machine worked is no change here. */
export const sinceCall = contract({
  name: 'since', method: 'GET', path: '/api/since', who: desk, kind: 'reads', input: z.strictObject({ at: Instant }),
  reply: z.object({
    number: z.number(),
    at: Instant,
    came: z.object({ count: z.number(), lines: z.array(ReportLine) }),
    changed: z.object({ count: z.number(), reports: z.array(z.object({ line: ReportLine, kinds: z.array(z.string()) })) }),
    /** `second` and `third` are of those `inReview`. */
    waits: z.object({ received: z.number(), inReview: z.number(), second: z.number(), third: z.number(), setAside: z.number() }),
  }),
})

/** So many lines of a moment in the past come with its points, the newest observations first. */
export const pastAtOnce = 50

/** What was known at a moment: the journal folded up to its last fact then. Every report of the filter is among the points; further lines are asked for by their ids. Names of people, organisations and stations are today's. */
export const asOfCall = contract({
  name: 'asOf', method: 'GET', path: '/api/as-of', who: desk, kind: 'reads', input: z.strictObject({ asOf: Instant, ...filterFields }),
  reply: z.object({
    /** The journal now. */
    number: z.number(),
    /** The last fact at that moment, with the chain's head; null where there was none yet. */
    head: z.nullable(z.object({ number: z.number(), at: Instant, chain: z.string() })),
    /** Of the filter, and of the mission, then. */
    total: z.number(),
    all: z.number(),
    /** In the mission now. */
    present: z.number(),
    points: z.object(pointColumns),
    reports: z.array(ReportLine),
  }),
})

/** Lines of reports as they were at a moment; of a report that was not there yet nothing comes. */
export const asOfLinesCall = contract({
  name: 'asOfLines', method: 'GET', path: '/api/as-of/reports', who: desk, kind: 'reads', input: z.strictObject({ asOf: Instant, ids: commaList(Uuid).check(z.maxLength(100, 'too_many')) }),
  reply: z.object({ reports: z.array(ReportLine) }),
})

/** One line of a report's history: a fact of the journal. `changes` names fields with their value before and after. */
export const HistoryLine = z.object({
  number: z.number(),
  at: Instant,
  kind: z.string(),
  by: z.object({ kind: z.enum(['person', 'clock', 'server', 'operator', 'visitor']), id: z.nullable(Uuid), name: z.nullable(z.string()) }),
  changes: z.array(z.object({ field: z.string(), from: z.nullable(z.string()), to: z.nullable(z.string()) })),
})
export type HistoryLine = z.infer<typeof HistoryLine>

/** Everything of one report for a coordinator, and what this person may do with it next. */
export const ReportPage = z.object({
  number: z.number(),
  line: ReportLine,
  /** As they read now, after what the author said later. */
  words: z.string(),
  language: Language,
  /** As it was filed, and what its author said of it later, in the order in which it came. */
  versions: z.array(ReportVersion),
  /** As the observer says it, corrections included; the line holds what coordinators made of it. */
  filed: z.object({ category: Code, severity: Severity, station: z.nullable(Code), table: z.nullable(Code) }),
  /** Null where nobody said. */
  atStation: z.nullable(z.boolean()),
  position: z.nullable(Position),
  stationPosition: z.nullable(z.object({ latitude: Latitude, longitude: Longitude })),
  distanceMetres: z.nullable(z.number()),
  finishedAt: Instant,
  zone: z.string(),
  /** Phone's clock minus ours when it was sent, in seconds. */
  skewSeconds: z.number(),
  signed: Signed,
  channel: Channel,
  /** Who filed it for its author; null where the author did. */
  filedBy: z.nullable(z.object({ id: Uuid, name: z.string() })),
  /** Why it was set aside when it came; a coordinator may take it into work. */
  setAsideFor: z.nullable(z.enum(['signature', 'replaced_phone'])),
  /** Its author is in quarantine: nothing of theirs is judged, counted or released. */
  quarantine: z.nullable(Quarantine),
  mayQuarantine: z.boolean(),
  /** To call back. */
  authorTelephone: z.nullable(z.string()),
  photos: z.array(DeskPhoto),
  round: z.number(),
  verdicts: z.array(Verdict),
  duplicateOf: z.nullable(z.object({ id: Uuid, number: z.number() })),
  releases: z.array(z.object({ id: Uuid, photo: PhotoId, releasedAt: Instant, releasedBy: z.string(), retractedAt: z.nullable(Instant), retractedReason: z.nullable(z.string()) })),
  history: z.array(HistoryLine),
  may: z.array(May),
  /** It waits for a verdict that nobody of the desk who has joined may give. */
  awaitsNewJudge: z.boolean(),
})
export type ReportPage = z.infer<typeof ReportPage>

export const getReportCall = contract({ name: 'getReport', method: 'GET', path: '/api/reports/:id', who: desk, token: true, kind: 'reads', input: z.strictObject({ id: Uuid }), reply: ReportPage })

/** The report page stayed visible for two seconds on a coordinator's screen: told to the author, once. */
export const seeReportCall = contract({ name: 'seeReport', method: 'PUT', path: '/api/reports/:id/seen', who: desk, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Done })

/** A coordinator places or names a report anew. */
export const ReportChange = z.strictObject({
  id: Uuid,
  change: Uuid,
  ...changeable,
  /** What stood when this was chosen. Where the report says something else by now the answer is `conflict`, so that two who change it at once do not overwrite each other unseen. */
  was: z.optional(Stood),
})
export const changeReportCall = contract({ name: 'changeReport', method: 'POST', path: '/api/reports/:id/changes', who: desk, kind: 'writes', input: ReportChange, reply: Done })
