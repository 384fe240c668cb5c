import { createHash } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as z from 'zod/mini'
import { coveredSentence, openingOf } from '../../shared/captions.ts'
import type { Contract } from '../../shared/contract.ts'
import { registerKeyCall } from '../../shared/keys.ts'
import type { Mission } from '../../shared/mission.ts'
import { completePhotoCall, photoId } from '../../shared/photos.ts'
import { releaseCall, retractCall } from '../../shared/press.ts'
import { changeReportCall, fileReportCall, seeReportCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import { claimReportCall, giveVerdictCall } from '../../shared/verification.ts'
import { registerKey } from '../features/keys/actions.ts'
import { hearSessions } from '../features/sessions/actions.ts'
import { beginUpload, checkUpload, completePhoto } from '../features/photos/actions.ts'
import { prepareRelease, proposeRelease, releasePicture, retractRelease } from '../features/press/actions.ts'
import { changeReport, fileReport, seeReport } from '../features/reports/actions.ts'
import { claimReport, giveVerdict } from '../features/verification/actions.ts'
import type { House } from '../house.ts'
import type { Before } from '../platform/http/serve.ts'
import type { PersonActor, Work } from '../platform/journal/work.ts'
import { fileOf } from './draw-all.ts'
import { makePhoneKey } from './phone-key.ts'
import type { PhoneKey } from './phone-key.ts'
import { zone } from './plan.ts'
import type { PlannedPicture, PlannedReport, Step } from './plan.ts'

type Action<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Prepared> = (input: z.output<Input>, work: Work, prepared: Prepared) => Promise<z.input<Reply>>
type Prepare<Input extends z.ZodMiniType, Prepared> = (input: z.output<Input>, before: Before<PersonActor>) => Promise<Prepared>
type CameWith = Partial<Pick<Before<PersonActor>, 'file'>>

/** Makes a call as `serve` would, without the network: parse, slow work before, transaction, action, parse the reply. */
export async function act<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Prepared = undefined>(
  house: House, actor: PersonActor, call: Contract<Input, Reply, 'writes'>, sent: z.input<Input>, action: Action<Input, Reply, Prepared>, prepare?: Prepare<Input, Prepared>, came: CameWith = {},
): Promise<z.output<Reply>> {
  const { engine, doors: { files, pictures, uploads } } = house
  const input = call.input.parse(sent) as z.output<Input>
  const before: Before<PersonActor> = { bytes: Buffer.alloc(0), file: null, photos: [], ...came, actor, from: { address: '', household: '', device: '', host: 'localhost', origin: '', knownDevice: null, before: null }, now: engine.now(), look: (look) => engine.read(actor, look), files, pictures, uploads }
  const prepared = (prepare ? await prepare(input, before) : undefined) as Prepared
  return engine.write(actor, async (work) => call.reply.parse(await action(input, work, prepared)) as z.output<Reply>)
}

/** Who acts in the exercise, what they have filed, where its pictures were drawn, and the keys of observers' phones by their session. */
export type Stage = { house: House; mission: Mission; actors: ReadonlyMap<string, PersonActor>; reports: ReadonlyMap<string, PlannedReport>; drawn: string; keys: Map<string, PhoneKey> }

/** Does one step of the plan, at the moment that the house's clock shows. */
export async function take(step: Step, stage: Stage): Promise<void> {
  const { house } = stage
  const report = stage.reports.get(step.report)
  if (!report) throw new Error(`no report ${step.report}`)
  const { id } = report
  const actor = actorNamed(step.kind === 'file' ? report.author : step.by, stage)
  const { session } = actor
  if (session !== null) await house.engine.write({ kind: 'server' }, (work) => hearSessions([session], work))
  switch (step.kind) {
    case 'file':
      return fileWithPictures(actor, report, stage)
    case 'see':
      return void (await act(house, actor, seeReportCall, { id }, seeReport))
    case 'claim':
      return void (await act(house, actor, claimReportCall, { id }, claimReport))
    case 'change': {
      const { department, severity } = step
      return void (await act(house, actor, changeReportCall, { id, change: step.id, ...(department ? { department } : {}), ...(severity ? { severity } : {}) }, changeReport))
    }
    case 'verdict': {
      const { outcome, reasons, words } = step
      const duplicateOf = step.duplicateOf === null ? null : (stage.reports.get(step.duplicateOf)?.id ?? null)
      return void (await act(house, actor, giveVerdictCall, { id, verdict: step.id, outcome, reasons, words, duplicateOf }, giveVerdict))
    }
    case 'release':
      return release(step, actor, report, stage)
    case 'retract':
      return void (await act(house, actor, retractCall, { id: step.id, reason: step.reason }, retractRelease))
  }
}

function actorNamed(name: string, { actors }: Stage): PersonActor {
  const actor = actors.get(name)
  if (!actor) throw new Error(`nobody acts as ${name}`)
  return actor
}

async function stated(picture: PlannedPicture, { drawn }: Stage): Promise<Statement['photos'][number]> {
  const bytes = await readFile(fileOf(drawn, picture.order))
  return { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length, how: picture.how, position: picture.position, capturedAt: picture.capturedAt }
}

/** Sends a report as its phone would: the statement, then each original in one piece. */
async function fileWithPictures(actor: PersonActor, report: PlannedReport, stage: Stage): Promise<void> {
  const { house, mission } = stage
  const photos = await Promise.all(report.pictures.map((picture) => stated(picture, stage)))
  const severity = mission.pack.categories.find((one) => one.code === report.category)?.severity
  if (!severity) throw new Error(`no category ${report.category}`)
  const { id, category, station, table, atStation, position, observedAt, finishedAt, words, language, skewSeconds } = report
  const statement: Statement = { v: 1, mission: mission.id, type: 'report', id, author: actor.id, category, severity, station, table, atStation, position, times: { observedAt, finishedAt, zone }, words, language, photos }
  const text = JSON.stringify(statement)
  const signature = (await keyOf(actor, stage))?.sign(text)
  await act(house, actor, fileReportCall, { id, statement: text, ...(signature !== undefined && { signature }), sentAt: new Date(Date.parse(house.engine.now()) + skewSeconds * 1000).toISOString() }, fileReport(house.doors.missionKey))
  for (const [index, picture] of report.pictures.entries()) {
    const photo = photos[index]
    if (photo && picture.arrives) await sendOriginal(actor, photoId(id, photo.sha256), photo.sizeBytes, fileOf(stage.drawn, picture.order), house)
  }
}

/** The key of the phone that this session is on, made and registered when it first signs; none where nobody has joined. */
async function keyOf(actor: PersonActor, { house, keys }: Stage): Promise<PhoneKey | null> {
  if (actor.session === null) return null
  const key = keys.get(actor.session) ?? makePhoneKey()
  if (!keys.has(actor.session)) await act(house, actor, registerKeyCall, { publicKey: key.publicKey }, registerKey)
  keys.set(actor.session, key)
  return key
}

async function sendOriginal(actor: PersonActor, id: string, sizeBytes: number, path: string, house: House): Promise<void> {
  const upload = createHash('sha256').update(id).digest('hex').slice(0, 32)
  await beginUpload(house.doors, actor, id, sizeBytes, upload)
  await copyFile(path, join(house.doors.uploads.folder, upload))
  await act(house, actor, completePhotoCall, { id, upload }, completePhoto(house.doors.missionKey), checkUpload)
}

/** Releases with the captions that the mission proposes, begun anew where the plan says so, and says what is covered. */
async function release(step: Extract<Step, { kind: 'release' }>, actor: PersonActor, report: PlannedReport, stage: Stage): Promise<void> {
  const { house, mission: { pack } } = stage
  const picture = report.pictures[step.picture]
  if (!picture) throw new Error(`${report.key} has no picture ${step.picture}`)
  const photo = photoId(report.id, (await stated(picture, stage)).sha256)
  const { captions: proposed, credit } = await house.engine.read(actor, (look) => proposeRelease({ id: photo }, look))
  const caption = (language: 'es' | 'en'): string => {
    const opening = openingOf(pack, report.category, language)
    const begun = (proposed[language] ?? '').replace(opening, step.seen?.[language] ?? opening)
    return step.covers.length > 0 ? `${begun} ${coveredSentence([language], step.covers)[language] ?? ''}` : begun
  }
  await act(house, actor, releaseCall, {
    id: step.id, photo, covers: step.covers, answers: { voterOrMinor: false, voteLinked: false, observer: false }, captions: { es: caption('es'), en: caption('en') }, alternatives: step.alternatives, credit, keptWords: [],
  }, releasePicture, prepareRelease)
}
