import { fewOnMap, wholeMap } from '../../shared/whole-map.ts'
import { mapAddress } from '../kit/map/countries.ts'
import { filterNames } from './room/filter/names.ts'

// A script of its own that begins before the rest of the app has come: what the room shows first is asked for meanwhile. It knows nothing of the contracts, which would make it as large as what it is
// ahead of: whoever takes an answer reads it by its contract, and asks anew where it is of no use.

type Answer = Promise<Response | null>

const patienceMilliseconds = 60_000
const addresses = { map: `/api/map?${Object.entries(wholeMap).map((one) => one.join('=')).join('&')}`, page: '/api/reports?limit=100', points: '/api/points' }

function ask(address: string): Answer {
  const control = new AbortController()
  setTimeout(() => control.abort(), patienceMilliseconds)
  return fetch(address, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: control.signal }).then((answer) => (answer.ok ? answer : null), () => null)
}

/** What an answer says, for whoever else reads it too. */
const told = (answer: Answer): Promise<unknown> => answer.then((came): unknown => came?.clone().json()).catch(() => undefined)
const part = (of: unknown, name: string): unknown => (typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined)

const me = ask('/api/me')
const known = told(me)
const query = new URLSearchParams(location.search)
// What is narrowed, or shows another moment, the room itself asks for, which can read that.
const isWholeRoom = location.pathname === '/room/' && ['asOf', ...filterNames].every((name) => !query.has(name))
// Who is not of the desk is shown elsewhere, and asks for no report.
const isDesk = known.then((found) => ['coordinator', 'lead'].includes(String(part(part(found, 'person'), 'role'))))
const ofRoom = (address: string): Answer => isDesk.then((is) => (is && isWholeRoom ? ask(address) : null))

const map = ofRoom(addresses.map)
/** What is asked for already: null where it was not, or did not come. */
export const early = { me, map, page: ofRoom(addresses.page), points: told(map).then((found) => (Number(part(found, 'total')) <= fewOnMap ? ask(addresses.points) : null)) }

// The country's map is had from the browser's own store then, once the room's map asks for it.
void known.then((found) => {
  const country = part(part(found, 'mission'), 'country')
  const address = typeof country === 'string' ? mapAddress(country) : null
  if (address !== null) fetch(address).catch(() => undefined)
})
