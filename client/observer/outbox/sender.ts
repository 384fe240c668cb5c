import { amendReportCall } from '../../../shared/amendments.ts'
import type { Uuid } from '../../../shared/basics.ts'
import { completePhotoCall, photoId, sendPreviewCall } from '../../../shared/photos.ts'
import { Problem } from '../../../shared/problem.ts'
import { fileReportCall } from '../../../shared/reports.ts'
import { NoAnswer, call } from '../../kit/call.ts'
import { flowed, freshFlow, rateOf } from './flow.ts'
import { type Gate, type Line, type Step, freshLine, next, saidBefore } from './next.ts'
import { isThere } from './standing.ts'
import { type Outcome, after, atOnce, quiet } from './outcome.ts'
import { type Pace, copyBytes, copyWasCut, freshPace, patienceFor, wasCut, wentThrough } from './pieces.ts'
import { allFiled, changeFiled, original } from './queue.ts'
import type { Filed, FiledPhoto } from './records.ts'
import { smaller, smallsOf } from './smalls.ts'
import { instant } from './statement.ts'
import { createUpload, offsetOf, sendPiece } from './tus.ts'

/** What the sender needs from the app. `gate` is asked before every step; `onStopped` hears why it may not go on. */
export type Around = {
  gate: () => Promise<Gate>
  /** Asks headquarters whether the session is this author's. */
  isOurs: (author: Uuid) => Promise<boolean>
  onStopped: (why: 'signed_out' | 'update') => void
  /** Headquarters does not know the report of which it was sent more: it may have lost it. */
  onUnknown: () => void
  /** `answers`: whether headquarters answered just now; null when nothing was asked since this was last told. `waits`: headquarters itself asked for patience. `rate`: bytes a second of late, with all that went wrong. */
  onLine: (state: LineState) => void
}
export type LineState = { sending: boolean; answers: boolean | null; waits: boolean; rate: number | null }

export type Sender = {
  /** Sends what can be sent now. `hopeful`: the network may be back, so do not wait for the next attempt unless headquarters asked for it. */
  wake: (hopeful?: boolean) => void
  /** Its owner is back, or the network is: what headquarters broke on is not left alone any longer. */
  retry: () => void
  /** The phone is on another network: what is under way there will not come through any more. */
  renew: () => void
  /** When nothing is being sent and nothing can be sent now. */
  idle: () => Promise<void>
}

/** Sends the outbox, one step at a time and from one tab at a time. It can be woken as often as one likes. */
export function createSender({ gate, isOurs, onStopped, onUnknown, onLine }: Around): Sender {
  let line: Line = freshLine
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let again = false
  // As its owner opens the app.
  let retries = true
  let control = new AbortController()
  // A piece of an original is under way; and one was ended for words that came meanwhile.
  let [isPiece, makesWay] = [false, false]
  // Offsets heard from headquarters since this page opened; one from before may have moved on.
  const offsets = new Map<string, number>()
  let pace: Pace = freshPace
  let flow = freshFlow
  // When something of pictures arrived last, or began to be sent; null while they have not their turn.
  let since: number | null = null

  const tell = (sending: boolean, answers: boolean | null = null) => onLine({ sending, answers, waits: (line.told && line.quietUntil > Date.now()) || line.pictures.quietUntil > Date.now(), rate: rateOf(flow, pace.line) })
  const came = (bytes: number) => {
    if (since === null || bytes <= 0) return
    const now = Date.now()
    flow = flowed(flow, bytes, now - since)
    since = now
  }
  const wakeAt = (until: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => wake(), Math.min(until - Date.now(), 600_000) + 10)
  }

  const drain = async (): Promise<void> => {
    if (retries) for (const { id } of (await allFiled()).filter(({ notBefore }) => notBefore > 0)) await changeFiled(id, atOnce)
    retries = false
    for (;;) {
      const what = next(await allFiled(), await gate(), line, Date.now())
      if (what.kind === 'rest') {
        since = null
        return
      }
      if (what.kind === 'wait') {
        wakeAt(what.until)
        return
      }
      tell(true)
      since = 'sha256' in what.step ? (since ?? Date.now()) : null
      await perform(what.step)
    }
  }

  const perform = async (step: Step): Promise<void> => {
    const filed = (await allFiled()).find((one) => one.id === step.report)
    if (!filed) return
    const outcome = await attempt(step, filed)
    if (makesWay) {
      makesWay = false
      return
    }
    // Where someone else has joined in this browser meanwhile, it is the session that is refused and not the report.
    if (outcome.kind === 'problem' && outcome.problem.problem === 'not_allowed' && !(await isOurs(filed.author))) return
    const now = Date.now()
    const chance = Math.random()
    const result = after(step, filed, line, outcome, now, chance)
    line = result.line
    if (outcome.kind !== 'unreadable_here' && outcome.kind !== 'failed_here') tell(true, outcome.kind !== 'no_answer')
    // What was answered of a report that was lost meanwhile says nothing of it: it is sent from its beginning.
    if (result.filed !== filed) await changeFiled(step.report, (present) => (isThere(present) === isThere(filed) ? after(step, present, line, outcome, now, chance).filed : present))
    if (step.kind !== 'text' && outcome.kind === 'problem' && outcome.problem.problem === 'not_found') onUnknown()
    if (result.stopped) onStopped(result.stopped)
  }

  const attempt = async (step: Step, filed: Filed): Promise<Outcome> => {
    try {
      if (step.kind === 'text') return { kind: 'filed', ...(await sendText(filed, control.signal)) }
      if (step.kind === 'amendment') return { kind: 'filed', ...(await sendAmendment(filed, step.amendment, control.signal)) }
      const photo = filed.photos.find((one) => one.sha256 === step.sha256)
      if (!photo) return { kind: 'unreadable_here' }
      return step.kind === 'preview' ? { kind: 'preview', state: await sendPreview(filed, photo) } : await sendOriginal(filed, photo)
    } catch (thrown) {
      if (thrown instanceof Problem) return { kind: 'problem', problem: { problem: thrown.code, ...thrown.details } }
      if (thrown instanceof NoAnswer) return { kind: 'no_answer' }
      if (thrown instanceof DOMException && ['NotReadableError', 'NotFoundError'].includes(thrown.name)) return { kind: 'unreadable_here' }
      // Something in this one that nobody thought of: it keeps no other from being sent.
      return { kind: 'failed_here' }
    }
  }

  const waiting = (bytes: number) => ({ seconds: patienceFor(pace, bytes), signal: control.signal })

  const sendPreview = async (filed: Filed, { sha256 }: FiledPhoto): Promise<'sent' | 'none'> => {
    const { preview, thumb } = await smallsOf(filed.id, sha256)
    // Of a picture that was let go the smallest copy is all there is.
    const copy = preview ?? thumb
    if (!copy) return 'none'
    const bytes = await smaller(copy, copyBytes(pace))
    const { seconds, signal } = waiting(bytes.size)
    const began = Date.now()
    try {
      await call(sendPreviewCall, { id: photoId(filed.id, sha256) }, { bytes, timeoutSeconds: seconds, signal })
    } catch (thrown) {
      if (thrown instanceof NoAnswer) pace = copyWasCut(pace)
      throw thrown
    }
    pace = wentThrough(pace, bytes.size, Date.now() - began)
    came(bytes.size)
    return 'sent'
  }

  /** One exchange of an original: begin, ask how far it is, a piece, or the end. */
  const sendOriginal = async (filed: Filed, { sha256, sizeBytes, upload }: FiledPhoto): Promise<Outcome> => {
    const id = photoId(filed.id, sha256)
    if (!upload) {
      const begun = await createUpload(id, sizeBytes, waiting(0))
      offsets.set(begun.upload, begun.offset)
      return { kind: 'moved', ...begun }
    }
    const heard = offsets.get(upload.id)
    if (heard === undefined) {
      // One that is gone may have been completed with its receipt lost on the way: `complete` knows. Until then no more of it is said to be there.
      const offset = await offsetOf(upload.id, waiting(0))
      offsets.set(upload.id, offset ?? sizeBytes)
      came((offset ?? 0) - upload.offset)
      return { kind: 'moved', upload: upload.id, offset: offset ?? upload.offset }
    }
    if (heard >= sizeBytes) return { kind: 'photo_received', ...(await call(completePhotoCall, { id, upload: upload.id }, { signal: control.signal })) }
    const bytes = await original(filed.id, sha256)
    if (!bytes || bytes.size !== sizeBytes) return { kind: 'unreadable_here' }
    return { kind: 'moved', upload: upload.id, offset: await sendNext(upload.id, heard, bytes) }
  }

  const sendNext = async (upload: string, offset: number, bytes: Blob): Promise<number> => {
    // Read first, so that a picture that this phone lost is told from a network that is gone.
    const piece = await bytes.slice(offset, offset + pace.piece).arrayBuffer()
    const began = Date.now()
    isPiece = true
    try {
      const arrived = await sendPiece(upload, offset, piece, waiting(piece.byteLength))
      offsets.set(upload, arrived)
      pace = wentThrough(pace, arrived - offset, Date.now() - began)
      came(arrived - offset)
      return arrived
    } catch (thrown) {
      offsets.delete(upload)
      if (!makesWay) pace = wasCut(pace)
      if (thrown instanceof Problem && thrown.code === 'not_found') return offset
      throw thrown
    } finally {
      isPiece = false
    }
  }

  const run = async (): Promise<void> => {
    clearTimeout(timer)
    try {
      do {
        again = false
        await oneTab(drain)
      } while (again)
    } catch {
      // The phone's own disk does not do its part: everything stays as it was there, and is tried again.
      line = { ...line, ...quiet(line, Date.now(), Math.random()) }
      wakeAt(line.quietUntil)
    } finally {
      running = null
      tell(false)
    }
  }

  const wake = (hopeful = false): void => {
    if (hopeful && !line.told) line = { ...freshLine, pictures: line.pictures }
    again = true
    running ??= run()
    if (isPiece) void makeWay()
  }

  /** Words that may go now wait for no piece: of one that is ended headquarters keeps what arrived. */
  const makeWay = async (): Promise<void> => {
    const what = next(await allFiled(), await gate(), line, Date.now())
    if (!isPiece || what.kind !== 'send' || 'sha256' in what.step) return
    makesWay = true
    cut()
  }

  const cut = (): void => {
    control.abort()
    control = new AbortController()
  }

  const retry = (): void => {
    retries = true
    wake(true)
  }

  const renew = (): void => {
    cut()
    retry()
  }

  return { wake, retry, renew, idle: async () => running ?? undefined }
}

const sendText = (filed: Filed, signal: AbortSignal) => call(fileReportCall, { id: filed.id, statement: filed.statement, ...(filed.signature !== undefined && { signature: filed.signature }), sentAt: instant(Date.now()) }, { timeoutSeconds: 30, signal })

function sendAmendment(filed: Filed, id: Uuid, signal: AbortSignal) {
  const said = filed.amendments?.find((one) => one.id === id)
  if (!said) throw new Error('no such amendment')
  const before = saidBefore(filed, id)
  return call(amendReportCall, { report: filed.id, id, statement: said.statement, ...(said.signature !== undefined && { signature: said.signature }), ...(before && { after: before.id }), sentAt: instant(Date.now()) }, { timeoutSeconds: 30, signal })
}

/** Two tabs of one phone never send at the same time. */
const oneTab = (work: () => Promise<void>): Promise<void> => navigator.locks.request('veedor-outbox', work)
