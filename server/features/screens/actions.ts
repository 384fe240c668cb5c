import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { heldReleasesCall, heldReportsCall, screenFaultCall } from '../../../shared/live.ts'
import { Problem } from '../../../shared/problem.ts'
import { openTally } from '../../../shared/tally.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Look, Work } from '../../platform/journal/work.ts'
import type { Covers } from '../../platform/live/covers.ts'
import type { ChangesBetween } from '../../platform/live/hub.ts'
import type { Numbers } from '../../platform/live/numbers.ts'
import { wallHeld } from '../press/actions.ts'
import { reportMembers } from '../finding/actions.ts'
import * as store from './store.ts'

export type ScreenParts = {
  covers: Covers
  /** The same as screens are told by: whether one of them is behind. */
  changesBetween: ChangesBetween
  numbers: Numbers
  /** So many reports a screen holds. */
  mostOnScreen: number
  note: (fault: { screen: string; number: number; held: number; shown: number }) => void
}

const isAhead = async ({ changesBetween }: ScreenParts, since: number, { tx, actor, number }: Look): Promise<boolean> => (await changesBetween(tx, actor.role, since, number)).things.length > 0

export const heldReports = (parts: ScreenParts) => async ({ since, ...filter }: InputOf<typeof heldReportsCall>, look: Look): Promise<ReplyOf<typeof heldReportsCall>> => {
  const { tx, now, number } = look
  if (await isAhead(parts, since, look)) return { number, at: now, isAhead: true, held: null }
  const key = JSON.stringify(Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1)))
  return { number, at: now, isAhead: false, held: await parts.covers.held({ key, type: 'report', members: reportMembers(filter), most: parts.mostOnScreen }, { tx, number }) }
}

/** A wall shows the first part of what a search finds, so each has its own set: it is small, and asked for as it is. */
export const heldReleases = (parts: ScreenParts) => async ({ since, ...asked }: InputOf<typeof heldReleasesCall>, look: Look): Promise<ReplyOf<typeof heldReleasesCall>> => {
  const { tx, actor: { role }, now } = look
  const number = await parts.numbers.told(role, look.number, tx)
  if (await isAhead(parts, await parts.numbers.meant(role, since, { tx, upTo: look.number }), look)) return { number, at: now, isAhead: true, held: null }
  const { total, first } = await wallHeld(asked, tx)
  const tally = openTally()
  for (const { id, version } of first) tally.add(id, version)
  return { number, at: now, isAhead: false, held: { count: total, digest: tally.told().digest } }
}

export const noteScreenFault = ({ note }: ScreenParts) => async (input: InputOf<typeof screenFaultCall>, { tx, now }: Work): Promise<typeof done> => {
  const before = await store.findFault(tx, input.id)
  if (before) {
    if ((Object.keys(input) as (keyof typeof input)[]).some((column) => before[column] !== input[column])) throw new Problem('conflict')
    return done
  }
  await store.keepFault(tx, { ...input, at: now })
  const { screen, number, held, shown } = input
  note({ screen, number, held, shown })
  return done
}

/** For the operator: how often a screen did not hold what headquarters did. */
export const screenFaults = (tx: Tx) => store.faultsUntilNow(tx)

/** For presence: coordinators of whom there was a sign since. */
export const heardSince = (tx: Tx, at: string, others: readonly string[]): Promise<{ id: string; name: string; at: string }[]> => store.heardSince(tx, at, others)
