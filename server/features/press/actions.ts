import { Instant, Texts, Uuid, done } from '../../../shared/basics.ts'
import { headlineOf, instructionsOf, markedAsExercise, proposedCaptions, quoteOf, usageTerms } from '../../../shared/captions.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { LiveThing } from '../../../shared/live.ts'
import type { Mission } from '../../../shared/mission.ts'
import { partsOf } from '../../../shared/photos.ts'
import { Precision } from '../../../shared/press.ts'
import type { ReleasedPicture, downloadCall, downloadedFileCall, listReleasesCall, releaseCall, releaseImageCall, releaseProposalCall, retractCall } from '../../../shared/press.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Files } from '../../platform/files/files.ts'
import type { Before, FileOut } from '../../platform/http/serve.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { ReleaseRenditions } from '../../platform/pictures/pictures.ts'
import type { ReleaseFields } from '../../platform/pictures/xmp.ts'
import { getMission } from '../mission/actions.ts'
import { releaseStanding } from '../verification/actions.ts'
import { dateCreated, faultsOf, hourOf, keptIn, openTickets, placesOf, precisionOf, searchedWords, trimmed, whyNotPicture, withheldNames } from './rules.ts'
import * as store from './store.ts'
import type { ReleaseRow } from './tables.ts'

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
    precision, eyes, captions, withheld: withheldNames(picture, captions), quote: quoteOf(eyes, languages), credit, width, height, mayRelease: problem === null,
  }
}

type ReleaseInput = InputOf<typeof releaseCall>

/** Everything that is decided of a release before its files are made; the same again inside the transaction, or it was about another state of things. */
type Plan = { sha256: string; decodedCopy: string | null; report: string; precision: Precision; eyes: 1 | 2; fields: ReleaseFields; keptWords: string[]; input: ReleaseInput }
type Answered = { id: string; releasedAt: string }

/** Same content by the same person: the answer is the one that was given. */
const contentOf = (input: ReleaseInput, person: string): string => JSON.stringify([person, input.photo, input.covers, input.answers, input.captions, input.alternatives, input.credit, input.keptWords])

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
  return { plan: { sha256, decodedCopy, report, precision, eyes, fields: fieldsOf(input, mission, category, precision), keptWords, input } }
}

/** What the file says of itself (IPTC Photo Metadata 2025.1): the mission is its maker, never a person. */
function fieldsOf({ id, captions, alternatives, credit }: ReleaseInput, mission: Mission, category: string, precision: Precision): ReleaseFields {
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
export async function prepareRelease(input: ReleaseInput, { actor, look, files, pictures }: Before<PersonActor>): Promise<Prepared> {
  const planned = await look((now) => planRelease(input, now))
  if ('before' in planned) return null
  const { plan } = planned
  const source = plan.decodedCopy ?? plan.sha256
  if (!(await files.originals.verifyHash(source))) throw new Error(`Original ${source} is not what it was, for ${actor.id}`)
  return { plan, renditions: await pictures.release(source, plan.input.covers, plan.fields) }
}

/** Records the release of the files that were made, if nothing has changed meanwhile that they would tell otherwise. */
export async function releasePicture(given: ReleaseInput, work: Work, prepared: Prepared): Promise<Answered> {
  const planned = await planRelease(given, work)
  if ('before' in planned) return planned.before
  const { plan } = planned
  if (!prepared || JSON.stringify(prepared.plan) !== JSON.stringify(plan)) throw refuse('photo', 'does_not_agree', 'conflict')
  const { full, web, wall } = prepared.renditions
  const { input, precision, report, sha256, keptWords, eyes } = plan
  const release: ReleaseRow = {
    id: input.id, report, sha256, covers: JSON.stringify(input.covers), answers: JSON.stringify(input.answers), captions: JSON.stringify(input.captions), alternatives: JSON.stringify(input.alternatives),
    credit: input.credit, quote: JSON.stringify(quoteOf(eyes, Object.keys(input.captions))), precision: JSON.stringify(precision), place: JSON.stringify(placesOf(precision)), day: precision.day,
    keptWords: JSON.stringify(keptWords), width: full.width, height: full.height, fullSha256: full.sha256, webSha256: web.sha256, wallSha256: wall.sha256, fullBytes: full.sizeBytes, webBytes: web.sizeBytes,
    releasedBy: work.actor.id, releasedAt: work.now, retractedBy: null, retractedAt: null, retractedReason: null, content: contentOf(given, work.actor.id),
  }
  await work.record('photo.released', { type: 'release', id: release.id }, { put: { releases: [release] } }, { touches: [{ type: 'report', id: report }], told: { keptWords, eyes, decodedCopy: plan.decodedCopy } })
  await store.keepWords(work.tx, release.id, searchedWords(input.captions, input.alternatives, precision))
  return { id: release.id, releasedAt: release.releasedAt }
}

/** Takes a picture back: it leaves every screen, and its addresses end. Asked again, it is as it was. */
export async function retractRelease({ id, reason }: InputOf<typeof retractCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const release = await store.findRelease(tx, id)
  if (!release) throw new Problem('not_found')
  if (release.retractedAt === null) {
    await record('release.retracted', { type: 'release', id }, { set: { releases: [{ id, retractedBy: actor.id, retractedAt: now, retractedReason: reason }] } }, { touches: [{ type: 'report', id: release.report }] })
  }
  return done
}

/** The wall: what stands released, newest first; places and days by the precision that was fixed at release. */
export async function listReleases({ words, place, day, after, limit }: InputOf<typeof listReleasesCall>, { tx, number }: Look): Promise<ReplyOf<typeof listReleasesCall>> {
  const known = (await store.placesAndDays(tx)).map((row) => ({ ...row, names: namesIn(row.place) }))
  const places = place ? [...new Set(known.filter((one) => one.names.includes(place)).map((one) => one.place))] : null
  const filter = { words, places, day }
  const page = await store.pageOfWall(tx, filter, after === undefined ? null : cursorOf(after), limit + 1)
  const shown = page.slice(0, limit)
  const last = shown.at(-1)
  return {
    number, total: await store.countOnWall(tx, filter), all: await store.countOnWall(tx, store.everything), releases: shown.map(pictureOf),
    next: page.length > limit && last ? `${last.releasedAt}~${last.id}` : null,
    places: [...new Set(known.flatMap((one) => one.names))].sort((one, other) => one.localeCompare(other)), days: [...new Set(known.map((one) => one.day))].sort().reverse(),
  }
}

const namesIn = (place: string): string[] => (JSON.parse(place) as unknown[]).map(String)

function cursorOf(text: string): { releasedAt: string; id: string } {
  const [releasedAt, id] = text.split('~')
  if (!Instant.safeParse(releasedAt).success || !Uuid.safeParse(id).success) throw refuse('after', 'format')
  return { releasedAt: releasedAt ?? '', id: id ?? '' }
}

function pictureOf(row: ReleaseRow): ReleasedPicture {
  const { id, credit, width, height, fullBytes, webBytes, releasedAt } = row
  return {
    id, credit, width, height, fullBytes, webBytes, releasedAt, covered: row.covers !== '[]',
    captions: Texts.parse(JSON.parse(row.captions)), alternatives: Texts.parse(JSON.parse(row.alternatives)), quote: Texts.parse(JSON.parse(row.quote)), precision: Precision.parse(JSON.parse(row.precision)),
  }
}

/** For the live hub: released pictures as they are now, and that a retracted one is gone. */
export async function pressThings(tx: Tx, ids: readonly string[]): Promise<LiveThing[]> {
  return (await store.releasesWith(tx, ids)).map((row) => (row.retractedAt === null ? { kind: 'release', id: row.id, thing: pictureOf(row) } : { kind: 'release_gone', id: row.id }))
}

/** A release that stands. One that was retracted is not there, as one that never was. */
async function getStanding(tx: Tx, id: string): Promise<ReleaseRow> {
  const release = await store.findRelease(tx, id)
  if (!release || release.retractedAt !== null) throw new Problem('not_found')
  return release
}

export type PictureFile = { sha256: string; attachment?: string }

export async function findWallPicture({ id, size }: InputOf<typeof releaseImageCall>, { tx }: Look): Promise<PictureFile> {
  const release = await getStanding(tx, id)
  return { sha256: size === 'wall' ? release.wallSha256 : release.webSha256 }
}

/** Downloads are facts; the address of one is good for a minute, for one person. Addresses are kept in memory alone, so a restart ends them. */
export function openDownloads() {
  const tickets = openTickets()
  return {
    async start({ id, size }: InputOf<typeof downloadCall>, { tx, actor, now, record, newToken }: Work): Promise<ReplyOf<typeof downloadCall>> {
      await getStanding(tx, id)
      await record('release.downloaded', { type: 'release', id }, {}, { told: { size } })
      const ticket = Buffer.from(newToken(), 'base64url').toString('hex')
      tickets.give(ticket, { person: actor.id, release: id, size }, now)
      return { address: `/api/downloads/${ticket}`, fileName: fileName(id, size) }
    },
    async find({ ticket }: InputOf<typeof downloadedFileCall>, { tx, actor, now }: Look): Promise<PictureFile> {
      const found = tickets.find(ticket, actor.id, now)
      if (!found) throw new Problem('not_found')
      const release = await getStanding(tx, found.release)
      return { sha256: found.size === 'full' ? release.fullSha256 : release.webSha256, attachment: fileName(release.id, found.size) }
    },
  }
}

const fileName = (id: string, size: 'web' | 'full'): string => (size === 'full' ? `veedor-${id}.jpg` : `veedor-${id}-web.jpg`)

/** Nothing leaves whose bytes are not what was released. */
export async function pictureOut({ sha256, attachment }: PictureFile, { files }: { files: Files }): Promise<FileOut> {
  if (!(await files.renditions.verifyHash(sha256))) throw new Error(`Rendition ${sha256} is not what it was`)
  return { from: { path: files.renditions.path(sha256) }, type: 'image/jpeg', ...(attachment === undefined ? {} : { attachment }) }
}
