import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Sha256, nothing } from './basics.ts'
import { Link } from './people.ts'

/** A delegation's list: one person a line. Telephone and language may be missing. */
export const delegationColumns = ['name', 'organisation', 'telephone', 'language'] as const
export type DelegationColumn = (typeof delegationColumns)[number]

export const maxDelegationLines = 5_000

/** Why a line cannot be taken. `found` is what stood there; `hint` what was probably meant, or who is here already; `otherLine` where the same person stands before. */
export const PersonFault = z.object({
  line: z.number(),
  column: z.nullable(z.enum(delegationColumns)),
  reason: z.enum(['required', 'too_long', 'bad_telephone', 'unknown_language', 'twice', 'here_already', 'too_few_columns', 'too_many_columns', 'quotes']),
  found: z.nullable(z.string()),
  hint: z.nullable(z.string()),
  otherLine: z.nullable(z.number()),
})
export type PersonFault = z.infer<typeof PersonFault>

/** What a list of people holds, before anybody is invited. Wrong lines come first with their cells, then the first right ones. */
export const DelegationPreview = z.object({
  upload: Sha256,
  fileName: z.string(),
  sizeBytes: z.number(),
  lines: z.number(),
  right: z.number(),
  wrong: z.number(),
  organisations: z.number(),
  /** Organisations that the mission does not know yet. */
  newOrganisations: z.array(z.string()),
  faults: z.array(PersonFault),
  cells: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  /** True when `faults` was cut; the CSV of wrong lines has them all. */
  more: z.boolean(),
})
export type DelegationPreview = z.infer<typeof DelegationPreview>

/** A form with one part `file`: CSV as a register has it, at most 5 MB and 5,000 lines, headings in English or Spanish. Nobody is invited. */
export const previewDelegationCall = contract({ name: 'previewDelegation', method: 'POST', path: '/api/delegation/preview', who: ['lead'], kind: 'writes', carries: 'file', input: nothing, reply: DelegationPreview })

/** Invites everyone on the right lines of a list that was previewed, as observers, in one fact; the cards come once. Other counts than the person saw are `conflict`. */
export const importDelegationCall = contract({
  name: 'importDelegation', method: 'POST', path: '/api/delegation/import', who: ['lead'], fresh: true, kind: 'writes',
  input: z.strictObject({ upload: Sha256, right: z.number(), wrong: z.number() }), reply: z.object({ cards: z.array(Link) }),
})

/** All lines of a previewed list that cannot be taken, with the reason in a last column. */
export const wrongPeopleCall = contract({ name: 'wrongPeople', method: 'GET', path: '/api/delegation/wrong', who: ['lead'], kind: 'reads', answers: 'file', input: z.strictObject({ upload: Sha256 }), reply: nothing })
