import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { judge, setRules, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { roomsOf } from '../support/rooms.ts'

let browser: Browser
let house: TestHouse
let desk: Caller
let ana: Caller
let old: { id: string }

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
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 100 })

/** A page whose tab can be hidden, and that writes down what it sounds and notifies. */
async function open(): Promise<Page> {
  const page = await rooms.open(desk, '/room/', { permissions: ['notifications'] }, async (fresh) => void (await fresh.addInitScript(() => {
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
  })))
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
  it('[R275] sees in the tab’s title how many critical reports came; sound and notice come when they were asked for, and say no more than what it is', async () => {
    const page = await open()
    await hide(page, true)
    await file(house, ana, { severity: 'low' })
    const first = await file(house, ana, { severity: 'critical', words: 'Nobody should read this on a locked screen' })
    await until(async () => expect(await page.title()).toMatch(/^\(1\) /))
    expect(await told(page)).toMatchObject({ sounds: 0, notices: [] })
    await hide(page, false)
    await until(async () => expect(await page.title()).not.toMatch(/^\(/))

    await choose(page, 'A sound for new critical reports')
    await choose(page, 'Desktop notices of critical reports')
    const before = (await told(page)).sounds
    expect(before).toBe(1)
    await hide(page, true)
    const second = await file(house, ana, { severity: 'critical' })
    await until(async () => expect((await told(page)).notices).toHaveLength(1))
    expect((await told(page)).notices[0]).toMatch(new RegExp(`^Critical report R-0*${second.number}: `))
    expect((await told(page)).notices[0]).not.toContain('Nobody should read')
    expect((await told(page)).sounds).toBe(before + 1)
    expect(first.number).toBeLessThan(second.number)

    // What was chosen holds when the room is opened again, and what was there then is no news.
    await page.reload()
    await page.locator('[data-state=live]').waitFor()
    expect(await told(page)).toMatchObject({ sounds: 0, notices: [] })
    await file(house, ana, { severity: 'critical' })
    await until(async () => expect((await told(page)).notices).toHaveLength(1))
  })

  it('[R274] presses one key and reads what came, what changed and what waits; a press opens it', async () => {
    const page = await open()
    await page.keyboard.press('w')
    await page.getByText('You were not away').waitFor()
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
    await away.getByText(/3 h ago/).waitFor()
    await away.getByText(/^What came: \d+ reports$/).waitFor()
    await away.getByText('not looked at').waitFor()
    await away.locator(`[data-report="${old.id}"]`).click()
    await page.waitForURL(`**/room/reports/${old.id}**`)
  })

  it('[R277] moves back to a moment and sees what was known then, with the number and the chain’s head to print; what comes meanwhile is there when they are back', async () => {
    const before = new Date().toISOString()
    const known = await house.db.readers.selectFrom('reports').select('id').execute()
    const head = await house.db.readers.selectFrom('journal').select(['number', 'chain']).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
    const later = await file(house, ana, { station: 'CE-02' })
    await judge(house, desk, later.id)
    const page = await rooms.open(desk, `/room/?asOf=${before}`)
    const count = (wanted: number) => until(async () => expect(await page.locator('[data-list]').getAttribute('data-count')).toBe(String(wanted)))
    await page.locator(`[data-past="${before}"]`).waitFor()
    await count(known.length)
    expect(await page.locator('[data-anchor]').textContent()).toBe(`veedor anchor ${head.number} ${head.chain}`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('[data-anchor]').isVisible()).toBe(true)
    expect(await page.getByText('Printed by Ana').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
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
