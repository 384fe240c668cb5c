import { PastBody } from '../../../shared/past.ts'
import { desk } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/database/open.ts'

/** Who has files of a release: who took one, or said that they used it. */
export async function takersOf(tx: Tx, release: string): Promise<string[]> {
  const took = await tx.selectFrom('downloads').select('person').distinct().where('release', '=', release).execute()
  const used = await tx.selectFrom('uses').select('person').distinct().where('release', '=', release).where('takenBackAt', 'is', null).execute()
  return [...new Set([...took, ...used].map(({ person }) => person))].sort()
}

/** Releases of a report that stand, and who released them. */
export const standingOf = (tx: Tx, report: string) =>
  tx.selectFrom('releases').select(['id', 'releasedBy', 'withheldAt', 'held']).where('report', '=', report).where('retractedAt', 'is', null).orderBy('releasedAt').orderBy('id').execute()

/** What a release was made of, beside the picture and words of its own. */
const releasedColumns = ['category', 'station', 'tableCode', 'department', 'atStation', 'observedAt'] as const

/** Whether a report says something else now than when this release was made of it: the journal up to that fact tells what stood then. Its words and severity are in no release. */
export async function saysOtherwise(tx: Tx, report: string, release: string): Promise<boolean> {
  const facts = await tx.selectFrom('journalBodies').select('body')
    .where('number', 'in', (eb) => eb.selectFrom('journalSubjects').select('number').where('type', '=', 'report').where('id', '=', report))
    .where('number', '<=', (eb) => eb.selectFrom('journalSubjects').select((least) => least.fn.min('number').as('released')).where('type', '=', 'release').where('id', '=', release))
    .orderBy('number').execute()
  const then: Record<string, unknown> = {}
  for (const { body } of facts) {
    const { data } = PastBody.parse(JSON.parse(body))
    for (const row of [...(data.put?.['reports'] ?? []), ...(data.set?.['reports'] ?? [])]) if (row['id'] === report) Object.assign(then, row)
  }
  const now = await tx.selectFrom('reports').select([...releasedColumns]).where('id', '=', report).executeTakeFirstOrThrow()
  return releasedColumns.some((column) => now[column] !== then[column])
}

export async function judgesOf(tx: Tx, report: string): Promise<string[]> {
  return (await tx.selectFrom('verdicts').select('giver').distinct().where('report', '=', report).execute()).map(({ giver }) => giver)
}

/** Those who may still act, of these. */
export async function presentAmong(tx: Tx, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return []
  return (await tx.selectFrom('people').select('id').where('id', 'in', [...people]).where('state', '!=', 'retired').orderBy('id').execute()).map(({ id }) => id)
}

/** Everyone of the desk who may act. */
export async function deskPeople(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom('people').select('id').where('role', 'in', [...desk]).where('state', '!=', 'retired').orderBy('id').execute()).map(({ id }) => id)
}

/** What was told to a person and not confirmed, in the order in which it was said, with the thing it is about. */
export const openFor = (tx: Tx, person: string) =>
  tx.selectFrom('noticeCopies').innerJoin('notices', 'notices.id', 'noticeCopies.notice').leftJoin('releases', 'releases.id', 'notices.release').leftJoin('reports', 'reports.id', 'notices.report').leftJoin('people', 'people.id', 'notices.madeBy')
    .select(['notices.id', 'notices.kind', 'notices.release', 'notices.report', 'notices.reason', 'notices.wrong', 'notices.rightWords', 'notices.madeAt', 'notices.amended', 'notices.restored', 'people.name as by', 'reports.number'])
    .select(['releases.captions', 'releases.alternatives', 'releases.retractedAt', 'releases.held'])
    .where('noticeCopies.person', '=', person).where('confirmedAt', 'is', null)
    // That it was decided otherwise asks something while it is decided and a picture that this person released of it is still held back.
    .where(({ eb, or, exists, selectFrom }) => or([
      eb('notices.kind', '!=', 'decided_otherwise'),
      exists(selectFrom('releases as waiting').innerJoin('reports as decided', 'decided.id', 'waiting.report').select('waiting.id').whereRef('decided.id', '=', 'notices.report')
        .where('waiting.releasedBy', '=', person).where('waiting.retractedAt', 'is', null).where('waiting.withheldAt', 'is not', null).where('decided.decidedAt', 'is not', null)),
    ]))
    .orderBy('madeAt').orderBy('notices.id').execute()

export const findCopy = (tx: Tx, notice: string, person: string) =>
  tx.selectFrom('noticeCopies').innerJoin('notices', 'notices.id', 'noticeCopies.notice').select(['notices.kind', 'notices.report', 'confirmedAt']).where('notice', '=', notice).where('person', '=', person).executeTakeFirst()

/** Notices with whether press may know that there is one. */
export const noticesWith = (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('notices').leftJoin('releases', 'releases.id', 'notices.release').select(['notices.id', 'notices.kind', 'releases.held']).where('notices.id', 'in', [...ids]).orderBy('notices.id').execute()

/** What was told of a report's releases, to whom, and who confirmed it. */
export const copiesOf = (tx: Tx, releases: readonly string[]) =>
  releases.length === 0 ? Promise.resolve([]) : tx.selectFrom('notices').leftJoin('noticeCopies', 'noticeCopies.notice', 'notices.id').leftJoin('people', 'people.id', 'noticeCopies.person').leftJoin('organisations', 'organisations.code', 'people.organisation')
    .select(['notices.id', 'notices.kind', 'notices.madeAt', 'notices.release', 'people.name', 'organisations.name as organisation', 'confirmedAt'])
    .where('notices.release', 'in', [...releases]).orderBy('madeAt').orderBy('notices.id').orderBy('people.name').execute()
