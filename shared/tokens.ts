import * as z from 'zod/mini'
import { Code, Done, Instant, Language, Latitude, Longitude, Severity, Uuid, Zone, nothing, someWords, words } from './basics.ts'
import { contract } from './contract.ts'
import { Receipt, maxWords } from './reports.ts'

/** The calls that a token may ever be made for: filing and reading. Never to verify, release or administer. */
export const TokenContract = z.enum(['fileByToken', 'me', 'register', 'myReports', 'listReports', 'reportPoints', 'getReport', 'listReleases', 'releaseImage'])
export type TokenContract = z.infer<typeof TokenContract>

/** A token for a program, which acts in its owner's name. What it is itself is shown once, and kept as a hash alone. */
export const Token = z.object({
  id: Uuid,
  name: z.string(),
  owner: z.object({ id: Uuid, name: z.string() }),
  contracts: z.array(TokenContract),
  createdAt: Instant,
  createdBy: z.string(),
  until: Instant,
  endedAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
})
export type Token = z.infer<typeof Token>

export const listTokensCall = contract({ name: 'listTokens', method: 'GET', path: '/api/tokens', who: ['lead'], kind: 'reads', input: nothing, reply: z.object({ tokens: z.array(Token) }) })

export const NewToken = z.strictObject({
  id: Uuid,
  name: someWords(80),
  owner: Uuid,
  contracts: z.array(TokenContract).check(z.minLength(1, 'required'), z.maxLength(TokenContract.options.length, 'too_many'), z.refine((list) => new Set(list).size === list.length, 'repeated')),
  until: Instant,
})
export type NewToken = z.infer<typeof NewToken>
/** Made once: sent again with the same content it is another token in place of the first, whose text was not kept. */
export const makeTokenCall = contract({ name: 'makeToken', method: 'PUT', path: '/api/tokens/:id', who: ['lead'], fresh: true, kind: 'writes', status: 201, input: NewToken, reply: z.object({ token: Token, text: z.string() }) })

export const endTokenCall = contract({ name: 'endToken', method: 'DELETE', path: '/api/tokens/:id', who: ['lead'], fresh: true, kind: 'writes', carries: 'nothing', input: z.strictObject({ id: Uuid }), reply: Done })

/** A report as a program states it: what the part `report` holds. What is not said is not known; times are the program's own. */
export const ApiReport = z.strictObject({
  id: Uuid,
  category: Code,
  severity: Severity,
  station: z._default(z.nullable(Code), null),
  table: z._default(z.nullable(Code), null),
  atStation: z._default(z.nullable(z.boolean()), null),
  position: z._default(z.nullable(z.strictObject({ latitude: Latitude, longitude: Longitude, accuracyMetres: z.number().check(z.gte(0, 'format'), z.lte(10_000_000, 'format')) })), null),
  observedAt: Instant,
  /** Of the mission unless said. */
  zone: z.optional(Zone),
  words: words(maxWords),
  language: Language,
})
export type ApiReport = z.infer<typeof ApiReport>

/** Files a report with its pictures in one form: part `report` (JSON), parts `photos`. The same id with the same content gives the same receipt for ever. */
export const fileByTokenCall = contract({ name: 'fileByToken', method: 'POST', path: '/api/reports', who: [], token: true, kind: 'writes', status: 201, carries: 'report', input: ApiReport, reply: Receipt })
