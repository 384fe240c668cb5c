import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Code, Done, Instant, Language, Uuid, nothing, someWords, words } from './basics.ts'
import { Me } from './mission.ts'
import { Role } from './roles.ts'

export const PersonState = z.enum(['invited', 'joined', 'link_ended', 'retired'])
export type PersonState = z.infer<typeof PersonState>

/** As people write them: figures with spaces, dashes and brackets, perhaps a plus in front; at least five figures. */
export const Telephone = words(40).check(z.regex(/^\+?[\d ()./-]{5,40}$/, 'format'), z.refine((text) => text.replace(/\D/g, '').length >= 5, 'format'))

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
  /** A link or a card is out that may still be used; without an end where `linkUntil` is null. */
  hasLink: z.boolean(),
  /** Whether somebody of the staff can come back without a new link: by passkey or passphrase. Null for observers, and where it was not asked. */
  hasSignIn: z.nullable(z.boolean()),
  /** Since when nothing of theirs is judged or released. */
  quarantinedAt: z.nullable(Instant),
  /** For leads, who list people, and coordinators, who call back: never for press and other observers. */
  telephone: z.nullable(z.string()),
})
export type Person = z.infer<typeof Person>

/** A person's number as cards and screens have it: `0101`. */
export const personNumber = (number: number): string => String(number).padStart(4, '0')

export const Organisation = z.object({ code: Code, name: z.string() })
export type Organisation = z.infer<typeof Organisation>

/** What every lead is told: that the operator of the machine printed a sign-in link for a lead, that a lead gave somebody another role, or ended a passkey or all that somebody signs in with. `number`: its fact in the journal; `by`: the lead who did it. */
export const LeadNotice = z.object({ number: z.number(), id: Uuid, what: z.enum(['lead_link', 'role_changed', 'passkey_ended', 'ways_ended']), name: z.string(), role: z.nullable(Role), by: z.nullable(z.object({ id: Uuid, name: z.string() })), at: Instant })
export type LeadNotice = z.infer<typeof LeadNotice>

export const listPeopleCall = contract({
  name: 'listPeople', method: 'GET', path: '/api/people', who: ['lead'], kind: 'reads', input: nothing,
  reply: z.object({ number: z.number(), people: z.array(Person), organisations: z.array(Organisation), notices: z.array(LeadNotice) }),
})

/** Names of organisations and of fellow coordinators, for the desk's lists. */
export const listOrganisationsCall = contract({
  name: 'listOrganisations', method: 'GET', path: '/api/organisations', who: ['coordinator', 'lead'], kind: 'reads', input: nothing,
  reply: z.object({ organisations: z.array(Organisation) }),
})

/** A link is shown once: only its hash is kept. Where no public address is set it is a path, for the page to complete with its own. `until`: null for an observer's card. */
export const Link = z.object({ person: Person, link: z.string(), /** What is typed where nothing can be scanned; on observers' cards. */ code: z.nullable(z.string()), until: z.nullable(Instant) })
export type Link = z.infer<typeof Link>

export const Invitation = z.strictObject({
  id: Uuid,
  name: someWords(120),
  role: Role,
  /** The organisation's name; one that is not known yet is added. */
  organisation: someWords(120),
  language: Language,
  telephone: z.optional(Telephone),
})
export type Invitation = z.infer<typeof Invitation>
/** Sent again with the same id and content it gives a fresh link in place of the old one, since the first was not kept. */
export const inviteCall = contract({ name: 'invite', method: 'PUT', path: '/api/people/:id', who: ['lead'], fresh: true, kind: 'writes', status: 201, input: Invitation, reply: Link })

/** A new link for someone who is invited or has joined; ends the one before, not the session. */
export const newLinkCall = contract({ name: 'newLink', method: 'POST', path: '/api/people/:id/link', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Link })

/** New cards for many at once, each in place of the person's link before. Whoever is retired is left out. */
export const newCardsCall = contract({
  name: 'newCards', method: 'POST', path: '/api/cards', who: ['lead'], fresh: true, kind: 'writes',
  input: z.strictObject({ ids: z.array(Uuid).check(z.minLength(1, 'required'), z.maxLength(5000, 'too_many')) }), reply: z.object({ cards: z.array(Link) }),
})

/** Ends a person's sessions, links and cards now; the person stays, and may be given a new card. */
export const endAccessCall = contract({ name: 'endAccess', method: 'POST', path: '/api/people/:id/end', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Done })

/** Another role: sessions and links of the old one end in the same call, and every lead is told. Nobody changes their own. */
export const changeRoleCall = contract({ name: 'changeRole', method: 'PUT', path: '/api/people/:id/role', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ id: Uuid, role: Role }), reply: Done })

/** Ends a person's sessions and links; what is unsent stays on their phone. Nobody retires themselves. */
export const retireCall = contract({ name: 'retire', method: 'DELETE', path: '/api/people/:id', who: ['lead'], fresh: true, kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid }), reply: Done })

/** Takes back who was removed, with a new link or card: sessions, links and keys of before stay ended, and what is unsent on their phone is sent once they have joined again. For anyone else it is a new link. */
export const takeBackCall = contract({ name: 'takeBack', method: 'POST', path: '/api/people/:id/back', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ id: Uuid }), reply: Link })

/** A link's token, or the short code of a card as it was typed. */
const token = z.string().check(z.minLength(12, 'required'), z.maxLength(200, 'too_long'))

/** Who a link is for, before it is used. */
export const lookAtLinkCall = contract({
  name: 'lookAtLink', method: 'POST', path: '/api/join/look', who: 'anyone', kind: 'reads', input: z.strictObject({ token }),
  reply: z.object({ name: z.string(), role: Role, number: z.nullable(z.number()), organisationName: z.nullable(z.string()), language: Language, mission: z.string(), exercise: z.boolean() }),
})

/** Uses a link: it works once, and a session cookie is set. `phone`: an id that this browser made for itself, the same at each joining, so that a phone that was replaced is told from the one that came after it. */
export const joinCall = contract({ name: 'join', method: 'POST', path: '/api/join', who: 'anyone', kind: 'writes', status: 201, input: z.strictObject({ token, phone: z.optional(Uuid) }), reply: Me })

/** A code to take one's own account to another phone: ten minutes, once. This phone's session ends when the other has joined. */
export const makeTransferCall = contract({ name: 'makeTransfer', method: 'POST', path: '/api/my/transfer', who: ['observer'], kind: 'writes', input: nothing, reply: z.object({ link: z.string(), code: z.string(), until: Instant }) })
