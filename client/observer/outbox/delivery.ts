import type { Draft, Filed } from './records.ts'
import { isTroubled, needsAuthor, unsent } from './steps.ts'

export type Delivery = { kind: 'ended' | 'too_old' | 'offline' | 'silent' | 'waits' | 'sending' | 'saved' | 'attention' | 'trouble' | 'delivered' | 'ready'; reports: number; photos: number }

export type Line = { signedOut: boolean; tooOld: boolean; online: boolean; answers: boolean | null; waits: boolean; sending: boolean }

/** The state of delivery, to be said in one sentence: first what stops everything, then what waits for its author, also while it is being mended, then what headquarters breaks on, then how it goes. */
export function deliveryOf(mine: readonly Filed[], refused: readonly Draft[], { signedOut, tooOld, online, answers, waits, sending }: Line): Delivery {
  const { any, ...left } = unsent(mine, refused)
  const say = (kind: Delivery['kind']): Delivery => ({ kind, ...left })
  if (signedOut) return say('ended')
  if (tooOld) return say('too_old')
  if (answers === false) return say(online ? 'silent' : 'offline')
  const held = mine.filter(needsAuthor).length + refused.length
  if (held > 0) return { kind: 'attention', reports: held, photos: 0 }
  const troubled = mine.filter(isTroubled).length
  if (troubled > 0) return { kind: 'trouble', reports: troubled, photos: 0 }
  if (!any) return say(mine.length === 0 ? 'ready' : 'delivered')
  if (waits) return say('waits')
  return say(sending ? 'sending' : 'saved')
}
