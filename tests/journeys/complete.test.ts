import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Changed } from '../../shared/live.ts'
import { retractCall } from '../../shared/press.ts'
import { screenFaults } from '../../server/features/screens/actions.ts'
import { answersOf, openShell, pageOf } from '../support/browser.ts'
import { claim, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { listen } from '../support/sockets.ts'
import { watchedPages } from '../support/watched.ts'

// Events that are spoiled on their way without a gap in their numbers: nothing but count and digest can tell.

let browser: Browser
let house: TestHouse
let desk: Caller
let ana: Caller
let press: Caller

beforeAll(async () => {
  house = await startHouse()
  const lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[desk, ana, press] = [await house.person('coordinator', { name: 'Ana' }), await house.person('observer'), await house.person('press')]
  for (let at = 0; at < 5; at += 1) await file(house, ana, { station: 'CE-01', severity: at % 2 ? 'low' : 'critical' })
  browser = await openShell()
})
const watched = watchedPages(() => ({ browser, house }))

/** What happens to each event on its way to the page: nothing, unless a test says. */
type Spoil = (event: Changed, send: (event: Changed) => void) => void
let spoil: Spoil | null = null
beforeEach(() => { spoil = null })

async function open(who: Caller, at: string, there: TestHouse = house): Promise<Page> {
  const opened = await pageOf(browser, there, who, { at: '/api/me' })
  await opened.page.routeWebSocket(/socket/, (socket: WebSocketRoute) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const given: unknown = String(message).startsWith('42') ? JSON.parse(String(message).slice(2)) : []
      const event = Array.isArray(given) && given[0] === 'changed' ? Changed.safeParse(given[1]).data : undefined
      if (event && spoil) spoil(event, (next) => socket.send(`42${JSON.stringify(['changed', next])}`))
      else socket.send(message)
    })
  })
  await opened.page.goto(`${there.address}${at}`)
  await opened.page.locator('[data-state=live]').waitFor()
  return watched(opened)
}

/** Somebody comes and goes: each is a sign of presence for everyone. */
const presence = async (): Promise<void> => (await listen(house, desk)).close()
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 100 })
const row = (page: Page, id: string) => page.locator(`[data-list] [data-report="${id}"]`)
const faults = async () => (await house.db.readers.transaction().execute((tx) => screenFaults(tx))).count
/** Every state that the page says from now on. */
async function statesOf(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const shown = document.querySelector('[data-state]')
    if (shown) new MutationObserver(() => said.push(shown.getAttribute('data-state') ?? '')).observe(shown, { attributes: true, attributeFilter: ['data-state'] })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said)
}

describe('the room finds by itself that it does not hold what headquarters does', () => {
  it('[R272] [lesson 38] a report that is missing: it says that it checks, loads anew, tells the operator, and is complete again', async () => {
    const page = await open(desk, '/room/')
    const before = await faults()
    const states = await statesOf(page)
    let eaten = 0
    spoil = (event, send) => { eaten += event.things.length; send({ ...event, things: [] }) }
    const { id } = await file(house, ana, { station: 'CE-02' })
    await until(async () => expect(eaten).toBeGreaterThan(0))
    spoil = null
    expect(await row(page, id).count()).toBe(0)
    await presence()
    await row(page, id).waitFor()
    await page.locator('[data-state=live]').waitFor()
    expect((await states()).slice(0, 2)).toEqual(['checking', 'live'])
    expect(await faults()).toBe(before + 1)
  })

  it('[R272] [lesson 10] a sync that fails, or whose answer is nobody’s, takes no report from the screen, and the next brings what was missed', async () => {
    const page = await open(desk, '/room/')
    const held = () => page.locator('[data-list] [data-report]').evaluateAll((rows) => rows.map((one) => one.getAttribute('data-report') ?? '').sort())
    await expect.poll(async () => (await held()).length).toBeGreaterThanOrEqual(5)
    const before = await held()
    const failures = [{ status: 500, json: { problem: 'broken', reference: 'r-1' } }, { status: 200, contentType: 'text/html', body: '<html>Accept the terms</html>' }]
    let eaten = 0
    spoil = (event) => { eaten += event.things.length }
    const { id } = await file(house, ana, { station: 'CE-02' })
    await until(async () => expect(eaten).toBeGreaterThan(0))
    spoil = null
    for (const failure of failures) {
      await page.route('**/api/live/changes*', (route) => route.fulfill(failure))
      const failed = page.waitForResponse(/api\/live\/changes/)
      await presence()
      await failed
      await page.locator('[data-state=catching_up]').waitFor()
      expect(await held()).toEqual(before)
      await page.unroute('**/api/live/changes*')
    }
    await presence()
    await row(page, id).waitFor()
    expect(await held()).toEqual([...before, id].sort())
    await page.locator('[data-state=live]').waitFor()
  })

  it('[R272] [lesson 41] a report that stands where it was: an older word of it, under a filter, is found as well', async () => {
    const { id } = await file(house, ana, { station: 'CE-03' })
    const page = await open(desk, '/room/?status=received&station=CE-03')
    await row(page, id).waitFor()
    const before = await faults()
    let eaten = 0
    spoil = (event, send) => { eaten += event.things.length; send({ ...event, things: [] }) }
    await claim(desk, id)
    await until(async () => expect(eaten).toBeGreaterThan(0))
    spoil = null
    await presence()
    await row(page, id).waitFor({ state: 'detached' })
    expect(await faults()).toBe(before + 1)
  })

  it('[R272] [lesson 36] events that come twice, in another order or late change nothing, and are no fault', async () => {
    const page = await open(desk, '/room/')
    const before = await faults()
    const kept: { event: Changed; send: (event: Changed) => void }[] = []
    spoil = (event, send) => void kept.push({ event, send })
    const reports = [await file(house, ana), await file(house, ana), await file(house, ana)]
    await house.hub.announced()
    await claim(desk, reports[0]?.id ?? '')
    await house.hub.announced()
    await until(async () => expect(kept.at(-1)?.event.things.some((thing) => thing.id === reports[0]?.id && thing.kind === 'report' && thing.thing.claim !== null)).toBe(true))
    for (const { event, send } of [...kept].reverse()) for (const _ of [1, 2]) send(event)
    spoil = null
    for (const { id } of reports) await row(page, id).waitFor()
    await presence()
    await page.locator('[data-state=live]').waitFor()
    const { rows } = await page.evaluate(() => ({ rows: [...document.querySelectorAll('[data-list] [data-report]')].map((one) => one.getAttribute('data-report')) }))
    expect(new Set(rows).size).toBe(rows.length)
    // Nor does any mark count one twice: all marks, with what has no place, are what the list counts and headquarters has.
    const all = (await house.db.readers.selectFrom('reports').select('id').execute()).length
    const summed = () => page.evaluate(() => [...document.querySelectorAll('[data-mark], [data-docked-chip]')].reduce((sum, one) => sum + Number(one.getAttribute('data-count')), 0))
    await until(async () => expect([await summed(), Number(await page.locator('[data-list]').getAttribute('data-count'))]).toEqual([all, all]))
    expect(await faults()).toBe(before)
  })

  it('[R272] [lesson 37] what is new lands without a load, and nothing is loaded again while all agrees', async () => {
    const page = await open(desk, '/room/')
    const loads: string[] = []
    page.on('request', (request) => /\/api\/(points|reports\?)/.test(request.url()) && loads.push(request.url()))
    const answered = page.waitForResponse(/\/api\/live\/held\/reports/)
    const { id } = await file(house, ana)
    await row(page, id).waitFor()
    await presence()
    await answered
    await page.locator('[data-state=live]').waitFor()
    expect(loads).toEqual([])
  })
})

describe('a screen that holds the newest alone', () => {
  it('[R416] is compared in these: a report that is missing is found, and what was never sent is not missed', async () => {
    const small = await startHouse({ figures: { mostOnScreen: 6 } })
    try {
      const lead = await small.person('lead')
      await setUp(small, lead)
      const [ana, desk] = [await small.person('observer'), await small.person('coordinator')]
      const observed = (minute: number) => ({ times: { observedAt: new Date(Date.parse(small.clock.now()) - minute * 60_000).toISOString(), finishedAt: small.clock.now(), zone: 'America/El_Salvador' } })
      for (let minute = 12; minute > 2; minute -= 1) await file(small, ana, observed(minute))
      const faults = async () => (await small.db.readers.transaction().execute((tx) => screenFaults(tx))).count
      const page = await open(desk, '/room/', small)
      const told: { isAhead: boolean; held: { count: number } | null }[] = []
      await answersOf(page, /\/api\/live\/held\/reports/, (text) => told.push(JSON.parse(text) as (typeof told)[number]))
      const compared = async (): Promise<unknown> => {
        const before = told.length
        ;(await listen(small, desk)).close()
        return vi.waitUntil(() => told.slice(before).find(({ isAhead }) => !isAhead), { timeout: 120_000 }).then(({ held }) => held?.count)
      }
      // Of the oldest moment some may be missing: it is not compared.
      await until(async () => expect(await compared()).toBe(5))
      let eaten = 0
      spoil = (event, send) => { eaten += event.things.length; send({ ...event, things: [] }) }
      const { id } = await file(small, ana, observed(1))
      await until(async () => expect(eaten).toBeGreaterThan(0))
      spoil = null
      expect([await row(page, id).count(), await faults()]).toEqual([0, 0])
      await compared()
      await row(page, id).waitFor()
      await page.locator('[data-state=live]').waitFor()
      expect(await faults()).toBe(1)
      // As many come as a screen holds, and old ones with them: fewer are compared, and all agrees.
      for (let minute = 0; minute < 4; minute += 1) await file(small, ana, observed(minute / 10))
      await file(small, ana, observed(100))
      await until(async () => expect(await page.locator('[data-list]').getAttribute('data-count')).toBe('11'))
      await until(async () => expect(await compared()).toBeGreaterThan(2))
      await page.locator('[data-state=live]').waitFor()
      expect(await faults()).toBe(1)
      await page.context().close()
    } finally {
      await small.stop()
    }
  })
})

describe('the wall of the press does so too', () => {
  it('[R272] a release that was not told lands, and a withdrawn one leaves, without a load', async () => {
    const judge = await house.person('coordinator')
    const first = await release(judge, (await verifiedPicture(house, ana, [judge], 2720)).photo)
    const page = await open(press, '/press/')
    await page.locator(`[data-picture="${first}"]`).waitFor()
    spoil = (event, send) => send({ ...event, things: [] })
    const { photo } = await verifiedPicture(house, ana, [judge], 2721)
    const second = await release(judge, photo)
    await desk.call(retractCall, { id: first, reason: 'Wrong place' })
    await house.hub.announced()
    await presence()
    await page.locator(`[data-picture="${second}"]`).waitFor()
    await page.locator(`[data-picture="${first}"]`).waitFor({ state: 'detached' })
    spoil = null
  })
})
