import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { plugCall, restartServerCall, setNetworkCall } from '../../../shared/plug.ts'
import type { Plug } from '../../../shared/plug.ts'
import { done } from '../../../shared/basics.ts'
import { signInAs } from '../../features/people/actions.ts'
import type { House } from '../../house.ts'
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

/** The sample's "pull the plug": a phone behind a network that can be cut and slowed, and a server that can be restarted. Its routes are there only where this is opened. */
export function pullPlug(port: number): PulledPlug {
  let network: Awaited<ReturnType<typeof openNetwork>> | null = null
  let house: () => House
  let restart: () => Promise<void>
  let owner: { id: string; name: string } | null = null
  // Drawn at each start and told to the desk alone: the address signs its observer in.
  const path = `/plug/${newToken()}/`

  const own = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = request.url?.slice(path.length).split('?')[0] || 'phone.html'
    const type = types[name]
    if (!type || request.method !== 'GET' || !owner) return void response.writeHead(404).end()
    const cookies = name === 'phone.html' ? await session(request, owner.id) : []
    const text = await readFile(join(import.meta.dirname, name))
    response.writeHead(200, { ...ourHeaders(false), 'Content-Type': type, 'Cache-Control': 'no-store', 'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors ${framedBy()}`, ...(cookies.length > 0 ? { 'Set-Cookie': cookies } : {}) }).end(text)
  }

  /** The phone stays signed in as it was: a new session would make another phone of it. */
  const session = async (request: IncomingMessage, person: string): Promise<string[]> => {
    const { doors, engine } = house()
    const token = sessionToken(request, false)
    const isHere = (request.headers.cookie ?? '').split('; ').includes(`${cookieOfPort}=${network?.port ?? 0}`)
    if (isHere && token && (await doors.identify(token))?.id === person) return []
    const joined = await engine.write({ kind: 'visitor' }, (work) => signInAs(person, work))
    if ('refused' in joined) throw joined.refused
    for (const ended of joined.ended) doors.sessionEnded(ended)
    const kept = 'Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000'
    return [`veedor=${joined.token}; ${kept}`, `${cookieOfPort}=${network?.port ?? 0}; ${kept}`]
  }

  const framedBy = () => `'self' http://localhost:${house().port} http://*.localhost:${house().port}`

  return {
    frames: () => (network ? `http://*.localhost:${network.port}` : "'none'"),
    routes: (doors) => {
      serve(doors, plugCall, async (_, { tx }): Promise<Plug> => {
        const [{ port: at, network: state }, { id, name }] = [opened(network), opened(owner)]
        const reports = await tx.selectFrom('reports').select(['id', 'finishedAt']).where('author', '=', id).execute()
        const photos = await tx.selectFrom('photos').innerJoin('reports', 'reports.id', 'photos.report').select(['photos.report']).where('reports.author', '=', id).where('photos.receivedAt', 'is not', null).execute()
        return {
          port: at, path, author: id, name, network: state(),
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
      owner = await house().engine.read({ kind: 'server' }, async ({ tx }) =>
        (await tx.selectFrom('people').select(['id', 'name']).where('role', '=', 'observer').where('state', '!=', 'retired').orderBy('invitedAt', 'desc').orderBy('id', 'desc').executeTakeFirst()) ?? null)
      network = await openNetwork({ server: () => house().port, port, path, own, framedBy })
    },
    close: async () => network?.close(),
  }
}

function opened<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error('the plug is not in yet')
  return thing
}
