import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getReportCall, reportNumber } from '../../shared/reports.ts'
import { desktop, faultsOf, openShell, signIn } from '../support/browser.ts'
import { setUp } from '../support/desk.ts'
import { startHouse, wallClock } from '../support/house.ts'
import type { Caller, TestHouse } from '../support/house.ts'
import { fileSigned, makePhoneKey, registeredKey } from '../support/phone-key.ts'
import { readWords } from '../support/screen-words.ts'

let browser: Browser
let house: TestHouse
let desk: Caller
let ana: Caller

beforeAll(async () => {
  ;[browser, house] = await Promise.all([openShell(), startHouse({ clock: wallClock })])
  await setUp(house, await house.person('lead'))
  ;[desk, ana] = [await house.person('coordinator', { organisation: 'Network B' }), await house.person('observer', { name: 'Ana Paz' })]
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

async function openRoom(): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ ...desktop, locale: 'en-GB', serviceWorkers: 'block' })
  await signIn(context, house, desk)
  const page = await context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${house.address}/room/`)
  return { page, faults }
}

describe('a report whose signature fails', () => {
  test('[R133] alarms every open room at once and those that open later, until somebody of the desk has had it open', async () => {
    const words = (await readWords('en')).room
    const { page, faults } = await openRoom()
    await page.locator('[data-state=live]').first().waitFor()
    const mine = await registeredKey(ana)
    const good = await fileSigned(house, ana, mine.sign)
    await page.locator(`[data-list] [data-report="${good.id}"]`).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    const forged = await fileSigned(house, ana, makePhoneKey().sign)
    const alarm = page.getByRole('alert').locator(`[data-alarm="${forged.id}"]`)
    await alarm.waitFor()
    expect(await alarm.textContent()).toContain(words.aside.signature)
    expect(await page.locator(`[data-list] [data-report="${forged.id}"]`).textContent()).toContain(words.signed.fails)

    const later = await openRoom()
    await later.page.locator(`[data-alarm="${forged.id}"]`).waitFor()
    await page.locator(`[data-list] [data-report="${good.id}"]`).click()
    await page.locator('[data-card] [data-signed=signed]').waitFor()
    await alarm.getByRole('link', { name: reportNumber(forged.answer.reply.number) }).click()
    await page.waitForURL(`**/room/reports/${forged.id}*`)
    await page.getByText('signature fails').first().waitFor()
    // Two seconds of a coordinator's look, and it alarms nobody any more.
    await alarm.waitFor({ state: 'detached' })
    await later.page.locator(`[data-alarm="${forged.id}"]`).waitFor({ state: 'detached' })

    // Taken into work knowingly: the reason stays, and so does that the signature fails.
    const { setAside, historyDone } = (await readWords('en')).report
    await page.getByRole('button', { name: setAside.button, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: setAside.action, exact: true }).click()
    await dialog.getByText('This is needed.').waitFor()
    await dialog.getByLabel(setAside.reason, { exact: true }).fill('Called her: she filed it.')
    await dialog.getByRole('button', { name: setAside.action, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByText(setAside.title).count()).toBe(0)
    const { reply } = await desk.call(getReportCall, { id: forged.id })
    expect(reply).toMatchObject({ signed: 'fails', line: { status: 'received' } })
    expect(reply.history.at(-1)).toMatchObject({ kind: 'report.taken_up', by: { id: desk.id }, changes: [{ field: 'status', from: 'set_aside', to: 'received' }, { field: 'reason', to: 'Called her: she filed it.' }] })
    expect(historyDone['report.taken_up']).toBeDefined()
    expect([...faults, ...later.faults]).toEqual([])
  })
})
