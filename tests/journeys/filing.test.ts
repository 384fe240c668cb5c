import { createECDH } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { seal } from '../../client/kit/seal.ts'
import { getReportCall, listReportsCall, reportNumber } from '../../shared/reports.ts'
import { sealKeyCall, sealedBeginning } from '../../shared/sealed.ts'
import type { Sealed } from '../../shared/sealed.ts'
import { phonePicture } from '../support/desk.ts'
import { registeredKey } from '../support/phone-key.ts'
import type { PhoneKey } from '../../server/sample/phone-key.ts'
import { noise, statementOf } from '../support/reports.ts'
import { ana, bruno, carla, deskOf, house, withDesks } from '../support/report-page.ts'
import { readWords } from '../support/screen-words.ts'

withDesks()

const { common, fileFor, report, room } = await readWords('en')

type Given = { name: string; bytes: Uint8Array }

/** Files as a hand holds them that drags them out of a messenger's window. */
const held = (page: Page, files: readonly Given[]) => page.evaluateHandle((given) => {
  const moved = new DataTransfer()
  for (const { name, base64 } of given) moved.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type: 'image/jpeg' }))
  return moved
}, files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })))

/** Lets files fall on an element. */
const drop = async (page: Page, on: string, files: readonly Given[]): Promise<void> => page.getByRole('region', { name: on, exact: true }).dispatchEvent('drop', { dataTransfer: await held(page, files) })

test('[R141] [R188] [R330] [R335] [R362] [R423] what an observer sent by messenger is filed in their name: words pasted, pictures dropped; page, list and card say how it came and who filed it, and neither of the two judges it; what is told later is written down in their name too', async () => {
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
  await drop(page, fileFor.pictures, [{ name: 'note.txt', bytes: Buffer.from('hello') }, { name: 'unsent.veedor', bytes: Buffer.from(sealedBeginning) }])
  await page.getByRole('alert').getByText(`note.txt: ${fileFor.noPicture} unsent.veedor: ${fileFor.sealedIsElsewhere}`).waitFor()
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

  // She calls again: less grave, of another table, and in the end the wrong thing, which it was not.
  const desk = await deskOf(carla, `/room/reports/${line?.id}`)
  const writeDown = async (act: () => Promise<unknown>, save: string, done: string) => {
    await act()
    await desk.getByRole('dialog').getByRole('button', { name: save, exact: true }).click()
    await desk.getByText(done, { exact: true }).waitFor()
    await desk.getByRole('dialog').waitFor({ state: 'detached' })
  }
  const { later } = fileFor
  const open = () => desk.getByRole('button', { name: report.later.toldMore, exact: true }).click()
  await writeDown(async () => {
    await open()
    expect(await desk.getByRole('dialog').getByRole('button', { name: later.save.correction, exact: true }).isDisabled()).toBe(true)
    await desk.getByLabel(later.words.correction).fill('La urna llegó abierta, sin sello.')
    await desk.getByRole('dialog').getByText('Low', { exact: true }).click()
  }, later.save.correction, later.done.correction)
  await desk.getByText(report.later.versions, { exact: true }).click()
  await desk.locator('[data-version=correction] [data-changed=severity]').waitFor()
  await desk.locator('[data-version=correction] [data-told=phone]').getByText(report.later.told.phone('Carla Young')).waitFor()
  await writeDown(async () => {
    await open()
    await desk.getByRole('dialog').getByText(later.kinds.withdrawal, { exact: true }).click()
    await desk.getByLabel(later.words.withdrawal).fill('Era de otra mesa.')
  }, later.save.withdrawal, later.done.withdrawal)
  await writeDown(async () => {
    await desk.getByRole('button', { name: report.later.toldRight, exact: true }).click()
    await desk.getByLabel(later.words.restoration).fill('Sí era de esa mesa.')
  }, later.save.restoration, later.done.restoration)
  const now = (await bruno.call(getReportCall, { id: line?.id ?? '' })).reply
  expect([now.line.status, now.words, now.line.severity, now.versions.map(({ type, told }) => [type, told?.by])]).toEqual(['received', 'La urna llegó abierta, sin sello.', 'low', [['report', undefined], ['correction', 'phone'], ['withdrawal', 'phone'], ['restoration', 'phone']]])
})

describe('sealed files from phones', () => {
  const { fromPhone } = fileFor
  let known: Promise<PhoneKey> | undefined
  /** A phone has one key for as long as somebody is signed in on it. */
  const keyOfAna = () => (known ??= registeredKey(ana))
  const sealTo = async (sealedTo: string, head: Pick<Sealed, 'reports'>, pictures: readonly Uint8Array<ArrayBuffer>[]) => {
    const { id: mission } = await house.db.readers.selectFrom('mission').select('id').executeTakeFirstOrThrow()
    return new Uint8Array(await (await seal(new Blob([`${JSON.stringify({ v: 1, mission, ...head, amendments: [] })}\n`, ...pictures]), sealedTo)).arrayBuffer())
  }
  const sealedReport = async (key: PhoneKey, sealedTo: string, pictures: readonly Uint8Array<ArrayBuffer>[] = []) => {
    const stated = await statementOf(house, ana, { pictures: [...pictures] })
    const statement = JSON.stringify(stated)
    const photos = stated.photos.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes }))
    return { id: stated.id, bytes: await sealTo(sealedTo, { reports: [{ id: stated.id, statement, signature: key.sign(statement), photos }] }, pictures) }
  }

  test('[R346] [R347] are taken by what is in them, whatever they are called, as many as are dropped and also while others are opened; each file is told of; what is none leaves one where one is; files that are held over the room show that they may be dropped', async () => {
    const [key, { reply: { sealedTo } }] = [await keyOfAna(), await ana.call(sealKeyCall, {})]
    const picture = new Uint8Array(noise(1_200_000))
    const [first, second, third, large] = [await sealedReport(key, sealedTo), await sealedReport(key, sealedTo), await sealedReport(key, sealedTo, [new Uint8Array(await phonePicture(8803))]), await sealedReport(key, sealedTo, [picture])]
    const cut = large.bytes.slice(0, -1)
    const { bytes: foreign } = await sealedReport(key, createECDH('prime256v1').generateKeys().toString('base64url'))
    const page = await deskOf(bruno, '/room/')
    await page.locator('[data-state=live]').first().waitFor()
    const main = page.locator('main')
    const photo = { name: 'foto.jpg', bytes: await phonePicture(8804) }

    const over = page.getByText(room.dropHere)
    const moves = async (type: 'dragenter' | 'dragleave' | 'drop', files: readonly Given[]) => main.dispatchEvent(type, { dataTransfer: await held(page, files) })
    await moves('dragenter', [photo])
    await over.waitFor()
    await page.keyboard.press('Escape')
    await over.waitFor({ state: 'detached' })
    await moves('dragenter', [photo])
    await over.waitFor()
    await moves('dragleave', [photo])
    await over.waitFor({ state: 'detached' })
    await main.dispatchEvent('dragenter', { dataTransfer: await page.evaluateHandle(() => {
      const words = new DataTransfer()
      words.setData('text/plain', 'words')
      return words
    }) })
    expect(await over.count()).toBe(0)
    await moves('dragenter', [photo])
    await over.waitFor()
    await moves('drop', [photo])
    await page.getByText(room.notSealed(['foto.jpg'])).waitFor()
    expect([await over.count(), new URL(page.url()).pathname]).toEqual([0, '/room/'])

    let letGo = () => {}
    const isHeld = new Promise<void>((done) => { letGo = done })
    await page.route('**/api/sealed-files/open', async (route) => {
      await isHeld
      await route.continue()
    })
    await moves('drop', [{ name: 'uno.veedor.bin', bytes: first.bytes }, photo, { name: 'DOS.VEEDOR', bytes: second.bytes }])
    await page.locator('[data-sealed=opens]').getByText('uno.veedor.bin').waitFor()
    await drop(page, fromPhone.title, [{ name: 'tres.veedor.txt', bytes: third.bytes }])
    await page.locator('[data-sealed=waits]').getByText('tres.veedor.txt').waitFor()
    letGo()
    const file = (name: string) => page.locator('[data-sealed=done]').filter({ hasText: name })
    const numberOf = async (id: string) => reportNumber((await carla.call(getReportCall, { id })).reply.line.number)
    await file('tres.veedor.txt').getByText(/ with 1 picture\.$/).waitFor()
    await file('uno.veedor.bin').getByText(fromPhone.taken(await numberOf(first.id), 0)).waitFor()
    await file('DOS.VEEDOR').getByText(fromPhone.taken(await numberOf(second.id), 0)).waitFor()
    await file('foto.jpg').getByText(fromPhone.notOpened.not_one).waitFor()

    // A part of the room that takes other files says so itself.
    await page.getByRole('region', { name: fileFor.pictures, exact: true }).dispatchEvent('dragenter', { dataTransfer: await held(page, [photo]) })
    expect(await over.count()).toBe(0)
    const parts: number[] = []
    await page.route('**/api/carried-reports', async (route) => {
      parts.push(route.request().postDataBuffer()?.length ?? 0)
      await route.continue()
    })
    await page.getByLabel(fromPhone.title).last().setInputFiles([{ name: 'otra vez', bytes: third.bytes }, { name: 'cortado.veedor', bytes: cut }, { name: 'de otra.veedor', bytes: foreign }].map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })))
    await file('otra vez').getByText(fromPhone.already(await numberOf(third.id))).waitFor()
    await file('cortado.veedor').getByText(fromPhone.notOpened.damaged).waitFor()
    await file('de otra.veedor').getByText(fromPhone.notOpened.another).waitFor()
    // What is here already is said again in words alone, and no picture travels.
    expect([parts.length, Math.max(...parts) < 5_000]).toEqual([1, true])
    expect((await carla.call(getReportCall, { id: third.id })).reply).toMatchObject({ signed: 'signed', line: { photosReceived: 1 } })
    expect((await carla.call(getReportCall, { id: large.id })).problem?.problem).toBe('not_found')
  })

  test('[R429] one that headquarters did not answer for is taken by “Try again”, as often as needed: what arrived stays as it was told, and what is refused has no such button', async () => {
    const [key, { reply: { sealedTo } }] = [await keyOfAna(), await ana.call(sealKeyCall, {})]
    const { id, bytes } = await sealedReport(key, sealedTo, [new Uint8Array(await phonePicture(8805))])
    const page = await deskOf(bruno, '/room/')
    await page.locator('[data-state=live]').first().waitFor()
    await page.route('**/api/**', (route) => route.abort())
    await page.locator('main').dispatchEvent('drop', { dataTransfer: await held(page, [{ name: 'roto.veedor', bytes: Buffer.from('hello') }, { name: 'lejos.veedor', bytes }]) })
    const file = (name: string) => page.locator('[data-sealed=done]').filter({ hasText: name })
    const again = file('lejos.veedor').getByRole('button', { name: common.buttons.again })
    await file('lejos.veedor').getByText(common.noAnswer).waitFor()
    // It is still there after a look at the map, and the one that is none is not.
    await file('roto.veedor').getByText(fromPhone.notOpened.not_one).waitFor()
    expect(await file('roto.veedor').getByRole('button').count()).toBe(0)
    await page.goBack()
    await page.getByRole('region', { name: fromPhone.title }).waitFor({ state: 'detached' })
    await page.goForward()
    await again.click()
    await file('lejos.veedor').getByText(common.noAnswer).waitFor()
    expect(await file('roto.veedor').count()).toBe(0)

    // Headquarters is back, and away again when the picture comes.
    await page.unroute('**/api/**')
    const parts: boolean[] = []
    await page.route('**/api/carried-reports', async (route) => {
      const hasPicture = (route.request().postDataBuffer()?.length ?? 0) > 5_000
      parts.push(hasPicture)
      return hasPicture && parts.length === 2 ? route.abort() : route.continue()
    })
    await again.click()
    await file('lejos.veedor').getByText(fromPhone.without(1)).waitFor()
    await again.click()
    const number = async () => reportNumber((await carla.call(getReportCall, { id })).reply.line.number)
    await file('lejos.veedor').getByText(fromPhone.taken(await number(), 1)).waitFor()
    expect([await again.count(), parts]).toEqual([0, [false, true, false, true]])
    expect((await carla.call(getReportCall, { id })).reply).toMatchObject({ signed: 'signed', line: { photosReceived: 1 } })
  })
})
