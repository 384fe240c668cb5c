import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { plugCall, restartServerCall, setNetworkCall } from '../../../shared/plug.ts'
import type { Plug } from '../../../shared/plug.ts'
import { done } from '../../../shared/basics.ts'
import { signInAs } from '../../features/people/actions.ts'
import type { House } from '../../house.ts'
import type { Tx } from '../../platform/database/open.ts'
import { ourHeaders } from '../../platform/http/headers.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { sessionToken } from '../../platform/http/session.ts'
import { newToken } from '../../platform/ids.ts'
import { openNetwork } from './network.ts'

export type PulledPlug = { frames: () => string; routes: (doors: Doors) => void; open: (house: () => House, restart: () => Promise<void>) => Promise<void>; close: () => Promise<void> }

const types: Record<string, string> = { 'phone.html': 'text/html; charset=utf-8', 'phone.css': 'text/css; charset=utf-8', 'phone.js': 'text/javascript; charset=utf-8' }
/** Says for which port the browser's session is: a phone at another address has nothing of what the one before kept, and begins anew. */
const cookieOfPort = 'veedor-plug'
/** Where the pages beside the phone lie. */
const below = '/plug/'

/** The sample's "pull the plug": a phone behind a network that can be cut and slowed, and a server that can be restarted. Its routes are there only where this is opened. */
export function pullPlug(port: number): PulledPlug {
  let network: Awaited<ReturnType<typeof openNetwork>> | null = null
  let house: () => House
  let restart: () => Promise<void>
  // Drawn at each start for each desk and told to it alone: the address signs in the observer whose phone stands there.
  const paths = new Map<string, string>()
  const pathOf = (desk: string): string => {
    const path = paths.get(desk) ?? `${below}${newToken()}/`
    paths.set(desk, path)
    return path
  }

  const own = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = request.url?.split('?')[0] ?? ''
    const [desk, path = ''] = [...paths].find(([, one]) => asked.startsWith(one)) ?? []
    const name = asked.slice(path.length) || 'phone.html'
    const type = types[name]
    if (!type || request.method !== 'GET' || desk === undefined) return void response.writeHead(404).end()
    const cookies = name === 'phone.html' ? await session(request, desk) : []
    const text = await readFile(join(import.meta.dirname, name))
    response.writeHead(200, { ...ourHeaders(false), 'Content-Type': type, 'Cache-Control': 'no-store', 'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors ${framedBy()}`, ...(cookies.length > 0 ? { 'Set-Cookie': cookies } : {}) }).end(text)
  }

  /** The phone stays signed in as it was: a new session would make another phone of it. */
  const session = async (request: IncomingMessage, desk: string): Promise<string[]> => {
    const { doors, engine } = house()
    const token = sessionToken(request, false)
    const isHere = (request.headers.cookie ?? '').split('; ').includes(`${cookieOfPort}=${network?.port ?? 0}`)
    const holder = isHere && token ? await doors.identify(token) : null
    if (holder && holder.id === (await engine.read({ kind: 'server' }, ({ tx }) => ownerOf(desk, tx))).id) return []
    const joined = await engine.write({ kind: 'visitor' }, async (work) => signInAs((await ownerOf(desk, work.tx)).id, work, desk))
    if ('refused' in joined) throw joined.refused
    for (const ended of joined.ended) doors.sessionEnded(ended)
    const kept = 'Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000'
    return [`veedor=${joined.token}; ${kept}`, `${cookieOfPort}=${network?.port ?? 0}; ${kept}`]
  }

  const framedBy = () => `'self' http://localhost:${house().port} http://*.localhost:${house().port}`

  return {
    frames: () => (network ? `http://*.localhost:${network.port}` : "'none'"),
    routes: (doors) => {
      serve(doors, plugCall, async (_, { tx, actor }): Promise<Plug> => {
        const [{ port: at, network: state }, { id, name }] = [opened(network), await ownerOf(actor.id, tx)]
        const reports = await tx.selectFrom('reports').select(['id', 'finishedAt']).where('author', '=', id).execute()
        const photos = await tx.selectFrom('photos').innerJoin('reports', 'reports.id', 'photos.report').select(['photos.report']).where('reports.author', '=', id).where('photos.receivedAt', 'is not', null).execute()
        return {
          port: at, path: pathOf(actor.id), author: id, name, network: state(),
          reports: reports.map((report) => ({ id: report.id, photos: photos.filter((photo) => photo.report === report.id).length })),
          // A phone finishes no two at the same thousandth of a second.
          doubled: reports.length - new Set(reports.map(({ finishedAt }) => finishedAt)).size,
        }
      })
      serve(doors, setNetworkCall, ({ network: next }) => {
        opened(network).set(next)
        return Promise.resolve({ network: next })
      })
      serve(doors, restartServerCall, () => {
        // After the answer is on its way.
        setTimeout(() => void restart(), 100)
        return Promise.resolve(done)
      })
    },
    open: async (theHouse, restartIt) => {
      house = theHouse
      restart = restartIt
      network = await openNetwork({ server: () => house().port, port, path: below, own, framedBy })
    },
    close: async () => network?.close(),
  }
}

/**
 * Whose phone stands beside this desk: as before, or the newest observer's whom no phone and no other desk has had. An observer has one phone, so that with one observer for all of
 * them each desk would sign the others' phone out. The session says for which desk it was begun, where a phone says which it is.
 */
async function ownerOf(desk: string, tx: Tx): Promise<{ id: string; name: string }> {
  const observers = await tx.selectFrom('people').select(['id', 'name']).where('role', '=', 'observer').where('state', '!=', 'retired').orderBy('invitedAt', 'desc').orderBy('id', 'desc').execute()
  const had = await tx.selectFrom('sessions').select(['person', 'phone']).where('phone', 'is not', null).orderBy('createdAt', 'desc').orderBy('id', 'desc').execute()
  const own = had.flatMap(({ person, phone }) => (phone === desk ? (observers.find(({ id }) => id === person) ?? []) : []))
  return own[0] ?? observers.find(({ id }) => had.every(({ person }) => person !== id)) ?? opened(observers[0] ?? null)
}

function opened<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error('the plug is not in yet')
  return thing
}
