import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { newLinkCall } from '../../shared/people.ts'
import { faultsOf, openShell, pageOf, phone } from '../support/browser.ts'
import { joinStaffAt, untilLive } from '../support/desk-pages.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { readWords } from '../support/screen-words.ts'
import { openFor } from '../support/staff.ts'
import { watchedPages } from '../support/watched.ts'

// What a lead may end, as those see it whose it was: another role, a person's access, the whole mission for its observers.

const words = await readWords('en')
let browser: Browser
let house: TestHouse
let lead: Caller
const keep = watchedPages(() => ({ browser, house }))

beforeAll(async () => {
  ;[browser, house] = [await openShell(), await startHouse({ clock: wallClock })]
  lead = await house.person('lead', { name: 'Lidia' })
  await openFor(house, lead)
})

async function openAt(who: Caller, at: string, options: Parameters<typeof pageOf>[3] = {}): Promise<Page> {
  const page = keep(await pageOf(browser, house, who, { ...options, at }))
  return page
}
async function openAsStranger(at: string): Promise<Page> {
  const page = await (await browser.newContext({ ...phone, locale: 'en-GB' })).newPage()
  keep({ page, faults: faultsOf(page) })
  await page.goto(`${house.address}${at}`)
  return page
}
const openPhone = (who: Caller) => openAt(who, '/observer/', { ...phone, serviceWorkers: 'block' })
const openPeople = async () => {
  const page = await openAt(lead, '/room/people')
  await untilLive(page)
  return page
}
const openMenu = (people: Page, name: string) => people.getByRole('button', { name: words.people.menu(name), exact: true }).click()

async function fileOne(page: Page): Promise<string> {
  await page.getByRole('button', { name: words.phone.home.noPicture, exact: true }).click()
  await page.locator('[data-category]').first().click()
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.getByRole('button', { name: words.phone.capture.save, exact: true }).click()
  await page.locator(`[data-report="${id}"]`).waitFor()
  return id
}
const hasCome = async (id: string) => (await lead.call(listReportsCall, {})).reply.reports.some((line) => line.id === id)

test('[R138] [R189] a lead gives somebody another role: that desk says at once that its session has ended, every lead reads it, and a new link leads to the new place', async () => {
  const bruno = await house.person('coordinator', { name: 'Bruno Rivas' })
  const other = await house.person('lead', { name: 'Otilia' })
  const [desk, otherRoom, people] = [await openAt(bruno, '/room/'), await openAt(other, '/room/'), await openPeople()]
  for (const room of [desk, otherRoom]) await untilLive(room)
  await openMenu(people, 'Bruno Rivas')
  await people.getByRole('menuitem', { name: words.people.changeRole }).click()
  await people.getByRole('dialog').getByText(words.common.roles.press, { exact: true }).click()
  await people.getByRole('dialog').getByRole('button', { name: words.people.roleDo }).click()
  await people.getByRole('row', { name: new RegExp(`Bruno Rivas.*${words.common.roles.press}`) }).waitFor()
  await desk.getByText(words.room.endedTitle).waitFor()
  await otherRoom.getByRole('alert').getByText(new RegExp(`Lidia.*Bruno Rivas.*${words.common.roles.press}`, 'i')).waitFor()

  await openMenu(people, 'Bruno Rivas')
  await people.getByRole('menuitem', { name: new RegExp(`^${words.people.newLink}`) }).click()
  await people.getByRole('region', { name: words.people.invite }).getByRole('img').waitFor()
  const { reply } = await lead.call(newLinkCall, { id: bruno.id })
  await joinStaffAt(desk, `${house.address}${reply.link}`, 'Join the mission')
  await desk.waitForURL('**/press/**')
  // Nobody's own role is theirs to change.
  await openMenu(people, 'Lidia')
  expect(await people.getByRole('menuitem', { name: words.people.changeRole }).count()).toBe(0)
})

test('[R189] a lead ends what somebody is signed in with: phone and desk say so, and nothing that is written is lost', async () => {
  const [ana, carla] = [await house.person('observer', { name: 'Ana Paz' }), await house.person('coordinator', { name: 'Carla Young' })]
  const [handset, desk, people] = [await openPhone(ana), await openAt(carla, '/room/'), await openPeople()]
  await untilLive(desk)
  await handset.getByRole('button', { name: words.phone.home.camera }).waitFor()
  for (const name of ['Ana Paz', 'Carla Young']) {
    await openMenu(people, name)
    await people.getByRole('menuitem', { name: words.people.endAccess }).click()
    await people.getByRole('dialog').getByRole('button', { name: words.people.endAccess }).click()
    await people.getByText(words.people.accessEnded(name)).waitFor()
  }
  await desk.getByText(words.room.endedTitle).waitFor()
  const id = await fileOne(handset)
  await handset.locator('[data-delivery=ended]').waitFor()
  expect(await hasCome(id)).toBe(false)
})

test('[R139] [R189] a lead closes the mission: phones say so and keep what is unsent, cards open nothing, the desk goes on; opened again, a new card brings in what waited', async () => {
  const [eva, carla] = [await house.person('observer', { name: 'Eva Luz' }), await house.person('coordinator', { name: 'Clara Ríos' })]
  const waiting = await house.person('observer', { name: 'Iris Sol' })
  const card = (await lead.call(newLinkCall, { id: waiting.id })).reply.code ?? ''
  const [handset, desk, setUp] = [await openPhone(eva), await openAt(carla, '/room/'), await openAt(lead, '/setup?step=checking')]
  await untilLive(desk)
  await handset.getByRole('button', { name: words.phone.home.camera }).waitFor()

  await setUp.getByRole('button', { name: words.setUp.closeDo, exact: true }).click()
  const dialog = setUp.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Another mission')
  await dialog.getByRole('button', { name: words.setUp.closeDo }).click()
  await dialog.getByText(words.setUp.closeDiffers).waitFor()
  await dialog.getByRole('textbox').fill('Misión de prueba')
  await setUp.keyboard.press('Enter')
  await setUp.getByText(words.setUp.closedNow, { exact: true }).waitFor()

  const id = await fileOne(handset)
  await handset.locator('[data-delivery=ended]').waitFor()
  const stranger = await openAsStranger('/join')
  await stranger.getByLabel(words.join.code).fill(card)
  await stranger.getByRole('button', { name: words.join.goOnWithCode }).click()
  await stranger.getByText(words.join.wrongCode).waitFor()
  await desk.reload()
  await untilLive(desk)

  await setUp.getByRole('button', { name: words.setUp.reopen }).click()
  await setUp.getByRole('button', { name: words.setUp.closeDo, exact: true }).waitFor()
  await handset.getByRole('button', { name: words.phone.delivery.joinAgain }).click()
  await handset.getByLabel(words.late.join.link).fill((await lead.call(newLinkCall, { id: eva.id })).reply.code ?? '')
  await handset.getByRole('button', { name: words.late.join.look }).click()
  await handset.getByRole('button', { name: words.late.join.join }).click()
  await handset.locator('[data-delivery=delivered]').waitFor()
  expect(await hasCome(id)).toBe(true)
})
