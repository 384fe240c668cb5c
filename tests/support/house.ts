import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { addressOf } from '../../shared/contract.ts'
import type { Contract, ReplyOf, SentOf } from '../../shared/contract.ts'
import { Pack } from '../../shared/pack.ts'
import type { ProblemReply } from '../../shared/problem.ts'
import type { Role } from '../../shared/roles.ts'
import { invite, signInAs } from '../../server/features/people/actions.ts'
import type { SampleLinks } from '../../server/features/mission/actions.ts'
import { openHouse } from '../../server/house.ts'
import type { House } from '../../server/house.ts'
import type { Figures } from '../../server/platform/http/limits.ts'
import type { Log } from '../../server/platform/http/problems.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import type { MapConfig } from '../../server/platform/map/map.ts'
import type * as z from 'zod/mini'
import { databaseFor } from './database.ts'

export type Clock = { now: () => string; set: (instant: string) => void; forward: (milliseconds: number) => void }

/** For a browser, whose own clock runs. */
export const wallClock: Clock = { now: () => new Date().toISOString(), set: () => undefined, forward: () => undefined }

/** A clock that stands until it is told; it runs on by a millisecond at each look, so that no two facts share an instant. */
export function fixedClock(instant = '2027-02-28T20:00:00.000Z'): Clock {
  let at = Date.parse(instant)
  return { now: () => new Date(at++).toISOString(), set: (next) => { at = Date.parse(next) }, forward: (milliseconds) => { at += milliseconds } }
}

export type Answer<Reply> = { status: number; reply: Reply; problem: ProblemReply | null; headers: Headers }

/** Somebody with a session (or none), who makes calls through the front door. */
export type Caller = {
  id: string
  role: Role | null
  cookie: string
  /** Makes a call; a problem is in `problem`, not thrown. */
  call: <Call extends Contract<z.ZodMiniType, z.ZodMiniType>>(call: Call, input: SentOf<Call>, options?: { file?: { bytes: Uint8Array; name: string }; bytes?: Uint8Array; photos?: Uint8Array[]; headers?: Record<string, string> }) => Promise<Answer<ReplyOf<Call>>>
  /** Any request of this caller, as a page of ours would make it. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

export type TestHouse = House & {
  clock: Clock
  nobody: Caller
  /** A person of this role and organisation, signed in. */
  person: (role: Role, options?: { name?: string; organisation?: string; language?: string }) => Promise<Caller>
  stop: () => Promise<void>
}

const quiet: Log = { error: () => undefined, warn: () => undefined, info: () => undefined }

export const defaultPack = async (): Promise<Pack> => Pack.parse(JSON.parse(await readFile(resolve(import.meta.dirname, '../../shared/packs/default.json'), 'utf8')))

/** A real house of its own: own folder, own database, own port, a clock that the test moves. */
export async function startHouse(options: { folder?: string; clock?: Clock; port?: number; exercise?: boolean; client?: string; log?: Log; openSample?: () => Promise<SampleLinks>; publicAddress?: string; trustProxy?: string[]; figures?: Partial<Figures>; measureDisk?: () => Promise<number>; map?: MapConfig; lookup?: LookupFunction } = {}): Promise<TestHouse> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'veedor-')))
  const clock = options.clock ?? fixedClock()
  const house = await openHouse({
    config: { port: options.port ?? 0, host: '127.0.0.1', dataFolder: folder, ...(await databaseFor(folder)), publicAddress: options.publicAddress ?? null, tls: null, trustProxy: options.trustProxy ?? [], ...(options.map ? { map: options.map } : {}) },
    log: options.log ?? quiet, pack: await defaultPack(), exercise: options.exercise ?? false, now: clock.now, ...(options.client ? { client: options.client } : {}), ...(options.openSample ? { openSample: options.openSample } : {}),
    ...(options.figures ? { figures: options.figures } : {}), ...(options.measureDisk ? { measureDisk: options.measureDisk } : {}), ...(options.lookup ? { lookup: options.lookup } : {}),
  })
  const nobody = callerOf(house, { id: randomUUID(), role: null, token: null })
  return {
    ...house, clock, nobody,
    person: async (role, { name = `${role} ${randomBytes(2).toString('hex')}`, organisation = 'Delegation A', language = 'en' } = {}) => {
      const id = uuid7(Date.parse(clock.now()))
      await house.engine.write({ kind: 'operator' }, (work) => invite({ id, name, role, organisation, language }, work))
      const { token } = await house.engine.write({ kind: 'server' }, (work) => signInAs(id, work))
      return callerOf(house, { id, role, token })
    },
    stop: async () => {
      await house.close()
      if (!options.folder) await rm(folder, { recursive: true, force: true })
    },
  }
}

export function callerOf(house: Pick<House, 'address'>, { id, role, token }: { id: string; role: Role | null; token: string | null }): Caller {
  const cookie = token ? `veedor=${token}` : ''
  const own = { ...(cookie ? { Cookie: cookie } : {}), Origin: house.address }
  const request = (path: string, init: RequestInit = {}) => fetch(`${house.address}${path}`, { redirect: 'manual', ...init, headers: { ...own, ...(init.headers as Record<string, string> | undefined) } })
  return {
    id, role, cookie, fetch: request,
    call: async (call, input, { file, bytes, photos = [], headers = {} } = {}) => {
      const { address, rest } = addressOf(call.path, input as Record<string, unknown>)
      const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== undefined).map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)])).toString()
      const form = new FormData()
      if (file) form.append('file', new Blob([file.bytes as BlobPart]), file.name)
      if (call.carries === 'report') form.append('report', JSON.stringify(rest))
      for (const photo of photos) form.append('photos', new Blob([photo as BlobPart]), 'photo.jpg')
      const body = call.carries === 'json' ? JSON.stringify(rest) : call.carries === 'file' || call.carries === 'report' ? form : call.carries === 'bytes' ? (bytes as BodyInit) : null
      const type = call.carries === 'json' ? { 'Content-Type': 'application/json' } : call.carries === 'bytes' ? { 'Content-Type': 'image/jpeg' } : {}
      const response = await request(call.carries === 'nothing' && query ? `${address}?${query}` : address, { method: call.method, ...(body ? { body } : {}), headers: { ...type, ...headers } as Record<string, string> })
      const text = await response.text()
      const given: unknown = text.startsWith('{') ? JSON.parse(text) : text
      const isProblem = typeof given === 'object' && given !== null && 'problem' in given
      return { status: response.status, reply: given as ReplyOf<typeof call>, problem: isProblem ? (given as ProblemReply) : null, headers: response.headers }
    },
  }
}
