import { sql } from 'kysely'
import type { Tx } from '../../platform/database/open.ts'
import type { AlikePhotoRow, DecodedCopyRow, FindingRow, PhotoRow, RenditionRow, UploadRow } from './tables.ts'

/** A picture together with its report's number, who wrote that, and the decoded copy that stands for it. */
export const findPhoto = (tx: Tx, report: string, sha256: string): Promise<(PhotoRow & { number: number; author: string; filedBy: string; copySha256: string | null }) | undefined> =>
  tx.selectFrom('photos').innerJoin('reports', 'reports.id', 'photos.report').leftJoin('decodedCopies', (join) => join.onRef('decodedCopies.report', '=', 'photos.report').onRef('decodedCopies.sha256', '=', 'photos.sha256'))
    .selectAll('photos').select(['reports.number', 'reports.author', 'reports.filedBy', 'decodedCopies.copySha256']).where('photos.report', '=', report).where('photos.sha256', '=', sha256).executeTakeFirst()

export const findUpload = (tx: Tx, id: string): Promise<UploadRow | undefined> => tx.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()

/** One whose picture is still awaited. */
export const findOpenUpload = (tx: Tx, id: string): Promise<UploadRow | undefined> =>
  tx.selectFrom('uploads').innerJoin('photos', (join) => join.onRef('photos.report', '=', 'uploads.report').onRef('photos.sha256', '=', 'uploads.sha256')).selectAll('uploads').where('uploads.id', '=', id).where('photos.receivedAt', 'is', null).executeTakeFirst()

export async function putUpload(tx: Tx, upload: UploadRow): Promise<void> {
  await tx.insertInto('uploads').values(upload).execute()
}

export async function removeUploadRow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('uploads').where('id', '=', id).execute()
}

export const uploadsBefore = (tx: Tx, at: string): Promise<UploadRow[]> => tx.selectFrom('uploads').selectAll().where('createdAt', '<', at).limit(500).execute()

export const countUploads = async (tx: Tx, person: string): Promise<number> =>
  Number((await tx.selectFrom('uploads').select((eb) => eb.fn.countAll<number>().as('count')).where('person', '=', person).executeTakeFirstOrThrow()).count)

export const findRendition = (tx: Tx, parent: string, size: string): Promise<RenditionRow | undefined> => tx.selectFrom('renditions').selectAll().where('parent', '=', parent).where('size', '=', size).executeTakeFirst()

export async function putRenditions(tx: Tx, rows: RenditionRow[]): Promise<void> {
  if (rows.length) await tx.insertInto('renditions').values(rows).onConflict((on) => on.columns(['parent', 'size']).doNothing()).execute()
}

/** Pictures with these bytes that wait to be looked into. */
export const waitingFor = (tx: Tx, sha256: string): Promise<PhotoRow[]> => tx.selectFrom('photos').selectAll().where('sha256', '=', sha256).where('state', '=', 'received').execute()

/** Files that were kept and not looked into yet: originals received, and small copies without renditions. */
export async function unfinished(tx: Tx): Promise<{ originals: string[]; previews: string[] }> {
  const originals = await tx.selectFrom('photos').select('sha256').distinct().where('state', '=', 'received').execute()
  const previews = await tx.selectFrom('photos').select('previewSha256').distinct().where('previewSha256', 'is not', null).where('state', 'in', ['preview', 'received'])
    .where((eb) => eb.not(eb.exists(eb.selectFrom('renditions').select('parent').whereRef('renditions.parent', '=', 'photos.previewSha256')))).execute()
  return { originals: originals.map((row) => row.sha256), previews: previews.flatMap((row) => row.previewSha256 ?? []) }
}

type ShelfName = 'originals' | 'renditions'

/** Hashes of files that rows name, a query for each column that does. */
const naming = (tx: Tx, shelf: ShelfName) =>
  shelf === 'originals'
    ? [
        tx.selectFrom('photos').select('sha256').where('receivedAt', 'is not', null),
        tx.selectFrom('photos').select((eb) => eb.ref('previewSha256').$notNull().as('sha256')).where('previewSha256', 'is not', null),
        tx.selectFrom('decodedCopies').select('copySha256 as sha256'),
      ]
    : [
        tx.selectFrom('renditions').select('sha256'),
        ...releasedFiles.map((column) => tx.selectFrom('releases').select(`${column} as sha256`)),
        ...releasedFiles.map((column) => tx.selectFrom('releaseVersions').select(`${column} as sha256`)),
      ]

/** The next files of a shelf that any row names, in the order of their hashes. */
export async function namedAfter(tx: Tx, shelf: ShelfName, after: string, limit: number): Promise<string[]> {
  const found = new Set<string>()
  for (const query of naming(tx, shelf)) {
    const { rows } = await sql<{ sha256: string }>`select distinct sha256 from (${query}) named where sha256 > ${after} order by sha256 limit ${limit}`.execute(tx)
    for (const { sha256 } of rows) found.add(sha256)
  }
  return [...found].sort().slice(0, limit)
}

export async function countNamed(tx: Tx, shelf: ShelfName): Promise<number> {
  const { rows: [found] } = await sql<{ count: number }>`select count(*) as count from (${sql.join(naming(tx, shelf).map((query) => sql`select sha256 from (${query}) one`), sql` union `)}) named`.execute(tx)
  return Number(found?.count ?? 0)
}

/** Which of these files a row names, also an original that is still on its way. */
export async function namedAmong(tx: Tx, shelf: 'originals' | 'renditions', hashes: readonly string[]): Promise<Set<string>> {
  if (shelf === 'originals') {
    const photos = await tx.selectFrom('photos').select('sha256').where('sha256', 'in', hashes).execute()
    const previews = await tx.selectFrom('photos').select('previewSha256').where('previewSha256', 'in', hashes).execute()
    const copies = await tx.selectFrom('decodedCopies').select('copySha256').where('copySha256', 'in', hashes).execute()
    return new Set([...photos.map((row) => row.sha256), ...previews.flatMap((row) => row.previewSha256 ?? []), ...copies.map((row) => row.copySha256)])
  }
  const renditions = await tx.selectFrom('renditions').select('sha256').where('sha256', 'in', hashes).execute()
  const releases = await tx.selectFrom('releases').select(releasedFiles).where((eb) => eb.or(releasedFiles.map((column) => eb(column, 'in', hashes)))).execute()
  const versions = await tx.selectFrom('releaseVersions').select(releasedFiles).where((eb) => eb.or(releasedFiles.map((column) => eb(column, 'in', hashes)))).execute()
  return new Set([...renditions.map((row) => row.sha256), ...[...releases, ...versions].flatMap((row) => releasedFiles.map((column) => row[column]))])
}

const releasedFiles = ['fullSha256', 'webSha256', 'wallSha256'] as const

/** Pictures that are shown by this small copy. */
export const previewsWith = (tx: Tx, previewSha256: string): Promise<PhotoRow[]> => tx.selectFrom('photos').selectAll().where('previewSha256', '=', previewSha256).where('state', 'in', ['preview', 'received']).execute()

/** Fingerprints of every picture that was looked into, to find alike ones. */
export const fingerprints = async (tx: Tx): Promise<{ report: string; sha256: string; dhash: string }[]> =>
  (await tx.selectFrom('photos').select(['report', 'sha256', 'dhash']).where('dhash', 'is not', null).execute()).flatMap(({ dhash, ...photo }) => (dhash === null ? [] : [{ ...photo, dhash }]))

export async function putAlike(tx: Tx, rows: AlikePhotoRow[]): Promise<void> {
  if (rows.length) await tx.insertInto('alikePhotos').values(rows).onConflict((on) => on.columns(['report', 'sha256', 'otherReport', 'otherSha256']).doNothing()).execute()
}

/** What was found in the pictures of a report. */
export const findingsOf = (tx: Tx, report: string): Promise<FindingRow[]> => tx.selectFrom('findings').selectAll().where('report', '=', report).execute()

export const findFinding = (tx: Tx, report: string, sha256: string): Promise<FindingRow | undefined> => tx.selectFrom('findings').selectAll().where('report', '=', report).where('sha256', '=', sha256).executeTakeFirst()

export const copiesOf = (tx: Tx, report: string): Promise<(DecodedCopyRow & { name: string })[]> =>
  tx.selectFrom('decodedCopies').innerJoin('people', 'people.id', 'decodedCopies.givenBy').selectAll('decodedCopies').select('people.name').where('report', '=', report).execute()

export const findCopy = (tx: Tx, report: string, sha256: string): Promise<DecodedCopyRow | undefined> => tx.selectFrom('decodedCopies').selectAll().where('report', '=', report).where('sha256', '=', sha256).executeTakeFirst()

/** Pictures of other reports that were found alike to a report's, whichever of the two came first. */
export async function alikeOf(tx: Tx, report: string, most: number): Promise<{ sha256: string; otherSha256: string; report: string; number: number; distance: number }[]> {
  const later = tx.selectFrom('alikePhotos').innerJoin('reports', 'reports.id', 'alikePhotos.otherReport').select(['alikePhotos.sha256', 'alikePhotos.otherSha256', 'reports.id as report', 'reports.number', 'distance']).where('alikePhotos.report', '=', report)
  const earlier = tx.selectFrom('alikePhotos').innerJoin('reports', 'reports.id', 'alikePhotos.report').select(['alikePhotos.otherSha256 as sha256', 'alikePhotos.sha256 as otherSha256', 'reports.id as report', 'reports.number', 'distance']).where('alikePhotos.otherReport', '=', report)
  return later.unionAll(earlier).orderBy('distance').orderBy('number').limit(most).execute()
}

/** Reports of which a file is a picture, a small copy, a decoded one, or was made from one or released. */
export async function reportsWithFile(tx: Tx, shelf: 'originals' | 'renditions', sha256: string): Promise<string[]> {
  const parents = shelf === 'originals' ? [sha256] : (await tx.selectFrom('renditions').select('parent').where('sha256', '=', sha256).execute()).map(({ parent }) => parent)
  const photos = parents.length === 0 ? [] : await tx.selectFrom('photos').select('report').where((eb) => eb.or([eb('sha256', 'in', parents), eb('previewSha256', 'in', parents)])).execute()
  const copies = parents.length === 0 ? [] : await tx.selectFrom('decodedCopies').select('report').where('copySha256', 'in', parents).execute()
  const releases = shelf === 'originals' ? [] : await tx.selectFrom('releases').select('report').where((eb) => eb.or(releasedFiles.map((column) => eb(column, '=', sha256)))).execute()
  const corrected = shelf === 'originals' ? [] : await tx.selectFrom('releaseVersions').innerJoin('releases', 'releases.id', 'releaseVersions.release').select('report').where((eb) => eb.or(releasedFiles.map((column) => eb(`releaseVersions.${column}`, '=', sha256)))).execute()
  return [...new Set([...photos, ...copies, ...releases, ...corrected].map(({ report }) => report))].sort()
}
