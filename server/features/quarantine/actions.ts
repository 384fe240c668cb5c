import { done } from '../../../shared/basics.ts'
import type { InputOf } from '../../../shared/contract.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Quarantine, liftQuarantineCall, quarantineCall } from '../../../shared/quarantine.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Subject, Work } from '../../platform/journal/work.ts'
import * as store from './store.ts'

/** A doubt about oneself is another's to have, and to drop. */
export const mayQuarantine = (actor: { id: string }, person: string): boolean => actor.id !== person

async function getOther(id: string, { tx, actor }: Work) {
  const person = await store.findPerson(tx, id)
  if (!person) throw new Problem('not_found')
  if (!mayQuarantine(actor, person.id)) throw new Problem('not_allowed')
  return person
}

const touching = (reports: readonly { id: string }[]): Subject[] => reports.map(({ id }) => ({ type: 'report', id }))

/** The person, not the station: who plants reports under a true name of a true place shall not silence that place. Asked again, it is as it was. */
export async function quarantine({ id, reason }: InputOf<typeof quarantineCall>, work: Work): Promise<typeof done> {
  const { tx, actor, now, record } = work
  const person = await getOther(id, work)
  if (person.quarantinedAt !== null) return done
  await record('person.quarantined', { type: 'person', id }, { set: { people: [{ id, quarantinedAt: now, quarantinedBy: actor.id, quarantineReason: reason }] } }, { touches: touching(await store.reportsOf(tx, id)), told: { reason } })
  return done
}

/** Reports that came meanwhile are taken into work with it, but for those that were set aside for another reason too. */
export async function liftQuarantine({ id, reason }: InputOf<typeof liftQuarantineCall>, work: Work): Promise<typeof done> {
  const { tx, record } = work
  const person = await getOther(id, work)
  if (person.quarantinedAt === null) return done
  const reports = (await store.setAsideOf(tx, id)).map((one) => ({ id: one.id, quarantined: 0, ...(one.status === 'set_aside' && one.setAsideFor === null ? { status: 'received' } : {}) }))
  await record('person.quarantine_lifted', { type: 'person', id }, { set: { people: [{ id, quarantinedAt: null, quarantinedBy: null, quarantineReason: null }], ...(reports.length > 0 ? { reports } : {}) } }, { touches: touching([...(await store.reportsOf(tx, id)), ...reports]), told: { reason } })
  return done
}

/** Why nothing of this person counts; null where it does. */
export async function quarantineOf(tx: Tx, id: string): Promise<Quarantine | null> {
  const person = await store.findPerson(tx, id)
  return person && person.quarantinedAt !== null ? { by: person.quarantinedBy ?? '', at: person.quarantinedAt, reason: person.quarantineReason ?? '' } : null
}
