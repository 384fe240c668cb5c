import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openMissionCall, skipRegisterCall } from '../../shared/mission.ts'
import { desktop, openShell, pageOf, phone } from '../support/browser.ts'
import { watchedPages } from '../support/watched.ts'
import { judge, release, setRules, setUp, verifiedPicture } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { amend } from '../support/reports.ts'

// Who relies on a picture hears what becomes of it, in a real browser, while it happens.

let house: TestHouse
let browser: Browser
let ana: Caller
let carla: Caller
let press: Caller
let lead: Caller
let report: string
let id: string

beforeAll(async () => {
  house = await startHouse({ clock: wallClock })
  browser = await openShell()
  ana = await house.person('observer', { name: 'Ana' })
  ;[carla, press, lead] = [await house.person('coordinator', { name: 'Carla' }), await house.person('press', { name: 'Paula', organisation: 'The Paper' }), await house.person('lead', { name: 'Lidia' })]
  await setUp(house, lead)
  await setRules(lead, { eyes: 1 })
  await lead.call(skipRegisterCall, {})
  const { status } = await lead.call(openMissionCall, { rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false } })
  if (status !== 200) throw new Error('Not opened')
  const made = await verifiedPicture(house, ana, [carla], 51_000)
  report = made.report
  id = await release(carla, made.photo)
})
const keep = watchedPages(() => ({ browser, house }))

async function pageFor(caller: Caller, at: string, options = desktop): Promise<Page> {
  return keep(await pageOf(browser, house, caller, { ...options, acceptDownloads: true, at }))
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const isLive = (page: Page) => page.locator('[data-state=live]').first().waitFor()

test('[R172] press takes and uses a picture; the desk sees who, opens its report again, and press is told to wait until it says that it has read it', async () => {
  const wall = await pageFor(press, `/press/${id}`)
  const download = wall.waitForEvent('download')
  await wall.getByRole('button', { name: /^Download full size/ }).click()
  expect((await download).suggestedFilename()).toBe(`veedor-${id}.jpg`)
  await wall.getByText(/^You took the full size/).waitFor()
  await button(wall, 'I used this').click()
  await wall.getByLabel('Where', { exact: true }).fill('Front page')
  await wall.getByLabel('Link, if there is one').fill('paper.example')
  await button(wall, 'Say so').click()
  // A link that is none is told beside its field, and what was typed stays.
  await wall.getByLabel('Link, if there is one').and(wall.locator('[aria-invalid]')).fill('https://paper.example/1')
  await button(wall, 'Say so').click()
  await wall.getByText(/^You used it: Front page/).waitFor()

  const desk = await pageFor(carla, `/room/reports/${report}`)
  await desk.getByText('Taken by 1 person, used 1 time').click()
  await desk.getByText('Paula, The Paper: full size').waitFor()
  await desk.getByRole('link', { name: 'https://paper.example/1' }).waitFor()
  await button(desk, 'Open again').click()
  await button(desk, 'Open it again').click()
  await desk.getByRole('dialog').getByRole('alert').waitFor()
  await desk.getByLabel('Why is it doubted?').fill('Another source places it elsewhere.')
  await button(desk, 'Open it again').click()
  await desk.getByText('This report is open again. Press takes no file of it until it is decided.').waitFor()

  const told = wall.locator('[data-notice=withhold]')
  await told.waitFor()
  expect(await wall.content()).not.toContain('Another source')
  await wall.getByRole('button', { name: /^Download full size/ }).and(wall.locator(':disabled')).waitFor()
  // It stands there also for one who loads the page anew, and on a low screen, with what is told above it, the opened picture leaves its words in sight and moves nothing away.
  await wall.setViewportSize({ width: 1280, height: 720 })
  await wall.goto(`${house.address}/press/`)
  await told.waitFor()
  await wall.locator('main, body').first().press('j')
  await wall.keyboard.press('Enter')
  const opened = wall.getByRole('complementary', { name: 'Picture' })
  await opened.getByRole('button', { name: /^Download full size/ }).waitFor()
  await opened.locator('img').first().evaluate((image: HTMLImageElement) => image.decode())
  const top = (selector: string) => wall.locator(selector).first().evaluate((one) => one.getBoundingClientRect().top)
  expect(await top('header')).toBe(0)
  expect(await wall.locator('*').evaluateAll((all) => all.filter((one) => one.scrollTop > 0 && getComputedStyle(one).overflowY !== 'auto').length)).toBe(0)
  await wall.getByRole('alert').getByRole('button', { name: 'I have read this' }).click()
  await told.waitFor({ state: 'detached' })
  await desk.getByText(/^Paula, The Paper: confirmed/).waitFor()
})

test('[R466] a picture whose report is verified again with another category waits: its desk reads why, and is offered to retract it, not to mend its words', async () => {
  const desk = await pageFor(carla, `/room/reports/${report}`)
  await desk.getByText('This report is open again. Press takes no file of it until it is decided.').waitFor()
  await amend(house, ana, report, { corrected: { category: 'voting.queue' } })
  await judge(house, carla, report)
  await desk.getByText('The report is verified, and says something else now than this picture').waitFor()
  await button(desk, 'Retract').waitFor()
  expect(await button(desk, 'Correct').count()).toBe(0)
  const told = desk.locator('[data-notice=decided_otherwise]')
  await told.getByText('Retract the picture and release it anew').waitFor()
  expect(await told.getByText('Reason').count()).toBe(0)
  const wall = await pageFor(press, `/press/${id}`)
  await wall.getByText('No file of it is handed out until that is decided.').waitFor()
  expect(await wall.locator('[data-notice=lifted]').count()).toBe(0)
})

test('[R180] [R485] a retraction stands on the phone of whoever took the picture, with its reason, until they confirm it', async () => {
  const wall = await pageFor(press, '/press/', phone)
  await isLive(wall)
  const desk = await pageFor(carla, `/room/reports/${report}`)
  await isLive(desk)
  const otherwise = desk.locator('[data-notice=decided_otherwise]')
  await otherwise.waitFor()
  await button(desk, 'Retract').click()
  await desk.getByLabel('Reason').fill('It was Ana.')
  await button(desk, 'Retract it from press').click()
  await desk.getByText('This tells press more closely who, where or when than may leave.').waitFor()
  await desk.getByLabel('Reason').fill('A face can be recognised.')
  await button(desk, 'Retract it from press').click()
  const told = wall.locator('[data-notice=kill]')
  await told.getByText('Reason: A face can be recognised.').waitFor()
  // That was what it asked for.
  await otherwise.waitFor({ state: 'detached' })
  await wall.getByRole('button', { name: 'I have read this' }).click()
  await told.waitFor({ state: 'detached' })
})

test('[R182] a lead reads, filters and exports the journal, and every coordinator is told; [R184] the head stands there in words', async () => {
  const room = await pageFor(carla, '/room/')
  await isLive(room)
  const page = await pageFor(lead, '/room/audit')
  await page.locator('[data-fact="report.reopened"]').getByText('Reason: Another source places it elsewhere.').waitFor()
  await page.getByLabel('About').selectOption('release')
  await page.locator('[data-fact="release.used"]').waitFor()
  expect(await page.locator('[data-fact="report.reopened"]').count()).toBe(0)
  expect(new URL(page.url()).searchParams.get('group')).toBe('release')
  await button(page, 'Export').click()
  const download = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  expect((await download).suggestedFilename()).toMatch(/^veedor-journal-\d{4}-\d\d-\d\d\.csv$/)
  await room.locator('[data-notice=exported]').getByText('As a spreadsheet, a part of it.').waitFor()

  await page.getByRole('link', { name: 'Head of the chain' }).click()
  await page.locator('[data-anchor]').waitFor()
  for (const language of ['en', 'es']) expect(await page.locator(`[data-words=${language}] li`).count()).toBe(24)
  expect(await page.getByRole('link', { name: 'Send by e-mail' }).getAttribute('href')).toContain('veedor%20anchor%20')
  await page.emulateMedia({ media: 'print' })
  expect([await page.getByRole('navigation').first().isVisible(), await page.locator('[data-anchor]').isVisible()]).toEqual([false, true])
})

test('[R175] a lead sets the mission’s embargo, and says that the statement is out', async () => {
  const page = await pageFor(lead, '/room/embargo')
  await page.getByLabel('When press sees it').selectOption('statement')
  await button(page, 'Save').click()
  await page.getByText('Saved. It holds for every release from now on.').waitFor()
  await button(page, 'The statement is out').click()
  await page.getByRole('dialog').getByRole('button', { name: 'The statement is out' }).click()
  await page.getByText('Nothing waits for the statement any more.').waitFor()
})
