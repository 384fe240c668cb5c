import { describe, expect, test } from 'vitest'
import { getReportCall } from '../../shared/reports.ts'
import { patient } from '../support/browser.ts'
import { phonePicture } from '../support/desk.ts'
import { begin, button, context, keep, lead, openPhone, page, said, withPhone } from '../support/phone-page.ts'

withPhone()

const words = said.en
const { amend, report } = words.late
const api = '**/api/**'
const box = () => page.getByLabel(words.phone.capture.wordsLabel)
const held = () => page.getByRole('alert').filter({ hasText: amend.heldTitle })
const severity = () => page.locator('main select')
const isSo = (says: string) => page.locator('h2 + p').getByText(says).waitFor(patient)

/** Saves a report, waits until headquarters has it, and opens it. */
async function delivered(text: string): Promise<string> {
  await begin(words)
  const id = new URL(page.url()).searchParams.get('draft') ?? ''
  await page.locator('[data-category]').first().tap()
  await box().fill(text)
  await button(words.phone.capture.save).tap()
  await page.locator(`[data-report="${id}"]`).waitFor(patient)
  await page.locator('[data-delivery=delivered]').waitFor(patient)
  await page.locator(`[data-report="${id}"]`).tap()
  return id
}

async function correct(text: string, howGrave?: 'low' | 'high'): Promise<void> {
  await button(amend.correct).tap()
  await box().fill(text)
  if (howGrave) await severity().selectOption(howGrave)
  await button(amend.save).tap()
  await page.locator('[data-amended=correction]').waitFor(patient)
}

async function add(text: string): Promise<void> {
  await button(amend.add).tap()
  await box().fill(text)
  await button(amend.saveAdded).tap()
  await page.locator('[data-amended=addition]').waitFor(patient)
}

async function turn(type: 'withdrawal' | 'restoration'): Promise<void> {
  const { title: _title, why, action } = amend.turns[type]
  await button(type === 'withdrawal' ? amend.wrong : amend.right).tap()
  await page.getByLabel(why).fill('It was another table.')
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).tap()
  await page.locator(`[data-version=${type}][data-received=true]`).waitFor({ ...patient, state: 'attached' })
}

const refuseOnce = (status: number, problem: string, fields: { path: string; reason: string }[] = []) => context?.route('**/amendments/*', (route) => route.fulfill({ status, json: { problem, fields } }), { times: 1 })

/** What headquarters has, once it has so many versions. */
async function there(id: string, versions: number): Promise<{ words: string; severity: string; types: string[] }> {
  const asked = async () => (await lead.call(getReportCall, { id })).reply
  await expect.poll(async () => (await asked()).versions.length, patient).toBe(versions)
  const now = await asked()
  return { words: now.words, severity: now.line.severity, types: now.versions.map(({ type }) => type) }
}

/** What the phone says that a report says. */
const here = () => page.locator('dd').filter({ has: page.locator('details') }).locator('> span').first().innerText()

describe('what was said of a report later and was refused', () => {
  test('[R474] is waited for by what was corrected and added after it, which says so; a withdrawal waits for nothing', async () => {
    await openPhone({ language: 'en' })
    const id = await delivered('The tally has no signature.')
    await context?.route(api, (route) => route.abort())
    await correct('The tally has one signature.', 'low')
    await correct('The tally has two signatures.', 'high')
    await refuseOnce(403, 'not_allowed')
    await context?.unroute(api)
    await held().getByText(amend.isWaitedFor).waitFor(patient)
    await page.locator('[data-amended=correction]').getByText(amend.waits).waitFor(patient)
    expect(await there(id, 1)).toMatchObject({ words: 'The tally has no signature.', severity: 'critical' })
    await held().getByRole('button', { name: report.again, exact: true }).tap()
    expect(await there(id, 3)).toMatchObject({ words: 'The tally has two signatures.', severity: 'high' })
    await isSo(words.common.severities.high)
    expect(await here()).toBe('The tally has two signatures.')

    await refuseOnce(403, 'not_allowed')
    await correct('The tally has three signatures.')
    await held().waitFor(patient)
    await add('The president signed last.')
    await page.locator('[data-amended=addition]').getByText(amend.waits).waitFor(patient)
    await turn('withdrawal')
    expect((await there(id, 4)).types).toEqual(['report', 'correction', 'correction', 'withdrawal'])
    // What the withdrawal is in the way of can be sent once that is taken back.
    await held().getByRole('button', { name: report.again, exact: true }).tap()
    await held().getByText(amend.ended).waitFor(patient)
    expect(await button(report.again).count()).toBe(0)
    await turn('restoration')
    await held().getByRole('button', { name: report.again, exact: true }).tap()
    expect((await there(id, 7)).words).toBe('The tally has three signatures.\n\nThe president signed last.')
    await held().waitFor({ ...patient, state: 'detached' })
    expect(await here()).toBe('The tally has three signatures.\n\nThe president signed last.')
  })
  test('[R475] is mended with all that the report says now in it, and in place of what waits for it: headquarters comes to say what the phone says', async () => {
    await openPhone({ language: 'en' })
    const wrong = [{ path: 'category', reason: 'not_in_list' }]
    const id = await delivered('Two open boxes.')
    await refuseOnce(400, 'invalid_input', wrong)
    await correct('Three open boxes.', 'low')
    await held().waitFor(patient)
    await add('The president says so.')
    await held().getByRole('button', { name: report.mend, exact: true }).tap()
    await expect.poll(() => box().inputValue(), patient).toBe('Three open boxes.\n\nThe president says so.')
    await button(amend.save).tap()
    await page.locator('[data-version=correction][data-received=true]').waitFor({ ...patient, state: 'attached' })
    expect(await there(id, 2)).toEqual({ words: 'Three open boxes.\n\nThe president says so.', severity: 'low', types: ['report', 'correction'] })
    expect(await here()).toBe('Three open boxes.\n\nThe president says so.')
    await isSo(words.common.severities.low)

    // To correct what was refused is to mend it: what it corrected is in what is said now.
    await refuseOnce(400, 'invalid_input', wrong)
    await correct('Four open boxes.', 'high')
    await held().waitFor(patient)
    await button(amend.correct).tap()
    await expect.poll(() => box().inputValue(), patient).toBe('Four open boxes.')
    expect(await severity().inputValue()).toBe('high')
    await box().fill('Five open boxes.')
    await button(amend.save).tap()
    expect(await there(id, 3)).toMatchObject({ words: 'Five open boxes.', severity: 'high' })
    await held().waitFor({ ...patient, state: 'detached' })
    await isSo(words.common.severities.high)
    expect(await here()).toBe('Five open boxes.')

    // An addition that was refused, and corrected with what it said: its picture goes, and its words go once.
    await refuseOnce(400, 'invalid_input', [{ path: 'words', reason: 'too_long' }])
    await button(amend.add).tap()
    const chooser = page.waitForEvent('filechooser')
    await button(words.phone.capture.gallery).tap()
    await (await chooser).setFiles(await keep('refused.jpg', await phonePicture(61_010)))
    await page.locator('main img').waitFor(patient)
    await box().fill('Seen from the door.')
    await button(amend.saveAdded).tap()
    await held().waitFor(patient)
    await button(amend.correct).tap()
    await expect.poll(() => box().inputValue(), patient).toBe('Five open boxes.\n\nSeen from the door.')
    await page.locator('main img').waitFor(patient)
    await box().fill('Five open boxes, seen from the door.')
    await button(words.phone.capture.sends).tap()
    await page.locator('[data-field=words]').getByText('seen from the door').waitFor(patient)
    await page.locator('[data-field="photos.sha256"]').waitFor()
    await button(words.common.buttons.back).tap()
    await button(amend.save).tap()
    await page.locator('[data-photo][data-received=true]').waitFor(patient)
    expect(await there(id, 5)).toEqual({ words: 'Five open boxes, seen from the door.', severity: 'high', types: ['report', 'correction', 'correction', 'addition', 'correction'] })
    expect(await here()).toBe('Five open boxes, seen from the door.')
  })

  test('[R476] a correction that was begun before something else was said takes nothing of that back unseen', async () => {
    await openPhone({ language: 'en' })
    const id = await delivered('A long queue.')
    const close = () => button(words.common.buttons.close).tap()
    // Only how grave it is was touched: its words are those of the report.
    await button(amend.correct).tap()
    await severity().selectOption('low')
    await close()
    await add('Of a hundred people.')
    await page.locator('[data-version=addition][data-received=true]').waitFor({ ...patient, state: 'attached' })
    await button(amend.correct).tap()
    await expect.poll(() => box().inputValue(), patient).toBe('A long queue.\n\nOf a hundred people.')
    expect([await severity().inputValue(), await page.locator('[data-since]').count()]).toEqual(['low', 0])
    await box().fill('A queue of a hundred people.')
    await close()
    await add('It moves.')
    await page.locator('[data-version=addition][data-received=true]').nth(1).waitFor({ ...patient, state: 'attached' })
    await button(amend.correct).tap()
    await page.locator('[data-since]').getByText('It moves.').waitFor(patient)
    expect(await box().inputValue()).toBe('A queue of a hundred people.')
    await box().fill('A queue of a hundred people. It moves.')
    await button(amend.save).tap()
    await page.locator('[data-version=correction][data-received=true]').waitFor({ ...patient, state: 'attached' })
    expect(await there(id, 4)).toMatchObject({ words: 'A queue of a hundred people. It moves.', severity: 'low' })
    expect(await here()).toBe('A queue of a hundred people. It moves.')
    await isSo(words.common.severities.low)
  })
})
