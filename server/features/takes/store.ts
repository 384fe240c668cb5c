import type { Tx } from '../../platform/database/open.ts'
import type { UseRow } from './tables.ts'

/** A release that this house let out and that was not retracted, or one that was. */
export const findRelease = (tx: Tx, id: string) => tx.selectFrom('releases').select(['id', 'report', 'held', 'retractedAt']).where('id', '=', id).executeTakeFirst()

export const findUse = (tx: Tx, id: string): Promise<UseRow | undefined> => tx.selectFrom('uses').selectAll().where('id', '=', id).executeTakeFirst()

export const downloadsBy = (tx: Tx, release: string, person: string) => tx.selectFrom('downloads').select(['size', 'version', 'at']).where('release', '=', release).where('person', '=', person).orderBy('at').orderBy('id').limit(500).execute()
export const usesBy = (tx: Tx, release: string, person: string): Promise<UseRow[]> => tx.selectFrom('uses').selectAll().where('release', '=', release).where('person', '=', person).orderBy('usedAt').orderBy('id').limit(500).execute()

export const downloadsOf = (tx: Tx, releases: readonly string[]) =>
  releases.length === 0 ? Promise.resolve([]) : tx.selectFrom('downloads').innerJoin('people', 'people.id', 'downloads.person').leftJoin('organisations', 'organisations.code', 'people.organisation')
    .select(['downloads.release', 'people.name', 'organisations.name as organisation', 'downloads.size', 'downloads.version', 'downloads.at']).where('release', 'in', [...releases]).orderBy('at').orderBy('downloads.id').limit(2000).execute()

export const usesOf = (tx: Tx, releases: readonly string[]) =>
  releases.length === 0 ? Promise.resolve([]) : tx.selectFrom('uses').innerJoin('people', 'people.id', 'uses.person').leftJoin('organisations', 'organisations.code', 'people.organisation')
    .selectAll('uses').select(['people.name', 'organisations.name as organisation']).where('release', 'in', [...releases]).orderBy('usedAt').orderBy('uses.id').limit(2000).execute()

/** When somebody of the press first took a picture of these reports, and when one was first used, each by report. */
export async function firstByPress(tx: Tx, reports: readonly string[]): Promise<{ taken: Map<string, string>; used: Map<string, string> }> {
  if (reports.length === 0) return { taken: new Map(), used: new Map() }
  const taken = await tx.selectFrom('downloads').innerJoin('releases', 'releases.id', 'downloads.release').innerJoin('people', 'people.id', 'downloads.person')
    .select((eb) => ['releases.report', eb.fn.min('downloads.at').as('at')]).where('people.role', '=', 'press').where('releases.report', 'in', [...reports]).groupBy('releases.report').execute()
  const used = await tx.selectFrom('uses').innerJoin('releases', 'releases.id', 'uses.release')
    .select((eb) => ['releases.report', eb.fn.min('uses.usedAt').as('at')]).where('takenBackAt', 'is', null).where('releases.report', 'in', [...reports]).groupBy('releases.report').execute()
  const byReport = (rows: { report: string; at: string }[]) => new Map(rows.map((row) => [row.report, row.at]))
  return { taken: byReport(taken), used: byReport(used) }
}
