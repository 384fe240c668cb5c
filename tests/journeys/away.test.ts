import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Changed } from '../../shared/live.ts'
import { openBrowser } from '../support/browser.ts'
import { judge, setRules, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend, file } from '../support/reports.ts'
import { roomsOf } from '../support/rooms.ts'

let browser: Browser
let house: TestHouse
let desk: Caller
let ana: Caller
let old: { id: string; number: number }

beforeAll(async () => {
  house = await startHouse({ clock: wallClock })
  const lead = await house.person('lead', { name: 'Lidia' })
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  ;[desk, ana] = [await house.person('coordinator', { name: 'Ana' }), await house.person('observer')]
  old = await file(house, ana, { severity: 'low', station: 'CE-01' })
  browser = await openBrowser()
})
const rooms = roomsOf(() => ({ browser, house }))
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 100 })

/** Whether events lose on their way what they tell of, without a gap in their numbers. */
let isSpoiled = false
let spoiled = 0
/** A page whose tab can be hidden, and that writes down what it sounds and notifies. */
async function open(): Promise<Page> {
  const page = await rooms.open(desk, '/room/', { permissions: ['notifications'] }, async (fresh) => {
    await fresh.routeWebSocket(/socket/, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => {
        const given: unknown = isSpoiled && String(message).startsWith('42') ? JSON.parse(String(message).slice(2)) : []
        const event = Array.isArray(given) && given[0] === 'changed' ? Changed.parse(given[1]) : null
        spoiled += event?.things.length ?? 0
        socket.send(event ? `42${JSON.stringify(['changed', { ...event, things: [] }])}` : message)
      })
    })
    await fresh.addInitScript(() => {
      const told: { sounds: number; notices: string[]; hidden: boolean } = { sounds: 0, notices: [], hidden: false }
      Object.assign(window, { told })
      Object.defineProperty(document, 'hidden', { get: () => told.hidden })
      document.hasFocus = () => !told.hidden
      const Audio = window.AudioContext
      window.AudioContext = class extends Audio { constructor() { super(); told.sounds += 1 } }
      class Notified extends EventTarget {
        static permission = 'granted'
        static requestPermission = () => Promise.resolve('granted')
        constructor(title: string, options: { body: string }) { super(); told.notices.push(`${title}: ${options.body}`) }
        close(): void { return }
      }
      Object.assign(window, { Notification: Notified })
    })
  })
  await page.locator('[data-state=live]').waitFor()
  return page
}
const hide = (page: Page, hidden: boolean) => page.evaluate((is) => {
  ;(window as unknown as { told: { hidden: boolean } }).told.hidden = is
  document.dispatchEvent(new Event('visibilitychange'))
}, hidden)
const told = (page: Page) => page.evaluate(() => (window as unknown as { told: { sounds: number; notices: string[] } }).told)
const choose = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('menuitemcheckbox', { name }).click()
}

describe('a coordinator who looks elsewhere', () => {
  it('[R275] [R353] sees in the tab’s title how many critical reports came; sound and notice come when they were asked for, and say no more than what it is', async () => {
    const page = await open()
    await hide(page, true)
    const low = await file(house, ana, { severity: 'low' })
    const first = await file(house, ana, { severity: 'critical', words: 'Nobody should read this on a locked screen' })
    await until(async () => expect(await page.title()).toBe('(1) Map and list · Misión de prueba · Veedor'))
    expect(await told(page)).toMatchObject({ sounds: 0, notices: [] })
    await hide(page, false)
    await until(async () => expect(await page.title()).not.toMatch(/^\(/))

    await choose(page, 'A sound for new critical reports')
    await choose(page, 'Desktop notices of critical reports')
    const before = (await told(page)).sounds
    expect(before).toBe(1)
    // Both are given once as they are turned on, so that one knows them.
    expect((await told(page)).notices).toHaveLength(1)
    await hide(page, true)
    const second = await file(house, ana, { severity: 'critical' })
    await until(async () => expect((await told(page)).notices).toHaveLength(2))
    expect((await told(page)).notices[1]).toMatch(new RegExp(`^Critical report R-0*${second.number}: `))
    expect((await told(page)).notices[1]).not.toContain('Nobody should read')
    expect((await told(page)).sounds).toBe(before + 1)
    expect(first.number).toBeLessThan(second.number)

    // What was chosen holds when the room is opened again, and what was there then is no news.
    await page.reload()
    await page.locator('[data-state=live]').waitFor()
    expect(await told(page)).toMatchObject({ sounds: 0, notices: [] })
    await file(house, ana, { severity: 'critical' })
    await until(async () => expect((await told(page)).notices).toHaveLength(1))
    // What its author has corrected to be critical is news as one that came so is; what was critical before is not.
    await amend(house, ana, first.id, { words: 'Nobody should read this either' })
    await amend(house, ana, low.id, { corrected: { severity: 'critical' } })
    await until(async () => expect((await told(page)).notices).toHaveLength(2))
    expect((await told(page)).notices[1]).toMatch(new RegExp(`^Critical report R-0*${low.number}: `))

    // What no event told, since it was spoiled on the way, is told when the room finds by itself that it is missing: each once, and nothing that was told before.
    await hide(page, false)
    await hide(page, true)
    const { sounds } = await told(page)
    isSpoiled = true
    const lost = await file(house, ana, { severity: 'critical' })
    await amend(house, ana, old.id, { corrected: { severity: 'critical' } })
    await file(house, ana, { severity: 'low' })
    await until(async () => expect(spoiled).toBeGreaterThanOrEqual(3))
    isSpoiled = false
    expect((await told(page)).notices).toHaveLength(2)
    await house.hub.lookAround()
    await until(async () => expect((await told(page)).notices).toHaveLength(4))
    const found = await told(page)
    expect(found.notices.slice(2).map((one) => Number(/R-(\d+)/.exec(one)?.[1])).sort((one, other) => one - other)).toEqual([old.number, lost.number])
    expect(found.sounds).toBeGreaterThan(sounds)
    expect(await page.title()).toMatch(/^\(2\) /)
    // Neither what events tell of them afterwards nor another load is news.
    await amend(house, ana, lost.id, { words: 'Nobody should read this at all' })
    await amend(house, ana, old.id, { corrected: { severity: 'low' } })
    await amend(house, ana, old.id, { corrected: { severity: 'critical' } })
    const marker = await file(house, ana, { severity: 'low' })
    await page.locator(`[data-list] [data-report="${marker.id}"]`).waitFor()
    expect(await told(page)).toEqual(found)
    expect(await page.title()).toMatch(/^\(2\) /)
  })

  it('[R442] whoever asks for want of a socket is here for the others, and sees who is', async () => {
    const pola = await house.person('coordinator', { name: 'Pola' })
    const told = await rooms.open(desk, '/room/')
    await told.locator('[data-state=live]').waitFor()
    const asking = await rooms.open(pola, '/room/', {}, (fresh) => fresh.routeWebSocket(/socket/, (socket) => void socket.close()))
    await asking.locator('[data-state=polling]').waitFor({ timeout: 120_000 })
    for (const page of [told, asking]) {
      await page.locator('[data-here="2"]').waitFor({ timeout: 120_000 })
      await page.locator('[data-here] button').click()
      await until(async () => expect((await page.locator('[data-here] li').allTextContents()).map((name) => name.replace(/ \(you\)/, '')).slice(0, 2).sort()).toEqual(['Ana', 'Pola']))
    }
  })

  it('[R369] is told where a browser can show no notice, as those of phones, and finds them off: at the choice, and when one that was chosen comes', async () => {
    const page = await open()
    // Chrome on Android has the name, gives its leave, and refuses to make one.
    const android = (page: Page) => page.evaluate(() => {
      const Told = window.Notification
      window.Notification = class extends Told { constructor(title: string) { super(title); throw new TypeError('Illegal constructor') } }
    })
    const notices = page.getByRole('menuitemcheckbox', { name: 'Desktop notices of critical reports' })
    await choose(page, 'Desktop notices of critical reports')
    await until(async () => expect((await told(page)).notices).toHaveLength(1))
    await android(page)
    await file(house, ana, { severity: 'critical' })
    await page.getByText('This browser cannot show notices').waitFor()
    await page.getByRole('button', { name: 'Settings' }).click()
    expect(await notices.getAttribute('aria-checked')).toBe('false')
    await page.reload()
    await page.locator('[data-state=live]').waitFor()
    await android(page)
    await choose(page, 'Desktop notices of critical reports')
    await page.getByText('This browser cannot show notices').waitFor()
    await page.getByRole('button', { name: 'Settings' }).click()
    expect(await notices.getAttribute('aria-checked')).toBe('false')
  })

  it('[R274] [R370] [R395] [R417] presses one key and reads what waits, first, and what came and what changed, since any moment, which a copied link holds; a press opens it', async () => {
    const page = await open()
    await page.keyboard.press('w')
    const never = page.getByRole('dialog', { name: 'Since you were away' })
    const isChosen = async (name: string) => (await never.getByRole('button', { name, exact: true }).getAttribute('aria-pressed')) === 'true'
    const hoursSince = () => Math.round((Date.now() - Date.parse(new URL(page.url()).searchParams.get('since') ?? '')) / 3_600_000)
    await never.getByText(/^Since .+\.$/).waitFor()
    expect([hoursSince(), await never.getByRole('button', { name: 'When I last looked' }).count()]).toEqual([1, 0])
    await never.getByRole('button', { name: 'Last 3 hours' }).click()
    await never.getByText(/\(3 h( 1 min)? ago\)/).waitFor()
    expect([hoursSince(), await isChosen('Last hour')]).toEqual([3, false])
    await never.getByRole('button', { name: 'Today' }).click()
    await never.getByText(/^Since 00:00 /).waitFor()
    await never.getByLabel('Since, in America/El Salvador').fill('2020-02-28T20:00')
    await never.getByText(/^Since 28 Feb 2020, 20:00/).waitFor()
    await never.getByLabel('Since, in America/El Salvador').fill('2999-01-01T00:00')
    await never.getByText('That moment is still to come').waitFor()
    expect(new URL(page.url()).searchParams.get('since'), 'nothing is asked of it').toBe('2020-02-29T02:00:00.000Z')
    // A link that names no moment is given one, so that who copies it on tells of the same.
    await page.goto(`${house.address}/room/?panel=away`)
    await never.getByText(/\(1 h( 1 min)? ago\)/).waitFor()
    expect(hoursSince()).toBe(1)
    await page.keyboard.press('Escape')
    // Three hours pass while nobody looks: the browser remembers up to when somebody had.
    await page.evaluate(() => {
      const name = Object.keys(localStorage).find((one) => one.includes('lookedUpTo')) ?? ''
      localStorage.setItem(name, JSON.stringify(new Date(Date.now() - 3 * 3_600_000).toISOString()))
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await judge(house, desk, old.id)
    await page.getByRole('button', { name: 'Since I was away' }).click()
    const away = page.getByRole('dialog', { name: 'Since you were away' })
    await away.getByText(/3 h( 1 min)? ago/).waitFor()
    await away.getByText(/^What came: \d+ reports?$/).waitFor()
    await away.getByText('not looked at').waitFor()
    expect(await away.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([expect.stringMatching(/^What waits/), expect.stringMatching(/^What came/), expect.stringMatching(/^What changed/)])
    // A colleague who is given the link reads of the same time, on a browser of their own.
    const colleague = await rooms.open(desk, new URL(page.url()).pathname + new URL(page.url()).search)
    const told = colleague.getByRole('dialog', { name: 'Since you were away' })
    await told.getByText(/^Since .+ \(3 h( 1 min)? ago\)\.$/).waitFor()
    expect(await told.locator('[data-away]').innerText()).toBe(await away.locator('[data-away]').innerText())
    await colleague.keyboard.press('Escape')
    await told.waitFor({ state: 'detached' })
    expect([...new URL(colleague.url()).searchParams]).toEqual([])
    await away.locator(`[data-report="${old.id}"]`).click()
    await page.waitForURL(`**/room/reports/${old.id}**`)
  })

  it('[R277] [R374] [R400] [R402] [R419] moves back to a moment and sees what was known then, with the number and the chain’s head to print; what comes meanwhile is there when they are back', async () => {
    const before = new Date().toISOString()
    const known = await house.db.readers.selectFrom('reports').select('id').execute()
    const head = await house.db.readers.selectFrom('journal').select(['number', 'chain']).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
    const later = await file(house, ana, { station: 'CE-02' })
    await judge(house, desk, later.id)
    let draw: () => void = () => undefined
    const isLetDraw = new Promise<void>((done) => void (draw = done))
    const page = await rooms.open(desk, `/room/?asOf=${before}`, {}, async (fresh) => void (await fresh.route('**/clusters.worker*', (route) => void isLetDraw.then(() => route.continue()))))
    const count = (wanted: number) => until(async () => expect(await page.locator('[data-list]').getAttribute('data-count')).toBe(String(wanted)))
    await page.locator(`[data-past="${before}"]`).waitFor()
    await count(known.length)
    // What computes the map is on its way: the list is here, and the map says that it is not.
    await page.getByText('The map is being drawn').waitFor()
    draw()
    await page.locator('[data-drawing]').waitFor({ state: 'detached' })
    await until(async () => expect(await page.locator('[data-map]').getAttribute('data-count')).toBe(String(known.length)))
    expect(await page.locator('[data-anchor]').textContent()).toBe(`veedor anchor ${head.number} ${head.chain}`)
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('[data-anchor]').isVisible()).toBe(true)
    expect(await page.getByText('Printed by Ana').isVisible()).toBe(true)
    // A sheet is narrower than a desk's screen: the map is on it all the same.
    const screen = page.viewportSize() ?? { width: 1440, height: 900 }
    await page.setViewportSize({ width: 718, height: 1000 })
    const map = page.locator('[data-map] .leaflet-container')
    expect([await map.isVisible(), (await map.boundingBox())?.width]).toEqual([true, 640])
    // A sheet may be black and white: how much each weighs is a word. Its last line says that none is missing.
    const first = page.locator('[data-list] [data-report]').first()
    expect(await first.innerText()).toMatch(/^Critical$[^]*R-\d+/m)
    expect(await page.locator('[data-end]').innerText()).toBe(`End of the list: ${known.length} of ${known.length} reports, the newest first.`)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.setViewportSize(screen)
    await page.emulateMedia({ media: 'screen' })
    expect(await page.locator('[data-end]').isVisible()).toBe(false)
    // Where none was, it says what was so then, and promises nothing.
    for (const [query, said] of [['asOf=2020-02-28T20:00:00.000Z', 'No report had come by 28 Feb 2020, 14:00'], [`asOf=${before}&severity=medium`, /^No report fitted this filter at /]] as const) {
      await page.evaluate((search) => {
        history.pushState(null, '', `/room/?${search}`)
        dispatchEvent(new PopStateEvent('popstate'))
      }, query)
      await page.locator('[data-list]').getByText(said).waitFor()
      expect(await page.locator('[data-list]').innerText()).not.toMatch(/land/)
      await page.goBack()
      await count(known.length)
    }
    const meanwhile = await file(house, ana)
    await page.getByRole('button', { name: 'Back to now' }).click()
    await page.locator(`[data-list] [data-report="${meanwhile.id}"]`).waitFor()
    await count(known.length + 2)
    await page.getByRole('button', { name: 'As it was' }).click()
    await page.locator('[data-past]').waitFor()
    await page.goBack()
    await page.locator('[data-past]').waitFor({ state: 'detached' })
    await count(known.length + 2)
  })
})
