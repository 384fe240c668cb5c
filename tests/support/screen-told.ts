import { randomUUID } from 'node:crypto'
import { confirmNoticeCall, noticesCall } from '../../shared/notices.ts'
import { correctCall, downloadCall, useCall } from '../../shared/press.ts'
import type { Role } from '../../shared/roles.ts'
import { reopenCall } from '../../shared/verification.ts'
import { invite, signInAs } from '../../server/features/people/actions.ts'
import type { House } from '../../server/house.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { release, releaseOf } from './desk.ts'
import { callerOf } from './house.ts'
import type { Caller } from './house.ts'

/** A picture that was taken, used and corrected, one under embargo, and one whose report was opened again, with who released them and who took them: these two have notices to confirm, nobody else has. */
export type ToldStage = { desk: Caller; press: Caller; corrected: string; reopened: string; held: string; waits: string }

/** Somebody who has just been invited, signed in. */
export async function newcomer(sample: House, role: Role, name: string, organisation: string): Promise<Caller> {
  const id = uuid7(Date.now())
  await sample.engine.write({ kind: 'operator' }, (work) => invite({ id, name, role, organisation, language: 'es' }, work))
  const { token } = await sample.engine.write({ kind: 'server' }, (work) => signInAs(id, work))
  return callerOf(sample, { id, role, token })
}

export async function tellStage(sample: House, spared: readonly string[], others: readonly Caller[]): Promise<ToldStage> {
  const db = sample.db.readers
  const ready = await db.selectFrom('reports').innerJoin('photos', 'photos.report', 'reports.id').select(['reports.id', 'photos.sha256']).where('reports.status', '=', 'verified').where('photos.state', '=', 'ready')
    .where('reports.id', 'not in', db.selectFrom('releases').select('report')).where('reports.id', 'not in', [...spared]).orderBy('number').execute()
  const [first, second, third] = [...new Map(ready.map((one) => [one.id, one])).values()]
  if (!first || !second || !third) throw new Error('The sample holds too few verified pictures')
  const [desk, press] = [await newcomer(sample, 'coordinator', 'Beatriz Ejemplo', 'Delegación C'), await newcomer(sample, 'press', 'Yago Ejemplo', 'El Diario')]
  const photoOf = ({ id, sha256 }: { id: string; sha256: string }) => `${id}.${sha256}`
  const sent = await releaseOf(desk, photoOf(first))
  const corrected = await release(desk, photoOf(first), sent)
  const waits = await release(desk, photoOf(second))
  await release(desk, photoOf(third), { embargo: { until: null, statement: true } })
  for (const id of [corrected, waits]) await press.call(downloadCall, { id, size: 'full' })
  await press.call(useCall, { id: corrected, use: randomUUID(), place: 'Portada', link: 'https://diario.example/portada', words: '' })
  const { captions, credit } = sent
  await desk.call(correctCall, { id: corrected, of: 1, captions, alternatives: { es: 'Dos urnas sobre una mesa larga.', en: 'Two ballot boxes on a long table.' }, credit, keptWords: [], wrong: 'Decía que se ven papeletas.', right: 'Se ven dos urnas.' })
  await (others[0] ?? desk).call(reopenCall, { id: second.id, round: 1, reason: 'Otra fuente la sitúa en otro centro.' })
  for (const other of others) for (const notice of (await other.call(noticesCall, {})).reply.notices) await other.call(confirmNoticeCall, { id: notice.id })
  return { desk, press, corrected: first.id, reopened: second.id, held: third.id, waits }
}
