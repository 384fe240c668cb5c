import { expect, vi } from 'vitest'
import { beginSetUpCall, openMissionCall, setBasicsCall, setCheckingCall } from '../../shared/mission.ts'
import type { CheckingRules } from '../../shared/mission.ts'
import { inviteCall, joinCall } from '../../shared/people.ts'
import type { Role } from '../../shared/roles.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { callerOf } from './house.ts'
import type { Answer, Caller } from './house.ts'
import type { Running } from './process.ts'
import { readRegister } from './register.ts'

export type Invited = { name: string; role: Role; organisation: string; language: 'es' | 'en' }

/** Two centres far apart, so that their reports stand apart on a map of the country. */
export const centres = {
  near: { code: 'SS-01', name: 'Centro Escolar Cuscatlán', latitude: 13.7, longitude: -89.2, tables: ['00101', '00102'] },
  far: { code: 'SM-01', name: 'Instituto Nacional de Oriente', latitude: 13.48, longitude: -88.18, tables: ['00901'] },
}
export const register = [
  'station_code,station_name,department,municipality,district,latitude,longitude,table',
  ...centres.near.tables.map((table) => `SS-01,Centro Escolar Cuscatlán,San Salvador,San Salvador Centro,San Salvador,13.7,-89.2,${table}`),
  ...centres.far.tables.map((table) => `SM-01,Instituto Nacional de Oriente,San Miguel,San Miguel Centro,San Miguel,13.48,-88.18,${table}`),
].join('\r\n')

export const missionName = 'Misión de los dos lagos'

/** The one-time link that a first start prints. */
export async function setUpLink(server: Running): Promise<string> {
  return vi.waitFor(() => {
    const link = /(http\S+\/setup#\S+)\s/.exec(server.printed())?.[1]
    if (!link) throw new Error(`No set-up link was printed: ${server.printed()}`)
    return link
  }, { timeout: 120_000 })
}

const tokenOf = (link: string): string => link.split('#')[1] ?? ''

function signedIn(server: Pick<Running, 'address'>, { status, reply, headers }: Answer<{ person: { id: string; role: Role } }>): Caller {
  const token = /veedor=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1]
  if (status >= 300 || !token) throw new Error(`Not signed in: ${status} ${JSON.stringify(reply)}`)
  return callerOf(server, { id: reply.person.id, role: reply.person.role, token })
}

const nobodyAt = (server: Pick<Running, 'address'>): Caller => callerOf(server, { id: '', role: null, token: null })

/** Uses a person's link, as opening it in a browser does. */
export const joinBy = async (server: Pick<Running, 'address'>, link: string): Promise<Caller> => signedIn(server, await nobodyAt(server).call(joinCall, { token: tokenOf(link) }))

/** Takes a server's new mission through its set-up, through the front door. Gives the lead, signed in, and a whole unused link for each who was invited, in their order. */
export async function setUpMission(server: Running, invited: readonly Invited[], rules: CheckingRules): Promise<{ lead: Caller; links: string[] }> {
  const lead = signedIn(server, await nobodyAt(server).call(beginSetUpCall, { token: tokenOf(await setUpLink(server)) }))
  const basics = { name: missionName, country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], leadName: 'Lidia Mejía', organisation: 'Delegación A' }
  expect((await lead.call(setBasicsCall, basics)).problem).toBeNull()
  expect((await lead.call(setCheckingCall, { credit: missionName, rules })).problem).toBeNull()
  await readRegister(lead, register)
  const links: string[] = []
  for (const person of invited) {
    const { reply, problem } = await lead.call(inviteCall, { id: uuid7(Date.now()), ...person })
    expect(problem).toBeNull()
    links.push(new URL(reply.link, server.address).href)
  }
  expect((await lead.call(openMissionCall, { rules })).problem).toBeNull()
  return { lead, links }
}
