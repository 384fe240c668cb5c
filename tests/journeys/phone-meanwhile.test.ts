import { afterAll, beforeAll, expect, test } from 'vitest'
import { newLinkCall } from '../../shared/people.ts'
import { patient } from '../support/browser.ts'
import { openStand } from '../support/phone-stand.ts'
import { readWords } from '../support/screen-words.ts'
import type { Stand } from '../support/phone-stand.ts'

// What an observer does on the phone while something that was begun before has not ended.

const words = await readWords('es')
let stand: Stand

beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const button = (name: string) => stand.page.getByRole('button', { name, exact: true })
const box = () => stand.page.getByLabel(words.phone.capture.wordsLabel)
const asked = () => new URL(stand.page.url()).searchParams

/** Has the store of single things for itself until it is let go, as a slow disk or another tab does. */
const holdKept = () => stand.page.evaluateHandle(() => new Promise<() => void>((held) => {
  const opening = indexedDB.open('veedor')
  opening.onsuccess = () => {
    const store = opening.result.transaction('kept', 'readwrite').objectStore('kept')
    let isHeld = true
    const more = () => {
      store.get('nothing').onsuccess = () => (isHeld ? more() : opening.result.close())
    }
    more()
    held(() => { isHeld = false })
  }
}))

test('[R491] a report that was saved closes its form at once: what is opened next stays open, and what is typed there stays', async () => {
  await button(words.phone.home.noPicture).tap()
  await stand.page.waitForURL(/draft=/)
  await stand.page.locator('[data-category]').first().tap()
  await box().fill('Una urna.')
  const id = asked().get('draft')
  // What was typed is on the disk before that is slow.
  await stand.page.waitForTimeout(800)
  const letGo = await holdKept()
  await button(words.phone.capture.save).tap()
  await stand.page.locator(`[data-report="${id}"]`).waitFor(patient)
  await expect.poll(() => asked().has('draft'), patient).toBe(false)
  await button(words.phone.home.noPicture).tap()
  await stand.page.waitForURL((url) => ![null, id].includes(url.searchParams.get('draft')), patient)
  const second = asked().get('draft')
  await box().fill('Dos urnas.')
  await letGo.evaluate((done) => done())
  await expect.poll(async () => (await stand.there()).map((one) => one.id), patient).toEqual([id])
  // A way back that came late would have come by now.
  await stand.page.waitForTimeout(1500)
  expect([asked().get('draft'), await box().inputValue()]).toEqual([second, 'Dos urnas.'])
  await stand.page.locator('[data-category]').first().tap()
  await button(words.phone.capture.save).tap()
  await stand.delivery('delivered')
})

test('[R492] whoever has joined stays so, whatever headquarters says late of the session before', async () => {
  await stand.phone.context.clearCookies()
  const look = () => stand.page.evaluate(() => dispatchEvent(new Event('pageshow')))
  await look()
  await stand.delivery('ended')
  const { code } = (await stand.lead.call(newLinkCall, { id: stand.observer.id })).reply
  await button(words.phone.delivery.joinAgain).tap()
  await stand.page.getByLabel(words.late.join.link).fill(code ?? '')
  await stand.page.getByRole('button', { name: words.late.join.look }).tap()
  const join = stand.page.getByRole('button', { name: words.late.join.join })
  await join.waitFor(patient)
  let isLate = false
  await stand.page.route('**/api/my/reports', async (route) => {
    if (isLate) return route.continue()
    isLate = true
    const answer = await route.fetch()
    expect(answer.status()).toBe(401)
    await expect.poll(() => button(words.phone.home.noPicture).isVisible(), patient).toBe(true)
    await route.fulfill({ response: answer })
  })
  const answered = stand.page.waitForResponse((response) => response.url().endsWith('/api/my/reports') && response.status() === 401)
  await look()
  await expect.poll(() => isLate, patient).toBe(true)
  await join.tap()
  await answered
  const { id } = await stand.file({ words: 'Tres urnas.' })
  await expect.poll(async () => (await stand.there()).map((one) => one.id), patient).toContain(id)
  await stand.delivery('delivered')
})
