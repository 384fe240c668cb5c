import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { TileType } from 'pmtiles'
import type { amendReportCall } from '../../shared/amendments.ts'
import type { SentOf } from '../../shared/contract.ts'
import { previewDelegationCall } from '../../shared/delegation.ts'
import { setCheckingCall } from '../../shared/mission.ts'
import { inviteCall, retireCall } from '../../shared/people.ts'
import { myReportsCall } from '../../shared/reports.ts'
import { noticesCall } from '../../shared/notices.ts'
import { downloadCall, retractCall } from '../../shared/press.ts'
import type { fileReportCall } from '../../shared/reports.ts'
import { TokenContract, makeTokenCall } from '../../shared/tokens.ts'
import { previewRegisterCall } from '../../shared/stations.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import type { Line, Thing } from '../access.ts'
import { credit, phonePicture, release, setUp, verifiedPicture } from './desk.ts'
import { callerOf, startHouse } from './house.ts'
import { archiveOf } from './map.ts'
import type { Caller, TestHouse } from './house.ts'
import { amendmentOf, beginUpload, file, hashOf, statementOf } from './reports.ts'

/** Who knocks: each role, an API token, nobody, one who was retired, and a lead of another mission. */
export const actors = ['observer', 'coordinator', 'press', 'lead', 'token', 'nobody', 'retired', 'stranger'] as const
export type ActorName = (typeof actors)[number]
export const whiches = ['own', 'another', 'foreign', 'invented'] as const
export type Which = (typeof whiches)[number]

type Made = { report: string; photo: string; bytes: Buffer; release: string; upload: string }
type Side = { house: TestHouse; lead: Caller; judge: Caller; ana: Caller; bea: Caller; pia: Caller; anas: Made; beas: Made; register: string; delegation: string }

export type Stage = Side & {
  callers: Record<ActorName, Caller>
  /** Who knocks at this door: somebody else of the role, where it may cost the session. */
  callerFor: (actor: ActorName, line: Line) => Promise<Caller>
  /** The id of such a thing for this person. */
  idOf: (actor: ActorName, line: Line, which: Which) => Promise<string>
  /** What Ana's phone would file under this id. */
  filed: (id: string) => Promise<SentOf<typeof fileReportCall>>
  /** What Ana's phone would say of this report later, with a signature that fails: it is kept and changes nothing, so that the stage's reports stay decided. */
  amended: (report: string) => Promise<SentOf<typeof amendReportCall>>
  stop: () => Promise<void>
}

let seed = 70_000
const csv = (code: string) => Buffer.from(`station_code,station_name,department,municipality,district,latitude,longitude,table\r\n${code},Escuela Nueva,La Libertad,La Libertad Este,Zaragoza,13.58,-89.28,${code}1`)

/** A mission with two of each: what Ana filed and what Bea filed, each verified and released. */
async function oneSide(code: string): Promise<Side> {
  // Everybody here knocks from one address.
  const streets = join(await mkdtemp(join(tmpdir(), 'veedor-map-')), 'streets.pmtiles')
  await writeFile(streets, archiveOf([{ z: 0, x: 0, y: 0, bytes: await phonePicture(1) }], { type: TileType.Jpeg }))
  const house = await startHouse({ figures: { strangerCalls: 100_000, personCalls: 100_000 }, map: { areas: [], tiles: { file: streets }, attribution: '© Somebody' } })
  // It is open: its name is needed no more.
  await rm(dirname(streets), { recursive: true })
  const lead = await house.person('lead')
  await setUp(house, lead)
  await lead.call(setCheckingCall, { credit, rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } })
  const [judge, ana, bea, pia] = [await house.person('coordinator'), await house.person('observer'), await house.person('observer'), await house.person('press')]
  const { reply } = await lead.call(previewRegisterCall, {}, { file: { bytes: csv(code), name: 'register.csv' } })
  const people = await lead.call(previewDelegationCall, {}, { file: { bytes: Buffer.from(`name,organisation\r\nRosa ${code},Red B`), name: 'people.csv' } })
  return { house, lead, judge, ana, bea, pia, delegation: people.reply.upload, anas: await made(house, ana, judge), beas: await made(house, bea, judge), register: reply.upload }
}

async function made(house: TestHouse, author: Caller, judge: Caller): Promise<Made> {
  const { report, photo, bytes } = await verifiedPicture(house, author, [judge], seed++)
  return { report, photo, bytes, release: await release(judge, photo), upload: await freshUpload(house, author) }
}

async function freshUpload(house: TestHouse, author: Caller): Promise<string> {
  const bytes = await phonePicture(seed++)
  const { id } = await file(house, author, { pictures: [bytes] })
  return (await beginUpload(author, `${id}.${hashOf(bytes)}`, bytes.length)).upload
}

export async function setStage(): Promise<Stage> {
  const [here, there] = [await oneSide('CE-70'), await oneSide('CE-71')]
  const { house, lead, judge, ana, bea, anas, beas } = here
  const retired = await house.person('lead')
  await lead.call(retireCall, { id: retired.id })
  const callers: Record<ActorName, Caller> = {
    observer: ana, coordinator: judge, press: await house.person('press'), lead, retired, nobody: house.nobody,
    stranger: callerOf(house, { id: there.lead.id, role: 'lead', token: there.lead.cookie.split('=')[1] ?? '' }),
    token: withToken(house, await tokenOf(here, lead), await tokenOf(here, ana)),
  }

  async function idOf(actor: ActorName, { names, fresh, makes }: Line, which: Which): Promise<string> {
    if (!names) return ''
    if (which === 'invented') return inventedOf(names)
    // What is made here under a foreign id would be there for the next to ask.
    if (which === 'foreign' && makes) return names === 'report' ? (await file(there.house, there.ana)).id : (await there.house.person('observer')).id
    const side = which === 'foreign' ? there : here
    const [mine, author] = which === 'own' ? [anas, ana] : which === 'another' ? [beas, bea] : [there.anas, there.ana]
    switch (names) {
      case 'report': case 'photo': return mine[names]
      case 'release': return fresh ? release(side.judge, (await verifiedPicture(side.house, author, [side.judge], seed++)).photo) : mine.release
      case 'upload': return fresh ? freshUpload(side.house, author) : mine.upload
      case 'person': return which === 'own' ? callers[actor].id : fresh && which === 'another' ? (await house.person('observer')).id : author.id
      case 'register': case 'delegation': return side[names]
      case 'link': return linkOf(side)
      case 'passkey': return base64urlId()
      case 'session': return sessionOf(side.house, which === 'own' ? callers[actor].id : author.id)
      case 'token': return (await newToken(side, author)).token.id
      case 'ticket': return ticketOf(side, taker(side, actor, which))
      case 'notice': return noticeOf(side, author, taker(side, actor, which))
    }
  }
  const taker = (side: Side, actor: ActorName, which: Which) => (which === 'own' && callers[actor].role !== null && callers[actor].role !== 'observer' && actor !== 'retired' && actor !== 'stranger' ? callers[actor] : side.pia)
  const filed = async (id: string) => ({ id, statement: JSON.stringify(await statementOf(house, ana, { id })), sentAt: house.clock.now() })
  const amended = async (report: string) => ({ ...(await amendmentOf(house, ana, report)), signature: 'none' })
  const callerFor = async (actor: ActorName, { signsIn }: Line): Promise<Caller> => {
    const { role } = callers[actor]
    return signsIn && role !== null && actor === role ? house.person(role) : callers[actor]
  }
  return { ...here, callers, callerFor, idOf, filed, amended, stop: async () => void (await Promise.all([here.house.stop(), there.house.stop()])) }
}

/** A program with tokens that were made for all that tokens may: a lead's, and for what is an observer's alone an observer's. */
function withToken(house: TestHouse, leads: string, observers: string): Caller {
  const caller = callerOf(house, { id: randomUUID(), role: null, token: null })
  const fetch: Caller['fetch'] = (path, init = {}) => caller.fetch(path, { ...init, headers: { ...(init.headers as Record<string, string> | undefined), Authorization: `Bearer ${path.startsWith(myReportsCall.path) ? observers : leads}` } })
  return { ...caller, fetch }
}

const tokenOf = async (side: Side, owner: Caller): Promise<string> => (await newToken(side, owner)).text

const newToken = async ({ house, lead }: Side, owner: Caller) =>
  (await lead.call(makeTokenCall, { id: uuid7(Date.parse(house.clock.now())), name: 'Hotline', owner: owner.id, contracts: [...TokenContract.options], until: '2027-03-20T00:00:00.000Z' })).reply

/** A passkey that nobody has: whose it is cannot be told by its name. */
const base64urlId = (): string => randomBytes(32).toString('base64url')

/** Another session of this person; nobody and a program have none. */
async function sessionOf({ db, engine }: TestHouse, person: string): Promise<string> {
  const known = await db.readers.selectFrom('people').select('id').where('id', '=', person).where('state', '=', 'joined').executeTakeFirst()
  if (!known) return uuid7(Date.parse(engine.now()))
  const id = uuid7(Date.parse(engine.now()))
  await db.writer.insertInto('sessions').values({ id, person, tokenHash: id, createdAt: engine.now(), lastHeardAt: engine.now(), endedAt: null, newDevice: 0 }).execute()
  return id
}

async function linkOf({ lead }: Side): Promise<string> {
  const { reply } = await lead.call(inviteCall, { id: randomUUID(), name: 'Nadia', role: 'observer', organisation: 'Delegation A', language: 'es' })
  return reply.link.split('#')[1] ?? ''
}

async function ticketOf({ anas }: Side, caller: Caller): Promise<string> {
  const { reply } = await caller.call(downloadCall, { id: anas.release, size: 'web' })
  return reply.address.split('/').at(-1) ?? ''
}

/** Somebody took a picture that was then retracted: the notice that they have to confirm. */
async function noticeOf({ house, judge }: Side, author: Caller, caller: Caller): Promise<string> {
  const id = await release(judge, (await verifiedPicture(house, author, [judge], seed++)).photo)
  await caller.call(downloadCall, { id, size: 'web' })
  await judge.call(retractCall, { id, reason: 'A face can be seen' })
  const { reply } = await caller.call(noticesCall, {})
  return reply.notices.at(-1)?.id ?? ''
}

function inventedOf(thing: Thing): string {
  const at = Date.parse('2027-02-28T20:00:00.000Z')
  switch (thing) {
    case 'passkey': return base64urlId()
    case 'report': case 'person': case 'token': case 'session': case 'notice': return uuid7(at)
    case 'photo': return `${uuid7(at)}.${randomBytes(32).toString('hex')}`
    case 'release': return randomUUID()
    case 'upload': return randomBytes(16).toString('hex')
    case 'register': case 'delegation': case 'ticket': return randomBytes(32).toString('hex')
    case 'link': return randomBytes(32).toString('base64url')
  }
}
