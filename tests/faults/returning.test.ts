import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHouse, callerOf } from '../support/house.ts'
import type { Caller } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen, speaksOf } from '../support/sockets.ts'
import type { Listener } from '../support/sockets.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'veedor-returning-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

/** As a screen of ours does, one that is not let in in time comes again: here thousands of them share a process with the server. */
async function comes(...given: Parameters<typeof listen>): Promise<Listener> {
  for (;;) {
    try {
      return await listen(...given)
    } catch (thrown) {
      if (!/^Error: (timeout|websocket error)$/.test(String(thrown))) throw thrown
    }
  }
}

const screens = 2_000
const people = 20

it('[R248] two thousand screens that were lost at once and come back at once miss nothing, and nothing is told twice', async () => {
  // They come from hundreds of addresses, and here from one.
  const figures = { strangerCalls: 2 * screens }
  let house = await startHouse({ folder, figures })
  const { port } = house
  const author = await house.person('observer')
  const desk = await Promise.all(Array.from({ length: people }, () => house.person('coordinator')))
  const again = (person: Caller) => callerOf(house, { id: person.id, role: person.role, token: person.cookie.replace('veedor=', '') })
  const openAll = (since: number[]) => Promise.all(Array.from({ length: screens }, (_, at) => comes(house, desk[at % people] ?? author, { since: since[at] ?? 0 })))

  let open: Listener[] = await openAll([])
  const before = await file(house, author)
  await Promise.all(open.map(({ until }) => until(speaksOf(before.id))))
  const knew = open.map(({ heard }) => heard.at(-1)?.number ?? 0)

  // Headquarters' server is restarted; three reports come in before the first screen is back.
  await house.close()
  await Promise.all(open.map(({ untilEnded }) => untilEnded()))
  house = await startHouse({ folder, port, figures })
  const missed = [await file(house, again(author)), await file(house, again(author)), await file(house, again(author))]
  const opening = openAll(knew)
  const health = (await house.nobody.fetch('/health')).status
  open = await opening
  const after = await file(house, again(author))
  await Promise.all(open.map(({ until }) => until(speaksOf(after.id))))

  expect(health).toBe(200)
  for (const [at, { heard }] of open.entries()) {
    const told = heard.flatMap(({ things }) => things.map(({ id }) => id))
    for (const { id } of [...missed, after]) expect(told.filter((one) => one === id)).toHaveLength(1)
    // Each names the one before it, from what the screen knew when it was lost: no gap.
    expect(heard.map(({ previous }) => previous)).toEqual([knew[at], ...heard.slice(0, -1).map(({ number }) => number)])
  }
  for (const { close } of open) close()
  await house.close()
})
