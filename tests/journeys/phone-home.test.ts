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
    await button(said.es.delivering.install.do).waitFor()
    const [row, foot] = await Promise.all([page.locator('[data-report]').boundingBox(), page.locator('footer').boundingBox()])
    expect(row && foot && row.y + row.height <= foot.y).toBe(true)
    // Where there is room the reason stands too, below its title.
    await page.setViewportSize({ width: 320, height: 844 })
    const [title, why] = await Promise.all([page.getByText(said.es.delivering.install.title, { exact: true }).boundingBox(), page.getByText(said.es.delivering.install.why, { exact: true }).boundingBox()])
    expect(title && why && why.y >= title.y + title.height).toBe(true)
  })

  test('the ways to add pictures stay where they are, and a picture that comes is in view', async () => {
    const { capture } = said.es.phone
    await openPhone({ options: { viewport: small } })
    await begin(said.es)
    const adds = [button(capture.another), button(capture.gallery)]
    const standing = () => Promise.all(adds.map(async (add) => JSON.stringify(await add.boundingBox())))
    const before = await standing()
    for (const seeds of [[211], [212], [213, 214]]) {
      const chooser = page.waitForEvent('filechooser')
      await button(capture.gallery).tap()
      await (await chooser).setFiles(await Promise.all(seeds.map(async (seed) => keep(`${seed}.jpg`, await phonePicture(seed)))))
      await expect.poll(() => page.locator('main li img').count()).toBe((seeds.at(-1) ?? 0) - 210)
      expect(await standing()).toEqual(before)
      await expect.poll(() => isInView(page.locator('main li button').last())).toBe(true)
    }
    for (const add of adds) expect(await isInView(add)).toBe(true)
    // Left at its first picture, it stays there.
    await page.locator('main ul').first().evaluate((strip) => strip.scrollTo({ left: 0 }))
    await page.getByLabel(capture.wordsLabel).fill('Una fila de noventa personas, y la mesa sin abrir')
    expect(await page.locator('main ul').first().evaluate((strip) => strip.scrollLeft)).toBe(0)
    // The list shows what was written in a draft, in a line.
    await button(said.es.common.buttons.close).tap()
    const written = page.locator('[data-draft]').getByText('Una fila de noventa personas')
    expect(await written.evaluate((element) => element.clientHeight)).toBeLessThan(30)
    await button(said.es.phone.home.noPicture).tap()
    await page.locator('[data-category]').first().tap()
    await button(said.es.common.buttons.close).tap()
    await expect.poll(() => page.locator('[data-draft]').count()).toBe(2)
    expect(await page.locator('[data-draft]').first().locator('span span').count()).toBe(await page.locator('[data-draft]').last().locator('span span').count() - 1)
  })

  test('lying on its side it leaves room for the list and the form', async () => {
    await openPhone({ options: { viewport: { width: 640, height: 320 } } })
    const foot = page.locator('footer')
    await button(said.es.phone.home.camera).waitFor()
    expect((await foot.boundingBox())?.height).toBeLessThan(72)
    await begin(said.es)
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    expect(await isInView(page.locator('header'))).toBe(false)
    expect(await isInView(button(said.es.phone.capture.save))).toBe(true)
    expect((await foot.boundingBox())?.height).toBeLessThan(72)
    // Upright both stay.
    await page.setViewportSize({ width: 390, height: 640 })
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    expect(await isInView(page.locator('header'))).toBe(true)
  })

  test('in large letters the ways to begin a report stand below each other, each whole', async () => {
    const { home } = said.es.phone
    await openPhone({ options: { viewport: small } })
    const boxes = () => Promise.all([home.camera, home.gallery, home.noPicture].map((name) => button(name).boundingBox()))
    await button(home.camera).waitFor()
    expect(new Set((await boxes()).map((box) => Math.round((box?.y ?? 0) + (box?.height ?? 0)))).size).toBe(1)
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
    const [camera, gallery, none] = await boxes()
    expect(camera && gallery && none && camera.y + camera.height <= gallery.y && gallery.y + gallery.height <= none.y).toBe(true)
    for (const name of [home.camera, home.gallery, home.noPicture]) expect(await isInView(button(name))).toBe(true)
    // How grave a category is stands below it there, and beside it in common letters.
    await button(home.noPicture).tap()
    await button(said.es.phone.capture.allCategories).tap()
    const below = () => page.locator('[data-category]').first().evaluate((row) => {
      const [title, tag] = [...row.children].map((child) => child.getBoundingClientRect())
      return title !== undefined && tag !== undefined && tag.top >= title.bottom
    })
    await page.locator('[data-category]').first().waitFor()
    expect(await below()).toBe(true)
    await page.evaluate(() => { document.documentElement.style.fontSize = '' })
    expect(await below()).toBe(false)
  })

  test('[R148] its menu leads to where its owner is signed in, and back', async () => {
    await openPhone({ language: 'en' })
    await button(said.en.phone.home.menu).tap()
    await button(said.en.late.menu.signIns).tap()
    await page.locator('[data-sign-in]').getByText('this one').waitFor()
    expect(await page.locator('[data-sign-in]').count()).toBe(1)
    await page.goBack()
    await button(said.en.late.menu.signIns).waitFor()
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

test('[R435] a language that is chosen in one tab is spoken by the others that are open, and after they are opened anew', async () => {
  await openPhone()
  await button(said.es.phone.home.noPicture).waitFor()
  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: said.es.phone.home.menu, exact: true }).click()
  await other.getByText('English', { exact: true }).click()
  await button(said.en.phone.home.noPicture).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.reload()
  await button(said.en.phone.home.noPicture).waitFor()
})
