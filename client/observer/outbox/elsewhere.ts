import type { Me } from '../../../shared/mission.ts'
import { Amendment } from '../../../shared/amendments.ts'
import type { SaidBy } from '../../../shared/amendments.ts'
import type { StatedPhoto } from '../../../shared/photos.ts'
import { type Ladder, Statement } from '../../../shared/reports.ts'
import { isNotToSend } from './standing.ts'
import { atOnce } from './outcome.ts'
import type { Amended, Filed, FiledPhoto } from './records.ts'
import { restated } from './said.ts'

/** A report that this phone did not file, as its list has it: what was stated, and what headquarters says of it. Null: a statement that this version cannot read. */
export function filedElsewhere(statement: string, ladder: Ladder, { person, mission }: Pick<Me, 'person' | 'mission'>): Filed | null {
  const stated = Statement.safeParse(parsed(statement))
  if (!stated.success) return null
  return withLadder({
    id: ladder.id, author: person.id, authorName: person.name, mission: mission.id, statement, stated: stated.data, savedAt: Date.parse(stated.data.times.finishedAt), elsewhere: true,
    receipt: { number: ladder.number, receivedAt: ladder.receivedAt }, hold: null, broken: 0, notBefore: 0, ladder,
    photos: stated.data.photos.map(named),
  }, ladder)
}

const named = ({ sha256, sizeBytes }: StatedPhoto): FiledPhoto => ({ sha256, sizeBytes, preview: 'none', upload: null, receivedAt: null, restarts: 0, hold: null })

/**
 * What headquarters says of a report now. Which pictures have arrived that are not sent from here is known from there alone. Of one that came from here in a sealed file no
 * small copy is needed any more, and its receipt is asked for at once, whatever headquarters broke on or refused before; so it is for words. Only where other words stand under its id it stays held.
 */
export function withLadder(known: Filed, ladder: Ladder): Filed {
  const filed = known.ladder ? known : atOnce(known)
  const arrived = new Map(ladder.photos.map(({ sha256, receivedAt }) => [sha256, receivedAt]))
  const photos = filed.photos.map((photo): FiledPhoto => {
    const receivedAt = arrived.get(photo.sha256) ?? null
    if (receivedAt !== null && photo.hold?.code === 'let_go') return { ...photo, receivedAt, hold: null }
    if (isNotToSend(filed, photo)) return { ...photo, receivedAt }
    if (receivedAt === null) return photo
    return { ...photo, hold: null, preview: photo.preview === 'waiting' ? 'none' : photo.preview }
  })
  const { elsewhere, hold, receipt, amendments } = filed
  // Of a report that is not sent from here its receipt is known from there too. What was said of it while headquarters did not have it can be sent now.
  const isNew = elsewhere && receipt === null
  return {
    ...filed, ladder, photos, hold: hold?.code === 'conflict' ? hold : null, ...(elsewhere && { receipt: { number: ladder.number, receivedAt: ladder.receivedAt } }),
    ...(amendments && { amendments: amendments.map((one) => (ladder.amendments.includes(one.id) || (isNew && one.hold?.code === 'not_found') ? { ...one, hold: null } : one)) }),
  }
}

type Found = { id: string; statement: string; receivedAt: string; channel: SaidBy }

/** With what its author said of it elsewhere and the pictures that came to it by that, as headquarters has it; what is still to be sent from here comes last. */
export function withAmendments(filed: Filed, found: readonly Found[], number: number): Filed {
  const here = filed.amendments ?? []
  const more = found.filter(({ id }) => here.every((one) => one.id !== id)).flatMap(({ id, statement, receivedAt, channel }): Amended[] => {
    const stated = Amendment.safeParse(parsed(statement))
    return stated.success ? [{ id, statement, stated: stated.data, receipt: { number, receivedAt }, hold: null, elsewhere: channel === 'web' ? 'phone' : 'told' }] : []
  })
  const cameAt = ({ receipt }: Amended): string => receipt?.receivedAt ?? '~'
  if (more.length === 0) return filed
  const brought = more.flatMap(({ id, stated: { photos = [] } }) => photos.map((photo) => ({ ...named(photo), by: id }))).filter(({ sha256 }) => filed.photos.every((one) => one.sha256 !== sha256))
  return restated({ ...filed, photos: [...filed.photos, ...brought], amendments: [...more, ...here].sort((one, other) => (cameAt(one) < cameAt(other) ? -1 : 1)) })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
