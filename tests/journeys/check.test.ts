import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentOf, receiptsIn } from '../../shared/receipts.ts'
import { patient } from '../support/browser.ts'
import { phonePicture } from '../support/desk.ts'
import { button, context, house, keep, openPhone, page, said, small, withPhone } from '../support/phone-page.ts'
import { scan } from '../support/scan.ts'

withPhone()

const words = said.es

/** What the phone keeps, as it was before headquarters signed for anything. */
const forgetReceipts = () => page.evaluate(async () => {
  type Kept = { receipt: object; photos: object[] }
  const answer = <Result>(request: IDBRequest<Result>) => new Promise<Result>((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('no answer'))
  })
  const without = (one: object) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'signed'))
  const db = await answer(indexedDB.open('veedor'))
  const tx = db.transaction('filed', 'readwrite')
  for (const one of (await answer(tx.objectStore('filed').getAll())) as Kept[]) tx.objectStore('filed').put({ ...one, receipt: without(one.receipt), photos: one.photos.map(without) })
  await new Promise((done) => { tx.oncomplete = done })
  db.close()
})

describe('a receipt to hold', () => {
  test('[R132] [R187] [R424] stays on the phone with its code, and is checked by anyone without an account: ours, the very picture, another file, a forgery', async () => {
    await openPhone({ options: { serviceWorkers: 'allow' } })
    const bytes = await phonePicture(7300, [900, 700])
    const chooser = page.waitForEvent('filechooser')
    await button(words.phone.home.gallery).tap()
    await (await chooser).setFiles(await keep('IMG_7300.jpg', bytes))
    await page.locator('main img').first().waitFor(patient)
    const id = new URL(page.url()).searchParams.get('draft') ?? ''
    await page.locator('[data-category]').first().tap()
    await button(words.phone.capture.sends).tap()
    // What leaves is told before it is saved.
    expect(await page.locator('[data-field="id"] dd').textContent()).toBe(id)
    expect(await page.locator('[data-signs]').getAttribute('data-signs')).toBe('true')
    await button(words.common.buttons.back).tap()
    await button(words.phone.capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor(patient)

    // With no network it is still there.
    await page.evaluate(async () => { await navigator.serviceWorker.ready })
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await context?.setOffline(true)
    await page.locator(`[data-report="${id}"]`).tap()
    await button(words.signing.receipt.title).tap()
    const code = (await page.locator('[data-receipt]').getAttribute('data-receipt')) ?? ''
    await page.locator('[data-receipt] path').waitFor(patient)
    expect(contentOf(code)).toMatchObject({ type: 'report', report: id })
    // Off the smallest screen that there is.
    await page.setViewportSize(small)
    const scanned = await scan(page.locator('[data-receipt] svg'))
    expect([scanned.split('#')[0], receiptsIn(scanned)]).toEqual([`${house.address}/check`, [code]])
    expect(Number((await page.locator('[data-receipt] svg').getAttribute('viewBox'))?.split(' ')[2])).toBeLessThan(60)
    await button(words.signing.receipt.picture(1)).tap()
    const ofPicture = (await page.locator('[data-receipt]').getAttribute('data-receipt')) ?? ''
    expect(contentOf(ofPicture)).toMatchObject({ type: 'photo', report: id })
    await context?.setOffline(false)

    // Somebody else, with no account and another browser.
    const folder = await mkdtemp(join(tmpdir(), 'veedor-check-'))
    const other = await context?.browser()?.newContext({ locale: 'en-GB', timezoneId: 'America/Lima' })
    try {
      const check = await other?.newPage()
      if (!check) throw new Error('no browser')
      await check.goto(scanned)
      await check.locator('[data-ours=report]').waitFor()
      expect(check.url()).toBe(`${house.address}/check`)
      expect(await check.locator('[data-ours=report]').textContent()).toContain(`on this device’s clock (Peru Standard Time; in UTC ${contentOf(code)?.receivedAt}).`)
      expect(await check.textContent('main')).not.toContain('Ana Paz')

      await check.getByLabel(said.en.check.paste).fill(`${ofPicture}\n${code.slice(0, -20)}${'A'.repeat(20)}`)
      await check.getByRole('button', { name: said.en.check.check, exact: true }).click()
      await check.locator('[data-ours=photo]').waitFor()
      await check.getByText(said.en.check.notOurs, { exact: true }).waitFor()
      expect(await check.locator('[data-ours]').count()).toBe(1)
      const [mine, changed] = [join(folder, 'mine.jpg'), join(folder, 'changed.jpg')]
      await writeFile(mine, bytes)
      await writeFile(changed, Buffer.concat([bytes, Buffer.from('x')]))
      const input = check.locator('[data-ours=photo] input[type=file]')
      await input.setInputFiles(changed)
      await check.getByText(said.en.check.other('changed.jpg')).waitFor()
      await input.setInputFiles(mine)
      await check.getByText(said.en.check.same('mine.jpg')).waitFor()

      await check.getByLabel(said.en.check.paste).fill('not a receipt')
      await check.getByRole('button', { name: said.en.check.check, exact: true }).click()
      await check.getByText(said.en.check.noReceipt).waitFor()
    } finally {
      await other?.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('[R190] of a report that was received before there were receipts is asked for with its button, and is the very one that it would have been', async () => {
    await openPhone()
    const chooser = page.waitForEvent('filechooser')
    await button(words.phone.home.gallery).tap()
    await (await chooser).setFiles(await keep('IMG_7301.jpg', await phonePicture(7301)))
    await page.locator('main img').first().waitFor(patient)
    const id = new URL(page.url()).searchParams.get('draft') ?? ''
    await page.locator('[data-category]').first().tap()
    await button(words.phone.capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor(patient)
    const openReceipt = async () => {
      await page.goto(`${house.address}/observer/?report=${id}&at=receipt`)
      return page.locator('[data-receipt]')
    }
    const before = await (await openReceipt()).getAttribute('data-receipt')
    await page.goto(`${house.address}/health`)
    await forgetReceipts()
    await openReceipt()
    await page.getByText(words.signing.receipt.older).waitFor()
    expect(await page.locator('[data-receipt]').count()).toBe(0)
    await button(words.signing.receipt.ask).tap()
    await page.locator('[data-receipt] path').waitFor(patient)
    expect(await page.locator('[data-receipt]').getAttribute('data-receipt')).toBe(before)
    await button(words.signing.receipt.picture(1)).waitFor()
    expect(await button(words.signing.receipt.ask).count()).toBe(0)
  })
})
