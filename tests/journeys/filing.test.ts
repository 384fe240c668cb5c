import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { getReportCall, listReportsCall, reportNumber } from '../../shared/reports.ts'
import { phonePicture } from '../support/desk.ts'
import { ana, bruno, carla, deskOf, house, withDesks } from '../support/report-page.ts'
import { readWords } from '../support/screen-words.ts'

withDesks()

const { fileFor, report, room } = await readWords('en')

/** Lets files fall on an element, as a hand does that drags them out of a messenger's window. */
async function drop(page: Page, on: string, files: readonly { name: string; bytes: Buffer }[]): Promise<void> {
  const held = await page.evaluateHandle((given) => {
    const moved = new DataTransfer()
    for (const { name, base64 } of given) moved.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type: 'image/jpeg' }))
    return moved
  }, files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })))
  await page.getByRole('region', { name: on, exact: true }).dispatchEvent('drop', { dataTransfer: held })
}

test('[R141] [R188] [R330] [R335] what an observer sent by messenger is filed in their name: words pasted, pictures dropped; page, list and card say how it came and who filed it, and neither of the two judges it', async () => {
  const [page, other] = [await deskOf(bruno, '/room/file'), await deskOf(carla, '/room/')]
  await other.locator('[data-state=live]').first().waitFor()
  await page.getByLabel(fileFor.who, { exact: true }).selectOption({ value: ana.id })
  await page.getByText(fileFor.channels.messenger, { exact: true }).click()
  await page.getByLabel(fileFor.told).focus()
  await page.keyboard.insertText('La urna llegó abierta.\nMando dos fotos.')
  await page.getByText('Spanish', { exact: true }).click()
  await page.getByLabel(report.group, { exact: true }).selectOption('opening')
  await page.getByLabel(report.findStation).fill('CE-02')
  await page.locator('[data-found]').first().click()
  const pictures = await Promise.all([8801, 8802].map(async (seed) => ({ name: `IMG-${seed}.jpg`, bytes: await phonePicture(seed) })))
  await drop(page, fileFor.pictures, pictures)
  await page.getByText('IMG-8802.jpg').waitFor()
  // What is no picture is named at once; the server would refuse the whole form.
  await drop(page, fileFor.pictures, [{ name: 'note.txt', bytes: Buffer.from('hello') }])
  await page.getByRole('alert').getByText(`note.txt: ${fileFor.noPicture}`).waitFor()
  expect(await page.getByRole('button', { name: fileFor.removePicture('note.txt') }).count()).toBe(0)
  await page.getByRole('button', { name: fileFor.file }).click()
  // The form is longer than the screen: that it was filed is brought into view.
  const filed = page.getByRole('link', { name: fileFor.open })
  await filed.waitFor()
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('R-') && document.activeElement.getBoundingClientRect().top >= 0 && document.activeElement.getBoundingClientRect().bottom <= innerHeight)
  await page.getByRole('link', { name: fileFor.open }).click()

  await page.getByText(report.filedFor.messenger('Bruno Rivas')).waitFor()
  await page.getByText(report.unsigned.messenger).waitFor()
  await page.getByText(report.notByPhone.messenger(2)).waitFor()
  await page.getByText(report.historyFiledFor('Bruno Rivas', 'Ana Canaria')).waitFor()
  await page.getByText(report.unsaid).waitFor()
  await page.getByText(report.whyNot.filed('Ana Canaria')).waitFor()
  await house.picturesDone()
  const [line] = (await carla.call(listReportsCall, {})).reply.reports
  expect(line).toMatchObject({ channel: 'messenger', signed: 'unsigned', station: 'CE-02', author: { id: ana.id }, photoCount: 2, photosReceived: 2 })
  expect((await carla.call(getReportCall, { id: line?.id ?? '' })).reply).toMatchObject({ words: 'La urna llegó abierta.\nMando dos fotos.', language: 'es', filedBy: { id: bruno.id } })

  // Whoever has the room open is told how it came before opening it.
  const row = other.locator(`[data-list] [data-report="${line?.id}"]`)
  await row.getByText(room.channels.messenger ?? '', { exact: true }).waitFor()
  await row.click()
  const card = other.locator('[data-card]')
  await card.getByText(reportNumber(line?.number ?? 0)).waitFor()
  await card.locator('[data-channel=messenger]').getByText(room.filedBy.messenger('Bruno Rivas')).waitFor()
  await card.locator('[data-signed=unsigned]').waitFor()
})
