import { Severity, type Sha256, type Uuid } from '../../../shared/basics.ts'
import type { Amended, Filed, FiledPhoto } from './records.ts'

/** Who may send now. `stopped`: the session has ended, or this version is too old; `holdsOriginals`: their owner wants them sent on Wi-Fi only, and there is none. */
export type Gate = { author: Uuid | null; mission: Uuid | null; stopped: 'signed_out' | 'update' | null; holdsOriginals: boolean }

/** The line to headquarters: silent until then, after that many failures in a row; `told`: headquarters asked for the silence. `pictures`: it has no room for them until then; words are taken all the same. */
export type Line = { quietUntil: number; failures: number; told: boolean; pictures: { quietUntil: number; failures: number } }
export const freshLine: Line = { quietUntil: 0, failures: 0, told: false, pictures: { quietUntil: 0, failures: 0 } }

export type Step = { kind: 'text'; report: Uuid } | { kind: 'amendment'; report: Uuid; amendment: Uuid } | { kind: 'preview' | 'original'; report: Uuid; sha256: Sha256 }
export type Next = { kind: 'send'; step: Step } | { kind: 'wait'; until: number } | { kind: 'rest' }

/** After this many `broken` in a row a report lets all others pass. */
export const brokenToPass = 3

/** What to send now: all texts first, the gravest before the others, then all previews, then the originals. Pure; asked again after every piece. */
export function next(outbox: readonly Filed[], gate: Gate, line: Line, now: number): Next {
  if (gate.stopped || gate.author === null) return { kind: 'rest' }
  const kinds = gate.holdsOriginals ? (['text', 'preview'] as const) : (['text', 'preview', 'original'] as const)
  const open = outbox.filter((filed) => mayBeSent(filed, gate) && kinds.some((kind) => stepOf(filed, kind)))
  if (open.length === 0) return { kind: 'rest' }
  if (!hasCome(line.quietUntil, now)) return { kind: 'wait', until: line.quietUntil }
  const ready = open.filter((filed) => hasCome(filed.notBefore, now)).sort(before)
  const hasRoom = hasCome(line.pictures.quietUntil, now)
  for (const kind of hasRoom ? kinds : (['text'] as const)) {
    for (const filed of ready) {
      const step = stepOf(filed, kind)
      if (step) return { kind: 'send', step }
    }
  }
  return { kind: 'wait', until: Math.min(...open.map((filed) => (hasRoom || stepOf(filed, 'text') ? filed.notBefore : Math.max(filed.notBefore, line.pictures.quietUntil)))) }
}

/** A time that lies further ahead than anything here waits was told by a clock that was set since. */
const longestMilliseconds = 3_600_000
const hasCome = (at: number, now: number): boolean => at <= now || at - now > longestMilliseconds

/** A person's reports are sent by that person's own session alone. */
export const mayBeSent = (filed: Filed, gate: Pick<Gate, 'author' | 'mission'>): boolean => filed.author === gate.author && filed.mission === gate.mission

/** Whether headquarters has all of it. */
export const isDelivered = (filed: Filed): boolean => isThere(filed) && filed.photos.every((photo) => photo.receivedAt !== null || isNotToSend(filed, photo)) && !filed.amendments?.some(({ receipt }) => receipt === null)

/** Whether headquarters has its words. */
export const isThere = ({ elsewhere, receipt }: Filed): boolean => elsewhere === true || receipt !== null

/** Whether it is withdrawn, here or on another phone; also before headquarters knows. */
export function isWithdrawn({ amendments, ladder }: Filed): boolean {
  const last = amendments?.findLast((one) => one.hold === null && isTurn(one))
  return last ? last.stated.type === 'withdrawal' : ladder?.status === 'withdrawn'
}

/** Whether headquarters lost a picture that is here no longer, of a report that was withdrawn: nobody needs it. */
const isNotMissed = (filed: Filed, { hold }: FiledPhoto): boolean => hold?.code === 'let_go' && isWithdrawn(filed)

/** Whether a picture waits for its author. */
export const asksAuthor = (filed: Filed, photo: FiledPhoto): boolean => photo.hold !== null && !isNotMissed(filed, photo)

/** Whether a picture is another phone's to send, or nobody's: its author left it out, or nobody needs it and its small copy has gone. */
export const isNotToSend = (filed: Filed, photo: FiledPhoto): boolean => photo.isLeftOut === true || (filed.elsewhere === true && photo.by === undefined) || (photo.preview !== 'waiting' && isNotMissed(filed, photo))

const rank = new Map(Severity.options.map((severity, place) => [severity, place]))
const order = (filed: Filed): number[] => [filed.broken >= brokenToPass ? 1 : 0, rank.get(filed.stated.severity) ?? 0, filed.savedAt]

function before(one: Filed, other: Filed): number {
  const [mine, theirs] = [order(one), order(other)]
  for (let place = 0; place < mine.length; place += 1) {
    const difference = (mine[place] ?? 0) - (theirs[place] ?? 0)
    if (difference !== 0) return difference
  }
  return one.id < other.id ? -1 : 1
}

function stepOf(filed: Filed, kind: 'text' | 'preview' | 'original'): Step | null {
  if (filed.hold) return null
  if (!isThere(filed)) return kind === 'text' ? { kind, report: filed.id } : null
  if (kind === 'text') {
    const said = goingOf(filed).find(({ receipt }) => receipt === null)
    return said ? { kind: 'amendment', report: filed.id, amendment: said.id } : null
  }
  const photo = filed.photos.find((one) => waitsFor(one, kind) && !isNotToSend(filed, one) && !filed.amendments?.some(({ id, receipt }) => id === one.by && receipt === null))
  return photo ? { kind, report: filed.id, sha256: photo.sha256 } : null
}

/** Whether it says that the report counts no longer, or again: what its words are is another matter. */
export const isTurn = ({ stated: { type } }: Pick<Amended, 'stated'>): boolean => type === 'withdrawal' || type === 'restoration'

/**
 * What was said of a report that headquarters has or that may go. What was refused does not, and what was corrected or added after it waits: it arrives in the order in which it was said, so that headquarters reads it as
 * this phone does. A withdrawal waits for nothing.
 */
export function goingOf({ amendments = [] }: Pick<Filed, 'amendments'>): Amended[] {
  let waits = false
  return amendments.filter((one) => {
    waits ||= one.hold !== null && !isTurn(one)
    return !one.hold && (!waits || one.receipt !== null || isTurn(one))
  })
}

/** What this phone sent of a report before something that it said of it. */
export const saidBefore = ({ amendments = [] }: Filed, id: Uuid): Amended | undefined =>
  goingOf({ amendments: amendments.slice(0, amendments.findIndex((one) => one.id === id)) }).findLast(({ elsewhere }) => !elsewhere)

const waitsFor = ({ receivedAt, preview, hold }: FiledPhoto, kind: 'preview' | 'original'): boolean => !receivedAt && (kind === 'preview' ? preview === 'waiting' && (!hold || hold.code === 'let_go') : preview !== 'waiting' && !hold)
