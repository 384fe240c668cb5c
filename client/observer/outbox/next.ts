import { Severity, type Sha256, type Uuid } from '../../../shared/basics.ts'
import type { Amended, Filed, FiledPhoto } from './records.ts'
import { brokenToPass, goingOf, isNotToSend, isThere, mayBeSent } from './standing.ts'

/** Who may send now. `stopped`: the session has ended, or this version is too old; `holdsOriginals`: their owner wants them sent on Wi-Fi only, and there is none. */
export type Gate = { author: Uuid | null; mission: Uuid | null; stopped: 'signed_out' | 'update' | null; holdsOriginals: boolean }

/** The line to headquarters: silent until then, after that many failures in a row; `told`: headquarters asked for the silence. `pictures`: it has no room for them until then; words are taken all the same. */
export type Line = { quietUntil: number; failures: number; told: boolean; pictures: { quietUntil: number; failures: number } }
export const freshLine: Line = { quietUntil: 0, failures: 0, told: false, pictures: { quietUntil: 0, failures: 0 } }

export type Step = { kind: 'text'; report: Uuid } | { kind: 'amendment'; report: Uuid; amendment: Uuid } | { kind: 'preview' | 'original'; report: Uuid; sha256: Sha256 }
export type Next = { kind: 'send'; step: Step } | { kind: 'wait'; until: number } | { kind: 'rest' }

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

/** What this phone sent of a report before something that it said of it. */
export const saidBefore = ({ amendments = [] }: Filed, id: Uuid): Amended | undefined =>
  goingOf({ amendments: amendments.slice(0, amendments.findIndex((one) => one.id === id)) }).findLast(({ elsewhere }) => !elsewhere)

const waitsFor = ({ receivedAt, preview, hold }: FiledPhoto, kind: 'preview' | 'original'): boolean => !receivedAt && (kind === 'preview' ? preview === 'waiting' && (!hold || hold.code === 'let_go') : preview !== 'waiting' && !hold)
