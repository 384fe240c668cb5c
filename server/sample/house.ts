import type { Pack } from '../../shared/pack.ts'
import { fold } from '../../shared/pack.ts'
import { TokenContract } from '../../shared/tokens.ts'
import type { Config } from '../config.ts'
import { newApiToken } from '../features/tokens/actions.ts'
import { openHouse } from '../house.ts'
import type { House, HouseOptions } from '../house.ts'
import type { Log } from '../platform/http/problems.ts'
import { newToken, uuid7 } from '../platform/ids.ts'
import type { PersonActor } from '../platform/journal/work.ts'
import { fillSample } from './open.ts'
import { pullPlug } from './plug/plug.ts'

/** Open, with a sign-in link for each part to play, and an API token. */
export type SampleOpen = { house: House; links: SignInLink[]; token: string | null }

export type SignInLink = { role: string; address: string }

type Options = { config: Config; log: Log; pack: Pack; say: (line: string) => void; diskFailed?: (error: unknown) => void }

/**
 * Opens the sample mission in its own folder; the first time it is filled through the same actions as a real one. Sign-in tokens are drawn at each start and kept in memory
 * only; there are none when a public address is set. Each person has a host of their own, so that one browser can be several people.
 */
export async function openSampleHouse({ config, log, pack, say, diskFailed = () => undefined }: Options): Promise<SampleOpen> {
  await fillSample({ config, log, pack, say })
  const sampleTokens = new Map<string, string>()
  const sampleApiTokens = new Map<string, PersonActor>()
  const options = { log, pack, exercise: true, sampleTokens, sampleApiTokens, diskFailed }
  if (config.publicAddress !== null) return { house: await openHouse({ ...options, config }), links: [], token: null }
  const house = await openWithPlug({ ...options, config })
  const people = await peopleToPlay(house)
  const links = people.map((person) => {
    const token = newToken()
    sampleTokens.set(token, person.id)
    const host = person.role === 'coordinator' ? hostOf(person.name) : person.role
    return { role: person.role, address: `${house.address.replace('//localhost', `//${host}.localhost`)}/join#${token}` }
  })
  return { house, links, token: apiToken(house, people.find((person) => person.role === 'observer'), sampleApiTokens) }
}

/** The sample's house with a plug to pull: its server can be ended in the middle of what it does and started again, at the same address. Over TLS there is none. */
export async function openWithPlug({ config, ...options }: HouseOptions): Promise<House> {
  if (config.tls !== null) return openHouse({ ...options, config })
  const plug = pullPlug(config.port === 0 ? 0 : config.port + 1)
  let present = await openHouse({ ...options, config, more: plug })
  let isClosing = false
  let restarting: Promise<void> | null = null
  const again = async () => {
    present.server.closeAllConnections()
    await present.close()
    if (!isClosing) present = await openHouse({ ...options, config: { ...config, port: present.port }, more: plug })
  }
  await plug.open(() => present, () => (restarting ??= again().finally(() => (restarting = null))))
  return {
    ...present,
    close: async () => {
      isClosing = true
      await restarting
      await plug.close()
      await present.close()
    },
  }
}

/** A token that files and reads in this person's name, until the server stops. */
function apiToken(house: House, owner: { id: string } | undefined, tokens: Map<string, PersonActor>): string | null {
  if (!owner) return null
  const text = newApiToken(newToken)
  tokens.set(text, { kind: 'person', id: owner.id, role: 'observer', session: null, token: { id: uuid7(Date.parse(house.engine.now())), contracts: TokenContract.options } })
  return text
}

const hostOf = (name: string): string => fold(name.split(' ')[0] ?? name).replace(/[^a-z0-9]/g, '')

/** One observer, two coordinators of different organisations, one press, one lead: enough to play the whole story. */
const peopleToPlay = (house: House) =>
  house.engine.read({ kind: 'server' }, async ({ tx }) => {
    const people = await tx.selectFrom('people').select(['id', 'name', 'role', 'organisation']).where('state', '!=', 'retired').orderBy('invitedAt').orderBy('id').execute()
    const first = (role: string, other?: string | null) => people.find((person) => person.role === role && (other === undefined || person.organisation !== other))
    const coordinator = first('coordinator')
    return [first('observer'), coordinator, coordinator ? first('coordinator', coordinator.organisation) : undefined, first('press'), first('lead')].filter((person) => person !== undefined)
  })
