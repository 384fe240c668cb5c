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

/** Adds one to the pictures of the draft that is open. */
async function addPicture(seed: number): Promise<void> {
  const before = await page.locator('main img').count()
  const chooser = page.waitForEvent('filechooser')
  await button(words.phone.capture.gallery).tap()
  await (await chooser).setFiles(await keep(`later-${seed}.jpg`, await phonePicture(seed)))
  await page.locator('main img').nth(before).waitFor(patient)
}

/** What was turned is in sight, and heard by who cannot see it. */
async function broughtTo(turned: string): Promise<void> {
  const said = page.locator(`[data-turned=${turned}]`)
  await expect.poll(() => said.evaluate((one) => one === document.activeElement), patient).toBe(true)
  const [box, height] = [await said.boundingBox(), page.viewportSize()?.height ?? 0]
  expect(box !== null && box.y >= 0 && box.y + box.height <= height, turned).toBe(true)
}

describe('a report that was sent', () => {
  test('[R286] [R326] [R360] [R406] [R407] is corrected and added to with no network, through a killed page, and arrives once; the open room shows what it says now, and its judge is told', async () => {
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
    await page.locator('main select').selectOption('low')
    await page.getByRole('switch').tap()
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
    await page.locator('[data-field="corrected.severity"]').getByText(words.common.severities.low).waitFor()
    await button(words.common.buttons.back).tap()
    await button(amend.save).tap()
    await page.locator('[data-amended=correction]').waitFor(patient)
    await page.locator('h2 + p').getByText(words.common.severities.low).waitFor(patient)

    await button(amend.add).tap()
    await addPicture(61_001)
    await box.fill('The president of the table said why.')
    await button(amend.saveAdded).tap()
    await page.locator('[data-amended=addition]').waitFor(patient)
    await page.reload()
    await page.locator('[data-amended=addition]').getByText(amend.notSent).waitFor(patient)
    await page.locator('[data-amended=correction]').getByText(amend.notSent).waitFor(patient)
    await page.getByText(amend.versions).tap()
    expect(await page.locator('[data-version][data-received=false]').count()).toBe(2)
    expect(await page.locator('[data-version=correction] [data-changed]').evaluateAll((all) => all.map((one) => one.getAttribute('data-changed')))).toEqual(['severity', 'atStation'])
    expect(await desk.page.getByText('table nine').count()).toBe(0)

    await context?.unroute(api)
    await page.locator('[data-version=addition][data-received=true]').waitFor(patient)
    await page.locator('[data-photo][data-received=true]').waitFor(patient)
    expect(await page.getByText(amend.notSent).count()).toBe(0)
    const { words: now, versions, round, line } = await pageOfReport(id)
    expect(now).toBe('Voters of table nine were sent away.\n\nThe president of the table said why.')
    expect(versions.map(({ type, signed, photos }) => [type, signed, photos])).toEqual([['report', 'signed', 0], ['correction', 'signed', 0], ['addition', 'signed', 1]])
    expect([round, line.photoCount, line.photosReceived, line.severity, versions[1]?.changes.map(({ field, to }) => [field, to])]).toEqual([2, 1, 1, 'low', [['severity', 'low'], ['atStation', 'false']]])
    await desk.page.locator('[data-amended=addition]').first().waitFor(patient)
    await desk.page.getByText('table nine').first().waitFor()
    await desk.page.locator('[data-notice=reopened]').first().waitFor(patient)
    expect((await lead.call(listReportsCall, { words: 'table nine' })).reply.reports.map((one) => one.id)).toEqual([id])
    expect(desk.faults).toEqual([])
    await desk.context.close()
    await button(words.common.buttons.back).tap()
    await page.locator(`[data-report="${id}"]`).getByText(words.phone.pictures(1)).waitFor()
  })

  test('[R287] [R406] [R361] [R363] [R367] [R389] [R393] that was the wrong thing is withdrawn with a reason, and offers nothing more but to take that back', async () => {
    await openPhone({ language: 'en' })
    const id = await save('It is of another day.')
    await delivered()
    await page.locator(`[data-report="${id}"]`).tap()
    await button(amend.wrong).tap()
    await button(amend.turns.withdrawal.action).tap()
    await page.getByText(amend.turns.withdrawal.lacks).waitFor()
    await page.getByLabel(amend.turns.withdrawal.why).fill('I chose the wrong picture.')
    await context?.route(api, (route) => route.abort())
    await button(amend.turns.withdrawal.action).tap()
    await page.locator('[data-amended=withdrawal]').waitFor(patient)
    await broughtTo('withdrawal')
    await page.locator('[data-turned=withdrawal]').getByText(amend.notSent).waitFor()
    await button(words.common.buttons.back).tap()
    await page.locator(`[data-report="${id}"]`).getByText(words.common.statuses.withdrawn.toLowerCase()).waitFor(patient)
    expect((await pageOfReport(id)).line.status, 'headquarters does not know yet').toBe('received')
    await page.locator(`[data-report="${id}"]`).tap()
    await context?.unroute(api)
    await expect.poll(async () => (await pageOfReport(id)).line.status, patient).toBe('withdrawn')
    expect((await pageOfReport(id)).versions.at(-1)?.words).toBe('I chose the wrong picture.')
    for (const name of [amend.correct, amend.add, amend.wrong]) expect(await button(name).count()).toBe(0)
    await page.getByText('I chose the wrong picture.').first().waitFor()
    await page.getByText(amend.notSent).first().waitFor({ ...patient, state: 'detached' })
    expect(await page.locator('[data-step=decided]').count(), 'nothing is decided any more').toBe(0)
    await button(words.common.buttons.back).tap()
    await page.locator(`[data-report="${id}"]`).getByText(words.common.statuses.withdrawn.toLowerCase()).waitFor(patient)
    await page.locator(`[data-report="${id}"]`).tap()
    await button(amend.right).tap()
    await page.getByLabel(amend.turns.restoration.why).fill('It was of this day.')
    await page.getByRole('dialog').getByRole('button', { name: amend.turns.restoration.action, exact: true }).tap()
    await page.locator('[data-amended=restoration]').waitFor(patient)
    await broughtTo('restoration')
    await expect.poll(async () => (await pageOfReport(id)).line.status, patient).toBe('received')
    // A correction that headquarters refuses waits for its author, who mends it; or seals it, or takes it back.
    await context?.route('**/amendments/*', (route) => route.fulfill({ status: 400, json: { problem: 'invalid_input', fields: [{ path: 'category', reason: 'not_in_list' }] } }), { times: 1 })
    await button(amend.correct).tap()
    const box = page.getByLabel(words.phone.capture.wordsLabel)
    await box.fill('It is of this day, after eight.')
    await page.locator('main select').selectOption('high')
    await button(amend.save).tap()
    const held = page.getByRole('alert').filter({ hasText: amend.heldTitle })
    await held.waitFor(patient)
    for (const name of [words.delivering.file.seal, amend.drop]) await held.getByRole('button', { name, exact: true }).waitFor()
    await held.getByRole('button', { name: words.late.report.mend, exact: true }).tap()
    await expect.poll(() => box.inputValue(), patient).toBe('It is of this day, after eight.')
    await button(amend.save).tap()
    await page.locator('[data-version=correction][data-received=true]').waitFor({ ...patient, state: 'attached' })
    const { line, versions } = await pageOfReport(id)
    expect([line.words, line.severity, versions.map(({ type }) => type)]).toEqual(['It is of this day, after eight.', 'high', ['report', 'withdrawal', 'restoration', 'correction']])

    // So does an addition, with its picture, which arrives once.
    await context?.route('**/amendments/*', (route) => route.fulfill({ status: 400, json: { problem: 'invalid_input', fields: [{ path: 'words', reason: 'too_long' }] } }), { times: 1 })
    await button(amend.add).tap()
    await addPicture(61_002)
    await box.fill('Seen from the door.')
    await button(amend.saveAdded).tap()
    await held.waitFor(patient)
    expect(await page.locator('[data-photo]').count()).toBe(1)
    await held.getByRole('button', { name: words.late.report.mend, exact: true }).tap()
    await expect.poll(() => box.inputValue(), patient).toBe('Seen from the door.')
    await page.locator('main').getByText(words.common.fields.too_long).waitFor()
    await page.reload()
    await expect.poll(() => box.inputValue(), patient).toBe('Seen from the door.')
    await page.locator('main img').first().waitFor(patient)
    await addPicture(61_003)
    await box.fill('Seen from the hall.')
    await button(amend.saveAdded).tap()
    await expect.poll(() => page.locator('[data-photo][data-received=true]').count(), patient).toBe(2)
    const mended = await pageOfReport(id)
    expect([mended.words, mended.versions.at(-1)?.type, mended.versions.at(-1)?.photos, mended.photos.length]).toEqual(['It is of this day, after eight.\n\nSeen from the hall.', 'addition', 2, 2])
    expect(await held.count()).toBe(0)
  })
})
