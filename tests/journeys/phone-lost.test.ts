import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getReportCall } from '../../shared/reports.ts'
import { patient } from '../support/browser.ts'
import { awaited, holding } from '../support/bad-network.ts'
import { pickFrom } from '../support/kept-phone.ts'
import { openStand } from '../support/phone-stand.ts'
import { readWords } from '../support/screen-words.ts'
import type { Stand } from '../support/phone-stand.ts'

// A picture that a report names, that headquarters lacks, and whose original this phone has no longer: its author has it in the gallery still.

const words = await readWords('es')
const { report, amend } = words.late
let stand: Stand

beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand.close())

const button = (name: string) => stand.page.getByRole('button', { name, exact: true })
const alert = () => stand.page.getByRole('alert').filter({ has: stand.page.getByRole('heading') })
const versionsOf = async (id: string) => (await stand.desk.call(getReportCall, { id })).reply.versions.map(({ type, photos }) => [type, photos])
const receivedOf = async (id: string) => (await stand.there()).find((one) => one.id === id)?.photosReceived

/** Chooses it from the gallery for what is added to the report on the screen. */
async function add(path: string): Promise<void> {
  await button(amend.add).tap()
  await pickFrom(stand.page, 'Galería', [path])
  await stand.page.locator('main img').waitFor(patient)
}

describe('a picture that the report names and headquarters lacks', () => {
  test('[R349] [R451] [lesson 7] is sent once its author adds it again: after a restore and after it was left out, without a statement that says nothing new', async () => {
    const { network } = stand
    const backup = await stand.backup()
    const [six, seven] = [await stand.picture(6), await stand.picture(7)]
    const { id } = await stand.file({ files: [six.path, seven.path] })
    await stand.untilWhole()
    await stand.restore(backup)
    await stand.page.evaluate(() => dispatchEvent(new Event('pageshow')))
    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await alert().getByText(report.lostTitle).waitFor(patient)
    await expect.poll(() => receivedOf(id), patient).toBe(0)

    const before = network.asked.length
    const uploads = () => network.asked.slice(before).filter(({ method, path }) => method === 'POST' && path === '/api/uploads').length
    await add(six.path)
    await button(words.phone.capture.sends).tap()
    await stand.page.getByText(amend.revived(1)).waitFor(patient)
    await button(words.common.buttons.back).tap()
    await button(amend.saveAdded).tap()
    await stand.page.getByText(amend.revived(1)).waitFor(patient)
    await expect.poll(() => receivedOf(id), patient).toBe(1)
    await stand.page.locator(`[data-photo="${six.sha256}"][data-received=true]`).waitFor(patient)
    expect([uploads(), await versionsOf(id)]).toEqual([1, [['report', 2]]])

    await alert().getByText(words.phone.capture.picture(2, 2)).waitFor()
    await button(report.leaveOut).tap()
    expect(await stand.page.getByRole('dialog').innerText()).toMatch(/Este teléfono deja de pedírsela: .* La sede la sigue esperando: /)
    await stand.page.getByRole('dialog').getByRole('button', { name: report.leaveOut, exact: true }).tap()
    await stand.page.locator(`[data-photo="${seven.sha256}"]`).getByText(report.photo.leftOut).waitFor()
    await add(seven.path)
    await stand.page.getByLabel(words.phone.capture.wordsLabel).fill('La foto va otra vez.')
    await button(amend.saveAdded).tap()
    await stand.page.locator(`[data-photo="${seven.sha256}"][data-received=true]`).waitFor(patient)
    await expect.poll(() => versionsOf(id), patient).toEqual([['report', 2], ['addition', 0]])
    expect(uploads()).toBe(2)

    // Both are there: nothing would come of adding one once more, and that is said before it is saved.
    await add(six.path)
    await button(amend.saveAdded).tap()
    await stand.page.getByText(amend.hasAll).waitFor()
    await stand.page.getByRole('banner').getByRole('button', { name: words.common.buttons.close, exact: true }).tap()
    await button(words.common.buttons.back).tap()
    await stand.untilWhole()
    expect([uploads(), stand.phone.faults]).toEqual([2, []])
  })

  test('[R349] [lesson 7] is sent once its author adds it again where this phone could not read it any more', async () => {
    const held = holding(stand.network, ({ method, path }) => method === 'POST' && path === '/api/uploads')
    const { path, sha256 } = await stand.picture(8)
    const { id } = await stand.file({ files: [path] })
    await held.came
    await stand.page.evaluate((key) => new Promise<void>((done, fail) => {
      const opened = indexedDB.open('veedor')
      opened.onsuccess = () => {
        const tx = opened.result.transaction('originals', 'readwrite')
        tx.objectStore('originals').delete(key)
        tx.oncomplete = () => {
          opened.result.close()
          done()
        }
        tx.onerror = () => fail(new Error(String(tx.error)))
      }
    }), [id, sha256])
    held.letGo()
    await stand.delivery('attention')
    await stand.page.locator(`[data-report="${id}"]`).tap()
    await alert().getByText(report.what.unreadable_here).waitFor(patient)
    await add(path)
    await button(amend.saveAdded).tap()
    await stand.page.locator(`[data-photo="${sha256}"][data-received=true]`).waitFor(patient)
    await button(words.common.buttons.back).tap()
    await stand.untilWhole()
    expect(await versionsOf(id)).toEqual([['report', 1]])
  })
})

describe('what was said of a report before a restore that lost it', () => {
  test('[R459] [lesson 7] comes to headquarters again before what was said later, though that was said without a network', async () => {
    const { network, page } = stand
    const { id } = await stand.file({ words: 'As it was first.' })
    await stand.untilWhole()
    const backup = await stand.backup()
    await page.locator(`[data-report="${id}"]`).tap()
    await button(amend.correct).tap()
    await page.getByLabel(words.phone.capture.wordsLabel).fill('As it was corrected.')
    await button(amend.save).tap()
    await page.locator('[data-version=correction][data-received=true]').waitFor({ ...patient, state: 'attached' })

    network.cut(true)
    await stand.restore(backup)
    await button(amend.wrong).tap()
    await page.getByLabel(amend.turns.withdrawal.why).fill('It was of another day.')
    await page.getByRole('dialog').getByRole('button', { name: amend.turns.withdrawal.action, exact: true }).tap()
    await page.locator('[data-amended=withdrawal]').waitFor(patient)
    // Whether headquarters has it all is looked at no sooner than the withdrawal has gone.
    const sent = awaited()
    network.decide = ({ method, path }) => {
      if (path.includes('/amendments/')) sent.tell()
      return method === 'GET' && path.startsWith('/api/my') ? { kind: 'hold', until: sent.come } : undefined
    }
    network.cut(false)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await sent.come
    await expect.poll(() => versionsOf(id), patient).toEqual([['report', 0], ['correction', 0], ['withdrawal', 0]])
    expect((await stand.desk.call(getReportCall, { id })).reply.words).toBe('As it was corrected.')
    network.decide = () => undefined
    await button(words.common.buttons.back).tap()
    await stand.delivery('delivered')
  })
})
