import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { Embargo, noEmbargo } from '../../../shared/press.ts'
import type { embargoCall, endEmbargoCall, setEmbargoCall, statementOutCall } from '../../../shared/press.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Engine } from '../../platform/journal/engine.ts'
import type { Actor, Look, Work } from '../../platform/journal/work.ts'
import { getMission } from '../mission/actions.ts'
import { releaseStanding } from '../verification/actions.ts'
import { embargoOf, holds, isOver } from './rules.ts'
import * as store from './store.ts'

/** The embargo of the mission itself. */
export async function missionEmbargo(tx: Tx): Promise<Embargo> {
  const kept = await store.findEmbargo(tx)
  return kept === null ? noEmbargo : Embargo.parse(JSON.parse(kept))
}

/** What would hold for a release now, by its own wish and the mission's. @throws invalid_input where the wished time has passed */
export async function embargoFor(own: Embargo, { tx, now }: { tx: Tx; now: string }): Promise<Embargo & { held: boolean }> {
  if (own.until !== null && own.until <= now) throw refuse('embargo.until', 'ended')
  const embargo = embargoOf(own, await missionEmbargo(tx), now)
  return { ...embargo, held: holds(embargo) }
}

export async function getEmbargo(_: unknown, { tx, now }: Look): Promise<ReplyOf<typeof embargoCall>> {
  return { embargo: embargoOf(noEmbargo, await missionEmbargo(tx), now), waiting: (await store.waitingForStatement(tx)).length }
}

/** For every release from now on; what is held already keeps the embargo that it was released with. */
export async function setEmbargo(given: InputOf<typeof setEmbargoCall>, work: Work): Promise<typeof done> {
  if (given.until !== null && given.until <= work.now) throw refuse('until', 'ended')
  await keepEmbargo('mission.embargo_set', given, work)
  return done
}

async function keepEmbargo(kind: string, embargo: Embargo, { tx, record }: Work): Promise<void> {
  const [{ id }, kept, wanted] = [await getMission(tx), await store.findEmbargo(tx), JSON.stringify(embargo)]
  if (kept === wanted) return
  await record(kind, { type: 'mission', id }, kept === null ? { put: { pressRules: [{ id, embargo: wanted }] } } : { set: { pressRules: [{ id, embargo: wanted }] } })
}

/** The statement is out, says a lead: what waited for it and for no later time goes to press, and nothing waits for this statement from here on. */
export async function statementOut(_: unknown, work: Work): Promise<ReplyOf<typeof statementOutCall>> {
  const { tx, now, record } = work
  const [embargo, waiting, mission] = [await missionEmbargo(tx), await store.waitingForStatement(tx), await getMission(tx)]
  if (!embargo.statement && waiting.length === 0) return { released: 0 }
  await record('mission.statement_out', { type: 'mission', id: mission.id }, {})
  await keepEmbargo('mission.embargo_set', { ...embargo, statement: false }, work)
  let released = 0
  for (const release of waiting) {
    if (isOver({ ...release, embargoStatement: 0 }, now)) {
      await letOut(release, work)
      released++
    } else await record('release.embargo_changed', { type: 'release', id: release.id }, { set: { releases: [{ id: release.id, embargoStatement: 0 }] } }, { touches: [{ type: 'report', id: release.report }] })
  }
  return { released }
}

/** Ends one embargo before its time, by whoever might release the picture now. */
export async function endEmbargo({ id }: InputOf<typeof endEmbargoCall>, work: Work): Promise<typeof done> {
  const release = await store.findRelease(work.tx, id)
  if (!release || release.retractedAt !== null) throw new Problem('not_found')
  if (release.held === 0) return done
  const { problem } = await releaseStanding(work.tx, release.report, work.actor, work.now)
  if (problem) throw problem
  await letOut(release, work)
  return done
}

const letOut = ({ id, report }: { id: string; report: string }, { now, record }: Work<Actor>): Promise<void> =>
  record('release.embargo_ended', { type: 'release', id }, { set: { releases: [{ id, held: 0, outAt: now }] } }, { touches: [{ type: 'report', id: report }] })

/** Lets out the releases whose time has come: facts by the clock, since no person made them. */
export async function endEmbargoes(engine: Pick<Engine, 'read' | 'write'>): Promise<void> {
  const clock = { kind: 'clock' } as const
  if ((await engine.read(clock, ({ tx, now }) => store.overAt(tx, now))).length === 0) return
  await engine.write(clock, async (work) => {
    for (const release of await store.overAt(work.tx, work.now)) await letOut(release, work)
  })
}
