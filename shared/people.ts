import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Code, Done, Instant, Language, Uuid, nothing, someWords } from './basics.ts'
import { Me } from './mission.ts'
import { Role } from './roles.ts'

export const PersonState = z.enum(['invited', 'joined', 'link_ended', 'retired'])
export type PersonState = z.infer<typeof PersonState>

export const Person = z.object({
  id: Uuid,
  name: z.string(),
  role: Role,
  number: z.nullable(z.number()),
  organisation: z.nullable(Code),
  language: Language,
  state: PersonState,
  invitedAt: Instant,
  joinedAt: z.nullable(Instant),
  lastHeardAt: z.nullable(Instant),
  linkUntil: z.nullable(Instant),
})
export type Person = z.infer<typeof Person>

/** A person's number as cards and screens have it: `0101`. */
export const personNumber = (number: number): string => String(number).padStart(4, '0')

export const Organisation = z.object({ code: Code, name: z.string() })
export type Organisation = z.infer<typeof Organisation>

/** A sign-in link that the operator of the machine printed for a lead; every lead may know of it. `number`: its fact in the journal. */
export const LeadLink = z.object({ number: z.number(), id: Uuid, name: z.string(), at: Instant })
export type LeadLink = z.infer<typeof LeadLink>

export const listPeopleCall = contract({
  name: 'listPeople', method: 'GET', path: '/api/people', who: ['lead'], kind: 'reads', input: nothing,
  reply: z.object({ number: z.number(), people: z.array(Person), organisations: z.array(Organisation), leadLinks: z.array(LeadLink) }),
})

/** Names of organisations and of fellow coordinators, for the desk's lists. */
export const listOrganisationsCall = contract({
  name: 'listOrganisations', method: 'GET', path: '/api/organisations', who: ['coordinator', 'lead'], kind: 'reads', input: nothing,
  reply: z.object({ organisations: z.array(Organisation) }),
})

/** A link is shown once: only its hash is kept. Where no public address is set it is a path, for the page to complete with its own. `until`: null for an observer's card. */
export const Link = z.object({ person: Person, link: z.string(), until: z.nullable(Instant) })
export type Link = z.infer<typeof Link>

export const Invitation = z.strictObject({
  id: Uuid,
  name: someWords(120),
  role: Role,
  /** The organisation's name; one that is not known yet is added. */
  organisation: someWords(120),
  language: Language,
})
export type Invitation = z.infer<typeof Invitation>
/** Sent again with the same id and content it gives a fresh link in place of the old one, since the first was not kept. */
export const inviteCall = contract({ name: 'invite', method: 'PUT', path: '/api/people/:id', who: ['lead'], kind: 'writes', status: 201, input: Invitation, reply: Link })

/** A new link for someone who is invited or has joined; ends the one before, not the session. */
export const newLinkCall = contract({ name: 'newLink', method: 'POST', path: '/api/people/:id/link', who: ['lead'], kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Link })

/** Ends a person's sessions and links; what is unsent stays on their phone. Nobody retires themselves. */
export const retireCall = contract({ name: 'retire', method: 'DELETE', path: '/api/people/:id', who: ['lead'], kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid }), reply: Done })

const Token = z.strictObject({ token: z.string().check(z.minLength(16, 'required'), z.maxLength(200, 'too_long')) })

/** Who a link is for, before it is used. */
export const lookAtLinkCall = contract({
  name: 'lookAtLink', method: 'POST', path: '/api/join/look', who: 'anyone', kind: 'reads', input: Token,
  reply: z.object({ name: z.string(), role: Role, number: z.nullable(z.number()), organisationName: z.nullable(z.string()), language: Language, mission: z.string(), exercise: z.boolean() }),
})

/** Uses a link: it works once, and a session cookie is set. */
export const joinCall = contract({ name: 'join', method: 'POST', path: '/api/join', who: 'anyone', kind: 'writes', status: 201, input: Token, reply: Me })
