import { type Delivery, type Line, deliveryOf } from './delivery.ts'
import type { Draft, Filed } from './records.ts'
import { isTroubled } from './steps.ts'

/** How all else goes while something needs its author, or headquarters breaks on it. Null: the one sentence says it all, or nothing else is to go. */
export function restOf(mine: readonly Filed[], refused: readonly Draft[], line: Line): Delivery | null {
  const { kind } = deliveryOf(mine, refused, line)
  if (kind !== 'attention' && kind !== 'trouble') return null
  const goes = mine.filter((filed) => !filed.hold && !isTroubled(filed)).map((filed) => ({ ...filed, photos: filed.photos.filter(({ hold }) => !hold), ...(filed.amendments && { amendments: filed.amendments.filter(({ hold }) => !hold) }) }))
  const rest = deliveryOf(goes, [], line)
  return ['waits', 'sending', 'saved'].includes(rest.kind) ? rest : null
}
