import type { Uuid } from '../../../shared/basics.ts'
import type { Amended, Filed, FiledPhoto } from './records.ts'

// How a report of this phone stands, as far as the phone knows.

/** After this many `broken` in a row a report lets all others pass. */
export const brokenToPass = 3

/** A person's reports are sent by that person's own session alone. */
export const mayBeSent = (filed: Filed, gate: { author: Uuid | null; mission: Uuid | null }): boolean => filed.author === gate.author && filed.mission === gate.mission

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

/** Whether a picture is another phone's to send: with a report that was filed there, or by what was said there. */
export const isOthers = ({ elsewhere, amendments }: Filed, { by }: FiledPhoto): boolean => (by === undefined ? elsewhere === true : amendments?.some((one) => one.id === by && one.elsewhere) === true)

/** Whether a picture is another phone's to send, or nobody's: its author left it out, or nobody needs it and its small copy has gone. */
export const isNotToSend = (filed: Filed, photo: FiledPhoto): boolean => photo.isLeftOut === true || isOthers(filed, photo) || (photo.preview !== 'waiting' && isNotMissed(filed, photo))

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
