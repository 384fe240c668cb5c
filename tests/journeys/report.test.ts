import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { claimReportCall } from '../../shared/verification.ts'
import { expireClaims } from '../../server/features/verification/actions.ts'
import { answersOf, patient } from '../support/browser.ts'
import { judge, phonePicture, release, reportWithPicture, setRules, verifiedPicture } from '../support/desk.ts'
import { cutTexts } from '../support/screen-checks.ts'
import { file, sendOriginal, sendPreview } from '../support/reports.ts'
import { ana, bruno, carla, deskOf, house, kindsOf, lead, nextSeed, panel, releaseAt, reportOf, withDesks } from '../support/report-page.ts'

// What coordinators were promised on the page of one report, in a real browser.

withDesks()

test('[P12] a verdict that says too little says so where it is seen, and shows where it goes on', async () => {
  const { report } = await reportWithPicture(house, ana, nextSeed())
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  /** Nothing stands over it, nor is it out of the view. */
  const isSeen = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('button, p') === element
  }
  const goesOn = panel(page).locator('button:focus')
  for (const [say, first] of [['Choose a verdict first.', 'Verified'], ['Say what it rests on: choose at least one.', 'Place differs']] as const) {
    await panel(page).getByRole('button', { name: 'Give verdict' }).click()
    await panel(page).getByText(say).waitFor()
    await expect.poll(() => panel(page).getByText(say).evaluate(isSeen), patient).toBe(true)
    await goesOn.and(page.getByRole('button', { name: first })).waitFor()
    await expect.poll(() => goesOn.evaluate(isSeen), patient).toBe(true)
    expect(await goesOn.evaluate((button) => getComputedStyle(button).boxShadow)).not.toBe('none')
    await page.keyboard.press('2')
  }
  await goesOn.press('Enter')
  expect(await panel(page).getByText('Say what it rests on: choose at least one.').count()).toBe(0)
  expect((await reportOf(report)).verdicts).toEqual([])
})

test('[P2] the second pair of eyes sees nothing of the first verdict, nor hears of it; the third decides when two differ', async () => {
  await setRules(lead, { eyes: 2 })
  const { report } = await reportWithPicture(house, ana, nextSeed())
  const secret = 'Words of the first verdict'
  const page = await deskOf(carla, `/room/reports/${report}`)
  const heard: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  const answers: string[] = []
  await answersOf(page, /\/api\//, (text) => answers.push(text))
  await page.reload()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  await judge(house, bruno, report, { outcome: 'not_confirmed', reasons: ['hearsay'], words: secret })

  await page.getByText('The first verdict is shown after yours').waitFor()
  await page.getByText('Someone who is not named gave the first verdict').waitFor()
  const shown = (await page.locator('main').textContent()) ?? ''
  for (const hidden of [secret, 'Told by others', 'Not confirmed by', 'Bruno Rivas has']) expect(shown).not.toContain(hidden)
  expect(answers.join()).toContain(report)
  for (const hidden of [secret, 'hearsay', 'not_confirmed"']) expect([...heard, ...answers].filter((text) => text.includes(report)).join()).not.toContain(hidden)

  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Verified' }).click()
  await panel(page).getByRole('button', { name: 'Place agrees' }).click()
  await panel(page).getByRole('button', { name: 'Give verdict' }).click()
  await page.getByText('You gave your verdict.').waitFor()
  expect((await page.locator('main').textContent()) ?? '').not.toContain(secret)

  const dora = await house.person('coordinator')
  expect((await judge(house, dora, report)).status).toBe(201)
  await page.getByText(secret).waitFor()
  await page.getByRole('heading', { name: 'Verdicts' }).waitFor()
  for (const told of ['Bruno Rivas gave the first verdict', 'Carla Young gave the second verdict; it differs from the first, a third person decides']) await page.getByText(told, { exact: true }).waitFor()
})

test('[P2] one’s own first verdict is told as one’s own, in both languages, and to nobody else', async () => {
  await setRules(lead, { eyes: 2 })
  const { report } = await reportWithPicture(house, ana, nextSeed())
  await judge(house, bruno, report)
  for (const [locale, own] of [['en-GB', 'You gave the first verdict'], ['es-SV', 'Usted dio el primer veredicto']] as const) {
    const page = await deskOf(bruno, `/room/reports/${report}`, { locale })
    await page.getByText(own, { exact: true }).waitFor()
    expect(await page.getByText(/Someone who is not named|Alguien que no se nombra/).count()).toBe(0)
  }
  const other = await deskOf(carla, `/room/reports/${report}`)
  await other.getByText('Someone who is not named gave the first verdict').waitFor()
  expect(await other.getByText('You gave').count()).toBe(0)
})

test('a change of the rules shows on a page that is open: who may not judge any more can hand back, and is asked again when they may', async () => {
  const { report } = await reportWithPicture(house, ana, nextSeed(), { station: 'CE-02', table: '77121' })
  const near = await house.person('coordinator', { name: 'Nora', organisation: 'Delegation A' })
  const page = await deskOf(near, `/room/reports/${report}`)
  const other = await deskOf(carla, `/room/reports/${report}`)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Verified' }).click()
  await setRules(lead, { eyes: 1, otherOrganisation: true })
  await page.getByText('The observer is of your organisation. Someone of another one has to judge this.').waitFor()
  await page.getByRole('button', { name: 'Give verdict' }).waitFor({ state: 'detached' })
  expect(await other.getByRole('button', { name: 'Hand back' }).count()).toBe(0)
  // What was chosen is there when the rules allow it again.
  await setRules(lead, { eyes: 1 })
  await panel(page).getByRole('button', { name: 'Verified', pressed: true }).waitFor()
  await setRules(lead, { eyes: 1, otherOrganisation: true })
  await page.getByRole('button', { name: 'Give verdict' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Hand back' }).click()
  await other.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  await page.getByRole('button', { name: 'Hand back' }).waitFor({ state: 'detached' })
  expect((await reportOf(report)).line.claim).toBeNull()
})

test('[P14] a report that nobody who has joined may decide says so, until somebody who may has come', async () => {
  await setRules(lead, { eyes: 2, otherOrganisation: true })
  const { report } = await reportWithPicture(house, ana, nextSeed())
  await judge(house, bruno, report, { outcome: 'not_confirmed', reasons: ['hearsay'] })
  const nobody = (page: Page) => page.getByText('Nobody who has joined may judge it. One more person has to be invited to coordinate, of another organisation than the observer’s.')
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await page.getByText('You gave your verdict.').waitFor()
  expect(await nobody(page).count()).toBe(0)
  await judge(house, carla, report)
  await nobody(page).waitFor()
  await house.person('coordinator', { organisation: 'Delegation E' })
  await page.reload()
  await page.getByText('You gave your verdict.').waitFor()
  expect(await nobody(page).count()).toBe(0)
})

test('a word that is longer than a screen is broken, on each screen that shows it', async () => {
  const word = 'palabra'.repeat(40)
  const given = { words: `${word} https://example.org/${word}` }
  const { report, photo } = await reportWithPicture(house, ana, nextSeed(), given)
  await judge(house, bruno, report, { words: word })
  const sent = await release(carla, photo, { captions: { es: `${word} (ejercicio)`, en: `${word} (exercise)` }, alternatives: { es: word, en: word } })
  const unreleased = await verifiedPicture(house, ana, [bruno], nextSeed(), given)
  const press = await house.person('press')
  for (const viewport of [{ width: 1440, height: 900 }, { width: 320, height: 640 }]) {
    const desk = await deskOf(carla, `/room/?report=${report}`, { viewport })
    const look = async (page: Page, at: string | null, known: (page: Page) => Promise<unknown>) => {
      if (at) await page.goto(`${house.address}${at}`)
      await known(page)
      expect([at, viewport.width, await cutTexts(page)]).toEqual([at, viewport.width, []])
    }
    await look(desk, null, (page) => page.locator('[data-card]').getByText(word).first().waitFor())
    await look(desk, `/room/reports/${report}`, (page) => page.getByRole('heading', { name: 'History' }).waitFor())
    expect(await desk.getByText(word).count()).toBeGreaterThan(1)
    await look(desk, releaseAt(unreleased.photo), async (page) => {
      for (const language of ['Spanish', 'English']) {
        await page.getByLabel(`Caption, ${language}`).fill(word)
        await page.getByLabel(`Alternative text, ${language}`).fill(word)
      }
    })
    const wall = await deskOf(press, '/press/', { viewport })
    await look(wall, null, (page) => page.getByText(word).first().waitFor())
    await look(wall, `/press/${sent}`, (page) => page.getByRole('complementary').getByText(word).first().waitFor())
  }
})

test('[P3] it is seen once it was open for two seconds, by those who may claim it; a claim of someone else is said at once', async () => {
  const { report } = await reportWithPicture(house, ana, nextSeed())
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await expect.poll(() => kindsOf(report), patient).toContain('report.seen')
  await page.reload()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
  expect((await carla.call(claimReportCall, { id: report })).status).toBe(200)
  await page.getByText(/^Carla Young has it, \d+:\d\d left$/).waitFor()
  await page.getByText('Carla Young is looking at it.').waitFor()
  expect(await page.getByRole('button', { name: 'Claim it to give a verdict' }).count()).toBe(0)
  expect((await kindsOf(report)).filter((kind) => kind === 'report.seen')).toHaveLength(1)
})

test('[P4] a small copy is called one until the original is here, and what a coordinator typed stays meanwhile', async () => {
  const bytes = await phonePicture(nextSeed(), [900, 600])
  const { id } = await file(house, ana, { pictures: [bytes] })
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await page.getByText('This picture has not arrived yet').waitFor()
  // There is nothing to come nearer to.
  expect(await page.getByRole('button', { name: 'Zoom in' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).locator('summary').click()
  await panel(page).getByLabel('Words for the history').fill('Called at 20:40.')
  await sendPreview(ana, id, bytes, await phonePicture(nextSeed(), [300, 200]))
  await house.picturesDone()
  await page.getByText('Small copy; the original has not arrived yet').waitFor()
  await sendOriginal(ana, id, bytes)
  await house.picturesDone()
  await page.getByText(/Original, 900 × 600/).waitFor()
  expect(await page.getByText('Small copy; the original has not arrived yet').count()).toBe(0)
  expect(await panel(page).getByLabel('Words for the history').inputValue()).toBe('Called at 20:40.')
  await page.locator(`img[alt*="Picture 1 of 1"]`).waitFor()
  await page.getByRole('button', { name: 'Zoom in' }).waitFor()
})

test('[P11] what was chosen outlives the claim', async () => {
  const { report } = await reportWithPicture(house, ana, nextSeed())
  const page = await deskOf(bruno, `/room/reports/${report}`)
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Not confirmed' }).click()
  await panel(page).getByRole('button', { name: 'Told by others' }).click()
  house.clock.forward(11 * 60_000)
  await expireClaims(house.engine)
  await page.getByText('Your claim has ended. What you chose here is still there.').waitFor()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).click()
  await panel(page).getByRole('button', { name: 'Give verdict' }).click()
  await page.getByText('Verdict given: not confirmed.').waitFor()
  expect((await reportOf(report)).verdicts).toMatchObject([{ outcome: 'not_confirmed', reasons: ['hearsay'] }])
})

test('[P5] a coordinator gives a report its department and another category; what the observer said stands beside it', async () => {
  const { id } = await file(house, ana)
  const page = await deskOf(bruno, `/room/reports/${id}`)
  await page.getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Department').selectOption('San Miguel')
  await dialog.getByText('High', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Save the change' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('observer said: critical').waitFor()
  expect(await reportOf(id)).toMatchObject({ line: { department: 'San Miguel', severity: 'high' }, filed: { severity: 'critical' } })

  await page.keyboard.press('e')
  await dialog.getByLabel('Find a station').fill('lejana')
  await dialog.getByRole('button', { name: /Escuela Lejana/ }).click()
  await dialog.getByLabel('Table').selectOption('77123')
  await dialog.getByRole('button', { name: 'Save the change' }).click()
  await page.getByText('Escuela Lejana, table 77123').first().waitFor()
  await page.getByText('observer said: No station named').waitFor()
  expect((await reportOf(id)).line).toMatchObject({ station: 'CE-03', table: '77123', municipality: 'San Miguel Centro' })
})

test('[P9] an invented report is none, and a server that is silent is said to be so and asked again', async () => {
  const page = await deskOf(bruno, '/room/reports/01890000-0000-7000-8000-000000000000')
  await page.getByText('There is no such report').waitFor()
  const { report } = await reportWithPicture(house, ana, nextSeed())
  await page.route(`**/api/reports/${report}`, (route) => route.abort())
  await page.goto(`${house.address}/room/reports/${report}`)
  await page.getByText('This report could not be had').waitFor()
  await page.unroute(`**/api/reports/${report}`)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Claim it to give a verdict' }).waitFor()
})

test('[R370] how near a picture is looked at, where, and how it is turned stand in the address: a colleague who is given the link sees the same corner of it', async () => {
  const { report } = await reportWithPicture(house, ana, nextSeed())
  const page = await deskOf(bruno, `/room/reports/${report}`)
  const asked = (name: string) => new URL(page.url()).searchParams.get(name)
  const seen = (of: Page) => of.locator('[data-stage] img[data-full]').evaluate((image) => [image.style.transform, ...[image.style.left, image.style.top, image.style.width].map((text) => Math.round(Number.parseFloat(text)))])
  await page.locator('[data-stage] img[data-full]').waitFor()
  await page.keyboard.press('t')
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await page.locator('[data-stage] [role=group]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => [asked('turn'), asked('near')?.split(',').length], patient).toEqual(['90', 3])
  const corner = await seen(page)
  const colleague = await deskOf(carla, new URL(page.url()).pathname + new URL(page.url()).search)
  await expect.poll(() => seen(colleague), patient).toEqual(corner)
  await page.keyboard.press('0')
  await expect.poll(() => asked('near'), patient).toBeNull()
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('t')
  await expect.poll(() => asked('turn'), patient).toBeNull()
})
