import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Take, Use, myTakesCall, takeBackUseCall, useCall } from '../../../shared/press.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import * as store from './store.ts'
import type { UseRow } from './tables.ts'

/** That a file was handed out: the fact by which whoever relies on a picture is reached later. */
export async function recordTake({ release, report, version, size }: { release: string; report: string; version: number; size: 'web' | 'full' }, { actor, now, newId, record }: Work): Promise<void> {
  await record('release.downloaded', { type: 'release', id: release }, { put: { downloads: [{ id: newId(), release, person: actor.id, size, version, at: now }] } }, { touches: [{ type: 'report', id: report }], told: { size } })
}

/** A release that this person may know: one that stands and is not held, or one that they took themselves. Any other is as one that never was. */
async function findKnown(tx: Tx, id: string, actor: PersonActor) {
  const release = await store.findRelease(tx, id)
  const isSeen = release && (release.held === 0 || actor.role !== 'press')
  if (!isSeen || (release.retractedAt !== null && (await store.downloadsBy(tx, id, actor.id)).length === 0)) throw new Problem('not_found')
  return release
}

/** A newsroom's "I used this", also of a picture that was retracted since: whoever used one says so then most of all. */
export async function useRelease({ id, use, place, link, words }: InputOf<typeof useCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const release = await findKnown(tx, id, actor)
  const given = { id: use, release: id, person: actor.id, place, link, words }
  const before = await store.findUse(tx, use)
  if (before) {
    if (before.person !== actor.id) throw new Problem('not_found')
    if ((Object.keys(given) as (keyof typeof given)[]).some((column) => before[column] !== given[column])) throw new Problem('conflict')
    return done
  }
  await record('release.used', { type: 'release', id }, { put: { uses: [{ ...given, usedAt: now, takenBackAt: null }] } }, { touches: [{ type: 'report', id: release.report }], told: { place } })
  return done
}

/** It was not used after all. Only its own newsroom takes it back; it stays written that it was said. */
export async function takeBackUse({ id, use }: InputOf<typeof takeBackUseCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const [release, before] = [await store.findRelease(tx, id), await store.findUse(tx, use)]
  if (!release || !before || before.release !== id || before.person !== actor.id) throw new Problem('not_found')
  if (before.takenBackAt === null) await record('release.use_taken_back', { type: 'release', id }, { set: { uses: [{ id: use, takenBackAt: now }] } }, { touches: [{ type: 'report', id: release.report }] })
  return done
}

const useOf = ({ id, place, link, words, usedAt, takenBackAt }: UseRow): Use => ({ id, place, link, words, at: usedAt, takenBackAt })
const sizeOf = (size: string): Take['size'] => (size === 'web' ? 'web' : 'full')

/** One's own. A picture that press may not see yet has none, as one that never was. */
export async function myTakes({ id }: InputOf<typeof myTakesCall>, { tx, actor }: Look): Promise<ReplyOf<typeof myTakesCall>> {
  await findKnown(tx, id, actor)
  return { takes: (await store.downloadsBy(tx, id, actor.id)).map((one) => ({ ...one, size: sizeOf(one.size) })), uses: (await store.usesBy(tx, id, actor.id)).map(useOf) }
}

/** Who took and who used what of these releases, for the desk. */
export async function takesOn(tx: Tx, releases: readonly string[]) {
  return {
    takes: (await store.downloadsOf(tx, releases)).map((one) => ({ ...one, size: sizeOf(one.size) })),
    uses: (await store.usesOf(tx, releases)).map((row) => ({ ...useOf(row), release: row.release, name: row.name, organisation: row.organisation })),
  }
}

/** When press first took and first used a picture of these reports, for their authors. */
export const firstByPress = (tx: Tx, reports: readonly string[]) => store.firstByPress(tx, reports)
