import { done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import { Role } from '../../../shared/roles.ts'
import { TokenContract } from '../../../shared/tokens.ts'
import type { Token, endTokenCall, fileByTokenCall, listTokensCall, makeTokenCall } from '../../../shared/tokens.ts'
import * as z from 'zod/mini'
import type { Before } from '../../platform/http/serve.ts'
import { tokenHash } from '../../platform/ids.ts'
import type { Engine } from '../../platform/journal/engine.ts'
import type { Actor, Look, PersonActor, Work } from '../../platform/journal/work.ts'
import type { MissionKey } from '../../platform/signing/mission-key.ts'
import { getMission } from '../mission/actions.ts'
import { keepOriginals, receiveTogether } from '../photos/actions.ts'
import type { Kept } from '../photos/actions.ts'
import { fileReport } from '../reports/actions.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'
import type { TokenRow } from './tables.ts'

const Contracts = z.array(TokenContract)

/** 256 bits of chance behind a word that tells what they are. */
export const newApiToken = (newToken: () => string): string => `${rules.prefix}${newToken()}`

export async function listTokens(_: unknown, { tx }: Look): Promise<ReplyOf<typeof listTokensCall>> {
  return { tokens: (await store.listTokens(tx)).map(({ ownerName, creatorName, lastUsedAt, ...row }) => shown(row, ownerName, creatorName, lastUsedAt)) }
}

/** Makes a token, or another in place of the one before where the same is asked for again: its text is kept nowhere. @throws conflict where the id is another token's */
export async function makeToken(input: InputOf<typeof makeTokenCall>, work: Work): Promise<ReplyOf<typeof makeTokenCall>> {
  const { tx, actor, now, record } = work
  const owner = await store.findOwner(tx, input.owner)
  if (!owner || owner.state === 'retired') throw refuse('owner', 'not_in_list')
  const wrong = rules.untilProblem(input.until, now)
  if (wrong) throw refuse('until', wrong)
  const [self, known] = [await store.findOwner(tx, actor.id), await store.findToken(tx, input.id)]
  const contracts = JSON.stringify([...input.contracts].sort())
  if (known && (known.endedAt !== null || known.createdBy !== actor.id || known.name !== input.name || known.owner !== input.owner || known.contracts !== contracts || known.until !== input.until)) throw new Problem('conflict')

  const text = newApiToken(work.newToken)
  const row: TokenRow = { id: input.id, owner: input.owner, name: input.name, tokenHash: tokenHash(text), contracts, createdBy: actor.id, createdAt: known?.createdAt ?? now, until: input.until, endedAt: null }
  if (known) await record('token.renewed', subject(owner.id), { set: { tokens: [{ id: row.id, tokenHash: row.tokenHash }] } })
  else await record('token.made', subject(owner.id), { put: { tokens: [row] } })
  return { token: shown(row, owner.name, self?.name ?? '', null), text }
}

export async function endToken({ id }: InputOf<typeof endTokenCall>, { tx, now, record }: Work): Promise<typeof done> {
  const token = await store.findToken(tx, id)
  if (!token) throw new Problem('not_found')
  if (token.endedAt === null) await record('token.ended', subject(token.owner), { set: { tokens: [{ id, endedAt: now }] } })
  return done
}

/** The form's pictures, on the disk before the transaction begins. */
export const keepPictures = (_: unknown, before: Before<PersonActor>): Promise<Kept[]> => keepOriginals(before)

/** Files a report in the owner's name, with its pictures, which are on the disk by now. Nobody signed it: the server made its statement. */
export const fileByToken = (key: MissionKey) => async (report: InputOf<typeof fileByTokenCall>, work: Work, photos: Kept[]): Promise<ReplyOf<typeof fileByTokenCall>> => {
  const mission = await getMission(work.tx)
  const statement = JSON.stringify(rules.statementOf({ report, mission, owner: work.actor.id, photos }))
  const receipt = await fileReport(key)({ id: report.id, statement, sentAt: work.now }, work)
  await receiveTogether(report.id, photos, work)
  return receipt
}

/** Whose token this is, as long as it lives; its use is written down beside the request. */
export async function findTokenOwner(text: string, engine: Pick<Engine, 'read' | 'write' | 'now'>): Promise<PersonActor | null> {
  if (!text.startsWith(rules.prefix)) return null
  const server: Actor = { kind: 'server' }
  const now = engine.now()
  const found = await engine.read(server, ({ tx }) => store.findTokenByHash(tx, tokenHash(text)))
  if (!found || !rules.tokenLives(found, found, now)) return null
  // A full disk must not keep a program from reading: the next use is written down instead.
  if (rules.useIsOld(found.lastUsedAt, now)) await engine.write(server, ({ tx }) => store.keepUse(tx, found.id, now)).catch(() => undefined)
  return { kind: 'person', id: found.owner, role: Role.parse(found.role), session: null, token: { id: found.id, contracts: Contracts.parse(JSON.parse(found.contracts)) } }
}

function shown(row: TokenRow, ownerName: string, createdBy: string, lastUsedAt: string | null): Token {
  const { id, name, owner, contracts, createdAt, until, endedAt } = row
  return { id, name, owner: { id: owner, name: ownerName }, contracts: Contracts.parse(JSON.parse(contracts)), createdAt, createdBy, until, endedAt, lastUsedAt }
}

const subject = (id: string) => ({ type: 'person' as const, id })
