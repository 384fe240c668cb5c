import express from 'express'
import type { Request, RequestHandler, Response, Router } from 'express'
import multer from 'multer'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type * as z from 'zod/mini'
import type { Contract } from '../../../shared/contract.ts'
import { Problem, fieldProblems, refuse } from '../../../shared/problem.ts'
import type { Disk, Kept } from '../files/disk.ts'
import type { Files } from '../files/files.ts'
import type { Uploads } from '../files/uploads.ts'
import type { Tx } from '../database/open.ts'
import type { Engine } from '../journal/engine.ts'
import type { Actor, Look, PersonActor, Work } from '../journal/work.ts'
import type { Pictures } from '../pictures/pictures.ts'
import { newToken } from '../ids.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { formFault, takeReportForm } from './forms.ts'
import { householdOf } from './addresses.ts'
import type { Guesses } from './guesses.ts'
import type { Answers } from '../live/answers.ts'
import type { Numbers } from '../live/numbers.ts'
import type { Things } from '../live/things.ts'
import type { MissionKey } from '../signing/mission-key.ts'
import { attachmentNamed } from './names.ts'
import type { Limits } from './limits.ts'
import { fromOf } from './from.ts'
import type { From } from './from.ts'
import { isOwnPage } from './origin.ts'
import { bearerToken, clearSessionCookie, isSecure, sessionToken, setDeviceCookie, setSessionCookie } from './session.ts'

/** What every door of a house shares. `identify` tells who holds a session. */
export type Doors = {
  router: Router
  engine: Engine
  files: Files
  pictures: Pictures
  uploads: Uploads
  missionKey: MissionKey
  numbers: Numbers
  /** What is the same for everybody until the next fact. */
  answers: Answers
  /** Lines of reports as text, each until the next fact about it. */
  lines: Things
  /** So many reports a screen is sent; of more it shows the newest, and counts the rest. */
  mostOnScreen: number
  disk: Disk
  limits: Limits
  publicAddress: string | null
  identify: (token: string) => Promise<PersonActor | null>
  /** Whose API token this is, as long as it lives. */
  identifyToken: (token: string) => Promise<PersonActor | null>
  /** Whether this person has to show anew who it is, before what matters most. */
  needsProof: (actor: PersonActor) => Promise<boolean>
  /** Writes down from which device and place a session was begun, in the same transaction; tells which session of that browser it ended. */
  noteSession: (session: { token: string; device: string; from: From }, work: Work<Actor>) => Promise<string[]>
  secrets: Secrets
  /** Ends the sockets of a session that has ended. */
  sessionEnded: (session: string) => void
  /** Slows who tries short codes. */
  guesses: Guesses
  contracts: Contract[]
}

/** A temporary file of ours, gone after the call. */
export type FileIn = { path: string; name: string; sizeBytes: number }

/** What came beside the input: raw bytes, a form's file, a form's pictures; or nothing. */
export type CameWith = { bytes: Buffer; file: FileIn | null; photos: FileIn[] }

/** Whether an input is a guess that many tries could find: then wrong ones are counted against their address. */
type IsGuess<Input extends z.ZodMiniType> = (input: z.output<Input>) => boolean

/** What a visitor's call may have besides: slow work before it, and whether what came is a guess. */
type Entering<Input extends z.ZodMiniType, Prepared> = { isGuess?: IsGuess<Input>; before?: Prepare<Input, Visitor, Prepared> }

/** What slow work before the transaction may use: files, pictures, a look at the present; never the writer. */
export type Before<Who extends Actor> = CameWith & Pick<Doors, 'files' | 'pictures' | 'uploads'> & {
  actor: Who
  now: string
  from: From
  look: <Found>(look: (look: Look<Who>) => Promise<Found>) => Promise<Found>
}

type Visitor = { kind: 'visitor' }

const beforeOf = <Who extends Actor>(doors: Doors, actor: Who, came: CameWith, from: From): Before<Who> =>
  ({ ...came, actor, from, now: doors.engine.now(), look: (look) => doors.engine.read(actor, look), files: doors.files, pictures: doors.pictures, uploads: doors.uploads })

type Given<Kind, Who extends Actor> = Kind extends 'writes' ? Work<Who> : Look<Who>
type Action<Input extends z.ZodMiniType, Result, Kind, Who extends Actor, Prepared> = (input: z.output<Input>, given: Given<Kind, Who>, prepared: Prepared) => Promise<Result>
type Prepare<Input extends z.ZodMiniType, Who extends Actor, Prepared> = (input: z.output<Input>, before: Before<Who>) => Promise<Prepared>
/** A look in the writing transaction before anything of it acts. */
type Ahead<Input extends z.ZodMiniType, Who extends Actor, Found> = (input: z.output<Input>, tx: Tx, actor: Who) => Promise<Found>

/** A file that leaves: its bytes by hash from our store, or text or bytes had here. Never stored by a cache. */
export type FileOut = { from: { path: string } | { text: string } | { bytes: Buffer }; type: string; attachment?: string }

/**
 * The one wrapper of a call, always in this order: who is calling (401), may this role (403), parse the input (400), slow work before, transaction, action, parse the reply, commit, answer.
 * The hub announces what was recorded. An action returns a value or throws a `Problem`; it reaches neither response nor clock.
 */
export function serve<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Kind extends 'reads' | 'writes', Prepared = undefined>(
  doors: Doors, call: Contract<Input, Reply, Kind>, action: Action<Input, z.input<Reply>, Kind, PersonActor, Prepared>, before?: Prepare<Input, PersonActor, Prepared>,
): void {
  register(doors, call, async (request, response) => {
    const { reply } = await answer(doors, call, request, person, action, { before })
    sendReply(call, response, reply)
  })
}

/** A call that writes and begins with a look that others of its kind have to take, too: those that wait at the same moment take it together. */
export function serveTogether<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Found>(
  doors: Doors, call: Contract<Input, Reply, 'writes'>, action: Action<Input, z.input<Reply>, 'writes', PersonActor, Found>, ahead: Ahead<Input, PersonActor, Found>,
): void {
  register(doors, call, async (request, response) => {
    const { reply } = await answer(doors, call, request, person, action, { ahead })
    sendReply(call, response, reply)
  })
}

/** A call that needs no account. Its action's actor is a visitor. */
export function serveAnyone<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Kind extends 'reads' | 'writes', Prepared = undefined>(
  doors: Doors, call: Contract<Input, Reply, Kind>, action: Action<Input, z.input<Reply>, Kind, Visitor, Prepared>, { isGuess = () => false, before }: Entering<Input, Prepared> = {},
): void {
  register(doors, call, async (request, response) => {
    const guarded: typeof action = (input, given, prepared) => (isGuess(input) ? doors.guesses.guarded(householdOf(request.ip ?? ''), () => action(input, given, prepared)) : action(input, given, prepared))
    const { reply } = await answer(doors, call, request, visitor, guarded, { before })
    sendReply(call, response, reply)
  })
}

/** What signing in comes to: a session, and the sessions that it ended; or a refusal whose facts stay. */
export type SignedIn<Reply> = { reply: Reply; session: string; ended?: string[] } | { refused: Problem }

/** A call that signs a visitor in: beside its reply the action gives the new session's token, which leaves as a cookie alone. */
export function serveSignIn<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Prepared = undefined>(
  doors: Doors, call: Contract<Input, Reply, 'writes'>, action: (input: z.output<Input>, work: Work<Visitor>, prepared: Prepared) => Promise<SignedIn<z.input<Reply>>>, { isGuess = () => false, before }: Entering<Input, Prepared> = {},
): void {
  register(doors, call, async (request, response) => {
    const came = await takeBody(call, request, doors.files)
    const input = parseInput(call, request)
    const actor: Visitor = { kind: 'visitor' }
    const from = fromOf(request, doors.publicAddress)
    const prepared = before ? await before(input, beforeOf(doors, actor, came, from)) : (undefined as Prepared)
    const device = from.knownDevice ?? newToken()
    const enter = async () => {
      const signed = await doors.engine.write(actor, async (work) => {
        const result = await action(input, work, prepared)
        if ('refused' in result) return result
        const left = await doors.noteSession({ token: result.session, device, from }, work)
        return { ...result, ended: [...(result.ended ?? []), ...left], reply: call.reply.parse(result.reply) }
      })
      if ('refused' in signed) throw signed.refused
      return signed
    }
    const signed = await (isGuess(input) ? doors.guesses.guarded(householdOf(request.ip ?? ''), enter) : enter())
    for (const session of signed.ended) doors.sessionEnded(session)
    setSessionCookie(response, signed.session, isSecure(request, doors.publicAddress))
    setDeviceCookie(response, device, isSecure(request, doors.publicAddress))
    sendReply(call, response, signed.reply)
  })
}

/** A call that ends the caller's own session: the cookie goes, and the session's sockets close in the same call. */
export function serveSignOut<Input extends z.ZodMiniType, Reply extends z.ZodMiniType>(doors: Doors, call: Contract<Input, Reply, 'writes'>, action: Action<Input, z.input<Reply>, 'writes', PersonActor, undefined>): void {
  register(doors, call, async (request, response) => {
    const { reply, actor } = await answer(doors, call, request, person, action)
    if (actor.session) doors.sessionEnded(actor.session)
    clearSessionCookie(response, isSecure(request, doors.publicAddress))
    sendReply(call, response, reply)
  })
}

/** A call that ends sessions of others: their sockets close in the same call. */
export function serveEnding<Input extends z.ZodMiniType, Reply extends z.ZodMiniType>(
  doors: Doors, call: Contract<Input, Reply, 'writes'>, action: (input: z.output<Input>, work: Work) => Promise<{ reply: z.input<Reply>; ended: string[] }>,
): void {
  register(doors, call, async (request, response) => {
    let ended: string[] = []
    const { reply } = await answer(doors, call, request, person, async (input: z.output<Input>, work: Work) => {
      const result = await action(input, work)
      ended = result.ended
      return result.reply
    })
    for (const session of ended) doors.sessionEnded(session)
    sendReply(call, response, reply)
  })
}

/** A file out: the action decides on a snapshot who may have which file; `after` may do slow work then (make a rendition). */
export function serveFile<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Found>(
  doors: Doors, call: Contract<Input, Reply, 'reads'>, action: (input: z.output<Input>, look: Look<PersonActor>) => Promise<Found>, after: (found: Found, parts: Pick<Doors, 'files' | 'pictures' | 'engine'>) => Promise<FileOut>,
): void {
  register(doors, call, async (request, response) => {
    const actor = await person(doors, request)
    allow(call, actor)
    await askProof(doors, call, actor)
    const input = parseInput(call, request)
    const found = await doors.engine.read(actor, (look) => action(input, look))
    await sendFile(response, await after(found, doors))
  })
}

/** What a call asks the disk to keep: files, or what an observer files and gets a receipt for. What the desk decides is small and goes on as long as the disk takes it: a picture can be taken back when nothing more comes in. */
function keptBy(call: Pick<Contract, 'kind' | 'carries' | 'who' | 'status'>): Kept | null {
  if (call.kind === 'reads') return null
  if (call.carries === 'file' || call.carries === 'bytes') return 'originals'
  return call.carries === 'report' || (call.status === 201 && call.who !== 'anyone' && call.who.every((role) => role === 'observer')) ? 'text' : null
}

type Identify<Who extends Actor> = (doors: Doors, request: Request) => Promise<Who>

const visitor: Identify<Visitor> = () => Promise.resolve({ kind: 'visitor' })

/** Who holds the session that this request's cookie names, or the token that it bears; with a token no cookie is looked at. @throws not_signed_in */
export const person: Identify<PersonActor> = async (doors, request) => {
  const bearer = bearerToken(request)
  if (bearer !== null) {
    const owner = await doors.identifyToken(bearer)
    if (!owner) throw new Problem('not_signed_in')
    return owner
  }
  const token = sessionToken(request, isSecure(request, doors.publicAddress))
  const actor = token ? await doors.identify(token) : null
  if (!actor) throw new Problem('not_signed_in')
  return actor
}

/** Whether this role may come here; and with a token, whether it was made for this call: it may nothing that its owner may not. */
export function allow(call: Pick<Contract, 'who' | 'token' | 'name'>, actor: Actor): void {
  if (call.who === 'anyone') return
  if (actor.kind !== 'person') throw new Problem('not_allowed')
  const hasRole = call.who.includes(actor.role)
  const may = actor.token ? call.token && actor.token.contracts.includes(call.name) && (hasRole || call.who.length === 0) : hasRole
  if (!may) throw new Problem('not_allowed')
}

/** Before what matters most, who acts has shown within the last quarter of an hour who it is. @throws not_allowed, which a page answers by asking for proof and calling again */
async function askProof(doors: Doors, call: Pick<Contract, 'fresh'>, actor: Actor): Promise<void> {
  if (call.fresh && actor.kind === 'person' && (await doors.needsProof(actor))) throw refuse('session', 'needs_proof', 'not_allowed')
}

async function answer<Input extends z.ZodMiniType, Reply extends z.ZodMiniType, Kind extends 'reads' | 'writes', Who extends Actor, Prepared>(
  doors: Doors, call: Contract<Input, Reply, Kind>, request: Request, identify: Identify<Who>, action: Action<Input, z.input<Reply>, Kind, Who, Prepared>, { before, ahead }: { before?: Prepare<Input, Who, Prepared> | undefined; ahead?: Ahead<Input, Who, Prepared> } = {},
): Promise<{ reply: z.output<Reply>; actor: Who }> {
  const actor = await identify(doors, request)
  allow(call, actor)
  await askProof(doors, call, actor)
  const kept = keptBy(call)
  if (kept) await doors.disk.ask(kept)
  const take = () => takeBody(call, request, doors.files)
  const came = await (call.carries === 'report' && actor.kind === 'person' ? doors.limits.receiving(actor.id, request, take) : take())
  try {
    if (came.photos.length > 0 && actor.kind === 'person') {
      await doors.limits.received(actor.id, came.photos.reduce((sum, photo) => sum + photo.sizeBytes, 0))
      await doors.disk.ask('originals')
    }
    const input = parseInput(call, request)
    const acting = (prepared: Prepared) => async (given: Work<Who> | Look<Who>): Promise<z.output<Reply>> => call.reply.parse(await action(input, given as Given<Kind, Who>, prepared)) as z.output<Reply>
    if (ahead) return { actor, reply: await doors.engine.lookAndWrite(actor, async (tx) => acting(await ahead(input, tx, actor))) }
    const act = acting(before ? await before(input, beforeOf(doors, actor, came, fromOf(request, doors.publicAddress))) : (undefined as Prepared))
    return { actor, reply: await (call.kind === 'writes' ? doors.engine.write(actor, act) : doors.engine.read(actor, act)) }
  } finally {
    for (const { path } of [...(came.file ? [came.file] : []), ...came.photos]) await rm(path, { force: true })
  }
}

export function register(doors: Doors, call: Contract<z.ZodMiniType, z.ZodMiniType>, handle: (request: Request, response: Response) => Promise<void>): void {
  doors.contracts.push(call)
  const method = call.method.toLowerCase() as 'get' | 'put' | 'post' | 'delete'
  const checkOrigin: RequestHandler = (request, _response, next) => {
    // A token is not sent by a browser on its own: whoever has it may come from anywhere.
    if (call.method !== 'GET' && !isOwnPage(request) && !(call.token && bearerToken(request) !== null)) throw new Problem('not_allowed')
    next()
  }
  doors.router[method](call.path, checkOrigin, handle)
}

const readJson = express.json({ limit: 300_000, strict: true, type: 'application/json' })
const readBytes = express.raw({ limit: 1_000_000, type: () => true })

// Bodies are read only after the caller is known to be allowed.
async function takeBody(call: Contract<z.ZodMiniType, z.ZodMiniType>, request: Request, files: Files): Promise<CameWith> {
  const nothing = { bytes: Buffer.alloc(0), file: null, photos: [] }
  if (call.carries === 'nothing') return nothing
  if (call.carries === 'json') {
    if (!request.is('application/json')) throw new Problem('wrong_type')
    await run(readJson, request)
    return nothing
  }
  if (call.carries === 'bytes') {
    if (!request.is(['image/jpeg', 'image/webp'])) throw new Problem('wrong_type')
    await run(readBytes, request)
    return { ...nothing, bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0) }
  }
  if (!request.is('multipart/form-data')) throw new Problem('wrong_type')
  if (call.carries === 'report') return { ...nothing, photos: await takeReportForm(request, files, run) }
  await run(formWithFile(files.incomingPath(), call.mostBytes ?? mostFormBytes), request).catch((error: unknown) => {
    throw error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE' ? new Problem('too_large', { limit: call.mostBytes ?? mostFormBytes }) : formFault(error, 'file')
  })
  const { file } = request
  return { ...nothing, file: file ? { path: file.path, name: file.originalname, sizeBytes: file.size } : null }
}

const mostFormBytes = 5_000_000

const formWithFile = (path: string, mostBytes: number): RequestHandler =>
  multer({
    storage: multer.diskStorage({ destination: dirname(path), filename: (_request, _file, done) => done(null, basename(path)) }),
    limits: { fileSize: mostBytes, files: 1, fields: 0, parts: 1, headerPairs: 20 },
    defParamCharset: 'utf8',
  }).single('file')

const run = (handler: RequestHandler, request: Request): Promise<void> =>
  new Promise((resolve, reject) => void handler(request, request.res as Response, (error?: unknown) => (error ? reject(error as Error) : resolve())))

export function parseInput<Input extends z.ZodMiniType>(call: Contract<Input, z.ZodMiniType>, request: Request): z.output<Input> {
  const body: unknown = call.carries === 'json' || call.carries === 'report' ? request.body : {}
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('invalid_input')
  const parsed = call.input.safeParse({ ...request.query, ...body, ...request.params }, { reportInput: true })
  if (!parsed.success) throw new Problem('invalid_input', { fields: fieldProblems(parsed.error.issues) })
  return parsed.data as z.output<Input>
}

function sendReply(call: Pick<Contract, 'status'>, response: Response, reply: unknown): void {
  response.status(call.status).set('Cache-Control', 'no-store').json(reply)
}

async function sendFile(response: Response, out: FileOut): Promise<void> {
  response.set({ 'Content-Type': out.type, 'Cache-Control': 'private, no-store' })
  if (out.attachment !== undefined) response.set('Content-Disposition', attachmentNamed(out.attachment))
  if ('text' in out.from) response.send(Buffer.from(out.from.text, 'utf8'))
  else if ('bytes' in out.from) response.send(out.from.bytes)
  else if (!response.destroyed) await pipeline(createReadStream(out.from.path), response).catch(unlessLeft)
}

/** A tab that was closed amid a picture broke nothing, and its line says "cut". What fails in reading has another code. */
function unlessLeft(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
}
