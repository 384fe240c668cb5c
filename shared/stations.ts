import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Code, Sha256, nothing } from './basics.ts'
import type { Role } from './roles.ts'
import { desk } from './roles.ts'

/** The register as columns, one entry a station; `tables` holds each station's table codes. Kept on the phone; `version` changes with it. */
export const Register = z.object({
  version: z.string(),
  code: z.array(Code),
  name: z.array(z.string()),
  department: z.array(z.string()),
  municipality: z.array(z.string()),
  district: z.array(z.string()),
  latitude: z.array(z.number()),
  longitude: z.array(z.number()),
  tables: z.array(z.array(Code)),
})
export type Register = z.infer<typeof Register>

const observersAndDesk: readonly Role[] = ['observer', ...desk]

/** The whole register, or `same: true` when `have` names the present version. */
export const registerCall = contract({
  name: 'register', method: 'GET', path: '/api/stations', who: observersAndDesk, token: true, kind: 'reads', input: z.strictObject({ have: z.optional(z.string().check(z.maxLength(64))) }),
  reply: z.object({ same: z.boolean(), register: z.nullable(Register) }),
})

export const registerColumns = ['station_code', 'station_name', 'department', 'municipality', 'district', 'latitude', 'longitude', 'table'] as const
export type RegisterColumn = (typeof registerColumns)[number]

export const maxRegisterBytes = 5_000_000
export const maxRegisterLines = 50_000

/** Why a line of a register cannot be taken. `found` is what stood there; `hint` what was probably meant. */
export const LineFault = z.object({
  line: z.number(),
  column: z.nullable(z.string()),
  reason: z.enum([
    'required', 'too_long', 'not_a_number', 'out_of_range', 'outside_country', 'sign_missing', 'swapped', 'table_twice', 'station_differs', 'unknown_municipality', 'unknown_district', 'unknown_department', 'too_few_columns', 'too_many_columns', 'bad_code', 'quotes',
  ]),
  found: z.nullable(z.string()),
  hint: z.nullable(z.string()),
  otherLine: z.nullable(z.number()),
})
export type LineFault = z.infer<typeof LineFault>

/** What a file of stations holds, before anything is imported. Wrong lines come first with their cells, then the first right ones. */
export const RegisterPreview = z.object({
  upload: Sha256,
  fileName: z.string(),
  sizeBytes: z.number(),
  encoding: z.enum(['utf-8', 'utf-16', 'windows-1252']),
  separator: z.enum([',', ';', '\t']),
  lines: z.number(),
  right: z.number(),
  wrong: z.number(),
  stations: z.number(),
  tables: z.number(),
  departments: z.number(),
  municipalities: z.number(),
  faults: z.array(LineFault),
  cells: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
  /** True when `faults` was cut; the CSV of wrong lines has them all. */
  more: z.boolean(),
})
export type RegisterPreview = z.infer<typeof RegisterPreview>

/** A form with one part `file`: CSV, UTF-8, UTF-16 or windows-1252, comma, semicolon or tab, at most 5 MB and 50,000 lines. Nothing is imported. A file with no usable heading is `invalid_input`. */
export const previewRegisterCall = contract({ name: 'previewRegister', method: 'POST', path: '/api/register/preview', who: ['lead'], kind: 'writes', carries: 'file', input: nothing, reply: RegisterPreview })

/** Imports the right lines of a file that was previewed, in one transaction; `right` and `wrong` are the counts that the person saw, other counts are `conflict`. */
export const importRegisterCall = contract({
  name: 'importRegister', method: 'POST', path: '/api/register/import', who: ['lead'], fresh: true, kind: 'writes',
  input: z.strictObject({ upload: Sha256, right: z.number(), wrong: z.number() }), reply: z.object({ stations: z.number(), tables: z.number() }),
})

/** All lines of a previewed file that cannot be taken, with the reason in a last column, to be mended and imported later. */
export const wrongLinesCall = contract({ name: 'wrongLines', method: 'GET', path: '/api/register/wrong', who: ['lead'], kind: 'reads', answers: 'file', input: z.strictObject({ upload: Sha256 }), reply: nothing })
