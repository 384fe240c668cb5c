import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { changeReportCall } from '../../shared/reports.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { patient } from '../support/browser.ts'
import { amend, file } from '../support/reports.ts'
import { ana, bruno, carla, deskOf, house, reportOf, withDesks } from '../support/report-page.ts'

// What two desks and an observer change of one report at the same time, in a real browser.

withDesks()

const filed = () => file(house, ana, { category: 'voting.queue', severity: 'low', station: 'CE-01', words: 'A queue.' })
const opened = async (page: Page, button: string) => {
  await page.getByRole('button', { name: button, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Table').waitFor()
  return { dialog, save: dialog.getByRole('button', { name: /^Save the/ }), severity: (name: string) => dialog.getByText(name, { exact: true }), moved: (part: string) => dialog.locator(`[data-moved=${part}]`) }
}
const saved = async ({ dialog, save }: Awaited<ReturnType<typeof opened>>) => {
  await save.click()
  await dialog.waitFor({ state: 'detached' })
}

test('[R465] what a coordinator did not touch in “Change” follows the report; what moved meanwhile is said beside its field, and only what was chosen is saved', async () => {
  const { id } = await filed()
  const [first, second] = [await deskOf(bruno, `/room/reports/${id}`), await deskOf(carla, `/room/reports/${id}`)]
  const [bruno1, carla1] = [await opened(first, 'Change'), await opened(second, 'Change')]
  await carla1.severity('Critical').click()
  await saved(carla1)
  await bruno1.moved('severity').getByText('Changed meanwhile. Before: Low').waitFor()
  expect([await bruno1.dialog.getByRole('radio', { name: 'Critical' }).isChecked(), await bruno1.save.isDisabled()]).toEqual([true, true])
  await bruno1.dialog.getByLabel('Table').selectOption('77119')
  await saved(bruno1)
  expect((await reportOf(id)).line).toMatchObject({ severity: 'critical', table: '77119', category: 'voting.queue' })

  const bruno2 = await opened(first, 'Change')
  await amend(house, ana, id, { corrected: { severity: 'high', category: 'safety.violence' } })
  await bruno2.moved('category').waitFor()
  expect(await bruno2.save.isDisabled()).toBe(true)
  await bruno2.severity('Medium').click()
  await bruno2.moved('severity').getByText('Changed meanwhile: High').waitFor()
  await saved(bruno2)
  expect((await reportOf(id)).line).toMatchObject({ severity: 'medium', category: 'safety.violence', table: '77119' })
})

test('[R465] a correction that is written down puts back nothing that the observer said meanwhile', async () => {
  const { id } = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  const told = await opened(page, 'They told me more')
  await told.dialog.locator('textarea').fill('A queue of two streets.')
  await amend(house, ana, id, { words: 'Blows in the queue.', corrected: { severity: 'critical', category: 'safety.violence' } })
  await told.moved('text').getByText('Changed meanwhile: Blows in the queue.').waitFor()
  await told.moved('severity').getByText('Changed meanwhile. Before: Low').waitFor()
  await told.dialog.locator('textarea').fill('Blows in the queue, of two streets.')
  await saved(told)
  const { line, words, versions } = await reportOf(id)
  expect([line.severity, line.category, words, versions.at(-1)?.changes]).toEqual(['critical', 'safety.violence', 'Blows in the queue, of two streets.', []])
})

test('[R468] where the desk had not heard yet of what changed, saving says so, keeps what was chosen and shows what stands', async () => {
  const { id } = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  for (const button of ['Change', 'They told me more']) {
    const form = await opened(page, button)
    let letGo = () => {}
    const isHeld = new Promise<void>((done) => { letGo = done })
    await page.route(`**/api/reports/${id}`, async (route) => {
      await isHeld
      await route.continue()
    })
    if (button === 'Change') await carla.call(changeReportCall, { id, change: uuid7(Date.parse(house.clock.now())), severity: 'critical' })
    else await amend(house, ana, id, { words: 'Blows.', corrected: { severity: 'high' } })
    await form.severity('Medium').click()
    const answer = page.waitForResponse((one) => one.request().method() === 'POST' && one.status() === 409)
    await form.save.click()
    await answer
    letGo()
    await form.dialog.getByRole('alert').getByText(/^It changed while you had it open/).waitFor()
    await form.moved('severity').getByText(button === 'Change' ? 'Changed meanwhile: Critical' : 'Changed meanwhile: High').waitFor()
    await expect.poll(() => form.dialog.getByRole('radio', { name: 'Medium' }).isChecked(), patient).toBe(true)
    await page.unroute(`**/api/reports/${id}`)
    await saved(form)
    expect((await reportOf(id)).line.severity).toBe('medium')
  }
  expect((await reportOf(id)).words).toBe('Blows.')
})

test('[R480] what is being written down of a report that is withdrawn meanwhile stays, is told why it cannot be saved, and can be once the withdrawal is taken back', async () => {
  const { id } = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  const told = await opened(page, 'They told me more')
  await told.dialog.locator('textarea').fill('A queue of three streets.')
  await amend(house, ana, id, { type: 'withdrawal', words: 'The wrong street.' })
  await told.dialog.getByRole('alert').getByText(/^The report was withdrawn meanwhile/).waitFor()
  expect([await told.dialog.locator('textarea').inputValue(), await told.save.isDisabled()]).toEqual(['A queue of three streets.', true])
  const back = await deskOf(carla, `/room/reports/${id}`)
  await back.getByRole('button', { name: 'They told me that it was right' }).click()
  const right = back.getByRole('dialog')
  await right.locator('textarea').fill('It was the right street.')
  await amend(house, ana, id, { type: 'restoration', words: 'The right one.' })
  await right.getByRole('alert').getByText(/^The withdrawal was taken back meanwhile/).waitFor()
  expect(await right.getByRole('button', { name: 'Take the withdrawal back' }).isDisabled()).toBe(true)
  await told.dialog.getByRole('alert').waitFor({ state: 'detached' })
  await saved(told)
  expect((await reportOf(id)).words).toBe('A queue of three streets.')
})

test('[R486] “Change” of a report that is withdrawn meanwhile says so, and saves what was chosen once that is taken back', async () => {
  const { id } = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  const form = await opened(page, 'Change')
  await form.severity('Critical').click()
  await amend(house, ana, id, { type: 'withdrawal', words: 'The wrong street.' })
  await form.dialog.getByRole('alert').getByText(/^The report was withdrawn meanwhile/).waitFor()
  expect([await form.save.isDisabled(), await form.dialog.getByRole('radio', { name: 'Critical' }).isChecked()]).toEqual([true, true])
  await amend(house, ana, id, { type: 'restoration', words: 'The right one.' })
  await form.dialog.getByRole('alert').waitFor({ state: 'detached' })
  await saved(form)
  expect((await reportOf(id)).line.severity).toBe('critical')
})

test('[R487] what is typed while a note is on its way is another note', async () => {
  const { id } = await filed()
  const page = await deskOf(bruno, `/room/reports/${id}`)
  const notes = page.locator('[data-notes]')
  const field = notes.locator('textarea')
  let letGo = () => {}
  const isHeld = new Promise<void>((done) => { letGo = done })
  await page.route(`**/api/reports/${id}/notes/**`, async (route) => {
    if (route.request().method() !== 'GET') await isHeld
    await route.continue()
  })
  await field.fill('First words.')
  const sent = page.waitForRequest((one) => one.method() !== 'GET' && one.url().includes('/notes'))
  await field.press('Control+Enter')
  await sent
  await field.pressSequentially(' A second thought')
  letGo()
  await notes.getByText('First words.', { exact: true }).and(notes.locator('li *')).waitFor()
  await expect.poll(() => field.inputValue(), patient).toBe('A second thought')
  await field.press('Control+Enter')
  await notes.getByText('A second thought', { exact: true }).and(notes.locator('li *')).waitFor()
  await expect.poll(() => field.inputValue(), patient).toBe('')
})
