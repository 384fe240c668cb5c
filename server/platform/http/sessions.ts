import { gathered } from '../gathered.ts'
import type { Engine } from '../journal/engine.ts'
import type { Actor, Glance, PersonActor, Work } from '../journal/work.ts'

export type SessionActor = PersonActor & { session: string }

/** What the people's feature knows of sessions. */
export type SessionKnowledge = {
  findActors: (by: 'token' | 'session', keys: readonly string[], glance: Glance) => Promise<({ actor: SessionActor; lastHeardAt: string } | null)[]>
  hearSessions: (sessions: readonly string[], work: Work<Actor>) => Promise<void>
}

export type Sessions = {
  /** Who holds this cookie's session, as long as it lives; being asked is a sign of life. */
  identify: (token: string) => Promise<SessionActor | null>
  /** Whose session this still is; for open sockets, whose cookie was checked at the handshake only. */
  recheck: (session: string) => Promise<SessionActor | null>
  /** A sign of life: an open socket is presence. Cheap to call often. */
  touch: (session: string) => void
}

const minute = 60_000
const server: Actor = { kind: 'server' }

/** Signs of life are written at most once a minute a session, beside the requests and outside the journal; those that wait share one transaction. */
export function keepSessions(engine: Pick<Engine, 'glance' | 'write' | 'now'>, { findActors, hearSessions }: SessionKnowledge): Sessions {
  const find = gathered((tokens: readonly string[]) => engine.glance((glance) => findActors('token', tokens, glance)))
  const written = new Map<string, number>()
  let waiting: Set<string> | null = null

  function hear(session: string, lastHeardAt: string | null): void {
    const now = Date.parse(engine.now())
    const last = Math.max(written.get(session) ?? 0, lastHeardAt === null ? 0 : Date.parse(lastHeardAt))
    if (now - last < minute) return
    written.set(session, now)
    if (waiting) waiting.add(session)
    else writeDown(session)
  }

  function writeDown(first: string): void {
    const batch = new Set([first])
    waiting = batch
    const close = () => { if (waiting === batch) waiting = null }
    engine
      .write(server, (work) => {
        close()
        return hearSessions([...batch], work)
      })
      .catch(() => {
        // A full disk must not sign anybody out; the next sign of life tries again.
        close()
        for (const session of batch) written.delete(session)
      })
  }

  return {
    identify: async (token) => {
      const found = await find(token)
      if (!found) return null
      hear(found.actor.session, found.lastHeardAt)
      return found.actor
    },
    recheck: async (session) => (await engine.glance((glance) => findActors('session', [session], glance)))[0]?.actor ?? null,
    touch: (session) => hear(session, null),
  }
}
