import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Day, Done, Instant, Language, Uuid, Zone, nothing, someWords } from './basics.ts'
import { Pack } from './pack.ts'
import { Role, everyone } from './roles.ts'

/** Set-up goes on where it stopped: the first step that is not done. */
export const SetUpStep = z.enum(['mission', 'checking', 'register', 'people', 'done'])
export type SetUpStep = z.infer<typeof SetUpStep>

/** Whose eyes a picture needs before it is verified, and who may release it. */
export const CheckingRules = z.strictObject({
  eyes: z.union([z.literal(1), z.literal(2)]),
  /** A verdict comes from another organisation than the author's. */
  otherOrganisation: z.boolean(),
  /** Who releases gave no verdict on that report. */
  releaserNotVerifier: z.boolean(),
})
export type CheckingRules = z.infer<typeof CheckingRules>

/** ISO 3166-1 alpha-2. */
export const Country = z.string().check(z.regex(/^[A-Z]{2}$/, 'format'))

/** The mission as its people see it. */
export const Mission = z.object({
  id: Uuid,
  name: z.string(),
  country: z.nullable(Country),
  zone: z.string(),
  languages: z.array(Language),
  days: z.array(Day),
  credit: z.string(),
  rules: CheckingRules,
  exercise: z.boolean(),
  open: z.boolean(),
  /** It was open and has ended: observers are signed out, nothing more is filed from a phone. */
  closed: z.boolean(),
  step: SetUpStep,
  pack: Pack,
})
export type Mission = z.infer<typeof Mission>

/** Who is signed in, and in which mission. */
export const Me = z.object({
  person: z.object({ id: Uuid, name: z.string(), role: Role, number: z.nullable(z.number()), organisation: z.nullable(z.string()), organisationName: z.nullable(z.string()), language: Language }),
  mission: Mission,
  /** The server's clock, so that a screen can tell how far its own is off. */
  serverTime: z.string(),
  /** This is the sample, which has a plug to pull. */
  plug: z.optional(z.literal(true)),
})
export type Me = z.infer<typeof Me>

export const meCall = contract({ name: 'me', method: 'GET', path: '/api/me', who: everyone, token: true, kind: 'reads', input: nothing, reply: Me })

/** Exchanges the set-up link for a lead's session. The link works once; until one was used each start prints a new one. */
export const beginSetUpCall = contract({ name: 'beginSetUp', method: 'POST', path: '/api/setup/begin', who: 'anyone', kind: 'writes', input: z.strictObject({ token: z.string() }), reply: Me })

/** Opens the sample mission beside this one, with a sign-in link for each role; while the mission is not open. */
export const openSampleCall = contract({
  name: 'openSample', method: 'POST', path: '/api/setup/sample', who: ['lead'], kind: 'reads', input: nothing,
  reply: z.object({ links: z.array(z.object({ role: z.string(), address: z.string() })) }),
})

/** The second of two that are the same is the one too many. */
function eachOnce({ value, issues }: { value: readonly string[]; issues: z.core.$ZodRawIssue[] }): void {
  for (const [at, one] of value.entries()) if (value.indexOf(one) < at) issues.push({ code: 'custom', message: 'repeated', path: [at], input: one })
}

export const MissionBasics = z.strictObject({
  name: someWords(120),
  country: Country,
  zone: Zone,
  languages: z.array(Language).check(z.minLength(1, 'required'), z.maxLength(8, 'too_many'), z.refine((list) => new Set(list).size === list.length, 'repeated')),
  days: z.array(Day).check(z.minLength(1, 'required'), z.maxLength(40, 'too_many'), eachOnce),
  /** The lead's own name and organisation. */
  leadName: someWords(120),
  organisation: someWords(120),
})
export type MissionBasics = z.infer<typeof MissionBasics>
export const setBasicsCall = contract({ name: 'setBasics', method: 'PUT', path: '/api/mission/basics', who: ['lead'], fresh: true, kind: 'writes', input: MissionBasics, reply: Me })

export const CreditAndChecking = z.strictObject({ credit: someWords(120), rules: CheckingRules })
export const setCheckingCall = contract({ name: 'setChecking', method: 'PUT', path: '/api/mission/checking', who: ['lead'], fresh: true, kind: 'writes', input: CreditAndChecking, reply: Me })

/** Marks the register as enough for now; a mission may be opened without one, and stations imported later. */
export const skipRegisterCall = contract({ name: 'skipRegister', method: 'PUT', path: '/api/mission/register-done', who: ['lead'], kind: 'writes', input: nothing, reply: Me })

/** The strictest rules that the mission's people can satisfy, proposed before it opens. */
export const proposeRulesCall = contract({
  name: 'proposeRules', method: 'GET', path: '/api/mission/proposed-rules', who: ['lead'], kind: 'reads', input: nothing,
  reply: z.object({ rules: CheckingRules, coordinators: z.number(), organisations: z.number() }),
})

/**
 * When the mission was last backed up with `npm run backup`, so that a lead sees whether it was. `facts`: how many the journal has had since; `isBeside`: it lay on the mission's own disk.
 * A database on a server is backed up with that server's own means, and nothing here knows of it.
 */
export const LastBackup = z.object({ keeper: z.enum(['veedor', 'database_server']), last: z.nullable(z.object({ begunAt: Instant, facts: z.number(), reports: z.number(), isBeside: z.boolean() })) })
export type LastBackup = z.infer<typeof LastBackup>
export const lastBackupCall = contract({ name: 'lastBackup', method: 'GET', path: '/api/mission/backup', who: ['lead'], kind: 'reads', input: nothing, reply: LastBackup })

export const openMissionCall = contract({ name: 'openMission', method: 'POST', path: '/api/mission/open', who: ['lead'], kind: 'writes', input: z.strictObject({ rules: CheckingRules }), reply: Me })

/** Ends the mission: observers' sessions and cards end, the desk and the press read and release on. `name`: the mission's own, as the lead typed it. */
export const closeMissionCall = contract({ name: 'closeMission', method: 'POST', path: '/api/mission/close', who: ['lead'], fresh: true, kind: 'writes', input: z.strictObject({ name: z.string().check(z.trim()) }), reply: Me })

/** Opens a mission that was closed; observers need new cards. */
export const reopenMissionCall = contract({ name: 'reopenMission', method: 'POST', path: '/api/mission/reopen', who: ['lead'], fresh: true, kind: 'writes', input: nothing, reply: Me })

export const leaveCall = contract({ name: 'leave', method: 'POST', path: '/api/leave', who: everyone, kind: 'writes', input: nothing, reply: Done })
