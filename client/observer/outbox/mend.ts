import type { Uuid } from '../../../shared/basics.ts'
import { maxPhotos, maxWords } from '../../../shared/statement.ts'
import { changed, write } from './queue.ts'
import type { Amended, Draft, Filed } from './records.ts'
import { wordsAfter } from './said.ts'

/**
 * A report that headquarters refused becomes a draft again: same id, same pictures, and what was found wrong. Headquarters has nothing of it, so what was corrected and added since is in it, words and pictures; a withdrawal stays
 * said of it, and so does what no longer fits into a report.
 */
export function reopen({ id, author, mission, stated, hold, photos: held, amendments = [] }: Filed): Draft {
  const fix = stated.position && { latitude: stated.position.latitude, longitude: stated.position.longitude, accuracyMetres: stated.position.accuracyMetres, at: Date.parse(stated.times.finishedAt) - stated.position.ageSeconds * 1000 }
  let { words, photos } = stated
  const later: Amended[] = []
  for (const said of amendments) {
    const { type } = said.stated
    const text = wordsAfter(words, said.stated)
    const shown = [...photos, ...said.stated.photos.filter(({ sha256 }) => photos.every((one) => one.sha256 !== sha256))]
    // What comes after something that does not fit would be out of its order.
    const fits = (type === 'correction' || type === 'addition') && text.length <= maxWords && shown.length <= maxPhotos && later.every((one) => one.stated.type === 'withdrawal' || one.stated.type === 'restoration')
    if (fits) [words, photos] = [text, shown]
    else later.push(said)
  }
  return {
    id,
    author,
    mission,
    startedAt: stated.times.finishedAt,
    place: { station: stated.station, table: stated.table, by: 'person' },
    // A phone's own report always says.
    atStation: stated.atStation === true,
    category: stated.category,
    severity: stated.severity,
    observedAt: stated.times.observedAt,
    words,
    fix,
    photos,
    faults: hold?.fields ?? [],
    refused: true,
    ...(later.length > 0 && { later: { amendments: later, photos: held.filter(({ by }) => later.some((one) => one.id === by)) } }),
  }
}

/** Opens a report that headquarters refused, to be mended, in one transaction and as it is now. Tells whether it was still refused: another window may have sent it. */
export async function mend(id: Uuid): Promise<boolean> {
  const isOpened = await write(['drafts', 'filed', 'kept'], async (tx) => {
    const filed = await tx.objectStore('filed').get(id)
    if (!filed?.hold) return false
    await tx.objectStore('drafts').put(reopen(filed))
    await tx.objectStore('filed').delete(id)
    await tx.objectStore('kept').put(id, 'openDraft')
    return true
  })
  changed()
  return isOpened
}
