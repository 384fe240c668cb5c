import { describe, expect, test } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { patient } from '../support/browser.ts'
import { phonePicture } from '../support/desk.ts'
import { keptOn, leaveAlone, originalsOn } from '../support/kept-phone.ts'
import { begin, button, context, delivery, keep, lead, openPhone, page, said, save, withPhone } from '../support/phone-page.ts'

// A report that headquarters breaks on again and again: it answers, and what it answers is 500.

withPhone()

const words = said.es
const { report, amend } = words.late
const reference = words.common.reference('abc123')
const alert = () => page.getByRole('alert').filter({ hasText: report.troubleTitle })
const dialog = () => page.getByRole('dialog')
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true })
const row = (id: string) => page.locator(`[data-report="${id}"]`)
const atHeadquarters = async () => (await lead.call(listReportsCall, { limit: 200 })).reply.reports
const nextTry = report.nextTry('').trim().replace(/\.$/, '')

/** Headquarters breaks on whatever is asked of that address, until it is mended; `asked` counts. */
async function broken(address: string) {
  const state = { asked: 0, isMended: false }
  await context?.route(address, async (route) => {
    if (route.request().method() === 'GET' || state.isMended) return route.fallback()
    state.asked += 1
    await route.fulfill({ status: 500, json: { problem: 'broken', reference: 'abc123' } })
  })
  return state
}

/** Files a report, with pictures or without; nothing but the fault of `at` holds it up. */
async function file(seeds: readonly number[] = [], at?: (id: string) => string) {
  const files = await Promise.all(seeds.map(async (seed) => keep(`IMG_${seed}.jpg`, await phonePicture(seed))))
  if (files.length === 0) await begin(words)
  else {
    const chooser = page.waitForEvent('filechooser')
    await button(words.phone.home.gallery).click()
    await (await chooser).setFiles(files)
    await expect.poll(() => page.locator('main img').count(), patient).toBe(files.length)
  }
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  const fault = at ? await broken(at(id)) : null
  await save(words)
  return { id, fault }
}

/** The third time is told; the network that comes back meanwhile spares the waits between. */
async function untilTold(fault: { asked: number } | null): Promise<void> {
  const first = fault?.asked ?? 0
  for (const time of [1, 2]) {
    await expect.poll(() => fault?.asked, patient).toBeGreaterThanOrEqual(first + time)
    await networkIsBack()
  }
}

const networkIsBack = () => page.evaluate(() => dispatchEvent(new Event('online')))

describe('a report that headquarters breaks on', () => {
  test('[R289] [lesson 9] is told with the reference and the next try, and can be sent again, sealed or deleted; another passes it, and the network that comes back tries it at once', async () => {
    await openPhone()
    await expect.poll(() => keptOn(page, 'sealKey'), patient).toBeTruthy()
    const { id, fault } = await file([], (one) => `**/api/reports/${one}`)
    await untilTold(fault)
    await delivery('trouble')
    const other = await file()
    await row(other.id).getByText(/^todo recibido/).waitFor(patient)
    await row(id).getByText(words.phone.row.trouble).waitFor()
    await button(words.phone.delivery.trouble(1)).click()
    await alert().getByText(`${report.what.broken} ${reference} ${nextTry}`).waitFor(patient)
    for (const act of [networkIsBack, () => alert().getByRole('button', { name: report.again, exact: true }).click()]) {
      const before = fault?.asked ?? 0
      await leaveAlone(page, id)
      await act()
      await expect.poll(() => fault?.asked, patient).toBeGreaterThan(before)
    }
    const sealed = page.waitForEvent('download')
    await alert().getByRole('button', { name: words.delivering.file.seal, exact: true }).click()
    expect((await sealed).suggestedFilename()).toMatch(/\.veedor$/)
    await alert().getByRole('button', { name: report.delete, exact: true }).click()
    await dialog().getByText(report.dropTroubled).waitFor()
    await inDialog(report.delete).click()
    await delivery('delivered')
    expect([await row(id).count(), await row(other.id).count()]).toEqual([0, 1])
    // What is said later that it breaks on is told on its report; and once it is taken nothing of the trouble is left.
    const later = await broken('**/api/reports/*/amendments/*')
    await row(other.id).click()
    await button(amend.add).click()
    await page.getByLabel(words.phone.capture.wordsLabel).fill('Más tarde')
    await button(amend.saveAdded).click()
    await untilTold(later)
    await alert().getByText(`${report.what.broken} ${reference}`).waitFor(patient)
    await alert().getByRole('button', { name: amend.drop, exact: true }).waitFor()
    later.isMended = true
    await alert().getByRole('button', { name: report.again, exact: true }).click()
    await alert().waitFor({ state: 'detached' })
    await button(words.common.buttons.back).click()
    await delivery('delivered')
    expect([await page.getByText(words.phone.row.trouble).count(), (await atHeadquarters()).some((one) => one.id === id)]).toEqual([0, false])
  })

  test('[R309] a picture that it breaks on is told beside it, tried as soon as the app is opened, and can be left out', async () => {
    await openPhone()
    const { id, fault } = await file([501], () => '**/api/photos/*/complete')
    await untilTold(fault)
    await delivery('trouble')
    await row(id).click()
    await alert().getByText(`${words.phone.capture.picture(1, 1)}: ${report.what.broken} ${reference}`).waitFor()
    await page.locator('[data-photo]').getByText(report.photo.trouble).waitFor()
    const before = fault?.asked ?? 0
    await leaveAlone(page, id)
    await page.reload()
    await expect.poll(() => fault?.asked, patient).toBeGreaterThan(before)
    await alert().getByRole('button', { name: report.leaveOut, exact: true }).click()
    await inDialog(report.leaveOut).click()
    await page.locator('[data-photo]').getByText(report.photo.leftOut).waitFor()
    expect([await alert().count(), await originalsOn(page)]).toEqual([0, []])
    await button(words.common.buttons.back).click()
    await delivery('delivered')
  })
})

test('[R319] “needs you” leads to that report, and a second line says how all else goes', async () => {
  await openPhone()
  await context?.route('**/api/reports/*', (route) => route.fulfill({ status: 400, json: { problem: 'invalid_input', fields: [{ path: 'words', reason: 'too_long' }] } }), { times: 1 })
  const { id } = await file()
  await delivery('attention')
  const rest = page.locator('[data-advice=rest]')
  expect(await rest.count()).toBe(0)
  await context?.route('**/api/uploads', (route) => route.fulfill({ status: 507, json: { problem: 'full' } }))
  await file([503])
  await rest.getByText(words.phone.delivery.waits(words.phone.delivery.unsent(0, 1)), { exact: true }).waitFor(patient)
  await button(words.phone.delivery.attention(1)).click()
  await page.getByRole('alert').filter({ hasText: report.problemTitle }).waitFor()
  expect(new URL(page.url()).searchParams.get('report')).toBe(id)
  await button(report.mend).click()
  await button(words.common.buttons.close).click()
  await button(words.phone.delivery.attention(1)).click()
  await page.waitForURL(new RegExp(`draft=${id}`))
})
