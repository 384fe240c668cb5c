import compression from 'compression'
import express from 'express'
import type { Express, Request, Response } from 'express'
import { join, resolve } from 'node:path'
import type { LiveThing } from '../shared/live.ts'
import { changesCall, pageOfThings } from '../shared/live.ts'
import { groundCall } from '../shared/ground.ts'
import { meCall } from '../shared/mission.ts'
import { Problem } from '../shared/problem.ts'
import type { Role } from '../shared/roles.ts'
import { registerCall } from '../shared/stations.ts'
import * as inEnglish from './calls/en.ts'
import * as inSpanish from './calls/es.ts'
import { amendmentRoutes } from './features/amendments/routes.ts'
import { delegationRoutes } from './features/delegation/routes.ts'
import { keyRoutes } from './features/keys/routes.ts'
import { filingRoutes } from './features/filing/routes.ts'
import type { FoundBackup, SampleLinks } from './features/mission/actions.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { embargoRoutes } from './features/embargo/routes.ts'
import { groundRoutes } from './features/ground/routes.ts'
import { missionRoutes } from './features/mission/routes.ts'
import { leadNotices } from './features/people/actions.ts'
import { noticeThings } from './features/notices/actions.ts'
import { noteRoutes } from './features/notes/routes.ts'
import { noticeRoutes } from './features/notices/routes.ts'
import { overviewRoutes } from './features/overview/routes.ts'
import { pastRoutes } from './features/past/routes.ts'
import { peopleRoutes } from './features/people/routes.ts'
import { sessionsRoutes } from './features/sessions/routes.ts'
import { photoRoutes } from './features/photos/routes.ts'
import { pressThings } from './features/press/actions.ts'
import { pressRoutes } from './features/press/routes.ts'
import { quarantineRoutes } from './features/quarantine/routes.ts'
import { receiptRoutes } from './features/receipts/routes.ts'
import { countReports, reportLines } from './features/reports/actions.ts'
import { reportRoutes } from './features/reports/routes.ts'
import { screenRoutes } from './features/screens/routes.ts'
import { stationRoutes } from './features/stations/routes.ts'
import { staffRoutes } from './features/staff/routes.ts'
import { tokenRoutes } from './features/tokens/routes.ts'
import { takeRoutes } from './features/takes/routes.ts'
import { verificationRoutes } from './features/verification/routes.ts'
import { sql } from 'kysely'
import type { Addresses } from './platform/http/addresses.ts'
import { countGuesses } from './platform/http/guesses.ts'
import { headers, ownHostOnly } from './platform/http/headers.ts'
import { sendProblem, translate } from './platform/http/problems.ts'
import type { Log } from './platform/http/problems.ts'
import { openApiOf } from './platform/http/openapi.ts'
import { logRequests } from './platform/http/requests.ts'
import { serve } from './platform/http/serve.ts'
import type { Doors } from './platform/http/serve.ts'
import type { Tx } from './platform/database/open.ts'
import { anchorLine, wordsOf } from './platform/journal/anchor.ts'
import type { MapSources } from './platform/map/map.ts'
import { openAnswers } from './platform/live/answers.ts'
import { openCovers } from './platform/live/covers.ts'
import type { ChangesBetween, Hub } from './platform/live/hub.ts'
import type { Heard } from './platform/live/numbers.ts'
import { openThings } from './platform/live/things.ts'

export type AppParts = Omit<Doors, 'router' | 'contracts' | 'guesses' | 'answers' | 'lines'> & {
  log: Log
  addresses: Addresses
  hasTls: boolean
  /** What the map shows beside its base. */
  map: MapSources
  /** Where the built client lies. */
  client: string
  openSample: () => Promise<SampleLinks>
  /** When the mission was last backed up, as far as its folder knows. */
  findBackup: () => Promise<FoundBackup>
  /** Sign-in tokens of the sample mission, by hash; empty for any other. */
  sampleTokens: ReadonlyMap<string, string>
  whoIsHere: Hub['whoIsHere']
  /** Of the sample alone: calls that no real mission has, and what its pages may hold in a frame. */
  more?: { routes: (doors: Doors) => void; frames: () => string }
}

export type App = { express: Express; doors: Doors }

/** Wires the wings: headers, every feature's routes, the built client, and the one translator of problems. */
export function createApp(parts: AppParts): App {
  const { numbers } = parts
  const app = express()
  app.disable('x-powered-by').disable('etag')
  // So that Express too takes a forwarded address from our own proxies alone.
  app.set('trust proxy', parts.addresses.isTrusted)
  app.use(logRequests(parts.log, parts.addresses), headers(parts.publicAddress, parts.more?.frames), ownHostOnly(parts.publicAddress, parts.hasTls))
  const doors: Doors = { ...parts, router: express.Router(), contracts: [], answers: openAnswers(), lines: openThings('report'), guesses: countGuesses(() => Date.parse(parts.engine.now())) }

  missionRoutes(doors, { openSample: parts.openSample, sampleTokens: parts.sampleTokens, findBackup: parts.findBackup, hasPlug: parts.more !== undefined })
  peopleRoutes(doors)
  sessionsRoutes(doors)
  delegationRoutes(doors)
  keyRoutes(doors)
  stationRoutes(doors)
  reportRoutes(doors)
  amendmentRoutes(doors)
  overviewRoutes(doors)
  pastRoutes(doors)
  filingRoutes(doors)
  photoRoutes(doors)
  receiptRoutes(doors)
  verificationRoutes(doors)
  noteRoutes(doors)
  pressRoutes(doors)
  staffRoutes(doors)
  tokenRoutes(doors)
  embargoRoutes(doors)
  takeRoutes(doors)
  quarantineRoutes(doors)
  noticeRoutes(doors)
  auditRoutes(doors, { line: anchorLine, words: wordsOf })
  groundRoutes(doors, parts.map)
  screenRoutes(doors, { covers: openCovers(), changesBetween, numbers, mostOnScreen: parts.mostOnScreen, note: (fault) => parts.log.warn(fault, 'a screen did not hold what headquarters does: it loads anew') })
  serve(doors, changesCall, async ({ since }, look) => {
    const { tx, actor: { role }, now, number } = look
    const { things, more, number: upTo } = await changesBetween(tx, role, await numbers.meant(role, since, { tx, upTo: number }), number)
    return { number: await numbers.told(role, upTo, tx), at: now, things, more, reports: role === 'press' || role === 'observer' ? null : await countReports(tx), ...(await parts.whoIsHere(look)) }
  })

  parts.more?.routes(doors)
  const english = once(() => JSON.stringify(openApiOf(doors.contracts, inEnglish)))
  const spanish = once(() => JSON.stringify(openApiOf(doors.contracts, inSpanish)))
  app.get('/api/openapi.json', compression(), (request, response) => void response.set('Cache-Control', 'no-cache').type('json').send(request.query['language'] === 'es' ? spanish() : english()))
  app.get('/health', (_request, response) => void response.set('Cache-Control', 'no-store').json({ well: true }))
  // The mission with its categories and the register of a whole country go to every phone, over the worst network. They hold no secret that their length could tell, nor do the map's areas; the
  // other answers stay as they are.
  app.use([meCall.path, registerCall.path, groundCall.path], compression())
  app.get('/api', (_request, response) => response.sendFile(entryPage(parts.client), fresh))
  app.use('/api', parts.limits.strangers)
  app.use(doors.router)
  app.use('/api', noSuchCall)
  app.use(compression())
  serveClient(app, parts.client)
  app.use(noSuchPage)
  app.use(translate(parts.log))
  return { express: app, doors }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

function noSuchCall(): void {
  throw new Problem('not_found')
}

function noSuchPage(_request: Request, response: Response): void {
  sendProblem(response, { problem: 'not_found' })
}

const fresh = { cacheControl: false, etag: true, lastModified: false, headers: { 'Cache-Control': 'no-cache' } }
const entryPage = (folder: string): string => resolve(folder, 'entry', 'index.html')

/** What is built: hashed files for ever, pages and the worker asked for each time. Every address below an app is that app's page. */
function serveClient(app: Express, folder: string): void {
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false, index: false, redirect: false }))
  const page = (name: string) => resolve(folder, name, 'index.html')
  app.get(['/', '/join', '/setup', '/check', '/signin', '/signin/mine'], (_request, response) => response.sendFile(page('entry'), fresh))
  app.use('/observer', express.static(join(folder, 'observer'), { ...fresh, index: false, redirect: false, setHeaders: (response) => void response.setHeader('Cache-Control', 'no-cache') }))
  for (const [address, name] of [['observer', 'observer'], ['room', 'coordinator'], ['press', 'press']] as const) {
    app.get(`/${address}`, (request, response) => (request.path.endsWith('/') ? response.sendFile(page(name), fresh) : response.redirect(308, `/${address}/`)))
    app.get(`/${address}/*rest`, (_request, response) => response.sendFile(page(name), fresh))
  }
  // Somebody who mistyped an address gets a page; a program its problem.
  app.get('/*rest', (request, response, next) => (request.accepts(['json', 'html']) === 'html' ? response.status(404).sendFile(page('entry'), fresh) : next()))
}

/** Facts that change nothing of a release that a wall shows, and that are nobody's business there: who took, used or read of a picture is not for other newsrooms. The desk hears of them by their report. */
const unheard = ['release.downloaded', 'release.used', 'release.use_taken_back', 'notice.confirmed']
/** What the mission keeps for its desk. */
const unheardByPress = [...unheard, 'mission.embargo_set', 'mission.statement_out', 'audit.exported']
const heardBy: Record<Role, readonly string[]> = { observer: [], press: ['release', 'mission', 'notice'], coordinator: ['report', 'release', 'mission', 'notice'], lead: ['report', 'release', 'mission', 'person', 'notice'] }

/** Looked at, and never searched by: a mission has a million facts about reports, and few in a range of numbers. */
const typeOfFew = sql<string>`coalesce(type, '')`

/** Facts in (since, until] that are about these kinds of things, as far as this role is told of them. */
const subjectsBetween = (tx: Tx, role: Role, since: number, until: number) =>
  tx.selectFrom('journalSubjects').innerJoin('journal', 'journal.number', 'journalSubjects.number').where('journal.number', '>', since).where('journal.number', '<=', until).where(typeOfFew, 'in', [...heardBy[role]])
    .where((eb) => eb.or([...(role === 'press' ? [] : [eb('type', '=', 'report')]), eb('journal.kind', 'not in', role === 'press' ? unheardByPress : unheard)]))

/** What a role may know of the facts in (since, until]: for the socket, and for catching up, one and the same. */
export const changesBetween: ChangesBetween = async (tx, role, since, until) => {
  if (heardBy[role].length === 0 || since >= until) return { things: [], number: until, more: false }
  const subjects = await subjectsBetween(tx, role, since, until).select(['type', 'id', sql<number>`max(journal.number)`.as('latest')]).groupBy(['type', 'id']).orderBy('latest').limit(pageOfThings + 1).execute()
  const page = subjects.slice(0, pageOfThings)
  const more = subjects.length > pageOfThings
  const ids = (type: string) => page.filter((subject) => subject.type === type).map((subject) => subject.id)
  const things: LiveThing[] = [
    ...(await reportLines(tx, ids('report'))).map((thing) => ({ kind: 'report' as const, id: thing.id, thing })),
    ...(await pressThings(tx, ids('release'))),
    ...(await noticeThings(tx, role, ids('notice'))),
    ...ids('person').map((id) => ({ kind: 'people' as const, id })),
    ...ids('mission').map((id) => ({ kind: 'mission' as const, id })),
    ...(role === 'lead' ? (await leadNotices(tx, since, until)).map((notice) => ({ kind: 'notice' as const, ...notice })) : []),
  ]
  return { things, number: more ? (page.at(-1)?.latest ?? until) : until, more }
}

/** The facts of which press hears something, by the same rules as above. */
export const heardByPress: Heard = async (tx, since, until) => {
  const numbers = new Set<number>()
  for (let after = since; ;) {
    const subjects = await subjectsBetween(tx, 'press', after, until).select(['journal.number', 'type', 'id']).orderBy('journal.number').limit(pageOfThings).execute()
    const ids = (type: string) => subjects.filter((subject) => subject.type === type).map((subject) => subject.id)
    const shown = new Set([...(await pressThings(tx, ids('release'))), ...(await noticeThings(tx, 'press', ids('notice')))].map(({ id }) => id))
    for (const { number, type, id } of subjects) if (type === 'mission' || shown.has(id)) numbers.add(number)
    const last = subjects.at(-1)?.number
    if (subjects.length < pageOfThings || last === undefined) return [...numbers]
    // The last fact may go on on the next page.
    after = last - 1 > after ? last - 1 : last
  }
}
