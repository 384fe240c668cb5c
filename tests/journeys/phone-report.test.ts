import { describe, expect, test } from 'vitest'
import { listReportsCall } from '../../shared/reports.ts'
import { patient } from '../support/browser.ts'
import { phonePicture } from '../support/desk.ts'
import { keptOn, originalsOn } from '../support/kept-phone.ts'
import { begin, button, context, delivery, house, keep, languages, lead, openPhone, page, said, save, small, withPhone } from '../support/phone-page.ts'
import { cutTexts } from '../support/screen-checks.ts'
import type { Words } from '../support/screen-words.ts'

// A saved report's page, and what the phone does when a screen is left.

withPhone()

const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-report') ?? document.activeElement?.getAttribute('data-draft') ?? document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
const row = () => page.locator('[data-report]').first()

async function pictures(words: Words, seeds: number[]): Promise<void> {
  const files = await Promise.all(seeds.map(async (seed) => keep(`IMG_${seed}.jpg`, await phonePicture(seed))))
  const chooser = page.waitForEvent('filechooser')
  await button(words.phone.home.gallery).click()
  await (await chooser).setFiles(files)
  await expect.poll(() => page.locator('main img').count(), patient).toBe(seeds.length)
}

/** Files a report that headquarters refuses once. */
async function refuse(words: Words): Promise<void> {
  await context?.route('**/api/reports/*', (route) => route.fulfill({ status: 400, contentType: 'application/json', body: JSON.stringify({ problem: 'invalid_input', fields: [{ path: 'words', reason: 'too_long' }] }) }), { times: 1 })
  await begin(words)
  await page.getByLabel(words.phone.capture.wordsLabel).fill('Demasiadas palabras')
  await save(words)
  await delivery('attention')
}

describe.each(languages)('the page of a saved report, in %s', (language) => {
  const words = said[language]
  const { report } = words.late

  test('breaks a word that is longer than the screen', async () => {
    await openPhone({ language, options: { viewport: small } })
    await begin(words)
    const word = 'palabra'.repeat(40)
    await page.getByLabel(words.phone.capture.wordsLabel).fill(`${word} https://example.org/${word}`)
    await save(words)
    await row().click()
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 640 })
      await page.getByText(word).waitFor()
      expect(await cutTexts(page)).toEqual([])
    }
  })

  test('says where the phone was, with accuracy and age, and that it did not know', async () => {
    await openPhone({ language })
    await begin(words)
    await save(words)
    await row().click()
    await page.getByText(report.position, { exact: true }).waitFor()
    expect(await page.locator(`dt:has-text("${report.position}") + dd`).textContent()).toMatch(language === 'es' ? /^Dentro de 12 m, (al guardar|\d+ s antes de guardar)$/ : /^Within 12 m, (when saving|\d+ s before saving)$/)
    await context?.close()
    await openPhone({ language, options: { permissions: [] } })
    await button(words.phone.home.noPicture).click()
    await save(words)
    await row().click()
    expect(await page.locator(`dt:has-text("${report.position}") + dd`).textContent()).toBe(report.noPosition)
  })

  test('[lesson 25] opens a picture large, from here and once it has left, and comes back to it', async () => {
    await openPhone({ language })
    await context?.route('**/api/uploads**', (route) => route.abort())
    await pictures(words, language === 'es' ? [301, 302] : [303, 304])
    await save(words)
    await row().click()
    const second = button(words.phone.capture.enlarge(2))
    const large = () => page.locator('main img').evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))
    await second.click()
    await page.getByRole('heading', { name: words.phone.capture.picture(2, 2) }).waitFor()
    await expect.poll(large).toBe(400)
    expect(await button(words.phone.capture.remove).count()).toBe(0)
    expect(await page.getByText(report.smallCopy).count()).toBe(0)
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe(words.phone.capture.enlarge(2))
    await context?.unroute('**/api/uploads**')
    await page.locator('[data-step=all_photos][data-reached=true]').waitFor(patient)
    await second.click()
    await page.getByText(report.smallCopy).waitFor()
    await expect.poll(large).toBe(240)
    await page.goBack()
    await second.waitFor()
  })

  test('is one in words with its row where no pictures go with it', async () => {
    await openPhone({ language })
    await context?.route('**/api/reports/*', (route) => route.abort())
    await begin(words)
    await save(words)
    const step = page.locator('[data-step=all_photos]')
    await row().getByText(words.phone.row.here, { exact: true }).waitFor()
    await row().click()
    expect(await step.textContent()).toBe(`${report.allReceived} ${words.phone.row.noPictures}${report.notYet}`)
    expect(await page.title()).toBe(`${report.title} · Veedor`)
    await page.goBack()
    await context?.unroute('**/api/reports/*')
    await delivery('delivered')
    expect(await row().textContent()).toMatch(new RegExp(`${words.phone.row.allReceived} (${words.common.times.now}|.*\\d+ s.*)$`))
    expect(await row().locator('i').evaluateAll((bars) => bars.filter((bar) => bar.className !== '').length)).toBe(3)
    expect(await page.title()).toBe(`${words.phone.home.list} · Veedor`)
    await row().click()
    await page.locator('[data-step=all_photos][data-reached=true]').waitFor()
    expect(await step.textContent()).not.toContain(report.notYet)
    expect(await page.getByText(report.steps.all_photos).count()).toBe(0)
  })
})

describe('what was left', () => {
  const words = said.es
  const { home, capture } = words.phone

  test('has the focus again: a row, the menu, a dialog’s button, else the heading', async () => {
    await openPhone()
    for (const _ of [1, 2]) {
      await begin(words)
      await save(words)
      // Only then is the focus anybody's to take elsewhere: the heading has it, or what the form was opened by, as the list was drawn before the form had closed or after.
      await expect.poll(focused).toMatch(/^(Misión de prueba|Sin foto)$/)
    }
    const id = await page.locator('[data-report]').nth(1).getAttribute('data-report')
    await page.locator('[data-report]').nth(1).focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-step=here]').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe(id)
    await button(home.menu).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: words.late.menu.title }).waitFor()
    await button(words.common.buttons.back).click()
    await expect.poll(focused).toBe(home.menu)
    await begin(words)
    await page.locator('[data-category]').first().click()
    await button(words.common.buttons.close).click()
    await expect.poll(focused).toBe(home.noPicture)
    await button(home.dropDraft).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe(home.dropDraft)
    await page.keyboard.press('Enter')
    await button(home.drop).click()
    await expect.poll(focused).toBe('Misión de prueba')
    await expect.poll(() => page.locator('[data-draft]').count()).toBe(0)
  })

  test('offers no picture back once its draft has left the screen', async () => {
    await openPhone()
    await pictures(words, [311, 312])
    await button(capture.enlarge(1)).click()
    await button(capture.remove).click()
    await page.getByText(capture.removed, { exact: true }).waitFor()
    await button(words.common.buttons.undo).click()
    await expect.poll(() => page.locator('main img').count()).toBe(2)
    await button(capture.enlarge(1)).click()
    await button(capture.remove).click()
    await page.getByText(capture.removed, { exact: true }).waitFor()
    await save(words)
    await row().waitFor()
    await page.waitForURL((url) => !url.searchParams.has('draft'))
    expect(await page.getByText(capture.removed, { exact: true }).count()).toBe(0)
  })

  test('stays in the app, after it was closed on a draft', async () => {
    await openPhone()
    await begin(words)
    await page.locator('[data-category]').first().click()
    await page.getByLabel(capture.wordsLabel).fill('A medias')
    const again = await context?.newPage()
    await page.close()
    await again?.goto(`${house.address}/observer/`)
    await again?.getByRole('button', { name: capture.save, exact: true }).waitFor()
    await again?.goBack()
    await again?.locator('[data-draft]').waitFor()
    expect(new URL(again?.url() ?? '').search).toBe('')
    // Which draft was open is forgotten on the disk a moment after it has left the screen.
    if (again) await expect.poll(() => keptOn(again, 'openDraft'), patient).toBeNull()
    await again?.goto(`${house.address}/observer/?at=join`)
    await again?.getByRole('button', { name: words.common.buttons.back, exact: true }).click()
    await again?.locator('[data-draft]').waitFor()
  })

  test('is told where another tab saved or deleted it', async () => {
    await openPhone()
    await begin(words)
    await page.locator('[data-category]').first().click()
    const draft = page.url()
    const other = await context?.newPage()
    await other?.goto(draft)
    await other?.getByRole('button', { name: capture.save, exact: true }).click()
    await page.getByText(capture.savedElsewhere).waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('')
    expect(await other?.getByText(capture.savedElsewhere).count()).toBe(0)
    await row().waitFor()
    await begin(words)
    await page.locator('[data-category]').first().click()
    await other?.getByRole('button', { name: home.dropDraft, exact: true }).click()
    await other?.getByRole('button', { name: home.drop, exact: true }).click()
    await page.getByText(capture.droppedElsewhere).waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('')
  })
})

describe('a report that was refused', () => {
  const words = said.es
  const { home, row: rows } = words.phone

  test('[R451] needs its author until it is sent or deleted, also while it is being mended, and its page in another window says that and leads there', async () => {
    await openPhone({ options: { viewport: small } })
    await refuse(words)
    await row().click()
    const other = await context?.newPage()
    await other?.goto(page.url())
    await other?.getByRole('heading', { name: words.late.report.problemTitle, exact: true }).waitFor(patient)
    await button(words.late.report.mend).click()
    await page.getByText(words.phone.capture.faults).waitFor()
    await other?.getByText(words.late.report.mended).waitFor()
    await other?.getByRole('button', { name: words.late.report.toDraft, exact: true }).click()
    await other?.getByText(words.phone.capture.faults).waitFor()
    await other?.close()
    await page.getByLabel(words.phone.capture.wordsLabel).fill('Menos')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words.phone.capture.mendTitle)
    await button(words.common.buttons.close).click()
    const draft = page.locator('[data-draft]')
    await draft.getByText(rows.attention).waitFor()
    await delivery('attention')
    expect(await cutTexts(page)).toEqual([])
    await button(home.menu).click()
    await page.getByText(words.late.menu.waiting(words.phone.delivery.unsent(1, 0))).waitFor()
    await page.goBack()
    await button(home.dropDraft).click()
    await page.getByRole('dialog').getByText(home.dropRefused).waitFor()
    await page.keyboard.press('Escape')
    await draft.click()
    await save(words)
    await delivery('delivered')
    expect(await page.getByText(rows.attention).count()).toBe(0)
    // A draft that was never sent needs nobody.
    await begin(words)
    await page.locator('[data-category]').first().click()
    await button(words.common.buttons.close).click()
    await draft.waitFor()
    await delivery('delivered')
    await button(home.dropDraft).click()
    await page.getByRole('dialog').getByText(home.dropWhat(0)).waitFor()
    expect(await page.getByText(home.dropRefused).count()).toBe(0)
  })
})

describe('what headquarters does not take', () => {
  const words = said.es
  const { report, amend } = words.late
  const alert = () => page.getByRole('alert').filter({ hasText: report.problemTitle })
  const dialog = () => page.getByRole('dialog')
  const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true })
  const there = async () => (await lead.call(listReportsCall, { limit: 200 })).reply.reports

  test('[R404] [lesson 7] a report is deleted from the phone after a question that offers to seal it first, and no other with it', async () => {
    await openPhone()
    await expect.poll(() => keptOn(page, 'sealKey'), patient).toBeTruthy()
    await context?.route('**/api/reports/*', (route) => route.fulfill({ status: 409, json: { problem: 'conflict' } }), { times: 1 })
    await pictures(words, [301, 302])
    const id = new URL(page.url()).searchParams.get('draft') ?? ''
    await save(words)
    await delivery('attention')
    await begin(words)
    await save(words)
    const others = page.locator(`[data-report]:not([data-report="${id}"])`)
    await others.getByText(/^todo recibido/).waitFor(patient)
    await page.locator(`[data-report="${id}"]`).click()
    await alert().getByText(report.what.conflict).waitFor()
    await alert().getByRole('button', { name: report.delete, exact: true }).click()
    await dialog().getByText(words.phone.home.dropWhat(2)).waitFor()
    const sealed = page.waitForEvent('download')
    await inDialog(words.delivering.file.seal).click()
    expect((await sealed).suggestedFilename()).toMatch(/\.veedor$/)
    await dialog().getByRole('status').getByText(words.delivering.file.saved).waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    expect(await originalsOn(page)).toHaveLength(2)
    await alert().getByRole('button', { name: report.delete, exact: true }).click()
    await inDialog(report.delete).click()
    await page.getByText(report.deleted).waitFor()
    await delivery('delivered')
    expect([await page.locator('[data-report]').count(), await others.count(), await originalsOn(page)]).toEqual([1, 1, []])
    await page.reload()
    await delivery('delivered')
    expect(await page.locator(`[data-report="${id}"]`).count()).toBe(0)
    expect((await there()).some((one) => one.id === id)).toBe(false)
  })

  test('[R405] [lesson 7] [lesson 17] a picture is left out alone: its report stays and says so, the others arrive, and nothing waits for it any more', async () => {
    const problem = { status: 413, json: { problem: 'too_large', limit: 50_000_000 } }
    await openPhone()
    await context?.route('**/api/photos/*/complete', (route) => route.fulfill(problem), { times: 1 })
    await pictures(words, [303, 304])
    const id = new URL(page.url()).searchParams.get('draft') ?? ''
    await save(words)
    await page.locator(`[data-report="${id}"]`).click()
    await page.locator('[data-photo][data-received=true]').waitFor(patient)
    await alert().getByText(`${words.phone.capture.picture(1, 2)}: ${words.common.tooLarge(50_000_000)}`).waitFor()
    await alert().getByRole('button', { name: report.leaveOut, exact: true }).click()
    await dialog().getByText(report.leaveOutWhat.copy).waitFor()
    await inDialog(report.leaveOut).click()
    await page.locator('[data-photo]').getByText(report.photo.leftOut).waitFor()
    await page.locator('[data-step=all_photos][data-reached=false]').getByText(`${report.receivedOf(1, 2)}, ${report.leftOut(1)}`).waitFor()
    expect([await alert().count(), await originalsOn(page)]).toEqual([0, []])
    await button(words.common.buttons.back).click()
    await delivery('delivered')
    await page.locator(`[data-report="${id}"]`).getByText(words.phone.row.pictureOf(1, 2)).waitFor()
    expect((await there()).find((one) => one.id === id)).toMatchObject({ photoCount: 2, photosReceived: 1 })
    // One that was never sent is withdrawn in other words: nothing of it is at headquarters.
    await context?.route('**/api/**', (route) => route.abort())
    await begin(words)
    await save(words)
    await row().click()
    await button(amend.wrong).click()
    await dialog().getByText(amend.turns.withdrawal.whatUnsent).waitFor()
    expect(await dialog().getByText(amend.turns.withdrawal.what).count()).toBe(0)
  })
  test('[R431] [lesson 7] a question stays about what it was asked about: it ends once that is settled, also from another window, and never comes to be about another', async () => {
    const refusals = new Set<string>()
    let isReportRefused = true
    await openPhone()
    await context?.route('**/api/photos/*/complete', (route) => ([...refusals].some((sha256) => route.request().url().includes(sha256)) ? route.fulfill({ status: 413, json: { problem: 'too_large', limit: 50_000_000 } }) : route.continue()))
    await context?.route('**/api/reports/*', (route) => (isReportRefused && route.request().method() === 'PUT' ? route.fulfill({ status: 409, json: { problem: 'conflict' } }) : route.continue()))
    await pictures(words, [305, 306])
    const id = new URL(page.url()).searchParams.get('draft') ?? ''
    await save(words)
    const [first = '', second = ''] = (await originalsOn(page)).map(({ sha256 }) => sha256)
    for (const sha256 of [first, second]) refusals.add(sha256)
    await delivery('attention')
    await page.locator(`[data-report="${id}"]`).click()
    const other = await context?.newPage()
    if (!other) throw new Error('no window')
    await other.goto(page.url())
    const otherAlert = other.getByRole('alert').filter({ hasText: report.problemTitle })
    const again = () => otherAlert.getByRole('button', { name: report.again, exact: true }).click()
    const asksFor = async (at: number) => {
      await alert().getByText(`${words.phone.capture.picture(at, 2)}: ${words.common.tooLarge(50_000_000)}`).waitFor(patient)
      await alert().getByRole('button', { name: report.leaveOut, exact: true }).click()
      await dialog().getByText(report.leaveOutTitle(words.phone.capture.picture(at, 2))).waitFor()
    }

    // Whether to delete the report, which headquarters takes meanwhile, but neither of its pictures.
    await alert().getByRole('button', { name: report.delete, exact: true }).click()
    await dialog().getByText(report.deleteTitle).waitFor()
    isReportRefused = false
    await again()
    await alert().getByText(words.common.tooLarge(50_000_000)).first().waitFor(patient)
    await expect.poll(() => page.locator('[data-photo]').getByText(report.photo.held).count(), patient).toBe(2)
    expect(await dialog().count()).toBe(0)

    // Whether to leave out the first in the list, which is then taken; the other is refused once more.
    const listed = await page.locator('[data-photo]').evaluateAll((all) => all.map((one) => one.getAttribute('data-photo') ?? ''))
    await asksFor(1)
    refusals.delete(listed[0] ?? '')
    await again()
    await page.locator(`[data-photo="${listed[0]}"][data-received=true]`).waitFor(patient)
    await alert().getByText(words.phone.capture.picture(2, 2)).waitFor(patient)
    expect(await dialog().count()).toBe(0)
    expect((await originalsOn(page)).map(({ sha256 }) => sha256)).toEqual([listed[1]])

    // Two windows ask about the same one, and what one of them does ends the question in the other.
    await asksFor(2)
    await otherAlert.getByRole('button', { name: report.leaveOut, exact: true }).click()
    await other.getByRole('dialog').getByRole('button', { name: report.leaveOut, exact: true }).click()
    await page.locator('[data-photo]').getByText(report.photo.leftOut).waitFor(patient)
    expect([await dialog().count(), await alert().count()]).toEqual([0, 0])
    await other.close()
  })
})
