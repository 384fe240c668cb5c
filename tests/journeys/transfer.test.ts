import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getReportCall, listReportsCall } from '../../shared/reports.ts'
import { newLinkCall } from '../../shared/people.ts'
import { faultsOf, openBrowser, phone } from '../support/browser.ts'
import { setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { readWords } from '../support/screen-words.ts'

// One observer, two phones: the account moves with a code, what was delivered is listed on the other, and what the first still holds comes set aside.

const words = await readWords('en')
let house: TestHouse
let lead: Caller
let browser: Browser
const contexts: BrowserContext[] = []
const faults: string[] = []

beforeAll(async () => {
  ;[house, browser] = [await startHouse({ clock: wallClock }), await openBrowser()]
  lead = await house.person('lead')
  await setUp(house, lead)
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser.close()
  await house.stop()
  expect(faults).toEqual([])
})

async function openPhone(): Promise<Page> {
  const context = await browser.newContext({ ...phone, locale: 'en-GB', serviceWorkers: 'block' })
  contexts.push(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(String(error)))
  faultsOf(page)
  await page.goto(`${house.address}/observer/`)
  return page
}
async function join(page: Page, typed: string): Promise<void> {
  await page.getByLabel(words.late.join.link).fill(typed)
  await page.getByRole('button', { name: words.late.join.look }).click()
  await page.getByRole('button', { name: words.late.join.join }).click()
  await page.getByRole('button', { name: words.phone.home.camera }).waitFor()
}
async function fileOne(page: Page, said: string): Promise<void> {
  await page.getByRole('button', { name: words.phone.home.noPicture, exact: true }).click()
  await page.getByRole('button', { name: words.phone.capture.allCategories }).click()
  await page.locator('[data-category="voting.queue"]').click()
  await page.getByLabel(words.phone.capture.wordsLabel).fill(said)
  const id = new URL(page.url()).searchParams.get('draft')
  await page.getByRole('button', { name: words.phone.capture.save, exact: true }).click()
  // This one, not one that was there before, and the app back at its list: it is on its way there until then.
  await page.locator(`[data-report="${id}"]`).waitFor()
  await page.waitForURL((url) => !url.searchParams.has('draft'))
}

test('[R137] [R143] [R142] [R366] an account moves to another phone; the old one’s unsent work arrives once it joins again, and is set aside', async () => {
  const observer = await house.person('observer', { name: 'Ana Paz', language: 'en' })
  const card = async () => (await lead.call(newLinkCall, { id: observer.id })).reply
  const old = await openPhone()
  await join(old, (await card()).code ?? '')
  await fileOne(old, 'Delivered by the first phone.')
  await old.locator('[data-delivery=delivered]').waitFor({ timeout: 120_000 })

  await old.getByRole('button', { name: words.phone.home.menu }).click()
  await old.getByRole('button', { name: words.late.transfer.do }).click()
  const code = (await old.locator('main code').textContent()) ?? ''
  const fresh = await openPhone()
  await join(fresh, code)
  await fresh.locator('[data-report]').first().waitFor({ timeout: 120_000 })
  await fresh.locator('[data-report]').first().click()
  await fresh.getByText(words.late.report.elsewhere).waitFor()
  await fresh.getByText('Delivered by the first phone.').waitFor()

  // The first phone was signed out, says so where its used code stood, and keeps what is written on it.
  // It would hear so by itself, later.
  await old.evaluate(() => dispatchEvent(new Event('online')))
  await old.getByText(words.late.transfer.done, { exact: true }).waitFor({ timeout: 120_000 })
  expect(await old.locator('main code').count()).toBe(0)
  await old.goto(`${house.address}/observer/`)
  await old.locator('[data-delivery=ended]').waitFor({ timeout: 120_000 })
  await fileOne(old, 'Written on the first phone, later.')
  await old.getByRole('button', { name: words.phone.delivery.joinAgain }).click()
  await join(old, (await card()).code ?? '')
  await expect.poll(async () => (await lead.call(listReportsCall, {})).reply.reports.map(({ status }) => status).sort(), { timeout: 120_000 }).toEqual(['received', 'set_aside'])
  const aside = (await lead.call(listReportsCall, { status: ['set_aside'] })).reply.reports[0]
  expect((await lead.call(getReportCall, { id: aside?.id ?? '' })).reply).toMatchObject({ setAsideFor: 'replaced_phone', words: 'Written on the first phone, later.' })
})
