import { Instant, Texts, Uuid, done } from '../../../shared/basics.ts'
import { headlineOf, instructionsOf, markedAsExercise, proposedCaptions, quoteOf, usageTerms } from '../../../shared/captions.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { LiveThing } from '../../../shared/live.ts'
import type { Mission } from '../../../shared/mission.ts'
import { partsOf, photoId } from '../../../shared/photos.ts'
import { Cover, Precision, versionOnWall } from '../../../shared/press.ts'
import type { Correction, DeskRelease, ReleasedPicture, correctCall, deskReleasesCall, downloadCall, downloadedFileCall, listReleasesCall, releaseCall, releaseImageCall, releaseProposalCall, reportReleasesCall, retractCall } from '../../../shared/press.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import { tellingIn } from '../../../shared/telling.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Files } from '../../platform/files/files.ts'
import type { Before, FileOut } from '../../platform/http/serve.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { Numbers } from '../../platform/live/numbers.ts'
import type { ReleaseRenditions } from '../../platform/pictures/pictures.ts'
import type { ReleaseFields } from '../../platform/pictures/xmp.ts'
import { embargoFor, missionEmbargo } from '../embargo/actions.ts'
import { getMission } from '../mission/actions.ts'
import { noticesOn, tellTakers } from '../notices/actions.ts'
import { recordTake, takesOn } from '../takes/actions.ts'
import { releaseStanding } from '../verification/actions.ts'
import { dateCreated, faultsOf, hourOf, keptIn, openTickets, placesOf, precisionOf, searchedWords, trimmed, whyNotPicture, withheldNames } from './rules.ts'
import * as store from './store.ts'
import type { ReleaseRow } from './tables.ts'
import * as z from 'zod/mini'

/** A verified picture, and how precisely it may be told where and when it was taken. @throws what keeps it from being released by anyone */
async function readPicture(tx: Tx, photo: string, mission: Mission) {
  const { reportId, sha256 } = partsOf(photo)
  const picture = await store.findPicture(tx, reportId, sha256)
  if (!picture) throw new Problem('not_found')
  const problem = whyNotPicture(picture)
  if (problem) throw problem
  const { municipality, department, width, height } = picture
  if (department === null) throw refuse('department', 'required', 'conflict')
  const hour = hourOf(picture.observedAt, mission.zone)
  const observers = municipality === null ? 0 : await store.countObservers(tx, { municipality, department }, hour)
  const precision = precisionOf({ municipality, department, country: countryName(mission) }, hour, observers)
  return { ...picture, width: width ?? 0, height: height ?? 0, precision }
}

/** A country by its name in the mission's first language. */
const countryName = ({ country, languages }: Mission): string => (country === null ? '' : (new Intl.DisplayNames([languages[0] ?? 'en'], { type: 'region' }).of(country) ?? country))

/** What a release of this picture would say. @throws not_yet while its report is not verified */
export async function proposeRelease({ id }: InputOf<typeof releaseProposalCall>, { tx, actor, now }: Look): Promise<ReplyOf<typeof releaseProposalCall>> {
  const mission = await getMission(tx)
  const { reportId } = partsOf(id)
  const { problem, eyes } = await releaseStanding(tx, reportId, actor, now)
  if (problem && problem.code !== 'not_allowed') throw problem
  const picture = await readPicture(tx, id, mission)
  const { precision, width, height } = picture
  const { languages, credit } = mission
  const captions = proposedCaptions({ ...mission, ...picture })
  return {
    precision, eyes, captions, withheld: withheldNames(picture, captions), quote: quoteOf(eyes, languages), credit, width, height, mayRelease: problem === null, embargo: await missionEmbargo(tx),
  }
}

type ReleaseInput = InputOf<typeof releaseCall>

/** Everything that is decided of a release before its files are made; the same again inside the transaction, or it was about another state of things. */
type Plan = { sha256: string; decodedCopy: string | null; report: string; precision: Precision; eyes: 1 | 2; fields: ReleaseFields; keptWords: string[]; input: ReleaseInput; embargo: Awaited<ReturnType<typeof embargoFor>> }
type Answered = { id: string; releasedAt: string }

/** Same content by the same person: the answer is the one that was given. */
const contentOf = (input: ReleaseInput, person: string): string => JSON.stringify([person, input.photo, input.covers, input.answers, input.captions, input.alternatives, input.credit, input.keptWords, input.embargo])

async function planRelease(given: ReleaseInput, { tx, actor, now }: { tx: Tx; actor: PersonActor; now: string }): Promise<{ before: Answered } | { plan: Plan }> {
  const before = await store.findRelease(tx, given.id)
  if (before) {
    if (before.content !== contentOf(given, actor.id)) throw new Problem('conflict')
    return { before: { id: before.id, releasedAt: before.releasedAt } }
  }
  // An id of version 7 holds the moment it was made, and this one is public.
  if (given.id[14] !== '4') throw refuse('id', 'format')
  const mission = await getMission(tx)
  const { problem, eyes } = await releaseStanding(tx, partsOf(given.photo).reportId, actor, now)
  if (problem) throw problem
  const picture = await readPicture(tx, given.photo, mission)
  const captions = trimmed(given.captions)
  const input = { ...given, captions: mission.exercise ? markedAsExercise(captions) : captions, alternatives: trimmed(given.alternatives) }
  const proposed = proposedCaptions({ ...mission, ...picture })
  const faults = faultsOf({ ...input, captions }, mission, { ...picture, proposed, withheld: withheldNames(picture, proposed) })
  if (faults.length > 0) throw new Problem('invalid_input', { fields: faults })
  if (await store.findStanding(tx, picture.sha256)) throw refuse('photo', 'repeated', 'conflict')
  const { sha256, copySha256: decodedCopy, report, category, precision } = picture
  const keptWords = keptIn(mission, [input.captions, input.alternatives])
  const embargo = await embargoFor(given.embargo, { tx, now })
  return { plan: { sha256, decodedCopy, report, precision, eyes, fields: fieldsOf(input, mission, category, precision), keptWords, input, embargo } }
}

/** What the file says of itself (IPTC Photo Metadata 2025.1): the mission is its maker, never a person. */
function fieldsOf({ id, captions, alternatives, credit }: Pick<ReleaseInput, 'id' | 'captions' | 'alternatives' | 'credit'>, mission: Mission, category: string, precision: Precision): ReleaseFields {
  const { languages } = mission
  return {
    language: languages[0] ?? 'en',
    headline: headlineOf({ ...mission, category, precision }),
    description: captions, descriptionWriter: mission.credit, altText: alternatives,
    creator: mission.credit, creditLine: credit, copyrightNotice: `© ${precision.day.slice(0, 4)} ${mission.credit}`,
    dateCreated: dateCreated(precision),
    location: { municipality: precision.level === 'municipality_hour' ? precision.municipality : '', department: precision.department, country: precision.country, countryCode: mission.country ?? '' },
    usageTerms: usageTerms(languages), instructions: instructionsOf(languages, mission.exercise), jobId: id,
  }
}

type Prepared = { plan: Plan; renditions: ReleaseRenditions } | null

/** Checks everything and makes the files, before the transaction: the original's own bytes (or those of its decoded copy), covered, sized and labelled. */
export async function prepareRelease(input: ReleaseInput, { look, files, pictures }: Before<PersonActor>): Promise<Prepared> {
  const planned = await look((now) => planRelease(input, now))
  if ('before' in planned) return null
  const { plan } = planned
  const source = plan.decodedCopy ?? plan.sha256
  await files.originals.whole(source)
  return { plan, renditions: await pictures.release(source, plan.input.covers, plan.fields) }
}

/** Records the release of the files that were made, if nothing has changed meanwhile that they would tell otherwise. */
export async function releasePicture(given: ReleaseInput, work: Work, prepared: Prepared): Promise<Answered> {
  const planned = await planRelease(given, work)
  if ('before' in planned) return planned.before
  const { plan } = planned
  if (!prepared || JSON.stringify(prepared.plan) !== JSON.stringify(plan)) throw refuse('photo', 'does_not_agree', 'conflict')
  const { full, web, wall } = prepared.renditions
  const { input, precision, report, sha256, keptWords, eyes, embargo } = plan
  const release: ReleaseRow = {
    id: input.id, report, sha256, covers: JSON.stringify(input.covers), answers: JSON.stringify(input.answers), captions: JSON.stringify(input.captions), alternatives: JSON.stringify(input.alternatives),
    credit: input.credit, quote: JSON.stringify(quoteOf(eyes, Object.keys(input.captions))), precision: JSON.stringify(precision), place: JSON.stringify(placesOf(precision)), day: precision.day,
    keptWords: JSON.stringify(keptWords), width: full.width, height: full.height, fullSha256: full.sha256, webSha256: web.sha256, wallSha256: wall.sha256, fullBytes: full.sizeBytes, webBytes: web.sizeBytes,
    releasedBy: work.actor.id, releasedAt: work.now, retractedBy: null, retractedAt: null, retractedReason: null, content: contentOf(given, work.actor.id),
    embargoUntil: embargo.until, embargoStatement: embargo.statement ? 1 : 0, held: embargo.held ? 1 : 0, outAt: null, withheldAt: null, version: 1,
  }
  await work.record('photo.released', { type: 'release', id: release.id }, { put: { releases: [release] } }, { touches: [{ type: 'report', id: report }], told: { keptWords, eyes, decodedCopy: plan.decodedCopy } })
  await store.keepWords(work.tx, release.id, searchedWords(input.captions, input.alternatives, precision))
  return { id: release.id, releasedAt: release.releasedAt }
}

/** Names and times that no text may tell of a release that stands, with the captions that would be proposed for it. */
async function secretsOf(tx: Tx, release: ReleaseRow, mission: Mission) {
  const picture = await store.findPicture(tx, release.report, release.sha256)
  if (!picture) throw new Error(`Release ${release.id} has no picture`)
  const precision = Precision.parse(JSON.parse(release.precision))
  const proposed = proposedCaptions({ ...mission, ...picture, precision })
  return { precision, category: picture.category, proposed, withheld: withheldNames(picture, proposed), source: picture.copySha256 ?? release.sha256 }
}

/**
 * Takes a picture back: it leaves every screen, its addresses end, and whoever took it is told to kill it, with the reason. Press reads that, so it tells neither place nor person. Asked again, it is as it was.
 */
export async function retractRelease({ id, reason }: InputOf<typeof retractCall>, work: Work): Promise<typeof done> {
  const { tx, actor, now, record } = work
  const release = await store.findRelease(tx, id)
  if (!release) throw new Problem('not_found')
  if (release.retractedAt !== null) return done
  const { withheld, proposed } = await secretsOf(tx, release, await getMission(tx))
  if (tellingIn(reason, withheld, proposed).length > 0) throw refuse('reason', 'does_not_agree')
  const { put, touches } = await tellTakers('kill', release, { reason }, work)
  await record('release.retracted', { type: 'release', id }, { put, set: { releases: [{ id, retractedBy: actor.id, retractedAt: now, retractedReason: reason }] } }, { touches: [{ type: 'report', id: release.report }, ...touches] })
  return done
}

type Mended = { release: ReleaseRow; source: string; fields: ReleaseFields; keptWords: string[]; captions: Texts; alternatives: Texts; precision: Precision }

/** What a correction would make of a release; the same again inside the transaction. Null where it was made already. @throws what is wrong with it */
async function planCorrection(given: Correction, { tx, actor, now }: { tx: Tx; actor: PersonActor; now: string }): Promise<Mended | null> {
  const release = await store.findRelease(tx, given.id)
  if (!release || release.retractedAt !== null) throw new Problem('not_found')
  const { problem } = await releaseStanding(tx, release.report, actor, now)
  if (problem) throw problem
  // Its report is verified and says something else: of what is fixed at release, as the place, no words can be mended, and press has no way to the new file.
  stopWithheld(release)
  const mission = await getMission(tx)
  const written = { captions: trimmed(given.captions), alternatives: trimmed(given.alternatives) }
  const captions = mission.exercise ? markedAsExercise(written.captions) : written.captions
  const says = { captions: JSON.stringify(captions), alternatives: JSON.stringify(written.alternatives), credit: given.credit }
  const isSame = (Object.keys(says) as (keyof typeof says)[]).every((column) => says[column] === release[column])
  if (isSame && release.version === given.of + 1) return null
  if (release.version !== given.of) throw refuse('of', 'ended', 'conflict')
  if (isSame) throw refuse('captions', 'repeated')
  const { precision, category, proposed, withheld, source } = await secretsOf(tx, release, mission)
  const faults = faultsOf({ ...given, ...written, answers: { voterOrMinor: false, voteLinked: false, observer: false }, covers: [] }, mission, { width: release.width, height: release.height, proposed, withheld })
  const telling = (['wrong', 'right'] as const).filter((field) => tellingIn(given[field], withheld, proposed).length > 0).map((path) => ({ path, reason: 'does_not_agree' as const }))
  if (faults.length + telling.length > 0) throw new Problem('invalid_input', { fields: [...faults, ...telling] })
  const { alternatives } = written
  return { release, source, fields: fieldsOf({ ...given, captions, alternatives }, mission, category, precision), keptWords: keptIn(mission, [captions, alternatives]), captions, alternatives, precision }
}

type PreparedCorrection = { plan: Mended; renditions: ReleaseRenditions } | null

/** Makes the files anew, with the same covers and other words. */
export async function prepareCorrection(given: Correction, { look, files, pictures }: Before<PersonActor>): Promise<PreparedCorrection> {
  const plan = await look((now) => planCorrection(given, now))
  if (!plan) return null
  const { source, release: { covers } } = plan
  await files.originals.whole(source)
  return { plan, renditions: await pictures.release(source, z.array(Cover).parse(JSON.parse(covers)), plan.fields) }
}

/** The next version of a release: the one before is kept with its files, and whoever took it is told what was wrong, what is right, and that there is a new file. */
export async function correctRelease(given: Correction, work: Work, prepared: PreparedCorrection): Promise<ReplyOf<typeof correctCall>> {
  const plan = await planCorrection(given, work)
  if (!plan) return { id: given.id, version: given.of + 1 }
  if (!prepared || JSON.stringify(prepared.plan) !== JSON.stringify(plan)) throw refuse('of', 'does_not_agree', 'conflict')
  const { release, keptWords, captions, alternatives, precision } = plan
  const { id, version, fullSha256, webSha256, wallSha256, fullBytes, webBytes } = release
  const { full, web, wall } = prepared.renditions
  const before = { id: `${id}.${version}`, release: id, version, captions: release.captions, alternatives: release.alternatives, credit: release.credit, keptWords: release.keptWords, fullSha256, webSha256, wallSha256, fullBytes, webBytes, until: work.now, madeBy: work.actor.id }
  const { put, touches } = await tellTakers('correction', release, { wrong: given.wrong, rightWords: given.right }, work)
  await work.record('release.corrected', { type: 'release', id }, {
    put: { releaseVersions: [before], ...put },
    set: { releases: [{ id, version: version + 1, captions: JSON.stringify(captions), alternatives: JSON.stringify(alternatives), credit: given.credit, keptWords: JSON.stringify(keptWords), fullSha256: full.sha256, webSha256: web.sha256, wallSha256: wall.sha256, fullBytes: full.sizeBytes, webBytes: web.sizeBytes }] },
  }, { touches: [{ type: 'report', id: release.report }, ...touches], told: { wrong: given.wrong, right: given.right, keptWords } })
  await store.keepWords(work.tx, id, searchedWords(captions, alternatives, precision))
  return { id, version: version + 1 }
}

/** The wall: what stands released, newest first; places and days by the precision that was fixed at release. */
export const listReleases = (numbers: Numbers) => async ({ words, place, day, after, limit }: InputOf<typeof listReleasesCall>, { tx, actor, number }: Look): Promise<ReplyOf<typeof listReleasesCall>> => {
  const known = await placesOnWall(tx)
  const filter = { words, places: placesNamed(known, place), day }
  const page = await store.pageOfWall(tx, filter, after === undefined ? null : cursorOf(after), limit + 1)
  const shown = page.slice(0, limit)
  const last = shown.at(-1)
  return {
    number: await numbers.told(actor.role, number, tx), total: await store.countOnWall(tx, filter), all: await store.countOnWall(tx, store.everything), releases: shown.map(pictureOf),
    next: page.length > limit && last ? `${shownAt(last)}~${last.id}` : null,
    places: [...new Set(known.flatMap((one) => one.names))].sort((one, other) => one.localeCompare(other)), days: [...new Set(known.map((one) => one.day))].sort().reverse(),
  }
}

const placesOnWall = async (tx: Tx) => (await store.placesAndDays(tx)).map((row) => ({ ...row, names: namesIn(row.place) }))
const placesNamed = (known: Awaited<ReturnType<typeof placesOnWall>>, place: string | undefined) => (place ? [...new Set(known.filter((one) => one.names.includes(place)).map((one) => one.place))] : null)

/** How many pictures a search finds, and the first of them, each with what can change of it: for a wall to compare with what it shows. */
export async function wallHeld({ words, place, day, first }: { words?: string | undefined; place?: string | undefined; day?: string | undefined; first: number }, tx: Tx): Promise<{ total: number; first: { id: string; version: number }[] }> {
  const filter = { words, places: placesNamed(place ? await placesOnWall(tx) : [], place), day }
  const rows = first === 0 ? [] : await store.firstOnWall(tx, filter, first)
  return { total: await store.countOnWall(tx, filter), first: rows.map(({ id, version, withheldAt }) => ({ id, version: versionOnWall({ version, withheld: withheldAt !== null }) })) }
}

const namesIn = (place: string): string[] => (JSON.parse(place) as unknown[]).map(String)

function cursorOf(text: string): { shownAt: string; id: string } {
  const [at, id] = text.split('~')
  if (!Instant.safeParse(at).success || !Uuid.safeParse(id).success) throw refuse('after', 'format')
  return { shownAt: at ?? '', id: id ?? '' }
}

/** When press could see it first. */
const shownAt = ({ releasedAt, outAt }: ReleaseRow): string => outAt ?? releasedAt

function pictureOf(row: ReleaseRow): ReleasedPicture {
  const { id, credit, width, height, fullBytes, webBytes, version, outAt } = row
  return {
    id, credit, width, height, fullBytes, webBytes, version, releasedAt: shownAt(row), embargoEndedAt: outAt, withheld: row.withheldAt !== null, covered: row.covers !== '[]',
    captions: Texts.parse(JSON.parse(row.captions)), alternatives: Texts.parse(JSON.parse(row.alternatives)), quote: Texts.parse(JSON.parse(row.quote)), precision: Precision.parse(JSON.parse(row.precision)),
  }
}

/** For the live hub: released pictures as they are now, and that a retracted one is gone. Of one that is held nobody on the wall hears, not even that it was retracted. */
export async function pressThings(tx: Tx, ids: readonly string[]): Promise<LiveThing[]> {
  const shown = (await store.releasesWith(tx, ids)).filter((row) => row.held === 0)
  return shown.map((row) => (row.retractedAt === null ? { kind: 'release', id: row.id, thing: pictureOf(row) } : { kind: 'release_gone', id: row.id }))
}

/** A release that stands, and that this person may see: one that is held is for the desk alone. What may not be seen is not there, as one that never was. */
async function getStanding(tx: Tx, id: string, { role }: PersonActor): Promise<ReleaseRow> {
  const release = await store.findRelease(tx, id)
  if (!release || release.retractedAt !== null || (role === 'press' && release.held === 1)) throw new Problem('not_found')
  return release
}

export type PictureFile = { sha256: string; attachment?: string }

/** What is being looked at again is seen on the wall, and no file of it goes to anybody. */
function stopWithheld({ withheldAt }: ReleaseRow): void {
  if (withheldAt !== null) throw refuse('id', 'not_yet', 'conflict')
}

/** To look at. The web size has the very bytes of that download, so a program gets the wall's alone: what it takes unseen nobody could be told to take down. */
export async function findWallPicture({ id, size }: InputOf<typeof releaseImageCall>, { tx, actor }: Look): Promise<PictureFile> {
  if (size !== 'wall' && actor.token) throw new Problem('not_allowed')
  const release = await getStanding(tx, id, actor)
  if (size === 'wall') return { sha256: release.wallSha256 }
  stopWithheld(release)
  return { sha256: release.webSha256 }
}

/** Downloads are facts; the address of one is good for a minute, for one person. Addresses are kept in memory alone, so a restart ends them. */
export function openDownloads() {
  const tickets = openTickets()
  return {
    async start({ id, size }: InputOf<typeof downloadCall>, work: Work): Promise<ReplyOf<typeof downloadCall>> {
      const { tx, actor, now, newToken } = work
      const release = await getStanding(tx, id, actor)
      stopWithheld(release)
      await recordTake({ release: id, report: release.report, version: release.version, size }, work)
      const ticket = Buffer.from(newToken(), 'base64url').toString('hex')
      tickets.give(ticket, { person: actor.id, release: id, size }, now)
      return { address: `/api/downloads/${ticket}`, fileName: fileName(id, size) }
    },
    async find({ ticket }: InputOf<typeof downloadedFileCall>, { tx, actor, now }: Look): Promise<PictureFile> {
      const found = tickets.find(ticket, actor.id, now)
      if (!found) throw new Problem('not_found')
      const release = await getStanding(tx, found.release, actor)
      stopWithheld(release)
      return { sha256: found.size === 'full' ? release.fullSha256 : release.webSha256, attachment: fileName(release.id, found.size) }
    },
  }
}

const fileName = (id: string, size: 'web' | 'full'): string => (size === 'full' ? `veedor-${id}.jpg` : `veedor-${id}-web.jpg`)

/** Nothing leaves whose bytes are not what was released. */
export async function pictureOut({ sha256, attachment }: PictureFile, { files }: { files: Files }): Promise<FileOut> {
  return { from: { path: await files.renditions.whole(sha256) }, type: 'image/jpeg', ...(attachment === undefined ? {} : { attachment }) }
}

/** Every release of a report, with who relied on it. */
export async function listReportReleases({ id }: InputOf<typeof reportReleasesCall>, { tx, number }: Look): Promise<ReplyOf<typeof reportReleasesCall>> {
  if (!(await store.hasReport(tx, id))) throw new Problem('not_found')
  return { number, releases: await releasesOf(tx, id) }
}

/** The same as the desk sees it, oldest first. */
export const releasesOf = async (tx: Tx, report: string): Promise<DeskRelease[]> => describe(tx, await store.releasesOf(tx, report))

/** Every release of the mission, newest first. */
export async function listDeskReleases({ standing, by, words, after, limit }: InputOf<typeof deskReleasesCall>, { tx, number }: Look): Promise<ReplyOf<typeof deskReleasesCall>> {
  const filter = { standing, by, words }
  const cursor = after === undefined ? null : cursorOf(after)
  const page = await store.pageOfReleases(tx, filter, cursor && { releasedAt: cursor.shownAt, id: cursor.id }, limit + 1)
  const shown = page.slice(0, limit)
  const last = shown.at(-1)
  const reports = new Map(shown.map((row) => [row.id, { id: row.report, number: row.number }]))
  const releases = (await describe(tx, shown)).flatMap((one) => {
    const report = reports.get(one.id)
    return report ? [{ ...one, report }] : []
  })
  return { number, total: await store.countReleases(tx, filter), releases, next: page.length > limit && last ? `${last.releasedAt}~${last.id}` : null, people: await store.releasers(tx) }
}

async function describe(tx: Tx, rows: readonly store.NamedRelease[]): Promise<DeskRelease[]> {
  const ids = rows.map(({ id }) => id)
  const [versions, { takes, uses }, notices] = [await store.versionsOf(tx, ids), await takesOn(tx, ids), await noticesOn(tx, ids)]
  const texts = (text: string): Texts => Texts.parse(JSON.parse(text))
  return rows.map((row) => {
    const { id, report, releasedAt, releasedBy, retractedAt, retractedReason, outAt, withheldAt, version, credit } = row
    const own = <One extends { release: string | null }>(list: readonly One[]): One[] => list.filter((one) => one.release === id)
    return {
      id, photo: photoId(report, row.sha256), releasedAt, releasedBy, retractedAt, retractedReason, outAt, withheldAt, version, credit, captions: texts(row.captions), alternatives: texts(row.alternatives),
      held: row.held === 1, embargo: { until: row.embargoUntil, statement: row.embargoStatement === 1 },
      versions: own(versions).map((one) => ({ version: one.version, captions: texts(one.captions), credit: one.credit, until: one.until })),
      takes: own(takes), uses: own(uses), notices: own(notices),
    }
  })
}
