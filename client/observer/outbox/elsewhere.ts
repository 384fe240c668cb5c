import type { Me } from '../../../shared/mission.ts'
import { Amendment } from '../../../shared/amendments.ts'
import { type Ladder, Statement } from '../../../shared/reports.ts'
import type { Amended, Filed } from './records.ts'

/** A report that this phone did not file, as its list has it: what was stated, and what headquarters says of it. Null: a statement that this version cannot read. */
export function filedElsewhere(statement: string, ladder: Ladder, { person, mission }: Pick<Me, 'person' | 'mission'>): Filed | null {
  const stated = Statement.safeParse(parsed(statement))
  if (!stated.success) return null
  return withLadder({
    id: ladder.id, author: person.id, authorName: person.name, mission: mission.id, statement, stated: stated.data, savedAt: Date.parse(stated.data.times.finishedAt), elsewhere: true,
    receipt: { number: ladder.number, receivedAt: ladder.receivedAt }, hold: null, broken: 0, notBefore: 0, ladder,
    photos: stated.data.photos.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes, preview: 'none', upload: null, receivedAt: null, restarts: 0, hold: null })),
  }, ladder)
}

/** What headquarters says of a report now. Of one that is elsewhere, which pictures have arrived is known from there alone. */
export function withLadder(filed: Filed, ladder: Ladder): Filed {
  const arrived = new Map(ladder.photos.map(({ sha256, receivedAt }) => [sha256, receivedAt]))
  return { ...filed, ladder, ...(filed.elsewhere ? { photos: filed.photos.map((photo) => (photo.by !== undefined ? photo : { ...photo, receivedAt: arrived.get(photo.sha256) ?? null })) } : {}) }
}

type Found = { id: string; statement: string; receivedAt: string }

/** With what its author said of it on another phone, as headquarters has it; what is still to be sent from here comes last. */
export function withAmendments(filed: Filed, found: readonly Found[], number: number): Filed {
  const here = filed.amendments ?? []
  const more = found.filter(({ id }) => here.every((one) => one.id !== id)).flatMap(({ id, statement, receivedAt }): Amended[] => {
    const stated = Amendment.safeParse(parsed(statement))
    return stated.success ? [{ id, statement, stated: stated.data, receipt: { number, receivedAt }, hold: null, elsewhere: true }] : []
  })
  const cameAt = ({ receipt }: Amended): string => receipt?.receivedAt ?? '~'
  return more.length === 0 ? filed : { ...filed, amendments: [...more, ...here].sort((one, other) => (cameAt(one) < cameAt(other) ? -1 : 1)) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
