import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { Me } from '../../../shared/mission.ts'
import { PersonState } from '../../../shared/people.ts'
import type { Invitation, LeadLink, Person, inviteCall, listOrganisationsCall, listPeopleCall, newLinkCall, retireCall } from '../../../shared/people.ts'
import { Problem } from '../../../shared/problem.ts'
import { Role } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Actor, Look, PersonActor, Subject, Work } from '../../platform/journal/work.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'
import type { InviteRow, OrganisationRow, PersonRow } from './tables.ts'

/** A person with a link that was made just now; the token is nowhere else. */
export type Invited = { person: Person; token: string; until: string | null }

/** Invites a person, or gives a fresh link when the same invitation comes again. @throws conflict where the id is another invitation's */
export async function invite(input: InputOf<typeof inviteCall>, work: Work<Actor>): Promise<Invited> {
  const known = await store.findPerson(work.tx, input.id)
  if (!known) return inviteNew(input, work)
  const organisation = known.organisation === null ? null : ((await store.findOrganisation(work.tx, known.organisation)) ?? null)
  if (known.state === 'retired' || !rules.sameInvitation(known, organisation, input)) throw new Problem('conflict')
  return renewLink(known, work, 'person.link_renewed')
}

async function inviteNew(input: Invitation, work: Work<Actor>): Promise<Invited> {
  const organisation = await organisationOf(input.organisation, work.tx)
  const last = await store.lastObserverNumber(work.tx)
  const number = input.role === 'observer' ? (last ?? 100) + 1 : null
  const person: PersonRow = { id: input.id, name: input.name, role: input.role, number, organisation: organisation.row.code, language: input.language, state: 'invited', invitedAt: work.now, joinedAt: null }
  const { row, token } = newLinkOf(person, work)
  const counter = number === null ? [] : [{ name: 'observer', value: number }]
  await work.record('person.invited', subject(person.id), {
    put: { ...organisation.put, ...(last === null ? { counters: counter } : {}), people: [person], invites: [row] },
    set: last === null ? {} : { counters: counter },
  })
  return { person: personOf(person, [row], null, work.now), token, until: row.until }
}

/** A new link in place of the one before, for someone who is invited or has joined. */
export async function newLink(input: InputOf<typeof newLinkCall>, work: Work<Actor>): Promise<Invited> {
  const person = await getPerson(input.id, work.tx)
  if (person.state === 'retired') throw new Problem('conflict')
  return renewLink(person, work, 'person.link_renewed')
}

async function renewLink(person: PersonRow, work: Work<Actor>, kind: string, options: { touches?: Subject[]; told?: Record<string, string> } = {}): Promise<Invited> {
  const { row, token } = newLinkOf(person, work)
  await work.record(kind, subject(person.id), { put: { invites: [row] }, set: { invites: await endOpenInvites(person.id, work) } }, options)
  return { person: personOf(person, [row], (await store.lastHeard(work.tx)).get(person.id) ?? null, work.now), token, until: row.until }
}

function newLinkOf(person: PersonRow, work: Work<Actor>): { row: InviteRow; token: string } {
  const token = work.newToken()
  return { token, row: { id: work.newId(), person: person.id, tokenHash: store.tokenHash(token), createdAt: work.now, until: rules.linkUntil(Role.parse(person.role), work.now), usedAt: null, endedAt: null } }
}

const endOpenInvites = async (person: string, work: Work<Actor>) => (await store.listOpenInvites(work.tx, person)).map(({ id }) => ({ id, endedAt: work.now }))

/** Ends a person's links and sessions. Nobody retires themselves, so one lead is always left, also when two retire each other at once. */
export async function retire(input: InputOf<typeof retireCall>, work: Work): Promise<{ reply: ReplyOf<typeof retireCall>; ended: string[] }> {
  const person = await getPerson(input.id, work.tx)
  const self = await getPerson(work.actor.id, work.tx)
  if (person.id === self.id || self.state === 'retired') throw new Problem('not_allowed')
  if (person.state === 'retired') return { reply: done, ended: [] }
  await work.record('person.retired', subject(person.id), { set: { people: [{ id: person.id, state: 'retired' }], invites: await endOpenInvites(person.id, work) } })
  return { reply: done, ended: await store.endSessionsOf(work.tx, person.id, work.now) }
}

/** Everyone in the mission, for its leads. */
export async function listPeople(_: unknown, { tx, now, number }: Look): Promise<ReplyOf<typeof listPeopleCall>> {
  const invites = await store.listOpenInvites(tx)
  const heard = await store.lastHeard(tx)
  const people = (await store.listPeople(tx)).map((row) => personOf(row, invites.filter((one) => one.person === row.id), heard.get(row.id) ?? null, now))
  return { number, people, organisations: await store.listOrganisations(tx), leadLinks: await leadLinks(tx, 0, number) }
}

export const listOrganisations = async (_: unknown, { tx }: Look): Promise<ReplyOf<typeof listOrganisationsCall>> => ({ organisations: await store.listOrganisations(tx) })

/** Who a live link is for. @throws not_found as for a token that never was */
export async function lookAtLink(token: string, { tx, now }: { tx: Tx; now: string }): Promise<Me['person']> {
  const found = await store.findInvite(tx, token)
  if (!found || !rules.linkLives(found, now)) throw new Problem('not_found')
  return describePerson(found.person, tx)
}

export type Joined = { person: PersonActor & { session: string }; token: string; ended: string[] }

/** Uses a link, once. A used one that comes again is a fact, which the refusal must not roll back: it may have been copied. @throws not_found */
export async function join(token: string, work: Work<Actor>): Promise<Joined | { refused: Problem }> {
  const found = await store.findInvite(work.tx, token)
  if (!found) throw new Problem('not_found')
  if (found.usedAt !== null) {
    await work.record('invite.reused', subject(found.person), {}, { told: { invite: found.id } })
    return { refused: new Problem('not_found') }
  }
  if (!rules.linkLives(found, work.now)) throw new Problem('not_found')
  return openFor(await getPerson(found.person, work.tx), work, { invites: [{ id: found.id, usedAt: work.now }] })
}

/** Signs a person in without a link: for the sample, whose tokens live in memory alone. */
export async function signInAs(person: string, work: Work<Actor>): Promise<Joined> {
  const row = await getPerson(person, work.tx)
  if (row.state === 'retired') throw new Problem('not_found')
  return openFor(row, work, {})
}

async function openFor(person: PersonRow, work: Work<Actor>, used: { invites?: { id: string; usedAt: string }[] }): Promise<Joined> {
  const actor = { kind: 'person' as const, id: person.id, role: Role.parse(person.role), session: work.newId() }
  const joined = person.state === 'joined' ? {} : { people: [{ id: person.id, state: 'joined', joinedAt: work.now }] }
  await work.record('person.joined', subject(person.id), { set: { ...joined, ...used } }, { by: actor })
  const ended = rules.oneDevice(actor.role) ? await store.endSessionsOf(work.tx, person.id, work.now) : []
  const token = work.newToken()
  await store.openSession(work.tx, { id: actor.session, person: person.id, token, now: work.now })
  return { person: actor, token, ended }
}

/** Ends the caller's own session. */
export async function leave(_: unknown, work: Work): Promise<typeof done> {
  await work.record('person.left', subject(work.actor.id), {})
  if (work.actor.session) await store.endSession(work.tx, work.actor.session, work.now)
  return done
}

/** A link for the first lead, as long as no lead has joined; the one before ends. Null where a lead is there already. */
export async function inviteFirstLead(language: string, work: Work<Actor>): Promise<string | null> {
  const leads = await store.listActiveLeads(work.tx)
  if (leads.some((lead) => lead.state === 'joined')) return null
  const waiting = leads[0]
  if (waiting) return (await renewLink(waiting, work, 'person.link_renewed')).token
  const person: PersonRow = { id: work.newId(), name: 'Lead', role: 'lead', number: null, organisation: null, language, state: 'invited', invitedAt: work.now, joinedAt: null }
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

/** What `leadLink` records. */
type LinkMade = { subject: Subject; told: { name: string } }

/** The sign-in links that the operator printed for leads, from the facts in (since, until], oldest first. */
export async function leadLinks(tx: Tx, since: number, until: number): Promise<LeadLink[]> {
  return (await store.listLeadLinkFacts(tx, since, until)).map(({ number, at, body }) => {
    const { subject: lead, told } = JSON.parse(body) as LinkMade
    return { number, id: lead.id, name: told.name, at }
  })
}

/** A person's own name and organisation; nothing is recorded where they are so already. */
export async function namePerson(input: { id: string; name: string; organisation: string }, work: Work): Promise<void> {
  const person = await getPerson(input.id, work.tx)
  const organisation = await organisationOf(input.organisation, work.tx)
  if (person.name === input.name && person.organisation === organisation.row.code) return
  await work.record('person.named', subject(person.id), { put: organisation.put, set: { people: [{ id: person.id, name: input.name, organisation: organisation.row.code }] } })
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

/** Who holds a session, as long as it lives; and when it was last heard of. */
export async function findActor(by: { token: string } | { session: string }, { tx, now }: { tx: Tx; now: string }): Promise<{ actor: PersonActor & { session: string }; lastHeardAt: string } | null> {
  const session = 'token' in by ? await store.findSessionByToken(tx, by.token) : await store.findSession(tx, by.session)
  const person = session && (await store.findPerson(tx, session.person))
  if (!session || !person || !rules.sessionLives(session, person, now)) return null
  return { actor: { kind: 'person', id: person.id, role: Role.parse(person.role), session: session.id }, lastHeardAt: session.lastHeardAt }
}

/** Writes down that sessions gave a sign of life. Not a fact. */
export const hearSessions = (sessions: readonly string[], { tx, now }: Work<Actor>): Promise<void> => store.hearSessions(tx, sessions, now)

async function getPerson(id: string, tx: Tx): Promise<PersonRow> {
  const person = await store.findPerson(tx, id)
  if (!person) throw new Problem('not_found')
  return person
}

/** The organisation of this name, or a new one that is still to be put. */
async function organisationOf(name: string, tx: Tx): Promise<{ row: OrganisationRow; put: { organisations?: OrganisationRow[] } }> {
  const known = await store.listOrganisations(tx)
  const found = known.find((one) => rules.sameName(one.name, name))
  if (found) return { row: found, put: {} }
  const row = { code: rules.organisationCode(name, known.map((one) => one.code)), name }
  return { row, put: { organisations: [row] } }
}

function personOf(row: PersonRow, openInvites: readonly InviteRow[], lastHeardAt: string | null, now: string): Person {
  const live = openInvites.find((one) => rules.linkLives(one, now))
  return { ...row, role: Role.parse(row.role), state: PersonState.parse(rules.personState(row, live !== undefined)), lastHeardAt, linkUntil: live?.until ?? null }
}

const subject = (id: string): Subject => ({ type: 'person', id })
