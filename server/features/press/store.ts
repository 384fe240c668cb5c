import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import type { ReleaseStanding } from '../../../shared/press.ts'
import { searchable, wordsMatch } from '../../platform/database/dialect.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Schema } from '../../platform/database/schema.ts'
import type { ReleaseRow, ReleaseVersionRow } from './tables.ts'

export const findRelease = (tx: Tx, id: string): Promise<ReleaseRow | undefined> => tx.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirst()

/** A picture with what is verified of its report; a report's place comes from its station's row, or its department from a coordinator. */
export const findPicture = (tx: Tx, report: string, sha256: string) =>
  tx.selectFrom('photos').innerJoin('reports', 'reports.id', 'photos.report').innerJoin('people', 'people.id', 'reports.author').leftJoin('organisations', 'organisations.code', 'people.organisation').leftJoin('stations', 'stations.code', 'reports.station')
    .leftJoin('decodedCopies', (join) => join.onRef('decodedCopies.report', '=', 'photos.report').onRef('decodedCopies.sha256', '=', 'photos.sha256'))
    .select(['photos.sha256', 'decodedCopies.copySha256', 'photos.state', 'photos.type', 'photos.width', 'photos.height', 'reports.id as report', 'reports.category', 'reports.observedAt', 'reports.tableCode', 'people.name as authorName', 'people.number as authorNumber', 'organisations.name as authorOrganisation'])
    .select(['stations.code as stationCode', 'stations.name as stationName', 'stations.district', 'stations.municipality'])
    .select(sql<string | null>`coalesce(stations.department, reports.department)`.as('department'))
    .where('photos.report', '=', report).where('photos.sha256', '=', sha256).executeTakeFirst()

/** The release of these bytes that stands, of whichever report. */
export const findStanding = (tx: Tx, sha256: string) => tx.selectFrom('releases').select('id').where('sha256', '=', sha256).where('retractedAt', 'is', null).executeTakeFirst()

/** How many observers were in a municipality, as they said themselves, and reported what they saw in [from, until). */
export async function countObservers(tx: Tx, place: { municipality: string; department: string }, { from, until }: { from: string; until: string }): Promise<number> {
  const { observers } = await tx.selectFrom('reports').innerJoin('stations', 'stations.code', 'reports.station').innerJoin('people', 'people.id', 'reports.author').select((eb) => eb.fn.count<number>('reports.author').distinct().as('observers'))
    .where('stations.municipality', '=', place.municipality).where('stations.department', '=', place.department).where('reports.atStation', '=', 1).where('people.quarantinedAt', 'is', null)
    .where('observedAt', '>=', from).where('observedAt', '<', until).executeTakeFirstOrThrow()
  return Number(observers)
}

export async function keepWords(tx: Tx, release: string, words: string): Promise<void> {
  await tx.deleteFrom('releaseWords').where('release', '=', release).execute()
  await tx.insertInto('releaseWords').values({ release, words: searchable(words) }).execute()
}

/** What was asked of the wall: words, places by the precision's own names, a day. */
export type WallFilter = { words: string | undefined; places: readonly string[] | null; day: string | undefined }

const onWall = (eb: ExpressionBuilder<Schema, 'releases'>, { words, places, day }: WallFilter) =>
  eb.and([
    eb('retractedAt', 'is', null),
    eb('held', '=', 0),
    ...(words ? [eb('id', 'in', eb.selectFrom('releaseWords').select('release').where(wordsMatch('words', words)))] : []),
    ...(places ? [eb('place', 'in', [...places])] : []),
    ...(day ? [eb('day', '=', day)] : []),
  ])

export const everything: WallFilter = { words: undefined, places: null, day: undefined }

export async function countOnWall(tx: Tx, filter: WallFilter): Promise<number> {
  return Number((await tx.selectFrom('releases').select((eb) => eb.fn.countAll<number>().as('count')).where((eb) => onWall(eb, filter)).executeTakeFirstOrThrow()).count)
}

/** When press could see it first. */
const shownAt = sql<string>`coalesce(out_at, released_at)`

/** A page of the wall, newest release first, after (time, id). */
export function pageOfWall(tx: Tx, filter: WallFilter, after: { shownAt: string; id: string } | null, limit: number): Promise<ReleaseRow[]> {
  let query = tx.selectFrom('releases').selectAll().where((eb) => onWall(eb, filter))
  if (after) query = query.where((eb) => eb.or([eb(shownAt, '<', after.shownAt), eb.and([eb(shownAt, '=', after.shownAt), eb('id', '<', after.id)])]))
  return query.orderBy(shownAt, 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** The first of a search, in the same order, with what can change of them. */
export const firstOnWall = (tx: Tx, filter: WallFilter, most: number) =>
  tx.selectFrom('releases').select(['id', 'version', 'withheldAt']).where((eb) => onWall(eb, filter)).orderBy(shownAt, 'desc').orderBy('id', 'desc').limit(most).execute()

/** Place and day of everything on the wall, each pair once. */
export const placesAndDays = (tx: Tx) => tx.selectFrom('releases').select(['place', 'day']).distinct().where('retractedAt', 'is', null).where('held', '=', 0).execute()

export const releasesWith = (tx: Tx, ids: readonly string[]): Promise<ReleaseRow[]> => (ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('releases').selectAll().where('id', 'in', [...ids]).execute())

export const hasReport = async (tx: Tx, id: string): Promise<boolean> => (await tx.selectFrom('reports').select('id').where('id', '=', id).executeTakeFirst()) !== undefined

/** With the name of who released it, in place of the id, and its report's number. */
const named = (tx: Tx) =>
  tx.selectFrom('releases').innerJoin('people', 'people.id', 'releases.releasedBy').innerJoin('reports', 'reports.id', 'releases.report').selectAll('releases').select(['people.name as releasedBy', 'reports.number'])

export type NamedRelease = ReleaseRow & { number: number }

export const releasesOf = (tx: Tx, report: string): Promise<NamedRelease[]> => named(tx).where('report', '=', report).orderBy('releasedAt').orderBy('releases.id').execute()

/** What the desk asks of all releases. */
export type DeskFilter = { standing: ReleaseStanding | undefined; by: string | undefined; words: string | undefined }

const asked = (eb: ExpressionBuilder<Schema, 'releases'>, { standing, by, words }: DeskFilter) =>
  eb.and([
    ...(standing === undefined ? [] : [eb('releases.retractedAt', standing === 'retracted' ? 'is not' : 'is', null)]),
    ...(standing === 'out' || standing === 'withheld' ? [eb('releases.withheldAt', standing === 'out' ? 'is' : 'is not', null)] : []),
    ...(standing === 'out' || standing === 'held' ? [eb('releases.held', '=', standing === 'held' ? 1 : 0)] : []),
    // Asked to wait stands before not seen yet, as everywhere.
    ...(standing === 'held' ? [eb('releases.withheldAt', 'is', null)] : []),
    ...(by === undefined ? [] : [eb('releases.releasedBy', '=', by)]),
    ...(words ? [eb('releases.id', 'in', eb.selectFrom('releaseWords').select('release').where(wordsMatch('words', words)))] : []),
  ])

export async function countReleases(tx: Tx, filter: DeskFilter): Promise<number> {
  return Number((await tx.selectFrom('releases').select((eb) => eb.fn.countAll<number>().as('count')).where((eb) => asked(eb, filter)).executeTakeFirstOrThrow()).count)
}

/** A page of them, newest first, after (time, id). */
export function pageOfReleases(tx: Tx, filter: DeskFilter, after: { releasedAt: string; id: string } | null, limit: number): Promise<NamedRelease[]> {
  let query = named(tx).where('releases.id', 'in', tx.selectFrom('releases').select('id').where((eb) => asked(eb, filter)))
  if (after) query = query.where((eb) => eb.or([eb('releasedAt', '<', after.releasedAt), eb.and([eb('releasedAt', '=', after.releasedAt), eb('releases.id', '<', after.id)])]))
  return query.orderBy('releasedAt', 'desc').orderBy('releases.id', 'desc').limit(limit).execute()
}

/** Everybody who ever released. */
export const releasers = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx.selectFrom('people').select(['id', 'name']).where('id', 'in', tx.selectFrom('releases').select('releasedBy')).orderBy('name').orderBy('id').execute()

/** What corrected releases said before. */
export const versionsOf = (tx: Tx, releases: readonly string[]): Promise<ReleaseVersionRow[]> =>
  releases.length === 0 ? Promise.resolve([]) : tx.selectFrom('releaseVersions').selectAll().where('release', 'in', [...releases]).orderBy('release').orderBy('version').execute()
