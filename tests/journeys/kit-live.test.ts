import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { leaveCall } from '../../shared/mission.ts'
import { changesCall, presenceMilliseconds } from '../../shared/live.ts'
import { claimReportCall } from '../../shared/verification.ts'
import { openBrowser, signIn } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'

// The kit's own following of the journal, in a page that has nothing else, against a real hub. What the network does wrong is done on command.

type Probe = { shown: Record<string, number>; numbers: number[]; states: string[]; complete: () => string | null; reports: () => number | null; lost: () => string | null }
declare global {
  interface Window { probe: Probe }
}

const probe = `
import { openLive } from ${JSON.stringify(resolve(import.meta.dirname, '../../client/kit/live.ts'))}
const shown = {}
const numbers = []
const states = []
const live = openLive({ since: 0, onThings: (things, number) => { numbers.push(number); for (const one of things) shown[one.id] = number } })
window.probe = { shown, numbers, states, complete: () => live.completeUpTo.value, reports: () => live.reports.value, lost: () => live.lostSince.value?.toISOString() ?? null }
live.state.subscribe((state) => states.push(state))
`

let folder: string
let browser: Browser
let house: TestHouse
let observer: Caller
let coordinator: Caller
let page: Page
/** A data folder that outlived its house. */
let leftOver: string | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veedor-live-'))
  await mkdir(join(folder, 'entry'))
  await writeFile(join(folder, 'entry/index.html'), '<!doctype html><title>Live</title><script type="module" src="./probe.ts"></script>')
  await writeFile(join(folder, 'entry/probe.ts'), probe)
  const input = { entry: join(folder, 'entry/index.html') }
  await build({ configFile: false, logLevel: 'silent', root: folder, build: { outDir: join(folder, 'client'), modulePreload: { polyfill: false }, rolldownOptions: { input } } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  house = await startHouse({ client: join(folder, 'client') })
  observer = await house.person('observer')
  coordinator = await house.person('coordinator', { organisation: 'Network B' })
})
afterEach(async () => {
  await page?.context().close()
  await house.stop()
  if (leftOver) await rm(leftOver, { recursive: true, force: true })
  leftOver = null
})

/** Opens the page behind a wire of ours: what it is given passes each message from the server on, or does not. */
async function open(wire?: (socket: WebSocketRoute, toPage: (message: string) => void, message: string) => void, blocked: boolean | 'swallowed' = false, prepare: (page: Page) => Promise<unknown> = async () => undefined): Promise<void> {
  const context = await browser.newContext()
  await signIn(context, house, coordinator)
  page = await context.newPage()
  await prepare(page)
  await page.routeWebSocket(/socket/, (socket) => {
    if (blocked === 'swallowed') return
    if (blocked) return void socket.close()
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const text = String(message)
      if (wire) wire(socket, (passed) => socket.send(passed), text)
      else socket.send(message)
    })
  })
  await page.goto(house.address)
}

const changes = `**${changesCall.path}*`
/** From now on no asking of the journal is answered; tells how many there were. */
async function hang(): Promise<() => number> {
  let count = 0
  await page.route(changes, () => void (count += 1))
  return () => count
}
const isChanged = (message: string): boolean => message.includes('"changed"')
const until = async (state: string) => page.waitForFunction((wanted) => window.probe?.states.at(-1) === wanted, state, { timeout: 120_000 })
const untilShown = async (...ids: string[]) => page.waitForFunction((wanted) => wanted.every((id) => id in window.probe.shown), ids, { timeout: 120_000 })
const states = () => page.evaluate(() => window.probe.states)

/** Opens the page, and files a report whose event is lost on the way to it. */
async function loseOne(): Promise<{ lost: { id: string }; isLosing: () => boolean }> {
  let losing = false
  await open((_socket, pass, message) => {
    if (losing && isChanged(message)) losing = false
    else pass(message)
  })
  await until('live')
  losing = true
  return { lost: await file(house, observer), isLosing: () => losing }
}

describe('a screen follows the journal', () => {
  test('it is told of a report, and says up to when it is complete and how many there are', async () => {
    const before = await file(house, observer)
    await open()
    await until('live')
    await untilShown(before.id)
    const complete = await page.evaluate(() => window.probe.complete())
    const next = await file(house, observer)
    await untilShown(next.id)
    await page.waitForFunction((old) => (window.probe.complete() ?? '') > (old ?? ''), complete)
    expect(await page.evaluate(() => window.probe.reports())).toBeGreaterThanOrEqual(1)
    // On a busy machine the journal may be asked beside the first socket.
    expect(await states()).toEqual(['connecting', expect.stringMatching(/^(catching_up|polling)$/), 'live'])
  })

  test('an event that is lost on the way is missed by the next one’s `previous`, and fetched', async () => {
    const { lost, isLosing } = await loseOne()
    await house.hub.announced()
    await expect.poll(isLosing).toBe(false)
    const next = await file(house, observer)
    await untilShown(lost.id, next.id)
    await until('live')
    expect((await states()).slice(-3)).toEqual(['live', 'catching_up', 'live'])
  })

  test('a lost event with none after it is missed by the next sign of presence', async () => {
    const { lost, isLosing } = await loseOne()
    await house.hub.announced()
    await expect.poll(isLosing).toBe(false)
    await house.hub.lookAround()
    await untilShown(lost.id)
    await until('live')
  })

  test('[R354] a line that goes silent without an end is asked when a sign of presence is late; what answers is no loss, what does not is said to be lost since the last word, and heals when it speaks again', async () => {
    let isSilent = false
    await open((_socket, pass, message) => void (isSilent || pass(message)), false, (fresh) => fresh.clock.install())
    await until('live')
    const before = await states()
    isSilent = true
    const first = await file(house, observer)
    await page.clock.fastForward(presenceMilliseconds + 1500)
    await untilShown(first.id)
    await page.clock.fastForward(3000)
    expect(await states()).toEqual(before)

    const asked = await hang()
    const lastWord = await page.evaluate(() => new Date().toISOString())
    const complete = await page.evaluate(() => window.probe.complete())
    const second = await file(house, observer)
    await page.clock.fastForward(presenceMilliseconds + 1500)
    await expect.poll(asked).toBe(1)
    expect(await states()).toEqual(before)
    await page.clock.fastForward(5000)
    await until('catching_up')
    expect(await page.evaluate(() => [window.probe.lost(), window.probe.complete()])).toEqual([expect.any(String), complete])
    expect(Date.parse(await page.evaluate(() => window.probe.lost()) ?? '')).toBeLessThanOrEqual(Date.parse(lastWord))
    await expect.poll(asked).toBe(2)
    isSilent = false
    await page.unroute(changes)
    await expect.poll(async () => {
      await page.clock.fastForward(5000)
      return (await states()).at(-1)
    }, { timeout: 120_000 }).toBe('live')
    await untilShown(second.id)
    expect(await page.evaluate(() => window.probe.lost())).toBeNull()
  })

  test('an event that comes twice or too late changes nothing that is newer', async () => {
    let held: (() => void) | null = null
    let holding = false
    await open((_socket, pass, message) => {
      if (!isChanged(message)) return pass(message)
      if (holding) {
        held = () => pass(message)
        holding = false
        return
      }
      pass(message)
      pass(message)
    })
    await until('live')
    holding = true
    const report = await file(house, observer)
    await house.hub.announced()
    await expect.poll(() => holding).toBe(false)
    // Filed is held back, claimed comes first: then filed comes too.
    await coordinator.call(claimReportCall, { id: report.id })
    await untilShown(report.id)
    const claimed = await page.evaluate((id) => window.probe.shown[id], report.id)
    held!()
    const marker = await file(house, observer)
    await untilShown(marker.id)
    expect(await page.evaluate((id) => window.probe.shown[id], report.id)).toBe(claimed)
    const numbers = await page.evaluate(() => window.probe.numbers)
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other))
  })

  test('[R354] [R359] where sockets are blocked the journal is asked at once, and the screen says so, also when that is not answered', async () => {
    await open(undefined, true, (fresh) => fresh.clock.install())
    await until('polling')
    expect(await states()).toEqual(['connecting', 'polling'])
    const told = await file(house, observer)
    await page.clock.fastForward(5000)
    await untilShown(told.id)
    expect(await page.evaluate(() => window.probe.complete())).not.toBeNull()

    // [R354] Two askings without an answer, and it says so; it does not wait for them, and is well again with the next answer.
    const asked = await hang()
    await page.clock.fastForward(7500)
    await expect.poll(asked).toBe(1)
    expect(await states()).toEqual(['connecting', 'polling'])
    await page.clock.fastForward(5000)
    await until('catching_up')
    await expect.poll(asked).toBe(2)
    await page.unroute(changes)
    await page.clock.fastForward(7500)
    await page.clock.fastForward(5000)
    await until('polling')
  })

  test('[R359] where a socket is swallowed and never refused, the journal is asked beside it at once', async () => {
    await open(undefined, 'swallowed', (fresh) => fresh.clock.install())
    await page.clock.fastForward(2000)
    await until('polling')
    expect(await states()).toEqual(['connecting', 'polling'])
  })

  test('a session that ends ends it', async () => {
    await open()
    await until('live')
    await coordinator.call(leaveCall, {})
    await until('ended')
  })

  test('a server that was away is found again, and what happened meanwhile is here', async () => {
    const { folder: data, port } = house
    leftOver = data
    await open()
    await until('live')
    await house.close()
    await until('catching_up')
    house = await startHouse({ folder: data, port, client: join(folder, 'client'), clock: house.clock })
    const later = await file(house, observer)
    await untilShown(later.id)
    await until('live')
  })

  test('[R273] hidden for half an hour, its timers run once a minute and its server restarts twice: it goes on being told', async () => {
    const { folder: data, port } = house
    leftOver = data
    await open(undefined, false, async (fresh) => {
      await fresh.addInitScript(() => {
        Object.defineProperty(document, 'hidden', { get: () => true })
        Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
      })
      await fresh.clock.install()
    })
    await until('live')
    // From here on the page's time passes in minutes, and each minute lets a timer run once, as browsers do with tabs that nobody looks at.
    await page.clock.pauseAt(Date.now() + 60_000)
    const filed: string[] = []
    for (let minute = 1; minute <= 30; minute += 1) {
      if (minute === 8 || minute === 19) await house.close()
      if (minute === 11 || minute === 20) {
        house = await startHouse({ folder: data, port, client: join(folder, 'client'), clock: house.clock })
        filed.push((await file(house, observer)).id)
      }
      await page.clock.fastForward(60_000)
    }
    filed.push((await file(house, observer)).id)
    await expect.poll(async () => {
      await page.clock.fastForward(60_000)
      return page.evaluate((ids) => ids.every((id) => id in window.probe.shown), filed)
    }, { timeout: 120_000 }).toBe(true)
    expect(await states()).not.toContain('ended')
  })
})
