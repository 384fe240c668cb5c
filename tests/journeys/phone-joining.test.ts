import { describe, expect, test } from 'vitest'
import { newLinkCall } from '../../shared/people.ts'
import { begin, button, context, delivery, house, lead, openPhone, page, said, save, withPhone } from '../support/phone-page.ts'

// Whoever joins on a phone, and whoever signs out of it.

withPhone()

const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

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
    // What the phone's app keeps is there once its first screen is.
    await page.getByRole('heading', { name: join.title, exact: true }).waitFor()
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
