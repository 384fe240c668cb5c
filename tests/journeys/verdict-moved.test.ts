import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { patient } from '../support/browser.ts'
import { claim, judge, setRules } from '../support/desk.ts'
import { amend, file } from '../support/reports.ts'
import { ana, bruno, carla, deskOf, house, lead, panel, reportOf, withDesks } from '../support/report-page.ts'

// What a verdict that is not given yet becomes when its report changes or is left, in a real browser.

withDesks()

const filed = async (words = 'One ballot was not folded.') => (await file(house, ana, { station: 'CE-01', severity: 'high', words })).id
const claimButton = (page: Page) => page.getByRole('button', { name: 'Claim it to give a verdict' })
const outcome = (page: Page, name: string) => panel(page).locator('[data-outcomes]').getByRole('button', { name })
const reason = (page: Page, name: string) => panel(page).locator('[data-reasons]').getByRole('button', { name })
const words = (page: Page) => panel(page).getByLabel('Words for the history')
const said = (page: Page) => panel(page).getByRole('status')
/** Everything but the verdict itself. */
const half = async (page: Page, written: string) => {
  await claimButton(page).click()
  await outcome(page, 'Verified').click()
  await reason(page, 'Place agrees').click()
  await panel(page).locator('summary').click()
  await words(page).fill(written)
}
/** Holds what this page asks of the report until it is let go: it has not heard of what happens meanwhile. */
const deaf = async (page: Page, id: string) => {
  let letGo = () => {}
  const isHeld = new Promise<void>((done) => { letGo = done })
  await page.route(`**/api/reports/${id}`, async (route) => {
    await isHeld
    await route.continue()
  })
  return letGo
}

test('[R471] a report that is corrected under a second verdict says so in its panel; who writes goes on writing, and what was chosen is chosen anew', async () => {
  await setRules(lead, { eyes: 2 })
  const id = await filed()
  await judge(house, bruno, id)
  const page = await deskOf(carla, `/room/reports/${id}`)
  await half(page, 'Called at 20:40')
  await amend(house, ana, id, { words: 'Three ballots were not folded.' })
  await said(page).getByText(/^Corrected by its observer since you opened it, \d\d:\d\d$/).waitFor()
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  await said(page).getByText('Read it again, then choose a verdict anew. The rest of what you chose and wrote is still here.').waitFor()
  // The round and the claim have ended, and no key that was meant for the words does anything else.
  await page.keyboard.type(', no answer. c1j')
  expect([await words(page).inputValue(), await page.locator('[data-outcomes]').count()]).toEqual(['Called at 20:40, no answer. c1j', 0])
  await said(page).getByRole('button', { name: 'Read it again' }).click()
  await page.locator('[data-said]:focus').getByText('Three ballots were not folded.').waitFor()

  await claimButton(page).click()
  await outcome(page, 'Verified').waitFor()
  expect([await panel(page).locator('[data-outcomes] [aria-pressed=true]').count(), await reason(page, 'Place agrees').getAttribute('aria-pressed'), await words(page).inputValue()]).toEqual([0, 'true', 'Called at 20:40, no answer. c1j'])
  await outcome(page, 'Not confirmed').click()
  await said(page).getByText('You chose your verdict after that.').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('You gave your verdict.').waitFor()
  expect((await reportOf(id)).verdicts.filter(({ by }) => by === carla.id)).toEqual([])
  const { verdicts } = await house.db.readers.selectFrom('verdicts').select(['round', 'outcome', 'words']).where('report', '=', id).where('giver', '=', carla.id).execute().then((found) => ({ verdicts: found }))
  expect(verdicts).toEqual([{ round: 2, outcome: 'not_confirmed', words: 'Called at 20:40, no answer. c1j' }])
})

test('[R471] a verdict on a report that was corrected before its desk had heard of it is refused in words that stay', async () => {
  await setRules(lead, { eyes: 2 })
  const id = await filed()
  await judge(house, bruno, id)
  const page = await deskOf(carla, `/room/reports/${id}`)
  await half(page, 'Half.')
  const letGo = await deaf(page, id)
  await amend(house, ana, id, { words: 'Three ballots were not folded.' })
  await words(page).evaluate((field) => field.blur())
  const answer = page.waitForResponse((one) => one.request().method() === 'PUT' && one.status() === 409)
  await page.keyboard.press('Enter')
  expect(await (await answer).json()).toMatchObject({ fields: [{ path: 'of', reason: 'ended' }] })
  letGo()
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  await claimButton(page).waitFor()
  await panel(page).getByRole('alert').getByText('Your verdict was not given: the report says something else by now than what you had read.').waitFor()
  expect(await words(page).inputValue()).toBe('Half.')
})

test('[R471] a report that is withdrawn under a verdict says so in its panel, and what was written stays to be read', async () => {
  const id = await filed()
  const page = await deskOf(carla, `/room/reports/${id}`, { locale: 'es-SV' })
  const su = page.getByRole('region', { name: 'Su veredicto' })
  await page.getByRole('button', { name: 'Tómelo para dar un veredicto' }).click()
  await su.locator('[data-outcomes] button').first().click()
  await su.locator('summary').click()
  await su.getByLabel('Palabras para el historial').fill('Llamé a las 20:40.')
  await amend(house, ana, id, { type: 'withdrawal', words: 'It was not here.' })
  const told = su.getByRole('status')
  await told.getByText(/^Retirado por su observador después de que usted lo abrió, \d\d:\d\d$/).waitFor()
  await told.getByText('Lo que había elegido, «Verificado», no se dio.').waitFor()
  await told.getByText('Lo que escribió sigue aquí.').waitFor()
  expect([await su.getByLabel('Palabras para el historial').inputValue(), await su.getByRole('button', { name: /veredicto/ }).count()]).toEqual(['Llamé a las 20:40.', 0])
})

test('[R472] an outcome that was chosen before a correction is given by no key until it was chosen after it', async () => {
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await claimButton(page).click()
  await outcome(page, 'Verified').waitFor()
  await page.keyboard.press('1')
  await reason(page, 'Original seen').click()
  await amend(house, ana, id, { words: 'Three ballots were not folded.', corrected: { severity: 'low' } })
  await said(page).getByText(/^Corrected by its observer since you opened it/).waitFor()
  for (let pressed = 0; pressed < 2; pressed += 1) {
    await panel(page).focus()
    await page.keyboard.press('Enter')
    await panel(page).getByText('You chose before it changed. Read it again, then choose a verdict.').waitFor()
    await said(page).locator('button:focus').getByText('Read it again').waitFor()
  }
  // From there Enter leads to the words.
  await page.keyboard.press('Enter')
  await page.locator('[data-said]:focus').waitFor()
  expect((await reportOf(id)).verdicts).toEqual([])
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.getByText('Verdict given: verified.').waitFor()
  expect((await reportOf(id)).verdicts).toMatchObject([{ outcome: 'verified', reasons: ['original_seen'] }])
})

test('[R472] who claims a report that was corrected since they opened it is told so', async () => {
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await claimButton(page).waitFor()
  await amend(house, ana, id, { words: 'Three ballots were not folded.' })
  await page.locator('[data-said]').getByText('Three ballots were not folded.').waitFor()
  expect(await said(page).textContent()).toBe('')
  await claimButton(page).click()
  await said(page).getByText('Read it again before you judge it.').waitFor()
})

test('[R473] a verdict that is half chosen and written is there again when its report is, until it was given or its report says something else; a browser that leaves asks first', async () => {
  const [id] = [await filed('The first.'), await filed('The second.')]
  const page = await deskOf(bruno, `/room/?report=${id}`)
  await page.goto(`${house.address}/room/reports/${id}`)
  await half(page, 'Half.')
  await words(page).evaluate((field) => field.blur())
  const isHere = async () => {
    await outcome(page, 'Verified').and(page.locator('[aria-pressed=true]')).waitFor()
    expect([await reason(page, 'Place agrees').getAttribute('aria-pressed'), await words(page).inputValue(), await said(page).textContent()]).toEqual(['true', 'Half.', ''])
  }
  await page.keyboard.press('Escape')
  await page.locator('[data-list]').waitFor()
  await page.goBack()
  await isHere()

  const asked = page.waitForEvent('dialog')
  const reload = page.evaluate(() => location.reload())
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await reload
  await isHere()

  await page.keyboard.press('Escape')
  await page.locator('[data-list]').waitFor()
  await amend(house, ana, id, { words: 'Three ballots were not folded.' })
  await expect.poll(async () => (await reportOf(id)).words, patient).toBe('Three ballots were not folded.')
  await page.goBack()
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  expect(await words(page).inputValue()).toBe('Half.')
  await outcome(page, 'Verified').click()
  await page.keyboard.press('Enter')
  await page.getByText('Verdict given: verified.').waitFor()
  await panel(page).waitFor({ state: 'detached' })
  await claim(carla, id)
})
