import { describe, expect, test } from 'vitest'
import { newLinkCall } from '../../shared/people.ts'
import { phonePicture } from '../support/desk.ts'
import { begin, button, context, house, keep, languages, lead, openPhone, page, patient, said, small, withPhone } from '../support/phone-page.ts'
import { cutTexts } from '../support/screen-checks.ts'
import type { Words } from '../support/screen-words.ts'

// A saved report's page, and what the phone does when a screen is left.

withPhone()

const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const delivery = (kind: string) => page.locator(`[data-delivery=${kind}]`).waitFor(patient)
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-report') ?? document.activeElement?.getAttribute('data-draft') ?? document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
const row = () => page.locator('[data-report]').first()

async function pictures(words: Words, seeds: number[]): Promise<void> {
  const files = await Promise.all(seeds.map(async (seed) => keep(`IMG_${seed}.jpg`, await phonePicture(seed))))
  const chooser = page.waitForEvent('filechooser')
  await button(words.phone.home.gallery).click()
  await (await chooser).setFiles(files)
  await expect.poll(() => page.locator('main img').count(), patient).toBe(seeds.length)
}

async function save(words: Words): Promise<void> {
  await page.locator('[data-category]').first().click()
  await button(words.phone.capture.save).click()
  await button(words.phone.home.noPicture).waitFor()
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

  test('opens a picture large, from here and once it has left, and comes back to it', async () => {
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

  test('needs its author until it is sent or deleted, also while it is being mended', async () => {
    await openPhone({ options: { viewport: small } })
    await refuse(words)
    await row().click()
    await button(words.late.report.mend).click()
    await page.getByText(words.phone.capture.faults).waitFor()
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

describe('whoever signs out', () => {
  const { menu } = said.es.late

  test('is told both what stays and what leaves the list', async () => {
    await openPhone()
    await begin(said.es)
    await save(said.es)
    await delivery('delivered')
    await context?.route('**/api/reports/*', (route) => route.abort())
    await button(said.es.phone.home.menu).click()
    await button(menu.leave).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(menu.leaveClean).waitFor()
    await dialog.getByText(menu.leaveDelivered(1)).waitFor()
    await page.keyboard.press('Escape')
    await page.goBack()
    await begin(said.es)
    await save(said.es)
    await button(said.es.phone.home.menu).click()
    await button(menu.leave).click()
    await dialog.getByText(menu.leaveUnsent(said.es.phone.delivery.unsent(1, 0))).waitFor()
    await dialog.getByText(menu.leaveDelivered(1)).waitFor()
    expect(await dialog.getByText(menu.leaveClean).count()).toBe(0)
  })
})

describe('whoever joins', () => {
  const words = said.es
  const { join } = words.late
  const linkOf = async (id: string) => `${house.address}${(await lead.call(newLinkCall, { id })).reply.link}`

  test('is told before who is signed in and whose reports wait here', async () => {
    await openPhone()
    await context?.route('**/api/reports/*', (route) => route.abort())
    await begin(words)
    await save(words)
    const other = await house.person('observer', { name: 'Beto Luna', language: 'es' })
    await page.goto(await linkOf(other.id))
    await page.getByText(words.join.signedIn('Ana Paz')).waitFor()
    await page.getByText(words.join.waiting(1, 'Ana Paz')).waitFor()
    expect(await page.locator(`dt:has-text("${words.join.number}") + dd`).textContent()).toMatch(/^\d{4}$/)
  })

  test('is told nothing where nobody was', async () => {
    const observer = await openPhone({ joined: false })
    await page.goto('about:blank')
    await page.goto(await linkOf(observer.id))
    await button(words.join.join).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('Ana Paz').count()).toBe(1)
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(['veedor'])
  })

  test('with a link for another role is told whose it is, and goes back to paste another', async () => {
    await openPhone({ joined: false })
    for (const role of ['press', 'coordinator'] as const) {
      const person = await house.person(role, { name: 'Rosa Prensa' })
      await page.getByLabel(join.link).fill(await linkOf(person.id))
      await button(join.look).click()
      await page.getByText(join.notObserver[role]).waitFor()
      expect(await page.getByText(join.yours).count()).toBe(0)
      if (role === 'press') await page.goBack()
      else await button(join.otherLink).click()
      await page.getByLabel(join.link).waitFor()
    }
    const observer = await house.person('observer', { name: 'Beto Luna' })
    await page.getByLabel(join.link).fill(await linkOf(observer.id))
    await button(join.look).click()
    await page.getByText(join.yours).waitFor()
    await button(join.otherLink).waitFor()
    await button(join.join).click()
    await button(words.phone.home.noPicture).waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  test('on an iPhone may stay in Safari', async () => {
    const observer = await openPhone({ joined: false, options: { userAgent: iphone } })
    await page.goto('about:blank')
    await page.goto(await linkOf(observer.id))
    await page.getByText(words.join.homeFirst).waitFor()
    expect(await button(words.join.join).count()).toBe(0)
    await button(words.join.stayHere).click()
    await button(words.join.join).waitFor()
    expect(await page.getByText(words.join.homeFirst).count()).toBe(0)
  })
})
