import { done } from '../../../shared/basics.ts'
import { codeFrom, shortCodeIn } from '../../../shared/codes.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Me } from '../../../shared/mission.ts'
import { PersonState } from '../../../shared/people.ts'
import type { Invitation, LeadNotice, Person, changeRoleCall, endAccessCall, inviteCall, listOrganisationsCall, listPeopleCall, newCardsCall, newLinkCall, retireCall, takeBackCall } from '../../../shared/people.ts'
import { Problem } from '../../../shared/problem.ts'
import { Role } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Actor, Look, PersonActor, Subject, Work } from '../../platform/journal/work.ts'
import { endKeys } from '../keys/actions.ts'
import { tokenHash } from '../../platform/ids.ts'
import { endSession, endSessionsOf, lastHeard, openSession } from '../sessions/actions.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'
import type { InviteRow, OrganisationRow, PersonRow } from './tables.ts'

/** A person with a link that was made just now; token and short code are nowhere else. */
export type Invited = { person: Person; token: string; code: string | null; until: string | null }

/** Invites a person, or gives a fresh link when the same invitation comes again. @throws conflict where the id is another invitation's */
export async function invite(input: InputOf<typeof inviteCall>, work: Work<Actor>): Promise<Invited> {
  const known = await store.findPerson(work.tx, input.id)
  if (!known) return inviteNew(input, work)
  const organisation = known.organisation === null ? null : ((await store.findOrganisation(work.tx, known.organisation)) ?? null)
  if (known.state === 'retired' || !rules.sameInvitation(known, organisation, input)) throw new Problem('conflict')
  return renewLink(known, work, 'person.link_renewed')
}

async function inviteNew({ id, ...input }: Invitation, work: Work<Actor>): Promise<Invited> {
  const [invited] = await addPeople([{ id, ...input, telephone: input.telephone ?? null }], 'person.invited', work)
  if (!invited) throw new Error('nobody was invited')
  return invited
}

export type Newcomer = { name: string; role: Role; organisation: string; language: string; telephone: string | null }

/** Invites a delegation as observers: one fact, and a card for each. */
export const inviteDelegation = (people: readonly Omit<Newcomer, 'role'>[], work: Work): Promise<Invited[]> =>
  addPeople(people.map((one) => ({ ...one, id: work.newId(), role: 'observer' })), 'people.imported', work)

async function addPeople(newcomers: readonly (Newcomer & { id: string })[], kind: string, work: Work<Actor>): Promise<Invited[]> {
  if (newcomers.some(({ role }) => role === 'observer') && (await store.missionIsClosed(work.tx))) throw new Problem('conflict')
  const organisations = await organisationsFor(newcomers.map((one) => one.organisation), work.tx)
  const last = await store.lastObserverNumber(work.tx)
  let number = last ?? 100
  const made = newcomers.map(({ id, name, role, organisation, language, telephone }) => {
    const person: PersonRow = { id, name, role, number: role === 'observer' ? ++number : null, organisation: organisations.codeOf(organisation), language, telephone, state: 'invited', invitedAt: work.now, joinedAt: null, ...rules.notDoubted }
    return { person, ...newLinkOf(person, work) }
  })
  const [first, ...others] = made.map(({ person }) => subject(person.id))
  if (!first) return []
  const counters = number === (last ?? 100) ? [] : [{ name: 'observer', value: number }]
  await work.record(kind, first, {
    put: { ...(organisations.fresh.length > 0 ? { organisations: organisations.fresh } : {}), ...(last === null && counters.length > 0 ? { counters } : {}), people: made.map(({ person }) => person), invites: made.map(({ row }) => row) },
    set: last === null ? {} : { counters },
  }, { touches: others })
  return made.map(({ person, row, token, code }) => ({ person: personOf(person, [row], null, work.now), token, code, until: row.until }))
}

/** A new link in place of the one before, for someone who is invited or has joined. */
export async function newLink(input: InputOf<typeof newLinkCall>, work: Work<Actor>): Promise<Invited> {
  const person = await getPerson(input.id, work.tx)
  if (person.state === 'retired') throw new Problem('conflict')
  return renewLink(person, work, 'person.link_renewed')
}

/** New cards for many at once, in one transaction. */
export async function newCards({ ids }: InputOf<typeof newCardsCall>, work: Work): Promise<Invited[]> {
  const cards: Invited[] = []
  for (const id of new Set(ids)) {
    const person = await getPerson(id, work.tx)
    if (person.state !== 'retired') cards.push(await renewLink(person, work, 'person.link_renewed'))
  }
  return cards
}

/** A code to take one's own account to another phone. It ends no card, only the transfer code before. */
export async function makeTransfer(_: unknown, work: Work): Promise<{ token: string; code: string; until: string }> {
  const person = await getPerson(work.actor.id, work.tx)
  const { row, token, code } = newLinkOf(person, work)
  const until = rules.transferUntil(work.now)
  const before = (await store.listOpenInvites(work.tx, person.id)).filter((one) => one.kind === 'transfer')
  await work.record('person.transfer_begun', subject(person.id), { put: { invites: [{ ...row, kind: 'transfer', until }] }, set: { invites: before.map(({ id }) => ({ id, endedAt: work.now })) } })
  return { token, code: code ?? '', until }
}

async function renewLink(person: PersonRow, work: Work<Actor>, kind: string, { set, ...options }: { set?: { people: { id: string; state: PersonRow['state'] }[] }; touches?: Subject[]; told?: Record<string, string> } = {}): Promise<Invited> {
  if (person.role === 'observer' && (await store.missionIsClosed(work.tx))) throw new Problem('conflict')
  const { row, token, code } = newLinkOf(person, work)
  await work.record(kind, subject(person.id), { put: { invites: [row] }, set: { ...set, invites: await endOpenInvites(person.id, work) } }, options)
  return { person: personOf(person, [row], (await lastHeard(work.tx)).get(person.id) ?? null, work.now), token, code, until: row.until }
}

function newLinkOf(person: PersonRow, work: Work<Actor>): { row: InviteRow; token: string; code: string | null } {
  const token = work.newToken()
  const code = person.role === 'observer' ? codeFrom(Buffer.from(work.newToken(), 'base64url')) : null
  return { token, code, row: { id: work.newId(), person: person.id, kind: 'card', tokenHash: tokenHash(token), codeHash: code === null ? null : tokenHash(code), createdAt: work.now, until: rules.linkUntil(Role.parse(person.role), work.now), usedAt: null, endedAt: null } }
}

const endOpenInvites = async (person: string, work: Work<Actor>) => (await store.listOpenInvites(work.tx, person)).map(({ id }) => ({ id, endedAt: work.now }))

/** Ends a person's links and sessions. Nobody retires themselves, so one lead is always left, also when two retire each other at once. */
export async function retire(input: InputOf<typeof retireCall>, work: Work): Promise<{ reply: ReplyOf<typeof retireCall>; ended: string[] }> {
  const person = await getPerson(input.id, work.tx)
  const self = await getPerson(work.actor.id, work.tx)
  if (person.id === self.id || self.state === 'retired') throw new Problem('not_allowed')
  if (person.state === 'retired') return { reply: done, ended: [] }
  await work.record('person.retired', subject(person.id), { set: { people: [{ id: person.id, state: 'retired' }], invites: await endOpenInvites(person.id, work), phoneKeys: await endKeys(work.tx, { person: person.id }, work.now) } })
  return { reply: done, ended: await endSessionsOf(person.id, work) }
}

/** Takes back who was removed, with a new link; nothing that ended comes alive again. */
export async function takeBack(input: InputOf<typeof takeBackCall>, work: Work): Promise<Invited> {
  const person = await getPerson(input.id, work.tx)
  if ((await getPerson(work.actor.id, work.tx)).state === 'retired') throw new Problem('not_allowed')
  if (person.state !== 'retired') return renewLink(person, work, 'person.link_renewed')
  return renewLink({ ...person, state: 'invited' }, work, 'person.taken_back', { set: { people: [{ id: person.id, state: 'invited' }] }, touches: await leadSubjects(work.tx) })
}

/** Ends a person's sessions and links; the person stays in the mission. */
export async function endAccess(input: InputOf<typeof endAccessCall>, work: Work): Promise<{ reply: typeof done; ended: string[] }> {
  const person = await getPerson(input.id, work.tx)
  if (person.id === work.actor.id) throw new Problem('not_allowed')
  const [invites, phoneKeys] = [await endOpenInvites(person.id, work), await endKeys(work.tx, { person: person.id }, work.now)]
  const ended = await endSessionsOf(person.id, work)
  if (invites.length + ended.length > 0) await work.record('person.access_ended', subject(person.id), { set: { invites, phoneKeys } })
  return { reply: done, ended }
}

/** Gives a person another role; what the old one had open ends now, and every lead reads it. */
export async function changeRole({ id, role }: InputOf<typeof changeRoleCall>, work: Work): Promise<{ reply: typeof done; ended: string[] }> {
  const person = await getPerson(id, work.tx)
  const self = await getPerson(work.actor.id, work.tx)
  if (person.id === self.id || self.state === 'retired') throw new Problem('not_allowed')
  if (person.state === 'retired') throw new Problem('conflict')
  if (person.role === role) return { reply: done, ended: [] }
  const last = (await store.lastObserverNumber(work.tx)) ?? 100
  const number = role === 'observer' && person.number === null ? last + 1 : person.number
  const counter = number === person.number ? [] : [{ name: 'observer', value: last + 1 }]
  const isFirst = (await store.lastObserverNumber(work.tx)) === null
  await work.record('person.role_changed', subject(id), {
    put: isFirst && counter.length > 0 ? { counters: counter } : {},
    set: { people: [{ id, role, number }], invites: await endOpenInvites(id, work), phoneKeys: await endKeys(work.tx, { person: id }, work.now), ...(isFirst ? {} : { counters: counter }) },
  }, { touches: (await store.listActiveLeads(work.tx)).map((lead) => subject(lead.id)), told: { name: person.name, from: person.role, to: role } })
  return { reply: done, ended: await endSessionsOf(id, work) }
}

/** Everyone in the mission, for its leads. */
export async function listPeople(_: unknown, { tx, now, number }: Look): Promise<ReplyOf<typeof listPeopleCall>> {
  const invites = await store.listOpenInvites(tx)
  const heard = await lastHeard(tx)
  const ways = await store.listWithWay(tx)
  const people = (await store.listPeople(tx)).map((row) => ({ ...personOf(row, invites.filter((one) => one.person === row.id), heard.get(row.id) ?? null, now), hasSignIn: row.role === 'observer' ? null : ways.has(row.id) }))
  return { number, people, organisations: await store.listOrganisations(tx), notices: await leadNotices(tx, 0, number) }
}

export const listOrganisations = async (_: unknown, { tx }: Look): Promise<ReplyOf<typeof listOrganisationsCall>> => ({ organisations: await store.listOrganisations(tx) })

/** Who a live link is for. @throws not_found as for a token that never was */
export async function lookAtLink(token: string, { tx, now }: { tx: Tx; now: string }): Promise<Me['person']> {
  const found = await store.findInvite(tx, ...namedBy(token))
  if (!found || !rules.linkLives(found, now)) throw new Problem('not_found')
  return describePerson(found.person, tx)
}

/** A link by its token, or a card by its short code as somebody typed it. */
function namedBy(text: string): ['tokenHash' | 'codeHash', string] {
  const code = shortCodeIn(text)
  return code === null ? ['tokenHash', tokenHash(text)] : ['codeHash', tokenHash(code)]
}

export type Joined = { person: PersonActor & { session: string }; token: string; ended: string[] }

/** Uses a link, once. A used one that comes again is a fact, which the refusal must not roll back: it may have been copied. @throws not_found */
export async function join({ token, phone }: { token: string; phone?: string | undefined }, work: Work<Actor>): Promise<Joined | { refused: Problem }> {
  const found = await store.findInvite(work.tx, ...namedBy(token))
  if (!found) throw new Problem('not_found')
  if (found.usedAt !== null) {
    await work.record('invite.reused', subject(found.person), {}, { told: { invite: found.id } })
    return { refused: new Problem('not_found') }
  }
  if (!rules.linkLives(found, work.now)) throw new Problem('not_found')
  return openFor(await getPerson(found.person, work.tx), work, { phone, invites: [{ id: found.id, usedAt: work.now }] })
}

/** Signs a person in without a link: for the sample, whose tokens live in memory alone. */
export async function signInAs(person: string, work: Work<Actor>, phone?: string): Promise<Joined> {
  const row = await getPerson(person, work.tx)
  if (row.state === 'retired') throw new Problem('not_found')
  return openFor(row, work, { phone })
}

/** Signs in somebody who has shown who it is. */
export async function signInBy(person: string, how: string, work: Work<Actor>): Promise<Joined> {
  return openFor(await getPerson(person, work.tx), work, {}, { kind: 'person.signed_in', told: { how } })
}

type Entered = { phone?: string | undefined; invites?: { id: string; usedAt: string }[] }

async function openFor(person: PersonRow, work: Work<Actor>, { phone, ...used }: Entered, { kind, told }: { kind: string; told?: { how: string } } = { kind: 'person.joined' }): Promise<Joined> {
  if (person.role === 'observer' && (await store.missionIsClosed(work.tx))) throw new Problem('not_found')
  const actor = { kind: 'person' as const, id: person.id, role: Role.parse(person.role), session: work.newId() }
  const joined = person.state === 'joined' ? {} : { people: [{ id: person.id, state: 'joined', joinedAt: work.now }] }
  const phoneKeys = rules.oneDevice(actor.role) ? await endKeys(work.tx, { person: person.id }, work.now) : []
  await work.record(kind, subject(person.id), { set: { ...joined, ...used, phoneKeys } }, { by: actor, ...(told ? { told } : {}) })
  const ended = rules.oneDevice(actor.role) ? await endSessionsOf(person.id, work) : []
  const token = work.newToken()
  await openSession({ id: actor.session, person: person.id, token, phone: phone ?? null }, work)
  return { person: actor, token, ended }
}

/** Ends the caller's own session. */
export async function leave(_: unknown, work: Work): Promise<typeof done> {
  const phoneKeys = work.actor.session ? await endKeys(work.tx, { session: work.actor.session }, work.now) : []
  await work.record('person.left', subject(work.actor.id), { set: { phoneKeys } })
  if (work.actor.session) await endSession(work.actor.session, work)
  return done
}

/** A link for the first lead, as long as no lead has joined; the one before ends. Null where a lead is there already. */
export async function inviteFirstLead(language: string, work: Work<Actor>): Promise<string | null> {
  const leads = await store.listActiveLeads(work.tx)
  if (leads.some((lead) => lead.state === 'joined')) return null
  const waiting = leads[0]
  if (waiting) return (await renewLink(waiting, work, 'person.link_renewed')).token
  const person: PersonRow = { id: work.newId(), name: 'Lead', role: 'lead', number: null, organisation: null, language, telephone: null, state: 'invited', invitedAt: work.now, joinedAt: null, ...rules.notDoubted }
  const { row, token } = newLinkOf(person, work)
  await work.record('person.invited', subject(person.id), { put: { people: [person], invites: [row] } })
  return token
}

/** A link for a lead who is locked out, asked for at the machine itself; every lead is told. Which lead: by name where there are several. */
export async function leadLink(input: { name: string | null }, work: Work<Actor>): Promise<{ token: string; name: string } | { which: string[] }> {
  const leads = await store.listActiveLeads(work.tx)
  const meant = input.name === null ? leads : leads.filter((lead) => rules.sameName(lead.name, input.name ?? ''))
  const [lead] = meant
  if (!lead || meant.length > 1) return { which: leads.map((one) => one.name) }
  const { token } = await renewLink(lead, work, 'lead.link_made', { touches: leads.map((one) => subject(one.id)), told: { name: lead.name } })
  return { token, name: lead.name }
}

/** What `leadLink`, `changeRole` and the ending of somebody's ways to sign in record. */
type Noticed = { actor: { id?: string }; subject: Subject; told: { name: string; to?: Role } }

const noticed: Record<string, LeadNotice['what']> = { 'lead.link_made': 'lead_link', 'person.role_changed': 'role_changed', 'staff.passkey_ended': 'passkey_ended', 'staff.ways_ended': 'ways_ended' }

/** What the facts in (since, until] hold that every lead is told, oldest first. */
export async function leadNotices(tx: Tx, since: number, until: number): Promise<LeadNotice[]> {
  const facts = (await store.listNoticeFacts(tx, since, until)).map((fact) => ({ ...fact, body: JSON.parse(fact.body) as Noticed }))
  // After nearly every commit a lead's screen asks, and nothing of the kind has happened.
  if (facts.length === 0) return []
  const names = new Map((await store.listPeople(tx)).map((row) => [row.id, row.name]))
  return facts.map(({ number, at, kind, body: { actor, subject: person, told } }) => ({
    number, at, id: person.id, name: told.name, what: noticed[kind] ?? 'lead_link', role: told.to ?? null, by: actor.id === undefined ? null : { id: actor.id, name: names.get(actor.id) ?? '' },
  }))
}

/** A person's own name and organisation; nothing is recorded where they are so already. */
export async function namePerson(input: { id: string; name: string; organisation: string }, work: Work): Promise<void> {
  const person = await getPerson(input.id, work.tx)
  const { fresh, codeOf } = await organisationsFor([input.organisation], work.tx)
  const organisation = codeOf(input.organisation)
  if (person.name === input.name && person.organisation === organisation) return
  await work.record('person.named', subject(person.id), { put: fresh.length > 0 ? { organisations: fresh } : {}, set: { people: [{ id: person.id, name: input.name, organisation }] } })
}

/** A person as the person's own screen shows them. */
export async function describePerson(id: string, tx: Tx): Promise<Me['person']> {
  const row = await getPerson(id, tx)
  const organisation = row.organisation === null ? undefined : await store.findOrganisation(tx, row.organisation)
  return { id: row.id, name: row.name, role: Role.parse(row.role), number: row.number, organisation: row.organisation, organisationName: organisation?.name ?? null, language: row.language }
}

/** Who may still act, with role and organisation. */
export async function listActivePeople(tx: Tx): Promise<{ role: Role; organisation: string | null }[]> {
  return (await store.listPeople(tx)).filter((row) => row.state !== 'retired').map((row) => ({ role: Role.parse(row.role), organisation: row.organisation }))
}

async function getPerson(id: string, tx: Tx): Promise<PersonRow> {
  const person = await store.findPerson(tx, id)
  if (!person) throw new Problem('not_found')
  return person
}

/** The organisations of these names: those that are known, and `fresh` those that are still to be put. */
async function organisationsFor(names: readonly string[], tx: Tx): Promise<{ fresh: OrganisationRow[]; codeOf: (name: string) => string }> {
  const known = await store.listOrganisations(tx)
  const codes = new Map(known.map((one) => [rules.plainName(one.name), one.code]))
  const fresh: OrganisationRow[] = []
  for (const name of names) {
    if (codes.has(rules.plainName(name))) continue
    const row = { code: rules.organisationCode(name, [...codes.values()]), name }
    codes.set(rules.plainName(name), row.code)
    fresh.push(row)
  }
  return { fresh, codeOf: (name) => codes.get(rules.plainName(name)) ?? '' }
}

function personOf(row: PersonRow, openInvites: readonly InviteRow[], lastHeardAt: string | null, now: string): Person {
  const live = openInvites.find((one) => one.kind === 'card' && rules.linkLives(one, now))
  return { ...row, role: Role.parse(row.role), state: PersonState.parse(rules.personState(row, live !== undefined)), lastHeardAt, linkUntil: live?.until ?? null, hasLink: live !== undefined, hasSignIn: null }
}

/** Everybody whom a fact about how somebody signs in is told. */
export const leadSubjects = async (tx: Tx): Promise<Subject[]> => (await store.listActiveLeads(tx)).map((lead) => subject(lead.id))

const subject = (id: string): Subject => ({ type: 'person', id })

/** Who is in the mission, by name and organisation, for a list that is to be held against them. */
export async function listNames(tx: Tx): Promise<{ name: string; organisation: string; number: number | null }[]> {
  const names = new Map((await store.listOrganisations(tx)).map((one) => [one.code, one.name]))
  return (await store.listPeople(tx)).filter((row) => row.state !== 'retired').map((row) => ({ name: row.name, organisation: names.get(row.organisation ?? '') ?? '', number: row.number }))
}

/** An observer who may still be filed for. @throws not_found */
export async function getObserver(id: string, tx: Tx): Promise<PersonRow> {
  const person = await getPerson(id, tx)
  if (person.role !== 'observer' || person.state === 'retired') throw new Problem('not_found')
  return person
}

/** Everyone who observes, by number, with their telephones. */
export const listObserversOf = async (tx: Tx): Promise<Pick<PersonRow, 'id' | 'name' | 'number' | 'organisation' | 'telephone'>[]> =>
  (await store.listPeople(tx)).filter((row) => row.role === 'observer' && row.state !== 'retired').sort((one, other) => (one.number ?? 0) - (other.number ?? 0))

/** The telephone of a report's author, for the desk. */
export const telephoneOf = async (id: string, tx: Tx): Promise<string | null> => (await store.findPerson(tx, id))?.telephone ?? null

/** Ends every observer's links, sessions, keys and cards: what closing a mission changes of people. */
export async function endObservers(work: Work): Promise<{ set: { invites: { id: string; endedAt: string }[]; phoneKeys: { id: string; endedAt: string | null }[] }; ended: string[] }> {
  const observers = new Set((await store.listPeople(work.tx)).filter((row) => row.role === 'observer').map((row) => row.id))
  const invites = (await store.listOpenInvites(work.tx)).filter((one) => observers.has(one.person)).map(({ id }) => ({ id, endedAt: work.now }))
  const [ended, phoneKeys]: [string[], { id: string; endedAt: string | null }[]] = [[], []]
  for (const id of observers) {
    phoneKeys.push(...(await endKeys(work.tx, { person: id }, work.now)))
    ended.push(...(await endSessionsOf(id, work)))
  }
  return { set: { invites, phoneKeys }, ended }
}
