import { describe, expect, test } from 'vitest'
import { getReportCall, listReportsCall } from '../../shared/reports.ts'
import { desktop, pageOf } from '../support/browser.ts'
import { judge, phonePicture, setRules } from '../support/desk.ts'
import { begin, button, context, house, keep, lead, openPhone, page, patient, said, withPhone } from '../support/phone-page.ts'

withPhone()

const words = said.en
const { amend } = words.late
const delivered = () => page.locator('[data-delivery=delivered]').waitFor(patient)
const api = '**/api/**'
const pageOfReport = async (id: string) => (await lead.call(getReportCall, { id })).reply

async function save(text: string): Promise<string> {
  await begin(words)
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.locator('[data-category]').first().tap()
  await page.getByLabel(words.phone.capture.wordsLabel).fill(text)
  await button(words.phone.capture.save).tap()
  await page.locator(`[data-report="${id}"]`).waitFor(patient)
  return id
}

describe('a report that was sent', () => {
  test('[R286] is corrected and added to with no network, through a killed page, and arrives once; the open room shows what it says now, and its judge is told', async () => {
    await openPhone({ language: 'en' })
    const id = await save('Voters of table seven were sent away.')
    await delivered()
    await setRules(lead, { eyes: 1 })
    const carla = await house.person('coordinator', { name: 'Carla', language: 'en' })
    await judge(house, carla, id)
    const browser = context?.browser()
    if (!browser) throw new Error('no browser')
    const desk = await pageOf(browser, house, carla, { ...desktop, locale: 'en-US', at: `/room/reports/${id}` })
    await desk.page.getByText('table seven').first().waitFor(patient)

    await context?.route(api, (route) => route.abort())
    await page.locator(`[data-report="${id}"]`).tap()
    await button(amend.correct).tap()
    const box = page.getByLabel(words.phone.capture.wordsLabel)
    expect(await box.inputValue()).toBe('Voters of table seven were sent away.')
    await button(amend.save).tap()
    await page.getByText(amend.same).waitFor()
    await box.fill('Voters of table nine were sent away.')
    // The phone kills the page before it is saved, and again after.
    await expect.poll(async () => page.evaluate(() => new Promise((done) => {
      const opened = indexedDB.open('veedor')
      opened.onsuccess = () => {
        const asked = opened.result.transaction('drafts').objectStore('drafts').getAll()
        asked.onsuccess = () => {
          done(JSON.stringify(asked.result).includes('table nine'))
          opened.result.close()
        }
      }
    })), patient).toBe(true)
    await page.reload()
    await expect.poll(() => box.inputValue(), patient).toBe('Voters of table nine were sent away.')
    await button(words.phone.capture.sends).tap()
    await page.locator('[data-field=words]').getByText('table nine').waitFor(patient)
    await page.locator('[data-field=reportId]').getByText(id).waitFor()
    await button(words.common.buttons.back).tap()
    await button(amend.save).tap()
    await page.locator('[data-amended=correction]').waitFor(patient)

    await button(amend.add).tap()
    const chooser = page.waitForEvent('filechooser')
    await button(words.phone.capture.gallery).tap()
    await (await chooser).setFiles(await keep('later.jpg', await phonePicture(61_001)))
    await page.locator('main img').first().waitFor(patient)
    await box.fill('The president of the table said why.')
    await button(amend.saveAdded).tap()
    await page.locator('[data-amended=addition]').waitFor(patient)
    await page.reload()
    await page.getByText(amend.versions).tap()
    expect(await page.locator('[data-version][data-received=false]').count()).toBe(2)
    expect(await desk.page.getByText('table nine').count()).toBe(0)

    await context?.unroute(api)
    await page.locator('[data-version=addition][data-received=true]').waitFor(patient)
    await page.locator('[data-photo][data-received=true]').waitFor(patient)
    const { words: now, versions, round, line } = await pageOfReport(id)
    expect(now).toBe('Voters of table nine were sent away.\n\nThe president of the table said why.')
    expect(versions.map(({ type, signed, photos }) => [type, signed, photos])).toEqual([['report', 'signed', 0], ['correction', 'signed', 0], ['addition', 'signed', 1]])
    expect([round, line.photoCount, line.photosReceived]).toEqual([2, 1, 1])
    await desk.page.locator('[data-amended=addition]').first().waitFor(patient)
    await desk.page.getByText('table nine').first().waitFor()
    await desk.page.locator('[data-notice=reopened]').first().waitFor(patient)
    expect((await lead.call(listReportsCall, { words: 'table nine' })).reply.reports.map((one) => one.id)).toEqual([id])
    expect(desk.faults).toEqual([])
    await desk.context.close()
  })

  test('[R287] that was the wrong thing is withdrawn with a reason, and offers nothing more', async () => {
    await openPhone({ language: 'en' })
    const id = await save('It is of another day.')
    await delivered()
    await page.locator(`[data-report="${id}"]`).tap()
    await button(amend.wrong).tap()
    await button(amend.withdraw).tap()
    await page.getByText(amend.reasonLacks).waitFor()
    await page.getByLabel(amend.reason).fill('I chose the wrong picture.')
    await button(amend.withdraw).tap()
    await page.locator('[data-amended=withdrawal]').waitFor(patient)
    await expect.poll(async () => (await pageOfReport(id)).line.status, patient).toBe('withdrawn')
    expect((await pageOfReport(id)).versions.at(-1)?.words).toBe('I chose the wrong picture.')
    for (const name of [amend.correct, amend.add, amend.wrong]) expect(await button(name).count()).toBe(0)
    await button(words.common.buttons.back).tap()
    await page.locator(`[data-report="${id}"]`).getByText(words.common.statuses.withdrawn.toLowerCase()).waitFor(patient)
  })
})
