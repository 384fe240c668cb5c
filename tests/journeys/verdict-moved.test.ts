import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { liftQuarantineCall, quarantineCall } from '../../shared/quarantine.ts'
import { changeReportCall } from '../../shared/reports.ts'
import { handBackReportCall } from '../../shared/verification.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { desktop, patient } from '../support/browser.ts'
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
  await answer
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

const change = async (caller: typeof ana, id: string, made: { category?: string; severity?: 'critical' | 'low'; station?: string | null }) => {
  const { status } = await caller.call(changeReportCall, { id, change: uuid7(Date.parse(house.clock.now())), ...made })
  expect(status).toBe(200)
}
/** The verdict is done but for Enter, and no field has the focus. */
const ready = async (page: Page) => {
  await half(page, 'Half.')
  await words(page).evaluate((field) => field.blur())
}

test('[R481] a report that another of the desk makes another one under a verdict says who changed what, and is verified by no key until that was chosen anew', async () => {
  const { id } = await file(house, ana, { category: 'voting.queue', severity: 'low', station: 'CE-01' })
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await ready(page)
  await change(carla, id, { category: 'safety.violence', severity: 'critical', station: 'CE-02' })
  await said(page).getByText(/^Changed by Carla Young since you opened it, \d\d:\d\d$/).waitFor()
  await said(page).getByText(/Severity: Low → Critical/).waitFor()
  await said(page).getByText(/Station: Escuela Canaria → Escuela Otra/).waitFor()
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  expect([await panel(page).locator('[data-outcomes] [aria-pressed=true]').count(), await words(page).inputValue()]).toEqual([0, 'Half.'])
  await panel(page).focus()
  await page.keyboard.press('Enter')
  await panel(page).getByText('You chose before it changed. Read it again, then choose a verdict.').waitFor()
  expect((await reportOf(id)).verdicts).toEqual([])
  await change(carla, id, { severity: 'low' })
  await said(page).getByText(/^Carla Young, .*Severity: Critical → Low$/).waitFor()
  await outcome(page, 'Not confirmed').click()
  await said(page).getByText('You chose your verdict after that.').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Verdict given: not confirmed.').waitFor()
})

test('[R481] a verdict on a report that another changed before its desk had heard of it is refused in words that stay; one’s own change asks for nothing', async () => {
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await ready(page)
  // By this person themself, in another of their windows.
  await change(bruno, id, { severity: 'low' })
  await page.locator('header').getByText('Low', { exact: true }).first().waitFor()
  expect([await said(page).textContent(), await outcome(page, 'Verified').getAttribute('aria-pressed')]).toEqual(['', 'true'])

  const letGo = await deaf(page, id)
  await change(carla, id, { severity: 'critical' })
  const answer = page.waitForResponse((one) => one.request().method() === 'PUT' && one.status() === 409)
  await page.keyboard.press('Enter')
  await answer
  letGo()
  await said(page).getByText(/^Changed by Carla Young since you opened it/).waitFor()
  await panel(page).getByRole('alert').getByText('Your verdict was not given: the report says something else by now than what you had read.').waitFor()
  await page.unroute(`**/api/reports/${id}`)

  await page.keyboard.press('1')
  await change(bruno, id, { severity: 'low' })
  await page.locator('header').getByText('Low', { exact: true }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Verdict given: verified.').waitFor()
})

test('[R482] a verdict whose report is decided by another meanwhile stays under the hands of who writes it, gives nothing, and is let go of', async () => {
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await half(page, 'Called at 20:40')
  await bruno.call(handBackReportCall, { id })
  await judge(house, carla, id, { outcome: 'false', reasons: ['edited'] })
  await said(page).getByText(/^Decided by Carla Young meanwhile, \d\d:\d\d$/).waitFor()
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  await said(page).getByText('What you wrote is still here.').waitFor()
  await page.keyboard.type(', no answer. ejk1c')
  expect([await words(page).inputValue(), await page.getByRole('dialog').count(), await panel(page).getByRole('button').allTextContents()]).toEqual(['Called at 20:40, no answer. ejk1c', 0, ['Let go of what you began']])
  // Also while nothing of the words is left.
  await words(page).fill('')
  await page.keyboard.type('e')
  expect([await words(page).inputValue(), await page.getByRole('dialog').count()]).toEqual(['e', 0])

  // It is there when the report is opened again, until it is let go of.
  await words(page).evaluate((field) => field.blur())
  await page.keyboard.press('Escape')
  await page.locator('[data-list]').waitFor()
  await page.goBack()
  await said(page).getByText(/^Decided by Carla Young meanwhile/).waitFor()
  await panel(page).getByRole('button', { name: 'Let go of what you began' }).click()
  await panel(page).waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('Your verdict').or(page.getByRole('button', { name: 'Open again' })).first().waitFor()
  expect([await panel(page).count(), (await reportOf(id)).verdicts.map(({ by }) => by)]).toEqual([0, [carla.id]])
})

test('[R482] who gives their verdict elsewhere finds the one that they began here, and who is blind learns of nobody else’s', async () => {
  await setRules(lead, { eyes: 2 })
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await half(page, 'Half.')
  await bruno.call(handBackReportCall, { id })
  await judge(house, carla, id, { outcome: 'false', reasons: ['edited'] })
  await panel(page).getByText('The first verdict is shown after yours').waitFor()
  expect([await said(page).textContent(), (await panel(page).textContent())?.includes('Carla')]).toEqual(['', false])
  await judge(house, bruno, id, { outcome: 'not_confirmed', reasons: ['unclear'] })
  await said(page).getByText(/^You gave your verdict elsewhere meanwhile, \d\d:\d\d$/).waitFor()
  expect([await words(page).inputValue(), (await panel(page).textContent())?.includes('Carla')]).toEqual(['Half.', false])
  await judge(house, lead, id)
  await said(page).getByText(/^Decided by Lidia meanwhile/).waitFor()
  await panel(page).getByRole('button', { name: 'Let go of what you began' }).click()
  await panel(page).waitFor({ state: 'detached' })
})

test('[R483] a verdict under which its observer is put in quarantine says why nothing can be chosen, and goes on where it was once that is lifted', async () => {
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await ready(page)
  expect((await carla.call(quarantineCall, { id: ana.id, reason: 'Pictures of another place' })).status).toBe(200)
  await said(page).getByText(/^Its observer was put in quarantine meanwhile, \d\d:\d\d$/).waitFor()
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  await said(page).getByText('Nobody judges it until that is lifted. What you chose and wrote here is kept until then.').waitFor()
  expect([await page.locator('[data-outcomes]').count(), await words(page).inputValue()]).toEqual([0, 'Half.'])
  await carla.call(liftQuarantineCall, { id: ana.id, reason: 'The picture was of there.' })
  await outcome(page, 'Verified').and(page.locator('[aria-pressed=true]')).waitFor()
  expect(await said(page).textContent()).toBe('')
  await page.keyboard.press('Enter')
  await page.getByText('Verdict given: verified.').waitFor()
})

test('[R484] a number key chooses and the next Enter gives, also from the button that leads to the words; what is wanted comes into view and scrolls nothing around its column', async () => {
  const id = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`, { ...desktop, viewport: { width: 1440, height: 900 } })
  await ready(page)
  await amend(house, ana, id, { words: 'Three ballots were not folded.' })
  await said(page).getByText('What you had chosen, “Verified”, was not given.').waitFor()
  await panel(page).focus()
  await page.keyboard.press('Enter')
  await said(page).locator('button:focus').getByText('Read it again').waitFor()
  const scrolled = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => one.scrollTop !== 0).map((one) => one.matches('[data-stage] + *') && one.querySelector('[data-outcomes]') !== null))
  expect(await scrolled()).toEqual([true])
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.getByText('Verdict given: verified.').waitFor()
})
