import type { InputOf } from '../../../shared/contract.ts'
import { partsOf } from '../../../shared/photos.ts'
import type { PhotoId, PhotoReceipt, PhotoSize, completePhotoCall, giveCopyCall, originalFileCall, photoImageCall, sendPreviewCall, takeOriginalCall } from '../../../shared/photos.ts'
import { maxPreviewBytes } from '../../../shared/photos.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { Engine } from '../../platform/journal/engine.ts'
import type { Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { Before, FileOut } from '../../platform/http/serve.ts'
import { readHeader, readHeaderOfFile } from '../../platform/pictures/header.ts'
import type { Damage, Files } from '../../platform/files/files.ts'
import { PictureFailed } from '../../platform/pictures/pictures.ts'
import type { Pictures } from '../../platform/pictures/pictures.ts'
import type { Uploads } from '../../platform/files/uploads.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { getMission } from '../mission/actions.ts'
import { photoReceipt } from '../receipts/actions.ts'
import { openTickets } from '../../platform/files/tickets.ts'
import { alikeTo, distanceOf, isDecoded, isHere, isNightHour, isPreviewUnlike, isSmall, mostAlike, nothingSaid, renditionsOf, saidIn, saysRow, shownFile, whyNotCopy } from './rules.ts'
import * as store from './store.ts'
import type { PhotoRow } from './tables.ts'

export { awaited } from './rules.ts'

type Tx = Work['tx']
export type Parts = { engine: Engine; files: Files; pictures: Pictures; uploads: Uploads }

/** The author's own picture. Another's is not there, as an invented one. */
async function getOwnPhoto(tx: Tx, id: PhotoId, actor: PersonActor) {
  const { reportId, sha256 } = partsOf(id)
  const photo = await store.findPhoto(tx, reportId, sha256)
  if (!photo || (photo.author !== actor.id && photo.filedBy !== actor.id)) throw new Problem('not_found')
  return photo
}

/** Looks at the phone's small copy and keeps it; what it is worth is decided when it is decoded. */
export async function keepPreview({ id }: InputOf<typeof sendPreviewCall>, { bytes, files, actor, look }: Before<PersonActor>): Promise<{ sha256: string }> {
  const photo = await look(({ tx }) => getOwnPhoto(tx, id, actor))
  if (photo.previewSha256) return { sha256: photo.previewSha256 }
  if (bytes.length > maxPreviewBytes) throw new Problem('too_large', { limit: maxPreviewBytes })
  const header = await readHeader((offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)), bytes.length)
  if (!isDecoded(header.type)) throw new Problem('wrong_type')
  return { sha256: await files.originals.putBytes(bytes) }
}

export async function takePreview({ id }: InputOf<typeof sendPreviewCall>, { tx, actor, now, record }: Work, { sha256 }: { sha256: string }) {
  const photo = await getOwnPhoto(tx, id, actor)
  if (photo.previewAt) return { id, previewAt: photo.previewAt }
  const state = photo.state === 'awaited' ? 'preview' : photo.state
  await record('photo.previewed', { type: 'report', id: photo.report }, { set: { photos: [{ report: photo.report, sha256: photo.sha256, state, previewSha256: sha256, previewAt: now }] } })
  return { id, previewAt: now }
}

/** A coordinator may have brought it in a file meanwhile, or its receipt was lost on the way: then none of its bytes need come again. */
export const isPhotoHere = (parts: Parts, actor: PersonActor, id: PhotoId, sizeBytes: number): Promise<boolean> =>
  parts.engine.read(actor, async ({ tx }) => isHere(await getOwnPhoto(tx, id, actor), sizeBytes))

/** Before an upload begins: it must be a picture that a report of this person names, with the size that it states, and not here yet. */
export async function beginUpload(parts: Parts, actor: PersonActor, id: PhotoId, sizeBytes: number, upload: string): Promise<void> {
  await parts.engine.write(actor, async ({ tx, now }) => {
    const photo = await getOwnPhoto(tx, id, actor)
    if (photo.sizeBytes !== sizeBytes) throw refuse('sizeBytes', 'does_not_agree')
    if ((await store.countUploads(tx, actor.id)) >= mostUploads) throw new Problem('slow_down', { retryAfterSeconds: 60 })
    await store.putUpload(tx, { id: upload, person: actor.id, report: photo.report, sha256: photo.sha256, sizeBytes, createdAt: now })
  })
}

// Uploads that are given up stay until they are swept; a phone has a few under way.
const mostUploads = 200

/** Whether this person may go on with this upload: one whose picture came by another way meanwhile is gone, and `complete` knows why. */
export const isUploader = (parts: Parts, actor: PersonActor, upload: string): Promise<boolean> =>
  parts.engine.read(actor, async ({ tx }) => (await store.findOpenUpload(tx, upload))?.person === actor.id)

/**
 * Whether all bytes are here and are those that the statement names; then they are synced and on their shelf before the fact is recorded. On any doubt nothing is kept
 * and the phone, which still has the original, begins again.
 */
export async function checkUpload({ id, upload }: InputOf<typeof completePhotoCall>, { files, uploads, actor, look }: Before<PersonActor>): Promise<{ type: string } | null> {
  const { photo, row } = await look(async ({ tx }) => ({ photo: await getOwnPhoto(tx, id, actor), row: await store.findUpload(tx, upload) }))
  if (photo.receivedAt) return null
  if (!row || row.person !== actor.id || row.report !== photo.report || row.sha256 !== photo.sha256) throw refuse('upload', 'missing_part')
  const sizeBytes = await uploads.size(upload)
  // An upload whose file is gone was kept by an earlier call that did not reach its commit.
  if (sizeBytes === null && (await files.originals.has(photo.sha256))) return { type: (await headerOf(files, photo.sha256)).type }
  if (sizeBytes === null || sizeBytes < photo.sizeBytes) throw refuse('upload', 'missing_part')
  if (sizeBytes !== photo.sizeBytes || (await uploads.hash(upload)) !== photo.sha256) {
    await uploads.remove(upload)
    throw refuse('upload', 'hash_differs')
  }
  const header = await uploads.header(upload)
  await uploads.keep(upload, files.originals, photo.sha256)
  return { type: header.type }
}

const headerOf = (files: Files, sha256: string) => readHeaderOfFile(files.originals.path(sha256))

export const completePhoto = (key: MissionKey) => async ({ id, upload }: InputOf<typeof completePhotoCall>, { tx, actor, now, record }: Work, checked: { type: string } | null): Promise<PhotoReceipt> => {
  const photo = await getOwnPhoto(tx, id, actor)
  const mission = (await getMission(tx)).id
  const receipt = (receivedAt: string) => ({ id, sha256: photo.sha256, receivedAt, signed: photoReceipt(key, mission, { id: photo.report, number: photo.number, receivedAt, photo: photo.sha256 }) })
  if (photo.receivedAt) return receipt(photo.receivedAt)
  if (!checked) throw new Problem('conflict')
  await record('photo.received', { type: 'report', id: photo.report }, { set: { photos: [{ report: photo.report, sha256: photo.sha256, state: 'received', receivedAt: now, type: checked.type }] } })
  await store.removeUploadRow(tx, upload)
  return receipt(now)
}

/** An original that is on its shelf already, before the fact that says so. */
export type Kept = { sha256: string; sizeBytes: number; type: string }

/** Looks at pictures that came in one form with their report, hashes them, and keeps them: they are on the disk when this resolves. @throws PictureRefused */
export async function keepOriginals({ photos, files }: Pick<Before<PersonActor>, 'photos' | 'files'>): Promise<Kept[]> {
  const looked: (Kept & { path: string })[] = []
  // All are looked at before any is kept: a form is taken whole, or not at all.
  for (const { path, sizeBytes } of photos) looked.push({ path, sizeBytes, sha256: await files.hashOf(path), type: (await readHeaderOfFile(path)).type })
  for (const { path, sha256 } of looked) await files.originals.put(path, sha256)
  return looked.map(({ sha256, sizeBytes, type }) => ({ sha256, sizeBytes, type }))
}

/** Says of pictures that were kept together with their report that they are here; once. */
export async function receiveTogether(report: string, kept: readonly Kept[], { tx, now, record }: Work): Promise<void> {
  for (const { sha256, type } of kept) {
    const photo = await store.findPhoto(tx, report, sha256)
    if (photo && !photo.receivedAt) await record('photo.received', { type: 'report', id: report }, { set: { photos: [{ report, sha256, state: 'received', receivedAt: now, type }] } })
  }
}

/** Fingerprints of the pictures that were looked into, so that alike ones are found without asking for all of them each time. */
type Fingerprints = Map<string, { report: string; sha256: string; dhash: string }>

/**
 * Looks into every file that waits, after each receipt and after each start; what is being looked into already is not begun twice. Resolves when all that waited at
 * the call are done. One damaged picture keeps no other waiting.
 */
export function picturesInWork(parts: Parts): () => Promise<void> {
  const inWork = new Map<string, Promise<void>>()
  let seen: Promise<Fingerprints> | null = null
  const once = (key: string, look: () => Promise<void>): Promise<void> => {
    const running = inWork.get(key) ?? look().finally(() => inWork.delete(key))
    inWork.set(key, running)
    return running
  }
  return async () => {
    const { originals, previews } = await parts.engine.read({ kind: 'server' }, ({ tx }) => store.unfinished(tx))
    seen ??= parts.engine.read({ kind: 'server' }, async ({ tx }) => new Map((await store.fingerprints(tx)).map((one) => [`${one.report} ${one.sha256}`, one])))
    const known = await seen
    const looks = [...previews.map((sha256) => once(`preview ${sha256}`, () => lookIntoPreview(parts, sha256))), ...originals.map((sha256) => once(sha256, () => lookIntoOriginal(parts, sha256, known)))]
    const failed = (await Promise.allSettled(looks)).find((look) => look.status === 'rejected')
    if (failed) throw failed.reason
  }
}

async function lookIntoPreview({ engine, pictures }: Pick<Parts, 'engine' | 'pictures'>, sha256: string): Promise<void> {
  const made = await attempt(() => pictures.desk(sha256))
  await engine.write({ kind: 'server' }, async ({ tx, record }) => {
    if (made !== 'unreadable') await store.putRenditions(tx, renditionsOf(sha256, made))
    for (const photo of await store.previewsWith(tx, sha256)) {
      const subject = { type: 'report' as const, id: photo.report }
      if (made !== 'unreadable') await record('photo.preview_ready', subject, {})
      // As if it had never come: the original is what counts.
      else await record('photo.preview_unreadable', subject, { set: { photos: [{ report: photo.report, sha256: photo.sha256, previewSha256: null, previewAt: null, state: photo.state === 'preview' ? 'awaited' : photo.state }] } })
    }
  })
}

async function lookIntoOriginal({ engine, files, pictures }: Pick<Parts, 'engine' | 'files' | 'pictures'>, sha256: string, seen: Fingerprints): Promise<void> {
  await files.originals.whole(sha256)
  const made = await attempt(() => pictures.desk(sha256))
  const said = await attempt(() => pictures.says(sha256))
  const says = saysRow(said === 'unreadable' ? nothingSaid : said)
  const waiting = await engine.read({ kind: 'server' }, ({ tx }) => store.waitingFor(tx, sha256))
  const previews = await fingerprintsOf(pictures, waiting.flatMap(({ previewSha256 }) => previewSha256 ?? []))
  await engine.write({ kind: 'server' }, async ({ tx, record }) => {
    if (made !== 'unreadable') await store.putRenditions(tx, renditionsOf(sha256, made))
    for (const { report, previewSha256 } of await store.waitingFor(tx, sha256)) {
      const subject = { type: 'report' as const, id: report }
      const previewDistance = made === 'unreadable' ? null : distanceOf(made.dhash, previews.get(previewSha256 ?? ''))
      const put = { findings: [{ report, sha256, previewDistance, ...says }] }
      if (made === 'unreadable') {
        await record('photo.unreadable', subject, { put, set: { photos: [{ report, sha256, state: 'unreadable' }] } })
        continue
      }
      await record('photo.ready', subject, { put, set: { photos: [{ report, sha256, state: 'ready', width: made.width, height: made.height, dhash: made.dhash }] } })
      if (isPreviewUnlike(previewDistance)) await record('photo.preview_unlike', subject, {}, { told: { sha256, previewDistance } })
      await findAlike(tx, { report, sha256, dhash: made.dhash }, seen)
    }
  })
}

/** Keeps which earlier pictures one is alike to. Two that are looked into at the same moment are compared all the same, since writes go one after the other. */
async function findAlike(tx: Tx, photo: { report: string; sha256: string; dhash: string }, seen: Fingerprints): Promise<void> {
  seen.delete(`${photo.report} ${photo.sha256}`)
  await store.putAlike(tx, alikeTo(photo, seen.values()).map(({ report, sha256, distance }) => ({ report: photo.report, sha256: photo.sha256, otherReport: report, otherSha256: sha256, distance })))
  seen.set(`${photo.report} ${photo.sha256}`, photo)
}

/** Of small copies that can be opened, by hash. */
async function fingerprintsOf(pictures: Pictures, previews: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const preview of new Set(previews)) {
    const made = await attempt(() => pictures.desk(preview))
    if (made !== 'unreadable') found.set(preview, made.dhash)
  }
  return found
}

async function attempt<Made>(make: () => Promise<Made>): Promise<Made | 'unreadable'> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof PictureFailed && error.code === 'unreadable') return 'unreadable'
    throw error
  }
}

type Desk = Awaited<ReturnType<Pictures['desk']>>

/** Which file a coordinator's picture is made from. */
export async function findShown({ id, size }: InputOf<typeof photoImageCall>, { tx }: Look): Promise<{ parent: string; size: PhotoSize }> {
  const { reportId, sha256 } = partsOf(id)
  const photo = await store.findPhoto(tx, reportId, sha256)
  const parent = photo ? shownFile(photo) : null
  if (!parent) throw new Problem('not_found')
  return { parent, size }
}

/** The rendition, made now if it was not yet. */
export async function renditionOut({ parent, size }: { parent: string; size: PhotoSize }, { engine, files, pictures }: Pick<Parts, 'engine' | 'files' | 'pictures'>): Promise<FileOut> {
  const kept = await engine.read({ kind: 'server' }, ({ tx }) => store.findRendition(tx, parent, size))
  if (kept) return { from: { path: await files.renditions.whole(kept.sha256) }, type: 'image/jpeg' }
  await files.originals.whole(parent)
  const rows = isSmall(size) ? renditionsOf(parent, await pictures.desk(parent)) : [{ parent, size, ...(await pictures.full(parent)) }]
  await engine.write({ kind: 'server' }, ({ tx }) => store.putRenditions(tx, rows))
  const row = rows.find((one) => one.size === size)
  if (!row) throw new Problem('not_found')
  return { from: { path: files.renditions.path(row.sha256) }, type: 'image/jpeg' }
}

const uploadDays = 7

/** Removes uploads that were begun a week ago and never finished; the phone still has the original and begins anew. */
export async function sweepUploads({ engine, uploads }: Pick<Parts, 'engine' | 'uploads'>): Promise<void> {
  await engine.write({ kind: 'server' }, async ({ tx, now }) => {
    const before = new Date(Date.parse(now) - uploadDays * 86_400_000).toISOString()
    for (const { id } of await store.uploadsBefore(tx, before)) {
      await uploads.remove(id)
      await store.removeUploadRow(tx, id)
    }
  })
}

const sweptAtOnce = 500

/**
 * Removes files that no row names and that have lain there since before `before`: of a form that was refused, of a commit that failed. The folder is read before the rows, so that a file whose fact is just
 * being written is either too young or named. Says how many.
 */
export async function sweepShelves({ engine, files }: Pick<Parts, 'engine' | 'files'>, before: Date): Promise<number> {
  let removed = 0
  for (const shelf of ['originals', 'renditions'] as const) {
    let old: string[] = []
    const sweepOld = async () => {
      const hashes = old
      old = []
      if (hashes.length === 0) return
      const named = await engine.read({ kind: 'server' }, ({ tx }) => store.namedAmong(tx, shelf, hashes))
      for (const sha256 of hashes) if (!named.has(sha256) && (await files[shelf].remove(sha256, before))) removed += 1
    }
    for await (const { sha256, storedAt } of files[shelf].list()) {
      if (storedAt < before) old.push(sha256)
      if (old.length === sweptAtOnce) await sweepOld()
    }
    await sweepOld()
  }
  return removed
}

export type GivenCopy = { sha256: string; sizeBytes: number; made: Desk; previewDistance: number | null }

/** Whether what a coordinator gives is a picture that opens; it is kept before the fact, beside the original and never in its place. */
export async function keepCopy({ id }: InputOf<typeof giveCopyCall>, { file, files, pictures, actor, look }: Before<PersonActor>): Promise<GivenCopy> {
  const { reportId, sha256: original } = partsOf(id)
  const { photo, copy } = await look(async ({ tx }) => ({ photo: await store.findPhoto(tx, reportId, original), copy: await store.findCopy(tx, reportId, original) }))
  if (!photo) throw new Problem('not_found')
  const problem = copy ? null : whyNotCopy(photo, actor)
  if (problem) throw problem
  if (!file) throw refuse('file', 'required')
  const sha256 = await files.hashOf(file.path)
  if (copy && copy.copySha256 !== sha256) throw new Problem('conflict')
  const { type } = await readHeaderOfFile(file.path)
  if (type !== 'jpeg' && type !== 'png') throw new Problem('wrong_type')
  await files.originals.put(file.path, sha256)
  const made = await attempt(() => pictures.desk(sha256))
  if (made === 'unreadable') throw refuse('file', 'wrong_kind')
  const previews = await fingerprintsOf(pictures, photo.previewSha256 ? [photo.previewSha256] : [])
  return { sha256, sizeBytes: file.sizeBytes, made, previewDistance: distanceOf(made.dhash, previews.get(photo.previewSha256 ?? '')) }
}

/** The copy is what is shown and released from now on; that it is one, of which original and by whom, stays. */
export async function giveCopy({ id }: InputOf<typeof giveCopyCall>, { tx, actor, now, record }: Work, { sha256: copySha256, sizeBytes, made, previewDistance }: GivenCopy) {
  const { reportId: report, sha256 } = partsOf(id)
  const before = await store.findCopy(tx, report, sha256)
  if (before?.copySha256 === copySha256) return { id, givenAt: before.givenAt }
  const photo = await store.findPhoto(tx, report, sha256)
  if (!photo) throw new Problem('not_found')
  const problem = whyNotCopy(photo, actor)
  if (problem) throw problem
  const subject = { type: 'report' as const, id: report }
  const { width, height, dhash } = made
  const finding = (await store.findFinding(tx, report, sha256)) ? { set: [{ report, sha256, previewDistance }], put: [] } : { set: [], put: [{ report, sha256, previewDistance, ...saysRow(nothingSaid) }] }
  await record('photo.copy_given', subject, {
    put: { decodedCopies: [{ report, sha256, copySha256, sizeBytes, givenBy: actor.id, givenAt: now }], findings: finding.put },
    set: { photos: [{ report, sha256, state: 'ready', width, height, dhash }], findings: finding.set },
  })
  await store.putRenditions(tx, renditionsOf(copySha256, made))
  if (isPreviewUnlike(previewDistance)) await record('photo.preview_unlike', subject, {}, { told: { sha256, previewDistance } })
  return { id, givenAt: now }
}

/** Whoever takes an original from the house is named by a fact; its address is good for a minute, for one person. */
export function openOriginals() {
  const tickets = openTickets<{ sha256: string; fileName: string }>()
  return {
    async start({ id }: InputOf<typeof takeOriginalCall>, { tx, actor, now, record, newToken }: Work) {
      const { reportId, sha256 } = partsOf(id)
      const photo = await store.findPhoto(tx, reportId, sha256)
      if (!photo) throw new Problem('not_found')
      if (photo.receivedAt === null) throw refuse('id', 'not_yet', 'conflict')
      await record('photo.original_taken', { type: 'report', id: reportId }, {}, { told: { sha256 } })
      const ticket = Buffer.from(newToken(), 'base64url').toString('hex')
      const fileName = `${sha256.slice(0, 16)}.${photo.type === 'jpeg' ? 'jpg' : (photo.type ?? 'bin')}`
      tickets.give(ticket, actor.id, { sha256, fileName }, now)
      return { address: `/api/originals/${ticket}`, fileName }
    },
    find({ ticket }: InputOf<typeof originalFileCall>, { actor, now }: Look) {
      const found = tickets.find(ticket, actor.id, now)
      return found ? Promise.resolve(found) : Promise.reject(new Problem('not_found'))
    },
  }
}

/** The bytes as they came, to be kept by a browser and opened by none of our pages: hostile ones too. */
export async function originalOut({ sha256, fileName }: { sha256: string; fileName: string }, { files }: Pick<Parts, 'files'>): Promise<FileOut> {
  return { from: { path: await files.originals.whole(sha256) }, type: 'application/octet-stream', attachment: fileName }
}

/** A kept file that is not what it was is a fact, once each while the server runs; whoever asked for it got nothing. */
export function damageRecorder(engine: Engine): (damage: Damage) => Promise<void> {
  const told = new Set<string>()
  return async ({ shelf, sha256 }) => {
    if (told.has(`${shelf} ${sha256}`)) return
    told.add(`${shelf} ${sha256}`)
    await engine.write({ kind: 'server' }, async ({ tx, record }) => {
      for (const report of await store.reportsWithFile(tx, shelf, sha256)) await record('file.damaged', { type: 'report', id: report }, {}, { told: { shelf, sha256 } })
    })
  }
}

/** Reads every file that a row names, one after the other, in the mission's night: what nobody asks for is found too. */
export async function checkFilesAtNight({ engine, files }: Pick<Parts, 'engine' | 'files'>, isStopping: () => boolean = () => false): Promise<void> {
  const { zone } = await engine.read({ kind: 'server' }, ({ tx }) => getMission(tx))
  if (isNightHour(engine.now(), zone)) await checkFiles({ engine, files }, isStopping)
}

export async function checkFiles({ engine, files }: Pick<Parts, 'engine' | 'files'>, isStopping: () => boolean = () => false): Promise<void> {
  const named = await engine.read({ kind: 'server' }, ({ tx }) => namedFiles(tx))
  for (const shelf of ['originals', 'renditions'] as const) for (const sha256 of named[shelf]) if (!isStopping()) await files[shelf].whole(sha256).catch(() => undefined)
}

/** What the desk is told of a report's pictures beside their rows, by hash. */
export async function describePhotos(tx: Tx, report: { id: string; author: string; filedBy: string }, photos: readonly Pick<PhotoRow, 'sha256' | 'state' | 'type'>[], actor: { id: string }) {
  const [findings, copies, alike] = [await store.findingsOf(tx, report.id), await store.copiesOf(tx, report.id), await store.alikeOf(tx, report.id, 200)]
  return new Map(photos.map((photo) => {
    const { sha256 } = photo
    const finding = findings.find((one) => one.sha256 === sha256)
    const copy = copies.find((one) => one.sha256 === sha256)
    const twins = alike.filter((one) => one.sha256 === sha256)
    return [sha256, {
      says: finding ? saidIn(finding) : null, previewUnlike: isPreviewUnlike(finding?.previewDistance ?? null),
      alike: [...new Map(twins.map((one) => [one.report, { report: one.report, number: one.number, isSame: one.otherSha256 === sha256 }])).values()].slice(0, mostAlike),
      copy: copy ? { by: copy.name, at: copy.givenAt } : null, mayGiveCopy: whyNotCopy({ ...photo, ...report }, actor) === null,
    }]
  }))
}

const namedAtOnce = 1_000

/** The next files that any row names, in the order of their hashes. */
export const namedAfter = (tx: Tx, shelf: 'originals' | 'renditions', after: string) => store.namedAfter(tx, shelf, after, namedAtOnce)

export const countNamed = (tx: Tx, shelf: 'originals' | 'renditions') => store.countNamed(tx, shelf)

/** Every file that a row names. */
export async function namedFiles(tx: Tx): Promise<{ originals: string[]; renditions: string[] }> {
  const named = { originals: [] as string[], renditions: [] as string[] }
  for (const shelf of ['originals', 'renditions'] as const) {
    for (let page = await namedAfter(tx, shelf, ''); page.length > 0; page = await namedAfter(tx, shelf, page.at(-1) ?? '')) for (const sha256 of page) named[shelf].push(sha256)
  }
  return named
}
