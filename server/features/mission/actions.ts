import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Me, Mission, SetUpStep, closeMissionCall, lastBackupCall, openMissionCall, openSampleCall, proposeRulesCall, setBasicsCall, setCheckingCall } from '../../../shared/mission.ts'
import { packFaults } from '../../../shared/pack.ts'
import type { Pack } from '../../../shared/pack.ts'
import type { joinCall, lookAtLinkCall } from '../../../shared/people.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { LastBackup } from '../../platform/backup/last.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Before, SignedIn } from '../../platform/http/serve.ts'
import type { Actor, Look, PersonActor, Work } from '../../platform/journal/work.ts'
import { describePerson, endObservers, inviteFirstLead, join, listActivePeople, lookAtLink, namePerson, signInAs } from '../people/actions.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'
import type { MissionRow } from './tables.ts'

/** The first fact of every journal: which mission this folder is. */
export async function beginMission(input: { id: string; zone: string; exercise: boolean; pack: Pack }, work: Work<Actor>): Promise<void> {
  const mission: MissionRow = {
    id: input.id, name: '', country: null, zone: input.zone, languages: JSON.stringify(input.pack.languages), days: '[]', credit: '', rules: JSON.stringify(rules.strictest),
    pack: JSON.stringify(input.pack), exercise: input.exercise ? 1 : 0, step: 'mission', openedAt: null, closedAt: null, begunAt: work.now,
  }
  await work.record('mission.begun', { type: 'mission', id: input.id }, { put: { mission: [mission] } })
}

/** That this folder was filled from a backup, begun when and up to which fact: what came in between then and now may be missing, and whoever reads the journal has to know. */
export async function noteRestored(backup: { begunAt: string; number: number }, { tx, record }: Work<Actor>): Promise<void> {
  await record('mission.restored', { type: 'mission', id: (await getMission(tx)).id }, {}, { told: { backupBegun: backup.begunAt, backupEnds: backup.number } })
}

/** Whether the folder's mission was begun; before that there is none to get. */
export const missionIsBegun = async (tx: Tx): Promise<boolean> => (await store.findMissionRow(tx)) !== undefined

export const getMission = async (tx: Tx): Promise<Mission> => store.missionOf(await store.getMissionRow(tx))

/** The token of a new set-up link, whose forerunner ends; null once the mission is open or a lead has joined. Asked for at each start. */
export async function openSetUp(work: Work<Actor>): Promise<string | null> {
  const mission = await getMission(work.tx)
  return mission.open ? null : inviteFirstLead(mission.pack.languages[0] ?? 'en', work)
}

/** Who is signed in, and in which mission; of the sample with a plug that it has one, so that no other mission's room asks for it. */
export const me = (hasPlug: boolean) => async (_: unknown, look: Look): Promise<Me> => ({ ...(await meOf(look.actor, look)), ...(hasPlug ? { plug: true as const } : {}) })

/** Also for whoever has just become somebody. */
export async function meOf(actor: PersonActor, { tx, now }: { tx: Tx; now: string }): Promise<Me> {
  return { person: await describePerson(actor.id, tx), mission: await getMission(tx), serverTime: now }
}

/** Exchanges the set-up link for the first lead's session. */
export async function beginSetUp({ token }: { token: string }, work: Work<Actor>): Promise<SignedIn<Me>> {
  const [person, mission] = [await lookAtLinkOrNull(token, work), await getMission(work.tx)]
  if (person && (person.role !== 'lead' || mission.open)) throw new Problem('not_found')
  return signIn(join({ token }, work), work)
}

const lookAtLinkOrNull = (token: string, work: Work<Actor>): Promise<Me['person'] | null> =>
  lookAtLink(token, work).catch((error: unknown) => {
    if (error instanceof Problem) return null
    throw error
  })

/** Uses a person's link; the sample's tokens, which live in memory alone, may be used again and again. */
export const joinMission = (sampleTokens: ReadonlyMap<string, string>) => ({ token, phone }: InputOf<typeof joinCall>, work: Work<Actor>): Promise<SignedIn<Me>> => {
  const person = sampleTokens.get(token)
  return signIn(person ? signInAs(person, work, phone) : join({ token, phone }, work), work)
}

async function signIn(joining: ReturnType<typeof join>, work: Work<Actor>): Promise<SignedIn<Me>> {
  const joined = await joining
  if ('refused' in joined) return joined
  return { reply: await meOf(joined.person, work), session: joined.token, ended: joined.ended }
}

/** Who a link is for, and into which mission it leads. */
export const lookAtMissionLink = (sampleTokens: ReadonlyMap<string, string>) => async ({ token }: InputOf<typeof lookAtLinkCall>, look: Look<Actor>): Promise<ReplyOf<typeof lookAtLinkCall>> => {
  const known = sampleTokens.get(token)
  const person = known ? await describePerson(known, look.tx) : await lookAtLink(token, look)
  const mission = await getMission(look.tx)
  return { ...person, mission: mission.name, exercise: mission.exercise }
}

/** Name, country, zone, languages and days of the mission; name and organisation of the lead who says so. */
export async function setBasics(input: InputOf<typeof setBasicsCall>, work: Work): Promise<Me> {
  const { leadName, organisation, languages, days, name, country, zone } = input
  const { pack } = await getMission(work.tx)
  if (packFaults(pack, languages).length > 0) throw refuse('languages', 'not_in_list')
  await change(work, 'mission.named', 'checking', { name, country, zone, languages: JSON.stringify(languages), days: JSON.stringify([...days].sort()) })
  await namePerson({ id: work.actor.id, name: leadName, organisation }, work)
  return meOf(work.actor, work)
}

/** The credit line, and whose eyes a picture needs. */
export async function setChecking({ credit, rules }: InputOf<typeof setCheckingCall>, work: Work): Promise<Me> {
  await change(work, 'mission.checking_set', 'register', { credit, rules: JSON.stringify(rules) })
  return meOf(work.actor, work)
}

/** The register is enough for now; stations can be imported later. */
export async function skipRegister(_: unknown, work: Work): Promise<Me> {
  await reachStep('people', work)
  return meOf(work.actor, work)
}

/** Takes set-up on to this step when it is the next. */
export const reachStep = (step: SetUpStep, work: Work): Promise<void> => change(work, 'mission.step_done', step, {})

/** The strictest rules that the mission's people can satisfy. */
export const proposeRules = async (_: unknown, { tx }: Look): Promise<ReplyOf<typeof proposeRulesCall>> => rules.proposeRules(await listActivePeople(tx))

/** What the folder says of the last backup; one of another mission, whose folder this was once, is none. */
export async function lastBackup(_: unknown, { tx, number }: Look, { keeper, found }: FoundBackup): Promise<ReplyOf<typeof lastBackupCall>> {
  const isOwn = found !== null && found.mission === (await getMission(tx)).id
  return { keeper, last: isOwn ? { begunAt: found.begunAt, facts: Math.max(0, number - found.number), reports: found.reports, isBeside: found.isBeside } : null }
}

/** Opens the mission under these rules. @throws conflict when a step of set-up is not done, or when it is open already under other rules */
export async function openMission(input: InputOf<typeof openMissionCall>, work: Work): Promise<Me> {
  const row = await store.getMissionRow(work.tx)
  const mission = store.missionOf(row)
  const wanted = JSON.stringify(input.rules)
  if (mission.open ? row.rules !== wanted : !rules.mayOpen(mission.step)) throw new Problem('conflict')
  await change(work, 'mission.opened', 'done', { rules: wanted, openedAt: row.openedAt ?? work.now })
  return meOf(work.actor, work)
}

/** Ends the mission for its observers, when the lead has typed its name. Sent again it does nothing. @throws conflict where it is not open */
export async function closeMission({ name }: InputOf<typeof closeMissionCall>, work: Work): Promise<{ reply: Me; ended: string[] }> {
  const row = await store.getMissionRow(work.tx)
  if (row.openedAt === null) throw new Problem('conflict')
  if (name !== row.name) throw refuse('name', 'does_not_agree')
  if (row.closedAt !== null) return { reply: await meOf(work.actor, work), ended: [] }
  const { set, ended } = await endObservers(work)
  await work.record('mission.closed', { type: 'mission', id: row.id }, { set: { mission: [{ id: row.id, closedAt: work.now }], ...set } })
  return { reply: await meOf(work.actor, work), ended }
}

export async function reopenMission(_: unknown, work: Work): Promise<Me> {
  const row = await store.getMissionRow(work.tx)
  if (row.closedAt !== null) await work.record('mission.reopened', { type: 'mission', id: row.id }, { set: { mission: [{ id: row.id, closedAt: null }] } })
  return meOf(work.actor, work)
}

export type FoundBackup = { keeper: ReplyOf<typeof lastBackupCall>['keeper']; found: LastBackup | null }
export type SampleLinks = ReplyOf<typeof openSampleCall>

/** Opens the sample beside a mission that is still being set up. It is slow, so it happens before the snapshot that answers. */
export const prepareSample = (openSample: () => Promise<SampleLinks>) => async (_: unknown, { look }: Pick<Before<PersonActor>, 'look'>): Promise<SampleLinks> => {
  if (await look(async ({ tx }) => (await getMission(tx)).open)) throw new Problem('conflict')
  return openSample()
}

/** One fact for what is not so yet, the step reached included; none where nothing changes. */
async function change(work: Work, kind: string, step: SetUpStep, wanted: Partial<MissionRow>): Promise<void> {
  const row = await store.getMissionRow(work.tx)
  const set = rules.changesOf(row, { ...wanted, step: rules.stepAfter(store.missionOf(row).step, step) })
  if (Object.keys(set).length > 0) await work.record(kind, { type: 'mission', id: row.id }, { set: { mission: [{ id: row.id, ...set }] } })
}
