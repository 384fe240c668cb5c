import { done } from '../../../shared/basics.ts'
import type { InputOf } from '../../../shared/contract.ts'
import { Problem } from '../../../shared/problem.ts'
import { Role } from '../../../shared/roles.ts'
import type { SignIn, endMySignInCall, endSignInCall, knowSignInCall, signInsOfCall } from '../../../shared/signin.ts'
import type { Tx } from '../../platform/database/open.ts'
import { tokenHash } from '../../platform/ids.ts'
import type { From } from '../../platform/http/from.ts'
import type { Actor, Glance, Look, PersonActor, Work } from '../../platform/journal/work.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** Begins a session; only the hash of its token is kept. */
export const openSession = (session: { id: string; person: string; token: string; phone: string | null }, { tx, now }: Pick<Work<Actor>, 'tx' | 'now'>): Promise<void> =>
  store.openSession(tx, { id: session.id, person: session.person, tokenHash: tokenHash(session.token), now, phone: session.phone })

/** Ends one session. */
export const endSession = (id: string, { tx, now }: Pick<Work, 'tx' | 'now'>): Promise<void> => store.endSession(tx, id, now)

/** When each person was last heard of, in any session. */
export const lastHeard = store.lastHeard

type Holder = { actor: PersonActor & { session: string }; lastHeardAt: string }

/** Who holds each of these sessions, as long as it lives; and when it was last heard of. */
export async function findActors(by: 'token' | 'session', keys: readonly string[], { db, now }: Glance): Promise<(Holder | null)[]> {
  const [column, values] = by === 'token' ? ['tokenHash' as const, keys.map(tokenHash)] : ['id' as const, keys]
  const found = new Map((await store.withHolders(db, column, values)).map((one) => [one[column], one]))
  return values.map((value) => {
    const one = found.get(value)
    return one && rules.sessionLives(one, one, now) ? { actor: { kind: 'person', id: one.person, role: Role.parse(one.role), session: one.id }, lastHeardAt: one.lastHeardAt } : null
  })
}

/** Writes down from which browser and place a session was begun, whether that browser is new for a person who has another, and ends what the same browser held before. Not a fact. */
export async function noteSession({ token, device, from }: { token: string; device: string; from: From }, { tx, now }: Work<Actor>): Promise<string[]> {
  const session = await store.findSessionByToken(tx, tokenHash(token))
  if (!session) return []
  const isKnown = await store.knowsDevice(tx, tokenHash(device), session.person)
  const isFirst = (await store.countDevices(tx, session.person)) === 0
  await store.noteSession(tx, session.id, { device: from.device, address: from.address, newDevice: isKnown || isFirst ? 0 : 1 })
  await store.keepDevice(tx, tokenHash(device), session.person, now)
  const before = from.before === null ? undefined : await store.findSessionByToken(tx, tokenHash(from.before))
  // An observer's ends with its key, when the observer joins elsewhere or a lead ends it.
  if (!before || before.endedAt !== null || (await store.findHolder(tx, before.person))?.role === 'observer') return []
  await store.endSession(tx, before.id, now)
  return [before.id]
}

/** Where somebody is signed in, newest first. */
async function signInsFor(person: string, { tx, actor, now }: Look): Promise<{ signIns: SignIn[] }> {
  const row = await store.findHolder(tx, person)
  if (!row) throw new Problem('not_found')
  const sessions = (await store.listOpenSessions(tx, person)).filter((session) => rules.sessionLives(session, row, now))
  return {
    signIns: sessions.map(({ id, device, address, createdAt, lastHeardAt, newDevice }) => ({
      id, device: device ?? '', address: address === null ? null : rules.addressShown(address, createdAt, now), since: createdAt, lastHeardAt, here: id === actor.session, newDevice: newDevice === 1,
    })),
  }
}

export const mySignIns = (_: unknown, look: Look): Promise<{ signIns: SignIn[] }> => signInsFor(look.actor.id, look)
export const signInsOf = ({ id }: InputOf<typeof signInsOfCall>, look: Look): Promise<{ signIns: SignIn[] }> => signInsFor(id, look)

type Ended = { reply: typeof done; ended: string[] }
export const endMySignIn = ({ id }: InputOf<typeof endMySignInCall>, work: Work): Promise<Ended> => endOne(work.actor.id, id, work)
export const endSignIn = ({ id, session }: InputOf<typeof endSignInCall>, work: Work): Promise<Ended> => endOne(id, session, work)

async function endOne(person: string, id: string, { tx, now, record }: Work): Promise<Ended> {
  const session = await store.findSession(tx, id)
  if (!session || session.person !== person) throw new Problem('not_found')
  if (session.endedAt !== null) return { reply: done, ended: [] }
  await record('person.session_ended', { type: 'person', id: person }, {}, { told: { session: id } })
  await store.endSession(tx, id, now)
  return { reply: done, ended: [id] }
}

/** That was me: no more told of as new. Not a fact. */
export async function knowSignIn({ id }: InputOf<typeof knowSignInCall>, { tx, actor }: Work): Promise<typeof done> {
  const session = await store.findSession(tx, id)
  if (!session || session.person !== actor.id) throw new Problem('not_found')
  await store.knowSession(tx, id)
  return done
}

/** Cuts addresses to their network a day after the sign-in. */
export async function cutAddresses({ tx, now }: Work<Actor>): Promise<void> {
  for (const { id, address, createdAt } of await store.listWholeAddresses(tx)) {
    const cut = rules.addressShown(address, createdAt, now)
    if (cut !== address) await store.setAddress(tx, id, cut)
  }
}

/** Writes down that sessions gave a sign of life. Not a fact. */
export const hearSessions = (sessions: readonly string[], { tx, now }: Work<Actor>): Promise<void> => store.hearSessions(tx, sessions, now)

/** Ends wherever a person is signed in, and says which sessions these were. */
export const endSessionsOf = (person: string, { tx, now }: Pick<Work, 'tx' | 'now'>): Promise<string[]> => store.endSessionsOf(tx, person, now)

/** Whether a report that this session sends was finished on a phone that another has replaced since. `finishedAt`: by our clock. */
export const isFromReplacedPhone = async (person: string, session: string, finishedAt: string, tx: Tx): Promise<boolean> => rules.isFromReplacedPhone(await store.sessionsOf(tx, person), session, finishedAt)
