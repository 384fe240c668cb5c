import type { Amendment } from '../../../shared/amendments.ts'
import type { Code, Instant, Severity, Sha256, Uuid } from '../../../shared/basics.ts'
import type { StatedPhoto } from '../../../shared/photos.ts'
import type { FieldProblem, ProblemCode } from '../../../shared/problem.ts'
import type { ReceiptCode } from '../../../shared/receipts.ts'
import type { Ladder, Statement } from '../../../shared/reports.ts'

/** Where the phone knew itself to be; `at` in milliseconds by its own clock. */
export type Fix = { latitude: number; longitude: number; accuracyMetres: number; at: number }

/** How a place came to stand in a report, from the weakest to the strongest. `where_chosen`: where its owner said before that they are; `person`: chosen by hand in this report. */
export const placedBy = ['nothing', 'last_used', 'poor_position', 'position', 'where_chosen', 'person'] as const
export type PlacedBy = (typeof placedBy)[number]

/** `station` null: another place than one of the register; `table` null: the whole station. */
export type Place = { station: Code | null; table: Code | null; by: PlacedBy }

/** A report that its author has not saved yet. What is null is filled in when it is saved. */
export type Draft = {
  id: Uuid
  author: Uuid
  mission: Uuid
  startedAt: Instant
  place: Place
  atStation: boolean
  category: Code | null
  /** Null: the category's own. */
  severity: Severity | null
  /** Null: when the first picture was taken, or when it is saved. */
  observedAt: Instant | null
  words: string
  fix: Fix | null
  photos: StatedPhoto[]
  /** What headquarters found wrong with it when it came back to be mended. */
  faults: FieldProblem[]
  /** It was saved, and headquarters did not take it: it needs its author until it is saved again. */
  refused?: true
  /** It corrects or adds to a saved report. `was`: what it said when it was begun, to tell whether anything was changed since. `pictures`: the addition by which a correction's pictures go, which are of what it replaces. `isBehind`: its words were begun before the report came to say others. `of`: the refused additions in whose place it stands. */
  amends?: { report: Uuid; type: 'correction' | 'addition'; was: string; pictures?: Uuid; isBehind?: true; of?: Uuid[] }
  /** What stays said of a refused report while it is mended, with the pictures that this brings. */
  later?: { amendments: Amended[]; photos: FiledPhoto[] }
}

/**
 * Why something waits for its author. `unreadable_here`: this phone cannot read the picture any more; `failed_here`: the phone itself broke on it, again and again; `let_go`: headquarters had received it and lacks it since, and
 * this phone had let go of the original.
 */
export type Hold = { code: ProblemCode | 'unreadable_here' | 'failed_here' | 'let_go'; fields: FieldProblem[]; reference: string | null; limit: number | null }

/** What headquarters answered `broken` to: its words where nothing is named, a picture, or what was said later. `reference`: by which it finds that in its log. */
export type BrokeOn = { reference: string | null; sha256?: Sha256; amendment?: Uuid }

export type FiledPhoto = {
  sha256: Sha256
  sizeBytes: number
  /** `none`: this phone can make none, or headquarters wants none. */
  preview: 'waiting' | 'sent' | 'none'
  /** The resumable upload and how much of it had arrived when we last heard. */
  upload: { id: string; offset: number } | null
  /** From the receipt of the original, and from nothing else. */
  receivedAt: Instant | null
  /** That receipt, signed by the mission. */
  signed?: ReceiptCode
  restarts: number
  hold: Hold | null
  /** Headquarters did not take it, and its author took it off the phone: nothing waits for it here any more. */
  isLeftOut?: true
  /** The amendment that brought it: that has to be there first. The report itself: another phone was to send it, and this one does. */
  by?: Uuid
}

/** What headquarters answered. `signed` is the mission's own signature on it; reports that came before there was one have none. */
export type HeldReceipt = { number: number; receivedAt: Instant; signed?: ReceiptCode }

/** What this phone signs its owner's reports with. `isKnown`: headquarters has its public half. */
export type PhoneKey = { author: Uuid; privateKey: CryptoKey; publicKey: string; isKnown?: true }

/** What a report's author said of it later; sent after the report, and signed as it is. `elsewhere`: with another phone, or told to headquarters, which wrote it down. */
export type Amended = { id: Uuid; statement: string; signature?: string; stated: Amendment; receipt: HeldReceipt | null; hold: Hold | null; elsewhere?: 'phone' | 'told' }

/** A report that was saved. `statement` is what is sent, as it was made; `stated` is the same, parsed, for lists, reading as its author has corrected it since. */
export type Filed = {
  id: Uuid
  author: Uuid
  authorName: string
  mission: Uuid
  statement: string
  /** Made over `statement` when it was saved, by this phone's key; none where the phone had no key. */
  signature?: string
  stated: Statement
  savedAt: number
  receipt: HeldReceipt | null
  /** What headquarters had answered before it lost the report, which was then sent again. */
  lostReceipt?: HeldReceipt
  hold: Hold | null
  /** How often headquarters broke on this report in a row, on what last, and until when to leave it alone. */
  broken: number
  brokeOn?: BrokeOn
  notBefore: number
  /** Until when it was left alone before somebody wanted it tried at once. */
  due?: number
  photos: FiledPhoto[]
  ladder: Ladder | null
  /** Filed by another phone of its author, or by a coordinator for them: listed here, and nothing of it is to be sent from here. */
  elsewhere?: true
  /** In the order in which they were made. */
  amendments?: Amended[]
}

/** When originals are sent: as soon as they can, or on Wi-Fi only, for who pays for each megabyte. `now`: that too, but its owner has said "now" of what waits, until everything is there. Text and small copies always go. */
export type OriginalsWhen = 'always' | 'wifi' | 'now'

/** A place that was reported on, to be suggested again. */
export type UsedPlace = { station: Code; table: Code | null; at: number }

/** A place that a person chose by hand, and where the phone was then, if it knew. `isKnowing`: that spoke against the place, and they were told. */
export type ChosenPlace = UsedPlace & { fix: Fix | null; isKnowing?: boolean }
