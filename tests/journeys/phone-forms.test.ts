import { truncate, utimes } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { listReportsCall, maxWords } from '../../shared/reports.ts'
import { maxPhotoBytes } from '../../shared/statement.ts'
import { desktop, patient } from '../support/browser.ts'
import { phonePicture } from '../support/desk.ts'
import { begin, button, isInView, keep, languages, lead, openPhone, page, region, said, timeField, withPhone } from '../support/phone-page.ts'
import type { Words } from '../support/screen-words.ts'

// What the phone says beside its fields when something is not as it should be.

withPhone()

/** The list has it where it was observed. */
const lastFiled = async () => (await lead.call(listReportsCall, {})).reply.reports.toSorted((one, other) => other.number - one.number)[0]

async function choose(words: Words, files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(words.phone.capture.gallery).click()
  await (await chooser).setFiles(files)
}

/** What is told beside a field, by its description; it lies below the field. */
async function toldBeside(input: Locator): Promise<string> {
  const id = (await input.getAttribute('aria-describedby')) ?? ''
  const told = page.locator(`[id="${id}"]`)
  const [own, others] = [await told.boundingBox(), await input.boundingBox()]
  expect(own && others && own.y >= others.y + others.height - 1).toBe(true)
  return (await told.textContent()) ?? ''
}

describe.each(languages)('beside its field, in %s', (language) => {
  test('a file that is not taken is told at the pictures, by its name, until pictures are chosen again', async () => {
    const words = said[language]
    const { capture } = words.phone
    await openPhone({ language })
    await begin(words)
    const strip = region(capture.pictures)
    const good = await keep('IMG_1.jpg', await phonePicture(language === 'es' ? 101 : 102))
    const again = await keep('IMG_2.jpg', await phonePicture(language === 'es' ? 101 : 102))
    const files = [await keep('notas.txt', 'Nada que ver'), await keep('vacia.jpg', ''), await keep('rota.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4000, 7)])), good, again]
    expect(await strip.getByRole('alert').count()).toBe(0)
    await choose(words, files)
    await strip.getByText(`notas.txt: ${capture.added.wrong_type}`).waitFor()
    await strip.getByText(`vacia.jpg: ${capture.added.empty}`).waitFor()
    await strip.getByText(`IMG_2.jpg: ${capture.added.repeated}`).waitFor()
    // What may be a picture is kept, and told.
    await strip.getByText(`${capture.picture(1, 2)}. ${capture.cannotShow}`).waitFor()
    expect(await strip.getByRole('alert').count()).toBe(4)
    expect(await page.locator('[role=status][aria-live=polite]').allTextContents()).toEqual([''])
    await choose(words, [await keep('IMG_3.jpg', await phonePicture(language === 'es' ? 103 : 104))])
    await expect.poll(() => strip.getByRole('alert').count(), patient).toBe(1)
    await expect.poll(() => strip.locator('img').count(), patient).toBe(2)
  })

  test('[lesson 17] [lesson 18] a file that is too large for headquarters is refused at once, with its name and the limit; the picture beside it is kept and goes', async () => {
    const words = said[language]
    const { capture } = words.phone
    await openPhone({ language })
    const large = await keep('IMG_9.jpg', '')
    await truncate(large, maxPhotoBytes + 1)
    await begin(words)
    await choose(words, [large, await keep('IMG_8.jpg', await phonePicture(language === 'es' ? 105 : 106))])
    const strip = region(capture.pictures)
    await strip.getByText(`IMG_9.jpg: ${capture.added.too_large(maxPhotoBytes)}`).waitFor()
    expect(capture.added.too_large(maxPhotoBytes)).toMatch(/\b50[\s\u00a0]MB\b/)
    await expect.poll(() => strip.locator('img').count(), patient).toBe(1)
    await page.locator('[data-category]').first().tap()
    await button(capture.save).tap()
    await page.locator('[data-delivery=delivered]').waitFor(patient)
    expect(await lastFiled()).toMatchObject({ photoCount: 1, photosReceived: 1 })
  })

  test('a time that is none, or has not been, is told at the time, and no more once it is right', async () => {
    const words = said[language]
    await openPhone({ language })
    await begin(words)
    const before = await timeField(words).inputValue()
    for (const [given, problem] of [['2099-01-01T10:00', words.phone.capture.inTheFuture], ['0002-11-24T09:30', words.phone.capture.noTime]] as const) {
      await timeField(words).fill(given)
      await page.getByText(problem).waitFor()
      expect(await toldBeside(timeField(words))).toBe(problem)
    }
    await timeField(words).blur()
    expect((await timeField(words).inputValue()).slice(0, 10)).toBe(before.slice(0, 10))
    await timeField(words).fill('2024-03-01T09:30')
    await expect.poll(() => page.getByText(words.phone.capture.noTime).count()).toBe(0)
    await timeField(words).blur()
    expect(await timeField(words).inputValue()).toBe('2024-03-01T09:30')
    await page.locator('[data-category]').first().click()
    await button(words.phone.capture.save).click()
    await expect.poll(async () => (await lastFiled())?.observedAt, patient).toBe('2024-03-01T15:30:00.000Z')
  })

  test('the time of an old picture is not taken as the report’s, and is told', async () => {
    const words = said[language]
    const { capture } = words.phone
    await openPhone({ language })
    await begin(words)
    const told = page.getByText(new RegExp(`^${capture.fileSays('')}1 mar\\.? 2024$`, 'i'))
    const old = await keep('IMG_0301.jpg', await phonePicture(language === 'es' ? 111 : 112))
    await utimes(old, new Date(), new Date('2024-03-01T15:30:00.000Z'))
    const [today] = capture.timeToday('').split(',')
    await choose(words, [await keep('IMG_9.jpg', await phonePicture(language === 'es' ? 113 : 114))])
    await region(capture.pictures).locator('img').first().waitFor()
    expect(await told.count()).toBe(0)
    await choose(words, [old])
    await told.waitFor()
    await page.getByText(`${today}, `).waitFor()
    expect(Date.now() - Date.parse(`${await timeField(words).inputValue()}:00-06:00`)).toBeLessThan(180_000)
    // Whoever means it says it, and it is told with its year.
    await timeField(words).fill('2024-03-01T09:30')
    await timeField(words).blur()
    await page.getByText(/^1 mar\.? 2024, 09:30$/i).waitFor()
    expect(await told.count()).toBe(0)
    await page.locator('[data-category]').first().click()
    await button(capture.save).click()
    await page.locator('[data-report]').getByText(/1 mar\.? 2024, 09:30/i).first().waitFor()
  })

  test('a report without a category is told at the categories, which come into view with the focus', async () => {
    const words = said[language]
    await openPhone({ language, options: { viewport: { width: 320, height: 420 } } })
    await begin(words)
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    const list = page.getByRole('group', { name: words.phone.capture.what })
    const problem = list.getByRole('alert')
    expect(await problem.count()).toBe(0)
    await button(words.phone.capture.save).click()
    await problem.getByText(words.phone.capture.chooseCategory).waitFor()
    await expect.poll(() => isInView(problem)).toBe(true)
    await expect.poll(() => page.locator(':focus').getAttribute('name')).toBe('category')
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await expect.poll(() => isInView(problem)).toBe(false)
    await button(words.phone.capture.save).click()
    await expect.poll(() => isInView(problem)).toBe(true)
    await page.locator('[data-category]').first().click()
    await expect.poll(() => problem.count()).toBe(0)
  })

  test('words are counted near their limit, and what did not fit is told', async () => {
    const words = said[language]
    const { capture } = words.phone
    await openPhone({ language, options: { permissions: ['geolocation', 'clipboard-read', 'clipboard-write'] } })
    await begin(words)
    const box = page.getByLabel(capture.wordsLabel)
    const counted = page.getByText(new RegExp(capture.count('@', '5,000').replace('@', '[\\d,.]+')))
    await box.fill('a'.repeat(4400))
    expect(await counted.count()).toBe(0)
    await box.fill('a'.repeat(4900))
    await page.getByText(capture.count('4,900', '5,000')).waitFor()
    await page.evaluate((text) => navigator.clipboard.writeText(text), 'b'.repeat(300))
    await box.press('Control+End')
    await box.press('Control+V')
    await page.getByText(capture.cutOff(200)).waitFor()
    expect(await box.inputValue()).toBe('a'.repeat(4900) + 'b'.repeat(100))
    await box.press('Backspace')
    await expect.poll(() => page.getByText(capture.cutOff(200)).count()).toBe(0)
    await box.press('c')
    await page.getByText(words.common.full(maxWords)).waitFor()
    await box.pressSequentially('de')
    await page.getByText(capture.cutOff(2)).waitFor()
    expect((await box.inputValue()).slice(-2)).toBe('bc')
    // As a keyboard gives what it was told, or kept: no paste.
    await box.fill('d'.repeat(5120))
    await page.getByText(capture.cutOff(120)).waitFor()
  })
})

describe('a time that is typed on a desk', () => {
  // Noon in El Salvador: half past nine in the evening has not been.
  const openDesk = () => openPhone({ language: 'en', options: { ...desktop, isMobile: false, hasTouch: false }, before: (fresh) => fresh.clock.setFixedTime('2026-11-24T18:00:00.000Z') })
  const capture = () => said.en.phone.capture
  const problems = () => page.getByText(capture().inTheFuture).or(page.getByText(capture().noTime)).count()

  test('is judged when the field is left, not at each key', async () => {
    await openDesk()
    await begin(said.en)
    const input = timeField(said.en)
    await input.focus()
    const passed: string[] = []
    for (const key of ['1', '1', '2', '4', '2', '0', '2', '6', '0', '9', '3', '0', 'A']) {
      await page.keyboard.press(key)
      passed.push(await input.inputValue())
      expect(await problems()).toBe(0)
      expect(await page.getByText('Today, 12:00').count()).toBe(1)
    }
    expect(passed).toEqual(expect.arrayContaining(['0002-11-24T12:00', '0020-11-24T12:00', '0202-11-24T12:00', '2026-11-24T21:30', '2026-11-24T09:30']))
    await input.blur()
    await page.getByText('Today, 09:30').waitFor()
    expect(await problems()).toBe(0)

    await input.focus()
    for (const key of ['1', '1', '2', '4', '2', '0', '2', '6', '0', '9', '3', '0', 'P']) await page.keyboard.press(key)
    expect(await problems()).toBe(0)
    await input.blur()
    await page.getByText(capture().inTheFuture).waitFor()
    expect(await page.getByText('Today, 09:30').count()).toBe(1)
  })

  test('changes nothing while it is incomplete, and says so', async () => {
    await openDesk()
    await begin(said.en)
    const input = timeField(said.en)
    await input.focus()
    await page.keyboard.press('Backspace')
    await expect.poll(() => input.inputValue()).toBe('')
    expect(await problems()).toBe(0)
    await input.blur()
    await page.getByText(capture().noTime).waitFor()
    expect(await page.getByText('Today, 12:00').count()).toBe(1)
    expect(await input.inputValue()).toBe('2026-11-24T12:00')
  })
})

test('a time that is typed has room for its minutes, and one that is tapped covers nothing', async () => {
  await openPhone()
  await begin(said.es)
  const input = timeField(said.es)
  const severity = page.getByLabel(said.es.phone.capture.severity)
  await severity.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await input.focus()
  expect(await isInView(severity)).toBe(true)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => input.evaluate((element) => element.clientWidth)).toBeGreaterThan(320)
  expect(await input.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
  const [typed, main] = await Promise.all([input.boundingBox(), page.locator('main').boundingBox()])
  expect(typed && main && typed.x >= main.x && typed.x + typed.width <= main.x + main.width).toBe(true)
  await input.blur()
  await expect.poll(() => isInView(severity)).toBe(true)
})
