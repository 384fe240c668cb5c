import type { Browser, Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { openBrowser, phone } from '../support/browser.ts'
import { claim, judge, setRules, setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { file } from '../support/reports.ts'
import { roomsOf } from '../support/rooms.ts'

let browser: Browser
let house: TestHouse
let desk: Caller
/** Nobody has looked at it; it stands at another station than the others. */
let far: { id: string; number: number }
/** Before the last report came. */
let then: string

beforeAll(async () => {
  house = await startHouse({ clock: wallClock })
  const [lead, other] = [await house.person('lead', { name: 'Lidia' }), await house.person('coordinator', { name: 'Bea' })]
  await setUp(house, lead)
  await setRules(lead, { eyes: 2 })
  const ana = await house.person('observer')
  desk = await house.person('coordinator', { name: 'Diego' })
  const near = () => file(house, ana, { station: 'CE-01' })
  far = await file(house, ana, { station: 'CE-02' })
  // One is decided by two, one by one of them, one somebody has begun with.
  const [whole, half, begun] = [await near(), await near(), await near()]
  await judge(house, desk, whole.id)
  await judge(house, other, whole.id)
  await judge(house, desk, half.id)
  await claim(other, begun.id)
  then = new Date().toISOString()
  await near()
  browser = await openBrowser()
})
const rooms = roomsOf(() => ({ browser, house }))
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 120_000, interval: 100 })
const listed = (page: Page, wanted: number) => until(async () => expect(await page.locator('[data-list]').getAttribute('data-count')).toBe(String(wanted)))
const top = (page: Page) => page.locator('header [data-state]')
/** Whether the whole of it can be seen without a scroll. */
const isInSight = (one: Locator) => one.evaluate((element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  return [top + 1, bottom - 1].every((y) => element.contains(document.elementFromPoint((left + right) / 2, y)))
})

describe('what the room says of what it shows', () => {
  it('[R437] a past moment is told on a phone beside list and map alike, with the way back to now; the bar above is of that moment, and nothing is said to be complete up to now', async () => {
    const page = await rooms.open(desk, `/room/?asOf=${then}`, phone)
    await listed(page, 4)
    await until(async () => expect(await top(page).innerText()).toMatch(/^As it was at \d\d:\d\d\s+4 reports$/))
    await page.getByRole('link', { name: 'Map', exact: true }).click()
    await until(async () => expect(await page.locator('[data-map]').getAttribute('data-count')).toBe('4'))
    const told = page.getByRole('region', { name: 'The room as it was' })
    expect(await told.innerText()).toMatch(/^What was known at \d\d:\d\d\s+Back to now$/)
    expect(await top(page).innerText()).not.toMatch(/Complete/)
    // The map has the rest of the screen, and the way to the list stands below it.
    const below = await page.getByRole('link', { name: 'List', exact: true }).boundingBox()
    expect((below?.y ?? 9999) + (below?.height ?? 0)).toBeLessThanOrEqual(844)
    // So is what may be done with a chosen report, and what is said of it.
    const card = page.locator('[data-card]')
    await page.evaluate((id) => {
      history.pushState(null, '', `${location.search}&report=${id}`)
      dispatchEvent(new PopStateEvent('popstate'))
    }, far.id)
    for (const viewport of [{ width: 320, height: 640 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(viewport)
      for (const one of [card.getByRole('link', { name: 'Open' }), card.getByText('As it was then.')]) expect(await isInSight(one)).toBe(true)
    }
    await card.getByRole('button', { name: 'Close' }).click()
    await told.getByRole('button', { name: 'Back to now' }).click()
    await told.waitFor({ state: 'detached' })
    expect([new URL(page.url()).searchParams.get('asOf'), new URL(page.url()).searchParams.get('view')]).toEqual([null, 'map'])
    await until(async () => expect(await page.locator('[data-map]').getAttribute('data-count')).toBe('5'))
    await until(async () => expect(await top(page).innerText()).toMatch(/^Complete up to [\d:]+\s+5 reports$/))
  })

  it('[R438] [R455] each number of what waits is how many the list has that it opens, and says how many of them wait for another pair of eyes; the way back leads to the panel as it was', async () => {
    const page = await rooms.open(desk, '/room/')
    await listed(page, 5)
    await page.keyboard.press('w')
    const away = page.getByRole('dialog', { name: 'Since you were away' })
    const here = () => new URL(page.url()).search
    await until(async () => expect(here()).toMatch(/panel=away/))
    const panel = here()
    for (const [name, count] of [[/^2 not looked at$/, 2], [/^2 in review$/, 2]] as const) {
      await away.getByText('Of them 1 waits for a second pair of eyes.').waitFor()
      await away.getByRole('link', { name }).click()
      await away.waitFor({ state: 'detached' })
      await listed(page, count)
      expect(here()).not.toMatch(/panel|since/)
      await page.goBack()
      await away.waitFor()
      expect(here()).toBe(panel)
    }
    await away.locator(`[data-report="${far.id}"]`).click()
    await page.waitForURL(`**/room/reports/${far.id}**`)
    await away.waitFor({ state: 'detached' })
    await page.goBack()
    await away.locator(`[data-report="${far.id}"]`).waitFor()
    expect(here()).toBe(panel)
  })

  it('[R439] how many fit is said whichever statuses are asked for; the figures above the list are of what it lists', async () => {
    const page = await rooms.open(desk, '/room/?status=verified')
    const fits = page.locator('[data-fits]')
    await until(async () => expect(await fits.innerText()).toBe('1 report'))
    await page.goto(`${house.address}/room/?status=verified,in_review`)
    await until(async () => expect(await fits.innerText()).toBe('3 reports'))
    // Each of several statuses stands once, with its way out.
    expect([await page.getByText('In review', { exact: true }).locator('visible=true').count(), await page.getByRole('button', { name: 'Not looked at', exact: true }).count()]).toEqual([1, 1])
    await page.getByRole('button', { name: 'Remove: Verified' }).click()
    await listed(page, 2)
    expect(await page.getByRole('button', { name: /^In review/, pressed: true }).count()).toBe(1)
    await page.goto(`${house.address}/room/`)
    await listed(page, 5)
    const figure = (name: string) => page.locator(`[data-figure=${name}] dd`).innerText()
    expect([await fits.count(), await figure('not-looked'), await figure('in-review')]).toEqual([0, '2', '2'])
    // So near that the map shows that station alone.
    const { latitude, longitude } = await house.db.readers.selectFrom('stations').select(['latitude', 'longitude']).where('code', '=', 'CE-02').executeTakeFirstOrThrow()
    await page.goto(`${house.address}/room/?within=map&map=${latitude},${longitude},17`)
    await listed(page, 1)
    await page.locator(`[data-list] [data-report="${far.id}"]`).waitFor()
    expect([await figure('not-looked'), await figure('in-review')]).toEqual(['1', '0'])
    await page.goto(`${house.address}/room/?within=map&map=14.6,-88.1,17`)
    await page.getByText('No report on this part of the map').waitFor()
    expect([await figure('not-looked'), await figure('oldest'), await figure('in-review'), await figure('critical')]).toEqual(['0', '–', '0', '0'])
  })

  it('[R440] a sheet says each report’s status as a word', async () => {
    const page = await rooms.open(desk, `/room/?asOf=${then}`)
    await listed(page, 4)
    const row = page.locator(`[data-list] [data-report="${far.id}"]`)
    expect(await row.innerText()).not.toMatch(/Not looked at/)
    await page.emulateMedia({ media: 'print' })
    const words = (await page.locator('[data-list] [data-report]').allInnerTexts()).map((text) => /^(Not looked at|In review|Verified)$/m.exec(text)?.[0])
    expect(words.sort()).toEqual(['In review', 'In review', 'Not looked at', 'Verified'])
  })

  it('[R441] a report’s page that is opened from a past moment says that it is of now, and leads back to that moment', async () => {
    const page = await rooms.open(desk, `/room/?asOf=${then}`)
    await listed(page, 4)
    const row = page.locator(`[data-list] [data-report="${far.id}"]`)
    await row.click()
    await row.click()
    await page.waitForURL(`**/room/reports/${far.id}**`)
    const told = page.locator('[data-from-past]')
    await told.getByText('This is the report as it is now.').waitFor()
    expect(await top(page).innerText()).toMatch(/^Complete up to/)
    await told.getByRole('link', { name: /^Back to \d\d:\d\d$/ }).click()
    await listed(page, 4)
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(then)
    await page.goto(`${house.address}/room/reports/${far.id}`)
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    expect(await told.count()).toBe(0)
  })

  it('[R457] what was not understood of its address is said until it was seen, and stands there no longer', async () => {
    const page = await rooms.open(desk, '/room/?asOf=2026-11-29T21:30&pictures=some&status=received,zzz&report=R-1&map=13.7')
    const told = page.getByRole('alert').filter({ hasText: 'Part of this address could not be used' })
    await told.getByText('left out: asOf=2026-11-29T21:30 status=zzz pictures=some report=R-1 map=13.7').waitFor()
    await listed(page, 2)
    expect([...new URL(page.url()).searchParams]).toEqual([['status', 'received']])
    await told.getByRole('button', { name: 'Seen' }).click()
    await told.waitFor({ state: 'detached' })
    // Also without a load, and on the way back.
    await page.evaluate(() => {
      history.pushState(null, '', '/room/?asOf=2999-11-29T21:30:00.000Z')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    await told.getByText('left out: asOf=2999-11-29T21:30:00.000Z').waitFor()
    await listed(page, 5)
    expect(new URL(page.url()).search).toBe('')
    await page.goBack()
    await listed(page, 2)
  })

  it('[R456] a tab is named by what its page is, and only then by the mission; the name goes along with every step and with the language', async () => {
    const page = await rooms.open(desk, '/room/')
    const named = (title: string) => until(async () => expect(await page.title()).toBe(`${title} · Misión de prueba · Veedor`))
    await named('Map and list')
    await page.getByRole('link', { name: 'Releases', exact: true }).click()
    await named('Releases')
    await page.goBack()
    await named('Map and list')
    await page.locator(`[data-list] [data-report="${far.id}"]`).dblclick()
    await named(`R-${far.number}`)
    await page.evaluate((search) => {
      history.pushState(null, '', `${location.pathname}/release/${search}`)
      dispatchEvent(new PopStateEvent('popstate'))
    }, '0'.repeat(64))
    await named(`Release a picture · R-${far.number}`)
    await page.goBack()
    await page.goBack()
    await page.getByRole('button', { name: 'As it was' }).click()
    await until(async () => expect(await page.title()).toMatch(/^As it was at \d\d:\d\d · Misión/))
    await page.getByRole('button', { name: 'Back to now' }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitemradio', { name: 'Español' }).click()
    await named('Mapa y lista')
  })
})
