import { describe, expect, test } from 'vitest'
import { newLinkCall } from '../../shared/people.ts'
import { phonePicture } from '../support/desk.ts'
import { bare, bareLead, begin, button, context, isInView, keep, longName, openPhone, page, said, small, withPhone } from '../support/phone-page.ts'

// What the phone's first screens say, and that it is in view on a small one.

withPhone()

describe('on a small phone', () => {
  test('a long name of the mission takes two lines at most', async () => {
    await openPhone({ at: bare, options: { viewport: small } })
    const name = page.getByRole('heading', { name: longName })
    const { height, line, whole } = await name.evaluate((element) => ({ height: element.getBoundingClientRect().height, line: Number.parseFloat(getComputedStyle(element).lineHeight), whole: element.scrollHeight }))
    expect(height).toBeLessThanOrEqual(2 * line + 1)
    expect(whole).toBeGreaterThan(2 * line)
  })

  test('the button to join is in view, whatever stands above it', async () => {
    const observer = await openPhone({ at: bare, options: { viewport: small }, joined: false })
    const { reply } = await bareLead.call(newLinkCall, { id: observer.id })
    await page.getByLabel(said.es.late.join.link).fill(reply.link)
    await button(said.es.late.join.look).tap()
    const enter = button(said.es.late.join.join)
    await enter.waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight)).toBe(true)
    expect(await isInView(enter)).toBe(true)
    // A name and its value stand on one line.
    const [term, value] = await Promise.all([page.getByText(said.es.late.join.organisation, { exact: true }).boundingBox(), page.locator('dt:has-text("Organización") + dd').boundingBox()])
    expect(term && value && Math.abs(term.y - value.y) < 4).toBe(true)
  })

  test('the first report is whole beside the offer to install', async () => {
    await openPhone({ options: { viewport: small } })
    await begin(said.es)
    await page.locator('[data-category]').first().tap()
    await button(said.es.phone.capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor()
    await page.evaluate(() => dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => Promise.resolve() })))
    await button(said.es.phone.install.do).waitFor()
    const [row, foot] = await Promise.all([page.locator('[data-report]').boundingBox(), page.locator('footer').boundingBox()])
    expect(row && foot && row.y + row.height <= foot.y).toBe(true)
    // Where there is room the reason stands too, below its title.
    await page.setViewportSize({ width: 320, height: 844 })
    const [title, why] = await Promise.all([page.getByText(said.es.phone.install.title, { exact: true }).boundingBox(), page.getByText(said.es.phone.install.why, { exact: true }).boundingBox()])
    expect(title && why && why.y >= title.y + title.height).toBe(true)
  })

  test('Escape steps back from the menu, and not from a dialog on it', async () => {
    const { home } = said.es.phone
    const { menu } = said.es.late
    await openPhone({ options: { viewport: small } })
    await button(home.menu).tap()
    await page.getByRole('group', { name: menu.look }).waitFor()
    // Three choices beside each other.
    const tops = await page.getByRole('group', { name: menu.look }).locator('label').evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().top))
    expect(new Set(tops).size).toBe(1)
    await button(menu.leave).tap()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('heading', { name: menu.title }).waitFor()
    await page.keyboard.press('Escape')
    await button(home.noPicture).waitFor()
  })
})

describe('how far a report is', () => {
  test('what is received is not counted as still to be sent, and the row says how much of it is there', async () => {
    const { phone } = said.es
    await openPhone()
    await context?.route('**/api/uploads**', (route) => route.abort())
    const chooser = page.waitForEvent('filechooser')
    await button(phone.home.gallery).tap()
    await (await chooser).setFiles([await keep('a.jpg', await phonePicture(201)), await keep('b.jpg', await phonePicture(202))])
    await page.locator('[data-category]').first().tap()
    await button(phone.capture.save).tap()
    await page.locator('[data-report]').getByText(/^recibido (ahora|hace \d+ s), foto 0 de 2$/).waitFor()
    await expect.poll(() => page.locator('[data-delivery]').textContent()).toContain('2 fotos')
    expect(await page.locator('[data-delivery]').textContent()).not.toContain('informe')
    await context?.unroute('**/api/uploads**')
    await page.locator('[data-delivery=delivered]').waitFor()
    await page.locator('[data-report]').getByText(/^todo recibido (ahora|hace \d+ s)$/).waitFor()
    await begin(said.es)
    await page.locator('[data-category]').first().tap()
    await button(phone.capture.save).tap()
    await page.locator('[data-report]').first().getByText(/^todo recibido (ahora|hace \d+ s)$/).waitFor()
  })
})
