import { desk } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { CheckedReport } from './rules.ts'
import type { VerdictRow } from './tables.ts'

/** What the rules look at of a report. */
export async function findChecked(tx: Tx, id: string): Promise<CheckedReport | undefined> {
  const row = await tx.selectFrom('reports').innerJoin('people as author', 'author.id', 'reports.author')
    .select(['reports.id', 'reports.status', 'reports.round', 'reports.author', 'reports.filedBy', 'reports.claimedBy', 'reports.claimedUntil', 'author.organisation as authorOrganisation', 'author.quarantinedAt as authorQuarantinedAt'])
    .select((eb) => eb.selectFrom('releases').select((count) => count.fn.countAll<number>().as('count')).whereRef('releases.report', '=', 'reports.id').where('retractedAt', 'is', null).as('releases'))
    .where('reports.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const told = await tx.selectFrom('amendments').select('filedBy').where('report', '=', id).where('filedBy', 'is not', null).execute()
  return { ...row, releases: Number(row.releases ?? 0), toldTo: told.flatMap(({ filedBy }) => filedBy ?? []) }
}

/** What its author last said of a report that counts; none where nothing was said since it was filed. */
export const findLastSaid = (tx: Tx, report: string): Promise<{ id: string } | undefined> =>
  tx.selectFrom('amendments').select('id').where('report', '=', report).where('setAsideFor', 'is', null).orderBy('receivedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()

/** What the desk made of a report. */
export const getStanding = (tx: Tx, id: string) => tx.selectFrom('reports').select(['category', 'severity', 'station', 'tableCode as table', 'department']).where('id', '=', id).executeTakeFirstOrThrow()

export const findStatus = (tx: Tx, id: string) => tx.selectFrom('reports').select(['id', 'status']).where('id', '=', id).executeTakeFirst()

export const selectExpired = (tx: Tx, now: string) => tx.selectFrom('reports').select('id').where('claimedUntil', '<=', now).orderBy('claimedUntil').orderBy('id').execute()

export const findVerdict = (tx: Tx, id: string): Promise<VerdictRow | undefined> => tx.selectFrom('verdicts').selectAll().where('id', '=', id).executeTakeFirst()

/** Every verdict on a report, in the order in which they were given, with their givers' names. Open ones too: whoever answers with them leaves those of others out. */
export const verdictsOn = (tx: Tx, report: string) =>
  tx.selectFrom('verdicts').innerJoin('people', 'people.id', 'verdicts.giver').selectAll('verdicts').select('people.name as giverName').where('report', '=', report).orderBy('round').orderBy('givenAt').orderBy('verdicts.id').execute()

export const getPerson = (tx: Tx, id: string) => tx.selectFrom('people').select(['id', 'name', 'organisation']).where('id', '=', id).executeTakeFirstOrThrow()

/** Everyone of the desk who has joined. */
export const selectDesk = (tx: Tx) => tx.selectFrom('people').select(['id', 'organisation']).where('role', 'in', [...desk]).where('state', '=', 'joined').execute()

/** How the report stood right after a verdict, as its fact says: what its giver was answered. */
export async function findGivenFact(tx: Tx, report: string, verdict: string, kinds: readonly string[]): Promise<{ status: string; awaitsSecond: number } | undefined> {
  const facts = await tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').innerJoin('journalBodies', 'journalBodies.number', 'journal.number')
    .select('journalBodies.body').where('journalSubjects.type', '=', 'report').where('journalSubjects.id', '=', report).where('journal.kind', 'in', [...kinds]).execute()
  for (const { body } of facts) {
    const { data } = JSON.parse(body) as { data: { put: { verdicts: VerdictRow[] }; set: { reports: { status: string; awaitsSecond: number }[] } } }
    if (data.put.verdicts[0]?.id === verdict) return data.set.reports[0]
  }
  return undefined
}

/** Who opened this round of a report. */
export async function findReopening(tx: Tx, report: string, round: number): Promise<{ by: string | null } | undefined> {
  const facts = await tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').innerJoin('journalBodies', 'journalBodies.number', 'journal.number')
    .select('journalBodies.body').where('journalSubjects.type', '=', 'report').where('journalSubjects.id', '=', report).where('journal.kind', '=', 'report.reopened').execute()
  for (const { body } of facts) {
    const { actor, data } = JSON.parse(body) as { actor: { id?: string }; data: { set: { reports: { round: number }[] } } }
    if (data.set.reports[0]?.round === round) return { by: actor.id ?? null }
  }
  return undefined
}

/** Whether a report that was set aside is in work again. */
export async function wasTakenUp(tx: Tx, report: string): Promise<boolean> {
  const found = await tx.selectFrom('reports').select(['setAsideFor', 'status']).where('id', '=', report).executeTakeFirst()
  return found !== undefined && found.setAsideFor !== null && found.status !== 'set_aside'
}
