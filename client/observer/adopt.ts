import { correctedIn, saidAfter, saidOf } from '../../shared/amendments.ts'
import type { AmendmentType, Corrected } from '../../shared/amendments.ts'
import type { Uuid } from '../../shared/basics.ts'
import type { StatedPhoto } from '../../shared/photos.ts'
import { type Ladder, myStatementsCall } from '../../shared/reports.ts'
import { call } from '../kit/call.ts'
import { newId } from '../kit/ids.ts'
import { me } from '../kit/me.ts'
import { amendmentOf, wordsNow } from './amend.ts'
import { filedElsewhere, withAmendments } from './outbox/elsewhere.ts'
import { signed } from './outbox/phone-key.ts'
import { changeFiled } from './outbox/queue.ts'
import type { Amended, Filed, FiledPhoto } from './outbox/records.ts'
import { restated, statedFirst, wordsAfter } from './outbox/said.ts'
import { send } from './state.ts'

// A report was refused and sealed into a file, then mended here; and the file was brought in meanwhile. What was mended has the id of a report that headquarters has with other words, and can never be taken as that.

/**
 * The report becomes what headquarters has of it, and is this phone's still: signed here again, so that it can be sent once more should headquarters lose it. What its author wrote otherwise since is said of it as a
 * correction, and pictures that came to it as an addition. @throws Problem, NoAnswer
 */
export async function adopt(held: Filed, ladder: Ladder): Promise<void> {
  const { reports: [found] } = await call(myStatementsCall, { ids: [held.id] })
  const owner = me.value
  const known = found && owner && filedElsewhere(found.statement, ladder, owner)
  if (!found || !known) return
  const there = await asOwn(withAmendments(known, found.amendments, ladder.number), owner.person.id)
  const made: Amended[] = []
  for (const said of [correctionOf(held, there), additionOf(held, there)]) {
    // Words cannot be taken back alone: a correction says something.
    if (!said || !(said.words || said.photos || said.corrected)) continue
    const stated = amendmentOf({ id: newId(), report: held.id, ...said }, owner)
    made.push(await signed({ id: stated.id, statement: JSON.stringify(stated), stated, receipt: null, hold: null }, owner.person.id))
  }
  // What was said or opened meanwhile is looked at in the next round.
  await changeFiled(held.id, (present) => (present.statement === held.statement && present.hold?.code === 'conflict' && present.amendments?.length === held.amendments?.length ? adopted(present, there, made) : present))
  send()
}

/** What a coordinator wrote down is theirs; all else that stands there came from this phone, in the file. */
async function asOwn({ elsewhere: _, ...there }: Filed, author: Uuid): Promise<Filed> {
  const own = async ({ elsewhere, ...one }: Amended): Promise<Amended> => (elsewhere === 'told' ? { elsewhere, ...one } : signed(one, author))
  return signed({ ...there, ...(there.amendments && { amendments: await Promise.all(there.amendments.map(own)) }) }, author)
}

type Said = { type: AmendmentType; words: string; photos?: StatedPhoto[]; corrected?: Corrected }

/** What was said here of the report, and is at headquarters as well. */
const known = ({ amendments = [] }: Filed, there: Filed): Amended[] => amendments.filter((one) => !one.elsewhere && isAt(there, one))
const isAt = (there: Filed, { id }: Amended): boolean => there.amendments?.some((one) => one.id === id) === true

/** What makes the report of headquarters read as it was mended here; null: it does already. */
function correctionOf(held: Filed, there: Filed): Said | null {
  const first = statedFirst(held)
  const words = known(held, there).reduce((before, { stated }) => wordsAfter(before, stated), first.words)
  const corrected = correctedIn(saidOf(there.stated), known(held, there).reduce((before, { stated }) => saidAfter(before, stated.corrected), saidOf(first)))
  return corrected || words !== wordsNow(there) ? { type: 'correction', words, ...(corrected && { corrected }) } : null
}

function additionOf(held: Filed, there: Filed): Said | null {
  const photos = statedFirst(held).photos.filter(({ sha256 }) => there.photos.every((one) => one.sha256 !== sha256))
  return photos.length > 0 ? { type: 'addition', words: '', photos } : null
}

/** Pure. Pictures whose originals are here are sent from here, and their receipts asked for; those that its author took out of it are here no longer. */
export function adopted(held: Filed, there: Filed, made: readonly Amended[]): Filed {
  const arrived = new Set(there.photos.filter(({ receivedAt }) => receivedAt !== null).map(({ sha256 }) => sha256))
  const added = made.find(({ stated }) => stated.type === 'addition')
  const here = held.photos.map((photo): FiledPhoto => ({ ...photo, hold: null, preview: arrived.has(photo.sha256) ? 'none' : photo.preview, ...(added?.stated.photos.some(({ sha256 }) => sha256 === photo.sha256) && { by: added.id }) }))
  const others = there.photos.filter(({ sha256 }) => here.every((one) => one.sha256 !== sha256)).map((photo): FiledPhoto => ({ ...photo, isLeftOut: true }))
  const mine = known(held, there)
  return restated({
    ...there, savedAt: held.savedAt, photos: [...here, ...others],
    amendments: [...(there.amendments ?? []).map((one) => mine.find(({ id }) => id === one.id) ?? one), ...made, ...(held.amendments ?? []).filter((one) => !one.elsewhere && !isAt(there, one))].map((one) => ({ ...one, hold: null })),
  })
}
