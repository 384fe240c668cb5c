import { changesCall } from '../../shared/live.ts'
import type { Contract } from '../../shared/contract.ts'
import type { Caller, TestHouse } from './house.ts'
import { listen } from './sockets.ts'

/** What calls need beside an id to be understood; each is tried. */
const asked: Record<string, string[]> = {
  releaseImage: ['size=wall', 'size=web'], photoImage: ['size=thumb', 'size=screen', 'size=full'], changes: ['since=0'], listReports: ['limit=500', 'words=canary'], reportPoints: ['', 'words=canary'], listReleases: ['limit=500', 'words=canary', 'place=San%20Miguel'],
  deskReleases: ['limit=500', 'standing=held', 'standing=retracted', 'words=canary'],
  audit: ['limit=500', 'group=verdict', 'group=release'],
}

async function raw(caller: Caller, path: string, init: RequestInit = {}): Promise<string> {
  const response = await caller.fetch(path, init)
  return JSON.stringify([path, response.status, [...response.headers].filter(([name]) => name !== 'date')]) + Buffer.from(await response.arrayBuffer()).toString('latin1')
}

/** Each address of a call with every id that anybody could know in the place of each of its names. */
function addressesOf({ path, name }: Contract, ids: readonly string[]): string[] {
  const filled = path.split('/').reduce<string[]>((made, part) => (part.startsWith(':') ? made.flatMap((begun) => ids.map((id) => `${begun}/${encodeURIComponent(id)}`)) : made.map((begun) => `${begun}/${part}`)), [''])
    .map((address) => address.slice(1))
  return filled.flatMap((address) => (asked[name] ?? ['']).map((query) => (query ? `${address}?${query}` : address)))
}

/**
 * Everything that a person can read, as one text: each call that reads, with all these ids, whatever it answers, its headers too; a socket from the first fact on; and what catching up brings, page by page.
 * Paths that name an id are part of it, so what is searched for in it is cut out of them.
 */
export async function everythingFor(house: TestHouse, caller: Caller, ids: readonly string[]): Promise<string> {
  const texts: string[] = []
  for (const call of house.doors.contracts) {
    if (call.kind !== 'reads' || call.method !== 'GET') continue
    for (const address of addressesOf(call, ids)) texts.push((await raw(caller, address)).replaceAll(address, ''))
  }
  for (let since = 0, more = true; more;) {
    const { reply, problem } = await caller.call(changesCall, { since })
    texts.push(JSON.stringify([reply, problem]))
    more = problem === null && reply.more
    since = reply.number
  }
  // An observer has no socket.
  const screen = await listen(house, caller, { since: 0 }).catch(() => null)
  if (screen) {
    const { number } = house.engine.head()
    await screen.until((event) => event.number >= number || event.things.length > 0)
    await house.hub.announced()
    texts.push(JSON.stringify([screen.heard, screen.presences]))
    screen.close()
  }
  return texts.join('\n')
}
